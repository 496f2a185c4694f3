//! The sheet of the journal: what happened, in its order.

use super::{
    AuditSource,
    book::Book,
    people::People,
    recount::Recount,
    rows::{SheetKind, column},
};
use crate::{ColumnKind, ReportError};

/// The kind of sheet.
pub(super) const KIND: SheetKind = SheetKind {
    name: ("Journal", "Journal"),
    about: (
        "Jeder Vorgang in seiner Reihenfolge",
        "Everything that happened, in its order",
    ),
    columns: &[
        column("Nr.", "No.", ColumnKind::Count, 10),
        column("Zeit", "Time", ColumnKind::Time, 17),
        column("Person", "Person", ColumnKind::Text, 20),
        column("Name der Person", "Name of the person", ColumnKind::Text, 30),
        column("Kennung der Person", "Id of the person", ColumnKind::Text, 27).fine(),
        column("Vorgang", "Action", ColumnKind::Text, 22),
        column("Gegenstand", "Object", ColumnKind::Text, 27).fine(),
        column("Einzelheiten", "Details", ColumnKind::Text, 80).wrapped(),
    ],
};

/// Writes the sheet.
pub(super) fn write(
    source: &mut dyn AuditSource,
    book: &mut Book,
    count: &mut Recount<'_>,
    people: &mut People,
) -> Result<(), ReportError> {
    let mut rows = book.rows(&KIND)?;
    let system = rows.language().pick("System", "system");
    source.journal(&mut |row| {
        count.rows.journal += 1;
        let entry = &row.entry;
        rows.begin()?;
        rows.count(i64::try_from(entry.position).ok())?;
        rows.time(entry.at)?;
        people.note_all(row.actor.as_ref());
        match (&row.actor, entry.actor) {
            (Some(person), _) => rows.text(&person.login)?,
            (None, None) => rows.text(system)?,
            (None, Some(_)) => rows.skip(),
        }
        rows.maybe_text(row.actor.as_ref().map(|person| person.name.as_str()))?;
        match entry.actor {
            Some(actor) => rows.display(actor)?,
            None => rows.skip(),
        }
        rows.text(entry.action.as_str())?;
        rows.text(&entry.object)?;
        rows.text(&entry.detail)
    })?;
    rows.finish()
}
