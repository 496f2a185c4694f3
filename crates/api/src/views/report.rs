//! The shape of reports as JSON. The bytes come from the renderer; this only describes them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use utoipa::ToSchema;

use super::text::TextView;

/// A report as data. Money is an integer of cents under a key that ends in `_cents`, percentages are decimal strings of
/// the fraction, percentage points decimal strings under a key that ends in `_pp`; what is empty is null.
#[derive(ToSchema)]
#[schema(as = Report)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct ReportView {
    /// The stable name.
    #[schema(example = "burn")]
    name: String,
    /// The title.
    title: TextView,
    /// The programme.
    programme: TextView,
    /// The round.
    round: String,
    /// The name of the round.
    round_title: TextView,
    /// The moment that the figures stand for.
    as_of: DateTime<Utc>,
    /// Who pays, as it must be shown.
    funding_note: TextView,
    /// The head of the journal's hash chain, where there is one.
    head: Option<String>,
    /// What was asked for.
    parameters: Vec<Parameter>,
    /// What the columns mean and how was rounded.
    notes: Vec<TextView>,
    /// The tables, the most important first.
    tables: Vec<TableView>,
}

/// A parameter of a report.
#[derive(ToSchema)]
#[schema(as = ReportParameter)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct Parameter {
    /// Its name.
    name: TextView,
    /// Its value.
    value: TextView,
}

/// A table of a report.
#[derive(ToSchema)]
#[schema(as = ReportTable)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct TableView {
    /// The stable name.
    key: String,
    /// The title.
    title: TextView,
    /// The columns.
    columns: Vec<ColumnView>,
    /// The rows, by the keys of the columns; `row_key` names the row for the lineage of its numbers.
    #[schema(value_type = Vec<BTreeMap<String, Object>>)]
    rows: Vec<BTreeMap<String, serde_json::Value>>,
    /// The totals, by the keys of the columns.
    #[schema(value_type = Option<BTreeMap<String, Object>>)]
    totals: Option<BTreeMap<String, serde_json::Value>>,
}

/// A column of a table.
#[derive(ToSchema)]
#[schema(as = ReportColumn)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct ColumnView {
    /// The key in the rows, with its unit.
    #[schema(example = "awarded_cents")]
    key: String,
    /// The heading.
    header: TextView,
    /// `money`, `count`, `percent`, `points`, `date`, `time`, `quarter`, `text` or `light`.
    kind: String,
}
