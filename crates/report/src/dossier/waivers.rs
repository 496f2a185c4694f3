//! Waivers of findings: what was asked for, decided and withdrawn.

use nachweis_domain::{audit::AuditWaiver, dossier::Dossier, language::Text};

use super::{count, maybe, step, step_columns};
use crate::{Column, ColumnKind, Table, Value, waiver_state};

/// One row for each waiver.
pub(super) fn table(dossier: &Dossier) -> Table {
    Table {
        key: "waivers",
        title: Text::new("Ausnahmen", "Waivers"),
        columns: columns(),
        rows: dossier.waivers.iter().map(row).collect(),
        totals: None,
    }
}

fn columns() -> Vec<Column> {
    let text = |key, de, en, width| Column::new(key, ColumnKind::Text, de, en).wide(width);
    let time = |key, de, en| Column::new(key, ColumnKind::Time, de, en);
    let quarter = |key, de, en| Column::new(key, ColumnKind::Quarter, de, en);
    let mut columns = vec![
        Column::new("number", ColumnKind::Count, "Nr.", "No."),
        quarter("first_quarter", "Von Quartal", "From quarter"),
        quarter("last_quarter", "Bis Quartal", "To quarter"),
        text("finding_code", "Kennung", "Code", 10),
        text("state", "Stand", "State", 16),
    ];
    columns.extend(step_columns("asked_by", "asked_at", "Beantragt", "Asked"));
    columns.extend([
        text("reason", "Begründung des Antrags", "Reason asked for", 44),
        time("asked_until", "Beantragt bis", "Asked until"),
        text("decision", "Entscheidung", "Decision", 14),
    ]);
    columns.extend(step_columns("decided_by", "decided_at", "Entschieden", "Decided"));
    columns.extend([
        text(
            "decision_reason",
            "Begründung der Entscheidung",
            "Reason of the decision",
            44,
        ),
        time("granted_until", "Erteilt bis", "Granted until"),
    ]);
    columns.extend(step_columns(
        "withdrawn_by",
        "withdrawn_at",
        "Zurückgenommen",
        "Withdrawn",
    ));
    columns.push(text(
        "withdrawal_reason",
        "Begründung der Rücknahme",
        "Reason of the withdrawal",
        44,
    ));
    columns
}

fn row(row: &AuditWaiver) -> Vec<Value> {
    let waiver = &row.waiver;
    let decision = waiver.decision.as_ref();
    let mut cells = vec![
        count(waiver.number),
        Value::Quarter(waiver.first),
        Value::Quarter(waiver.last),
        Value::text(waiver.code.as_str()),
        Value::term(row.state.as_str(), waiver_state::name(row.state)),
    ];
    cells.extend(step(Some(&row.asked)));
    cells.extend([
        Value::text(&waiver.reason),
        Value::Time(waiver.asked_until),
        decision.map_or(Value::Empty, |decision| {
            let key = if decision.until.is_some() {
                "granted"
            } else {
                "refused"
            };
            Value::term(key, waiver_state::decision(decision))
        }),
    ]);
    cells.extend(step(row.decided.as_ref()));
    cells.extend([
        maybe(decision.map(|decision| decision.reason.as_str())),
        waiver.granted_until().map_or(Value::Empty, Value::Time),
    ]);
    cells.extend(step(row.withdrawn.as_ref()));
    cells.push(maybe(
        waiver
            .withdrawal
            .as_ref()
            .map(|withdrawal| withdrawal.reason.as_str()),
    ));
    cells
}
