//! The sheet of findings.

use super::{
    AuditSource,
    book::Book,
    people::People,
    recount::Recount,
    revisions::{self, Revisions},
    rows::{SheetKind, column},
};
use crate::{ColumnKind, ReportError, severity};

/// The kind of sheet.
pub(super) const KIND: SheetKind = SheetKind {
    name: ("Feststellungen", "Findings"),
    about: (
        "Jede Feststellung der Prüfung mit Zelle, Schwere, Ausnahme und Anmerkung des Teilvorhabens",
        "Every finding of the checks with cell, severity, waiver and the lead's comment",
    ),
    columns: &[
        column("Teilvorhaben", "Subproject", ColumnKind::Text, 14),
        column("Quartal", "Quarter", ColumnKind::Quarter, 10),
        column("Fassung", "Revision", ColumnKind::Count, 9),
        column("Fassungen Nr.", "Revisions no.", ColumnKind::Count, 11),
        column("Nr.", "No.", ColumnKind::Count, 7),
        column("Kennung", "Code", ColumnKind::Text, 10),
        column("Schwere", "Severity", ColumnKind::Text, 12),
        column("Zelle", "Cell", ColumnKind::Text, 20),
        column("Feststellung", "Finding", ColumnKind::Text, 80).wrapped(),
        column("Ausnahme Nr.", "Waiver no.", ColumnKind::Count, 11),
        column("Anmerkung", "Comment", ColumnKind::Text, 40).wrapped(),
        column("Anmerkung von", "Comment by", ColumnKind::Text, 20),
        column("Anmerkung am", "Comment at", ColumnKind::Time, 18),
    ],
};

/// Writes the sheet.
pub(super) fn write(
    source: &mut dyn AuditSource,
    book: &mut Book,
    revisions: &Revisions,
    (count, people): (&mut Recount<'_>, &mut People),
) -> Result<(), ReportError> {
    let mut rows = book.rows(&KIND)?;
    let language = rows.language();
    source.findings(&mut |row| {
        let number = revisions.number(&row.origin);
        count.add_finding(number.is_some());
        let rated = &row.finding;
        rows.begin()?;
        revisions::origin(&mut rows, &row.origin)?;
        rows.count(number)?;
        rows.count(Some(i64::from(row.position) + 1))?;
        rows.text(rated.finding.code().as_str())?;
        rows.text(severity::name(rated.severity).get(language))?;
        match &rated.finding.at {
            Some(at) => rows.display(at)?,
            None => rows.skip(),
        }
        rows.text(&rated.finding.text(language))?;
        rows.count(rated.waiver.map(|waiver| waiver.number.into()))?;
        rows.maybe_text(rated.comment.as_deref())?;
        people.note_steps(&row.commented);
        rows.step(row.commented.as_ref())
    })?;
    rows.finish()
}
