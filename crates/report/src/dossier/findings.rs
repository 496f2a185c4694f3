//! Findings with the lead's comments and the waivers that exempt from them.

use nachweis_domain::{
    dossier::Dossier,
    language::{Language, Text},
};

use super::{
    count, maybe, step, step_columns,
    uploads::{origin, origin_columns},
};
use crate::{Column, ColumnKind, Table, Value, severity};

/// Every finding of every revision.
pub(super) fn table(dossier: &Dossier) -> Table {
    let rows = dossier.findings.iter().map(|row| {
        let (rated, position) = (&row.finding, u64::from(row.position).saturating_add(1));
        let finding = &rated.finding;
        let mut cells = origin(&row.origin).to_vec();
        cells.extend([
            count(position),
            Value::text(finding.code().as_str()),
            Value::term(rated.severity.as_str(), severity::name(rated.severity)),
            finding
                .at
                .as_ref()
                .map_or(Value::Empty, |at| Value::text(at.to_string())),
            Value::term(
                finding.code().as_str(),
                Text::new(finding.text(Language::De), finding.text(Language::En)),
            ),
            rated.waiver.map_or(Value::Empty, |waiver| count(waiver.number)),
            maybe(rated.comment.as_deref()),
        ]);
        cells.extend(step(row.commented.as_ref()));
        cells
    });
    let mut columns = origin_columns().to_vec();
    columns.extend([
        Column::new("number", ColumnKind::Count, "Nr.", "No."),
        Column::new("finding_code", ColumnKind::Text, "Kennung", "Code").wide(10),
        Column::new("severity", ColumnKind::Text, "Schwere", "Severity").wide(12),
        Column::new("cell", ColumnKind::Text, "Zelle", "Cell").wide(20),
        Column::new("finding", ColumnKind::Text, "Feststellung", "Finding").wide(80),
        Column::new("waiver", ColumnKind::Count, "Ausnahme", "Waiver"),
        Column::new("comment", ColumnKind::Text, "Anmerkung", "Comment").wide(40),
    ]);
    columns.extend(step_columns(
        "commented_by",
        "commented_at",
        "Angemerkt",
        "Commented",
    ));
    Table {
        key: "findings",
        title: Text::new("Feststellungen", "Findings"),
        columns,
        rows: rows.collect(),
        totals: None,
    }
}
