//! The sheet of revisions: one row for each kept upload. Its running number stands in the rows of the other sheets.

use std::collections::HashMap;

use nachweis_domain::{audit::AuditOrigin, record::UploadId};

use super::{
    AuditSource,
    book::Book,
    rows::{Rows, SheetKind},
    sums::Sums,
};
use crate::{ColumnKind, ReportError, upload_state};

const KIND: SheetKind = SheetKind {
    name: ("Fassungen", "Revisions"),
    about: (
        "Jede hochgeladene Arbeitsmappe mit Prüfsumme, Person und Zeit; die Nummer verweist von den anderen Blättern hierher",
        "Every uploaded workbook with hash, person and time; the number leads here from the other sheets",
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
        ("Hochgeladen am", "Uploaded at", ColumnKind::Time, 17),
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
    sums: &mut Sums,
) -> Result<Revisions, ReportError> {
    let mut numbers = HashMap::new();
    let mut rows = book.rows(&KIND)?;
    let language = rows.language();
    source.uploads(&mut |upload| {
        sums.rows.uploads += 1;
        let number = i64::try_from(sums.rows.uploads).unwrap_or(i64::MAX);
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
        rows.text(&upload.origin.uploaded_by)?;
        rows.time(upload.origin.uploaded_at)?;
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
