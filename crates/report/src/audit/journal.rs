//! The sheet of the journal: what happened, in its order.

use super::{AuditSource, book::Book, rows::SheetKind, sums::Sums};
use crate::{ColumnKind, ReportError};

const KIND: SheetKind = SheetKind {
    name: ("Journal", "Journal"),
    about: (
        "Jeder Vorgang in seiner Reihenfolge",
        "Everything that happened, in its order",
    ),
    columns: &[
        ("Nr.", "No.", ColumnKind::Count, 10),
        ("Zeit", "Time", ColumnKind::Time, 17),
        ("Person (Kennung)", "Person (id)", ColumnKind::Text, 38),
        ("Vorgang", "Action", ColumnKind::Text, 22),
        ("Gegenstand", "Object", ColumnKind::Text, 38),
        ("Einzelheiten", "Details", ColumnKind::Text, 80),
    ],
};

/// Writes the sheet.
pub(super) fn write(
    source: &mut dyn AuditSource,
    book: &mut Book,
    sums: &mut Sums,
) -> Result<(), ReportError> {
    let mut rows = book.rows(&KIND)?;
    let system = rows.language().pick("System", "system");
    source.journal(&mut |entry| {
        sums.rows.journal += 1;
        rows.begin()?;
        rows.count(i64::try_from(entry.position).ok())?;
        rows.time(entry.at)?;
        match entry.actor {
            Some(actor) => rows.display(actor)?,
            None => rows.text(system)?,
        }
        rows.text(entry.action.as_str())?;
        rows.text(&entry.object)?;
        rows.text(&entry.detail)
    })?;
    rows.finish()
}
