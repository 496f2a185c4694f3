//! What was sent and not kept, and what was issued.

use nachweis_domain::{dossier::Dossier, language::Text};

use super::{count, step, step_columns};
use crate::{Column, ColumnKind, Table, Value};

/// Files that were refused: of them there is no more than this.
pub(super) fn refused(dossier: &Dossier) -> Table {
    let rows = dossier.refused.iter().map(|refused| {
        let mut row = vec![
            Value::Quarter(refused.quarter),
            Value::text(&refused.reason),
            count(refused.size_bytes),
            Value::text(refused.sha256.to_string()),
        ];
        row.extend(step(Some(&refused.sent)));
        row
    });
    let mut columns = vec![
        Column::new("quarter", ColumnKind::Quarter, "Quartal", "Quarter"),
        Column::new("reason", ColumnKind::Text, "Grund", "Reason").wide(24),
        Column::new("size_bytes", ColumnKind::Count, "Bytes", "Bytes"),
        Column::new("sha256", ColumnKind::Text, "SHA-256", "SHA-256").wide(66),
    ];
    columns.extend(step_columns("sent_by", "sent_at", "Gesendet", "Sent"));
    Table {
        key: "refused",
        title: Text::new("Abgewiesene Dateien", "Refused files"),
        columns,
        rows: rows.collect(),
        totals: None,
    }
}

/// Workbooks that were issued.
pub(super) fn issued(dossier: &Dossier) -> Table {
    let rows = dossier.issues.iter().map(|issued| {
        let mut row = vec![
            Value::Quarter(issued.quarter),
            Value::text(issued.template_version.as_str()),
            count(issued.plan_version),
        ];
        row.extend(step(Some(&issued.fetched)));
        row
    });
    let mut columns = vec![
        Column::new("quarter", ColumnKind::Quarter, "Quartal", "Quarter"),
        Column::new("template_version", ColumnKind::Text, "Vorlage", "Template").wide(12),
        Column::new("plan_version", ColumnKind::Count, "Planfassung", "Plan version"),
    ];
    columns.extend(step_columns("issued_by", "issued_at", "Ausgegeben", "Issued"));
    Table {
        key: "issued",
        title: Text::new("Ausgegebene Vorlagen", "Issued templates"),
        columns,
        rows: rows.collect(),
        totals: None,
    }
}
