//! Closed quarters with what was frozen, and reopenings.

use nachweis_domain::{dossier::Dossier, language::Text};

use super::{maybe, step, step_columns};
use crate::{Column, ColumnKind, Table, Value};

/// One row for each report that was frozen; one without for a quarter that froze none.
pub(super) fn closings(dossier: &Dossier) -> Table {
    let mut rows = Vec::new();
    for closing in &dossier.closings {
        let row = |report: [Value; 2]| {
            let mut row = vec![Value::Quarter(closing.quarter)];
            row.extend(step(Some(&closing.closed)));
            row.extend(report);
            row
        };
        if closing.reports.is_empty() {
            rows.push(row([Value::Empty, Value::Empty]));
        }
        let reports = closing.reports.iter();
        rows.extend(reports.map(|(file, sha256)| row([Value::text(file), Value::text(sha256.to_string())])));
    }
    let mut columns = vec![Column::new("quarter", ColumnKind::Quarter, "Quartal", "Quarter")];
    columns.extend(step_columns("closed_by", "closed_at", "Abgeschlossen", "Closed"));
    columns.extend([
        Column::new(
            "report",
            ColumnKind::Text,
            "Eingefrorener Bericht",
            "Frozen report",
        )
        .wide(28),
        Column::new("sha256", ColumnKind::Text, "SHA-256", "SHA-256").wide(66),
    ]);
    Table {
        key: "closings",
        title: Text::new("Abgeschlossene Quartale", "Closed quarters"),
        columns,
        rows,
        totals: None,
    }
}

/// Reopenings for the subproject.
pub(super) fn reopenings(dossier: &Dossier) -> Table {
    let rows = dossier.reopenings.iter().map(|reopening| {
        let mut row = vec![Value::Quarter(reopening.quarter), Value::text(&reopening.reason)];
        row.extend(step(Some(&reopening.requested)));
        row.extend(step(reopening.confirmed.as_ref()));
        row.push(Value::Time(reopening.expires_at));
        let withdrawn = reopening.withdrawn.as_ref();
        row.extend(step(withdrawn.map(|(taken, _)| taken)));
        row.push(maybe(withdrawn.map(|(_, reason)| reason.as_str())));
        row.push(Value::text(reopening.id.to_string()));
        row
    });
    let mut columns = vec![
        Column::new("quarter", ColumnKind::Quarter, "Quartal", "Quarter"),
        Column::new("reason", ColumnKind::Text, "Begründung", "Reason").wide(48),
    ];
    columns.extend(step_columns(
        "requested_by",
        "requested_at",
        "Beantragt",
        "Asked for",
    ));
    columns.extend(step_columns(
        "confirmed_by",
        "confirmed_at",
        "Bestätigt",
        "Confirmed",
    ));
    columns.push(Column::new("expires_at", ColumnKind::Time, "Endet am", "Ends at"));
    columns.extend(step_columns(
        "withdrawn_by",
        "withdrawn_at",
        "Zurückgenommen",
        "Withdrawn",
    ));
    columns.extend([
        Column::new(
            "withdrawal_reason",
            ColumnKind::Text,
            "Begründung der Rücknahme",
            "Reason for withdrawing",
        )
        .wide(44),
        Column::new("id", ColumnKind::Text, "Kennung", "Id").wide(38),
    ]);
    Table {
        key: "reopenings",
        title: Text::new("Wiederöffnungen", "Reopenings"),
        columns,
        rows: rows.collect(),
        totals: None,
    }
}
