//! Plan versions row by row, and payments.

use nachweis_domain::{
    audit::{AuditPerson, AuditPlanRow, AuditValue, FigureKind},
    dossier::Dossier,
    language::Text,
};

use super::{count, maybe, named, step_columns};
use crate::{Column, ColumnKind, Table, Value, audit::plans::of_kind};

/// Every row of every plan version.
pub(super) fn plans(dossier: &Dossier) -> Table {
    let [by, at] = step_columns("recorded_by", "recorded_at", "Erfasst", "Recorded");
    Table {
        key: "plans",
        title: Text::new("Planfassungen", "Plan versions"),
        columns: vec![
            Column::new("version", ColumnKind::Count, "Fassung", "Version"),
            Column::new("effective_from", ColumnKind::Date, "Gilt ab", "In effect from"),
            Column::new("kind", ColumnKind::Text, "Art", "Kind").wide(16),
            Column::new("key", ColumnKind::Text, "Schlüssel", "Key").wide(22),
            Column::new("name", ColumnKind::Text, "Bezeichnung", "Name").wide(44),
            Column::new("year", ColumnKind::Text, "Jahr", "Year").wide(8),
            Column::new("amount", ColumnKind::Money, "Betrag", "Amount"),
            Column::new("count", ColumnKind::Count, "Anzahl", "Count"),
            by,
            at,
        ],
        rows: dossier
            .plan_rows
            .iter()
            .map(|row| plan_row(dossier, row))
            .collect(),
        totals: None,
    }
}

fn plan_row(dossier: &Dossier, row: &AuditPlanRow) -> Vec<Value> {
    let (kind, names) = of_kind(row.kind);
    let (amount, number) = match &row.value {
        AuditValue::Money(amount) => (Value::Money(*amount), Value::Empty),
        AuditValue::Count(count) => (Value::Empty, Value::Count(*count)),
        // A plan plans amounts and counts.
        AuditValue::Quarter(_) | AuditValue::Text(_) => (Value::Empty, Value::Empty),
    };
    vec![
        count(row.version),
        Value::Date(row.effective_from),
        Value::term(row.kind.as_str(), kind),
        Value::text(&row.key),
        named(&dossier.round, names, &row.key),
        row.year
            .map_or(Value::Empty, |year| Value::text(year.to_string())),
        amount,
        number,
        recorder(row.recorded_by.as_deref()),
        Value::Time(row.recorded_at),
    ]
}

/// Money paid out.
pub(super) fn payments(dossier: &Dossier) -> Table {
    let [by, at] = step_columns("recorded_by", "recorded_at", "Erfasst", "Recorded");
    let rows = dossier.payments.iter().map(|payment| {
        vec![
            Value::Date(payment.paid_on),
            named(&dossier.round, FigureKind::Fund, payment.source.as_str()),
            Value::Money(payment.amount),
            recorder(payment.recorded_by.as_deref()),
            Value::Time(payment.recorded_at),
        ]
    });
    let total = dossier.payments.iter().map(|payment| payment.amount).sum();
    Table {
        key: "payments",
        title: Text::new("Auszahlungen", "Payments"),
        columns: vec![
            Column::new("paid_on", ColumnKind::Date, "Ausgezahlt am", "Paid on"),
            Column::new("source", ColumnKind::Text, "Mittelherkunft", "Source").wide(30),
            Column::new("amount", ColumnKind::Money, "Betrag", "Amount"),
            by,
            at,
        ],
        rows: rows.collect(),
        totals: Some(vec![
            Value::Empty,
            Value::term("total", Text::new("Summe", "Total")),
            Value::Money(total),
            Value::Empty,
            Value::Empty,
        ]),
    }
}

/// Who recorded something; the system itself where nobody stands.
fn recorder(person: Option<&AuditPerson>) -> Value {
    person.map_or_else(
        || Value::term("system", Text::new("System", "system")),
        |person| maybe(Some(&person.login)),
    )
}
