//! The entries of the journal that concern the subproject.

use nachweis_domain::{dossier::Dossier, language::Text};

use super::count;
use crate::{Column, ColumnKind, Table, Value};

/// One row for each entry.
pub(super) fn table(dossier: &Dossier) -> Table {
    let rows = dossier.entries.iter().map(|recorded| {
        let entry = &recorded.entry;
        vec![
            count(entry.position),
            Value::Time(recorded.at),
            match (&recorded.actor, entry.actor) {
                (Some(person), _) => Value::text(&person.login),
                (None, Some(id)) => Value::text(id.to_string()),
                (None, None) => Value::term("system", Text::new("System", "system")),
            },
            Value::text(&entry.action),
            Value::text(&entry.object),
            Value::text(&entry.detail),
            Value::text(entry.link.to_string()),
        ]
    });
    Table {
        key: "journal",
        title: Text::new("Journal", "Journal"),
        columns: vec![
            Column::new("position", ColumnKind::Count, "Nr.", "No."),
            Column::new("at", ColumnKind::Time, "Zeit", "Time"),
            Column::new("person", ColumnKind::Text, "Person", "Person").wide(20),
            Column::new("action", ColumnKind::Text, "Vorgang", "Action").wide(22),
            Column::new("object", ColumnKind::Text, "Gegenstand", "Object").wide(38),
            Column::new("detail", ColumnKind::Text, "Einzelheiten", "Details").wide(80),
            Column::new("link", ColumnKind::Text, "Kettenglied", "Link").wide(66),
        ],
        rows: rows.collect(),
        totals: None,
    }
}
