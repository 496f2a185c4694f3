//! The sheet of revisions: one row for each kept upload. Its running number stands in the rows of the other sheets.

use std::collections::HashMap;

use nachweis_domain::{
    audit::{AuditOrigin, AuditUpload},
    record::UploadId,
};

use super::{
    AuditSource,
    book::Book,
    people::People,
    recount::Recount,
    rows::{Rows, SheetKind},
};
use crate::{ColumnKind, ReportError, upload_state};

const KIND: SheetKind = SheetKind {
    name: ("Fassungen", "Revisions"),
    about: (
        "Jede hochgeladene Arbeitsmappe mit Prüfsumme: wer sie wann hochgeladen, eingereicht, angenommen oder zurückgegeben hat \
         und warum; die Nummer verweist von den anderen Blättern hierher",
        "Every uploaded workbook with hash: who uploaded, submitted, accepted or returned it, when and why; the number \
         leads here from the other sheets",
    ),
    columns: &[
        ("Nr.", "No.", ColumnKind::Count, 8),
        ("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        ("Quartal", "Quarter", ColumnKind::Quarter, 10),
        ("Fassung", "Revision", ColumnKind::Count, 9),
        ("Stand", "State", ColumnKind::Text, 22),
        ("Zählt in Berichten", "Counts in reports", ColumnKind::Text, 11),
        ("Datei", "File", ColumnKind::Text, 34),
        ("Größe (Byte)", "Size (bytes)", ColumnKind::Count, 12),
        ("SHA-256 der Datei", "SHA-256 of the file", ColumnKind::Text, 66),
        ("Hochgeladen von", "Uploaded by", ColumnKind::Text, 20),
        ("Hochgeladen am", "Uploaded at", ColumnKind::Time, 18),
        ("Eingereicht von", "Submitted by", ColumnKind::Text, 20),
        ("Eingereicht am", "Submitted at", ColumnKind::Time, 18),
        ("Entscheidung", "Decision", ColumnKind::Text, 14),
        ("Entschieden von", "Decided by", ColumnKind::Text, 20),
        ("Entschieden am", "Decided at", ColumnKind::Time, 18),
        (
            "Begründung der Rückgabe",
            "Reason of the return",
            ColumnKind::Text,
            40,
        ),
        ("Ersetzt am", "Superseded at", ColumnKind::Time, 18),
        ("Vorlage", "Template", ColumnKind::Text, 10),
        ("Regelfassung", "Rule version", ColumnKind::Text, 14),
        ("Planfassung", "Plan version", ColumnKind::Count, 13),
        ("Fehler", "Blocking findings", ColumnKind::Count, 9),
        ("Warnungen", "Warnings", ColumnKind::Count, 13),
        ("Hinweise", "Notices", ColumnKind::Count, 11),
        ("Upload-Kennung", "Upload id", ColumnKind::Text, 38),
    ],
};

/// The running numbers of the kept uploads.
pub(super) struct Revisions {
    numbers: HashMap<UploadId, i64>,
}

impl Revisions {
    /// The running number of a row's revision; `None` when the record gave a row of an upload that it did not list.
    pub(super) fn number(&self, origin: &AuditOrigin) -> Option<i64> {
        self.numbers.get(&origin.upload).copied()
    }
}

/// Writes the sheet.
pub(super) fn write(
    source: &mut dyn AuditSource,
    book: &mut Book,
    count: &mut Recount<'_>,
    people: &mut People,
) -> Result<Revisions, ReportError> {
    let mut numbers = HashMap::new();
    let mut rows = book.rows(&KIND)?;
    let language = rows.language();
    source.uploads(&mut |upload| {
        count.rows.uploads += 1;
        let number = i64::try_from(count.rows.uploads).unwrap_or(i64::MAX);
        numbers.insert(upload.origin.upload, number);
        let kept = &upload.upload;
        rows.begin()?;
        rows.count(Some(number))?;
        origin(&mut rows, &upload.origin)?;
        rows.text(upload_state::name(upload.origin.state).get(language))?;
        rows.text(yes_or_no(&rows, upload.origin.counts))?;
        rows.text(&kept.file_name)?;
        rows.count(i64::try_from(kept.size_bytes).ok())?;
        rows.display(upload.origin.sha256)?;
        steps(&mut rows, upload)?;
        people.note_steps(
            [&upload.origin.uploaded]
                .into_iter()
                .chain(&upload.submitted)
                .chain(&upload.decided),
        );
        rows.text(kept.template_version.as_str())?;
        rows.text(kept.rule_version.as_str())?;
        rows.count(Some(kept.plan_version.into()))?;
        rows.count(Some(kept.blocking.into()))?;
        rows.count(Some(kept.warnings.into()))?;
        rows.count(Some(kept.notices.into()))?;
        rows.display(upload.origin.upload)
    })?;
    rows.finish()?;
    Ok(Revisions { numbers })
}

/// Who uploaded, submitted and decided, when, and why it was returned.
fn steps(rows: &mut Rows<'_>, upload: &AuditUpload) -> Result<(), ReportError> {
    rows.step(Some(&upload.origin.uploaded))?;
    rows.step(upload.submitted.as_ref())?;
    let language = rows.language();
    let decision = match (&upload.decided, &upload.return_reason) {
        (None, _) => "",
        (Some(_), Some(_)) => language.pick("zurückgegeben", "returned"),
        (Some(_), None) => language.pick("angenommen", "accepted"),
    };
    rows.text(decision)?;
    rows.step(upload.decided.as_ref())?;
    rows.maybe_text(upload.return_reason.as_deref())?;
    rows.maybe_time(upload.superseded_at)
}

/// Subproject, quarter and revision of a row.
pub(super) fn origin(rows: &mut Rows<'_>, origin: &AuditOrigin) -> Result<(), ReportError> {
    rows.text(origin.subproject.as_str())?;
    rows.display(origin.quarter)?;
    rows.count(Some(origin.revision.into()))
}

/// Whether reports count a row.
pub(super) const fn yes_or_no(rows: &Rows<'_>, counts: bool) -> &'static str {
    let language = rows.language();
    if counts {
        language.pick("ja", "yes")
    } else {
        language.pick("nein", "no")
    }
}
