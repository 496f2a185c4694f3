//! Holds that keep the originals longer.

use nachweis_domain::{dossier::Dossier, language::Text};

use super::{maybe, step, step_columns};
use crate::{Column, ColumnKind, Table, Value};

/// One row for each hold.
pub(super) fn table(dossier: &Dossier) -> Table {
    let rows = dossier.holds.iter().map(|hold| {
        let lifted = hold.lifted.as_ref();
        let mut row = vec![Value::text(&hold.reason)];
        row.extend(step(Some(&hold.placed)));
        row.push(maybe(lifted.map(|(_, reason)| reason.as_str())));
        row.extend(step(lifted.map(|(taken, _)| taken)));
        row.push(Value::text(hold.id.to_string()));
        row
    });
    let reason = |key, de, en| Column::new(key, ColumnKind::Text, de, en).wide(44);
    let mut columns = vec![reason("reason", "Begründung", "Reason")];
    columns.extend(step_columns("placed_by", "placed_at", "Verfügt", "Placed"));
    columns.push(reason(
        "lift_reason",
        "Begründung der Aufhebung",
        "Reason for lifting",
    ));
    columns.extend(step_columns("lifted_by", "lifted_at", "Aufgehoben", "Lifted"));
    columns.push(Column::new("id", ColumnKind::Text, "Kennung", "Id").wide(38));
    Table {
        key: "holds",
        title: Text::new("Aufbewahrungssperren", "Holds"),
        columns,
        rows: rows.collect(),
        totals: None,
    }
}
