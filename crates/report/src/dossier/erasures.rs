//! Erasures of originals that no longer had to be kept.

use nachweis_domain::{dossier::Dossier, language::Text};

use super::{count, step, step_columns};
use crate::{Column, ColumnKind, Table, Value};

/// One row for each erasure, proposed or done.
pub(super) fn table(dossier: &Dossier) -> Table {
    let rows = dossier.erasures.iter().map(|erasure| {
        let confirmed = erasure.confirmed.as_ref();
        let mut row = vec![Value::Date(erasure.keep_until)];
        row.extend(step(Some(&erasure.proposed)));
        row.extend(step(confirmed.map(|(taken, _)| taken)));
        row.push(confirmed.map_or(Value::Empty, |(_, originals)| count(*originals)));
        row.push(Value::text(erasure.id.to_string()));
        row
    });
    let mut columns = vec![Column::new(
        "keep_until",
        ColumnKind::Date,
        "Aufzubewahren bis",
        "To be kept until",
    )];
    columns.extend(step_columns(
        "proposed_by",
        "proposed_at",
        "Vorgeschlagen",
        "Proposed",
    ));
    columns.extend(step_columns(
        "confirmed_by",
        "confirmed_at",
        "Bestätigt",
        "Confirmed",
    ));
    columns.extend([
        Column::new(
            "originals",
            ColumnKind::Count,
            "Gelöschte Originale",
            "Originals erased",
        ),
        Column::new("id", ColumnKind::Text, "Kennung", "Id").wide(38),
    ]);
    Table {
        key: "erasures",
        title: Text::new("Löschungen", "Erasures"),
        columns,
        rows: rows.collect(),
        totals: None,
    }
}
