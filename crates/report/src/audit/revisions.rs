//! The sheet of revisions: one row for each kept upload. Its running number stands in the rows of the other sheets.

use std::collections::HashMap;

use nachweis_domain::{audit::AuditOrigin, record::UploadId};

use super::{
    AuditSource,
    book::Book,
    recount::Recount,
    rows::{Rows, SheetKind, column},
};
use crate::{ColumnKind, ReportError, upload_state};

/// The kind of sheet.
pub(super) const KIND: SheetKind = SheetKind {
    name: ("Fassungen", "Revisions"),
    about: (
        "Jede hochgeladene Arbeitsmappe mit Prüfsumme und Stand; die Nummer verweist von den anderen Blättern hierher",
        "Every uploaded workbook with hash and state; the number leads here from the other sheets",
    ),
    columns: &[
        column("Nr.", "No.", ColumnKind::Count, 8),
        column("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        column("Quartal", "Quarter", ColumnKind::Quarter, 10),
        column("Fassung", "Revision", ColumnKind::Count, 9),
        column("Stand", "State", ColumnKind::Text, 24),
        column("Zählt in Berichten", "Counts in reports", ColumnKind::Text, 11),
        column("Datei", "File", ColumnKind::Text, 34),
        column("Größe (Byte)", "Size (bytes)", ColumnKind::Count, 12),
        column("SHA-256 der Datei", "SHA-256 of the file", ColumnKind::Text, 66),
        column("Vorlage", "Template", ColumnKind::Text, 10),
        column("Regelfassung", "Rule version", ColumnKind::Text, 14),
        column("Planfassung", "Plan version", ColumnKind::Count, 13),
        column("Fehler", "Blocking findings", ColumnKind::Count, 9),
        column("Warnungen", "Warnings", ColumnKind::Count, 13),
        column("Hinweise", "Notices", ColumnKind::Count, 11),
        column("Upload-Kennung", "Upload id", ColumnKind::Text, 38),
        column("Original gelöscht am", "Original erased at", ColumnKind::Time, 18),
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
        rows.text(kept.template_version.as_str())?;
        rows.text(kept.rule_version.as_str())?;
        rows.count(Some(kept.plan_version.into()))?;
        rows.count(Some(kept.blocking.into()))?;
        rows.count(Some(kept.warnings.into()))?;
        rows.count(Some(kept.notices.into()))?;
        rows.display(upload.origin.upload)?;
        rows.maybe_time(upload.erased_at)
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
