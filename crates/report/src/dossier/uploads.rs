//! Revisions with the steps taken on them, and their figures.

use nachweis_domain::{
    audit::{AuditOrigin, AuditUpload, AuditValue},
    dossier::{Dossier, original_path},
    language::Text,
};

use super::{count, maybe, named, step, step_columns};
use crate::{
    Column, ColumnKind, Table, Value,
    audit::figures::{kind_name, part_name},
    upload_state,
};

/// The columns that name a revision.
pub(super) fn origin_columns() -> [Column; 2] {
    [
        Column::new("quarter", ColumnKind::Quarter, "Quartal", "Quarter"),
        Column::new("revision", ColumnKind::Count, "Fassung", "Revision"),
    ]
}

/// Quarter and number of a revision.
pub(super) fn origin(origin: &AuditOrigin) -> [Value; 2] {
    [Value::Quarter(origin.quarter), count(origin.revision)]
}

/// Every revision with its file.
pub(super) fn revisions(dossier: &Dossier) -> Table {
    Table {
        key: "revisions",
        title: Text::new("Fassungen", "Revisions"),
        columns: revision_columns(),
        rows: dossier.uploads.iter().map(revision_row).collect(),
        totals: None,
    }
}

fn revision_columns() -> Vec<Column> {
    let text = |key, de, en| Column::new(key, ColumnKind::Text, de, en);
    let number = |key, de, en| Column::new(key, ColumnKind::Count, de, en);
    let mut columns = origin_columns().to_vec();
    columns.extend([
        text("state", "Stand", "State"),
        text("counts", "Zählt in Berichten", "Counts in reports").wide(12),
        text("file", "Datei", "File").wide(44),
        text("sent_name", "Name wie gesendet", "Name as sent").wide(36),
        number("size_bytes", "Bytes", "Bytes"),
        text("sha256", "SHA-256", "SHA-256").wide(66),
        text("template_version", "Vorlage", "Template").wide(12),
        text("rule_version", "Regelfassung", "Version of rules").wide(16),
        number("plan_version", "Planfassung", "Plan version"),
        number("blocking", "Fehler", "Blocking"),
        number("warnings", "Warnungen", "Warnings"),
        number("notices", "Hinweise", "Notices"),
        Column::new(
            "erased_at",
            ColumnKind::Time,
            "Original gelöscht am",
            "Original erased at",
        ),
        text("id", "Upload-Kennung", "Upload id").wide(38),
    ]);
    columns
}

fn revision_row(revision: &AuditUpload) -> Vec<Value> {
    let upload = &revision.upload;
    let mut row = origin(&revision.origin).to_vec();
    row.extend([
        Value::term(upload.state.as_str(), upload_state::name(upload.state)),
        if revision.origin.counts {
            Value::term("yes", Text::new("ja", "yes"))
        } else {
            Value::term("no", Text::new("nein", "no"))
        },
        Value::text(original_path(upload)),
        Value::text(&upload.file_name),
        count(upload.size_bytes),
        Value::text(upload.sha256.to_string()),
        Value::text(upload.template_version.as_str()),
        Value::text(upload.rule_version.as_str()),
        count(upload.plan_version),
        count(upload.blocking),
        count(upload.warnings),
        count(upload.notices),
        revision.erased_at.map_or(Value::Empty, Value::Time),
        Value::text(upload.id.to_string()),
    ]);
    row
}

/// Who took each step, and when.
pub(super) fn steps(dossier: &Dossier) -> Table {
    let rows = dossier.uploads.iter().map(|revision| {
        let mut row = origin(&revision.origin).to_vec();
        row.extend(step(Some(&revision.origin.uploaded)));
        row.extend(step(revision.submitted.as_ref()));
        row.extend(step(revision.endorsed.as_ref()));
        row.push(match (&revision.decided, &revision.return_reason) {
            (None, _) => Value::Empty,
            (Some(_), Some(_)) => Value::term("returned", Text::new("zurückgegeben", "returned")),
            (Some(_), None) => Value::term("accepted", Text::new("angenommen", "accepted")),
        });
        row.extend(step(revision.decided.as_ref()));
        row.push(maybe(revision.return_reason.as_deref()));
        row.push(revision.superseded_at.map_or(Value::Empty, Value::Time));
        row
    });
    let mut columns = origin_columns().to_vec();
    columns.extend(step_columns(
        "uploaded_by",
        "uploaded_at",
        "Hochgeladen",
        "Uploaded",
    ));
    columns.extend(step_columns(
        "submitted_by",
        "submitted_at",
        "Eingereicht",
        "Submitted",
    ));
    columns.extend(step_columns(
        "endorsed_by",
        "endorsed_at",
        "Befürwortet",
        "Endorsed",
    ));
    columns.push(Column::new("decision", ColumnKind::Text, "Entscheidung", "Decision").wide(14));
    columns.extend(step_columns("decided_by", "decided_at", "Entschieden", "Decided"));
    columns.extend([
        Column::new(
            "return_reason",
            ColumnKind::Text,
            "Begründung der Rückgabe",
            "Reason of the return",
        )
        .wide(44),
        Column::new("superseded_at", ColumnKind::Time, "Ersetzt am", "Superseded at"),
    ]);
    Table {
        key: "steps",
        title: Text::new("Vorgänge", "Steps"),
        columns,
        rows: rows.collect(),
        totals: None,
    }
}

/// Every figure with its cell.
pub(super) fn figures(dossier: &Dossier) -> Table {
    let rows = dossier.figures.iter().map(|figure| {
        let [amount, number, text] = value(&figure.value);
        let mut row = origin(&figure.origin).to_vec();
        row.extend([
            Value::term(figure.kind.as_str(), kind_name(figure.kind)),
            Value::text(&figure.key),
            named(&dossier.round, figure.kind, &figure.key),
            Value::term(figure.part.as_str(), part_name(figure.part)),
            amount,
            number,
            text,
            Value::text(figure.at.to_string()),
        ]);
        row
    });
    let mut columns = origin_columns().to_vec();
    columns.extend([
        Column::new("kind", ColumnKind::Text, "Art", "Kind").wide(14),
        Column::new("key", ColumnKind::Text, "Schlüssel", "Key").wide(20),
        Column::new("name", ColumnKind::Text, "Bezeichnung", "Name").wide(36),
        Column::new("part", ColumnKind::Text, "Angabe", "Part").wide(18),
        Column::new("amount", ColumnKind::Money, "Betrag", "Amount"),
        Column::new("count", ColumnKind::Count, "Anzahl", "Count"),
        Column::new("text", ColumnKind::Text, "Text", "Text").wide(44),
        Column::new("cell", ColumnKind::Text, "Zelle", "Cell").wide(20),
    ]);
    Table {
        key: "figures",
        title: Text::new("Zahlen", "Figures"),
        columns,
        rows: rows.collect(),
        totals: None,
    }
}

/// Amount, count and text of a value; one of them is filled.
fn value(value: &AuditValue) -> [Value; 3] {
    match value {
        AuditValue::Money(amount) => [Value::Money(*amount), Value::Empty, Value::Empty],
        AuditValue::Count(count) => [Value::Empty, Value::Count(*count), Value::Empty],
        AuditValue::Quarter(quarter) => [Value::Empty, Value::Empty, Value::text(quarter.to_string())],
        AuditValue::Text(text) => [Value::Empty, Value::Empty, Value::text(text)],
    }
}
