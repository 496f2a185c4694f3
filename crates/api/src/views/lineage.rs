//! The shape of lineage as JSON. The bytes come from the renderer; this only describes them.

use chrono::{DateTime, Utc};
use utoipa::ToSchema;

use super::text::TextView;

/// A number of a report and where it comes from. A number is `{"cents": 7800}`, `{"count": 3}`, `{"euro": "1.25"}` for what is
/// not rounded to the cent, else `{"value": …}` as in the report.
#[derive(ToSchema)]
#[schema(as = Lineage)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct LineageView {
    /// The report.
    #[schema(example = "burn")]
    report: String,
    /// The round.
    round: String,
    /// The grouping asked for.
    group_by: Option<String>,
    /// The view of corrections: `reported` or `corrected`.
    #[schema(example = "reported")]
    view: String,
    /// The quarter asked for.
    quarter: Option<String>,
    /// The moment that the figures stand for.
    as_of: DateTime<Utc>,
    /// Position and link of the head of the journal's hash chain.
    head: Option<String>,
    /// The table.
    table: String,
    /// The key of the row.
    row: String,
    /// The key of the column, without unit.
    column: String,
    /// What the number is, with its unit.
    name: TextView,
    /// The number.
    #[schema(value_type = Object)]
    number: serde_json::Value,
    /// `sum` or `formula`.
    made: String,
    /// The formula in words.
    formula: Option<TextView>,
    /// What the formula takes.
    operands: Vec<OperandView>,
    /// The terms that the number has in all.
    count: u64,
    /// The terms of this page; the parts of all terms sum to the number exactly.
    terms: Vec<TermView>,
    /// The `after` of the next page, if there is one.
    next: Option<u64>,
}

/// An operand of a formula.
#[derive(ToSchema)]
#[schema(as = LineageOperand)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct OperandView {
    /// What it is.
    name: TextView,
    /// The exact number.
    #[schema(value_type = Object)]
    number: serde_json::Value,
    /// Row and column under which it opens; null for what rules or the calendar give.
    opens: Option<OpensView>,
}

/// A number of the same report.
#[derive(ToSchema)]
#[schema(as = LineagePlace)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct OpensView {
    /// The key of the row.
    row: String,
    /// The key of the column.
    column: String,
}

/// A term of a sum. Which of the optional fields there are depends on `source`.
#[derive(ToSchema)]
#[schema(as = LineageTerm)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct TermView {
    /// Whose.
    subproject: String,
    /// `cells`, `correction`, `plan`, `payment`, `number`, `report`, `grant` or `subproject`.
    source: String,
    /// What stands there.
    #[schema(value_type = Object)]
    whole: serde_json::Value,
    /// What of it is in the number, with its sign.
    #[schema(value_type = Object)]
    part: serde_json::Value,
    /// The number for the whole subproject and what of it falls to the row, where it is divided.
    #[schema(value_type = Option<Object>)]
    share: Option<serde_json::Value>,
    /// The quarter of the workbook.
    quarter: Option<String>,
    /// The quarter that vouchers correct, of a `correction`: what they move out of the quarter of their workbook has the other
    /// sign, what they bring into this one their own.
    corrects: Option<String>,
    /// The key of the figure, plan row or source of finance.
    key: Option<String>,
    /// Which part of the figure.
    figure: Option<String>,
    /// The plan version.
    version: Option<u32>,
    /// The year of the plan row.
    year: Option<i32>,
    /// The day of the payment.
    paid_on: Option<String>,
    /// The first day of the grant.
    first_day: Option<String>,
    /// The last day of the grant.
    last_day: Option<String>,
    /// The number that the term stands for.
    opens: Option<OpensView>,
    /// Whether the upload is not shown because no role of the caller reads the uploads of the subproject.
    withheld: bool,
    /// The upload.
    upload: Option<SourceUploadView>,
    /// The cells; their values sum to `whole`.
    cells: Vec<CellView>,
    /// Who recorded a plan or payment.
    recorded: Option<RecordedView>,
}

/// The upload that a term stands in.
#[derive(ToSchema)]
#[schema(as = LineageUpload)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct SourceUploadView {
    /// Its id.
    id: String,
    /// Its revision.
    revision: u32,
    /// Its state now.
    state: String,
    /// The hash of the original.
    sha256: String,
    /// The name of the file as sent.
    file: String,
    /// The id of who uploaded it.
    uploaded_by: String,
    /// When.
    uploaded_at: DateTime<Utc>,
    /// The rules that gave the verdict.
    rule_version: String,
}

/// A cell of the original.
#[derive(ToSchema)]
#[schema(as = LineageCell)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct CellView {
    /// The sheet.
    sheet: String,
    /// The cell.
    #[schema(example = "D17")]
    cell: String,
    /// Which part of the figure.
    part: String,
    /// Cents, or a count.
    value: i64,
}

/// Who recorded something, and when.
#[derive(ToSchema)]
#[schema(as = LineageRecorded)]
#[expect(dead_code, reason = "describes the bytes of the renderer")]
pub(crate) struct RecordedView {
    /// When.
    at: DateTime<Utc>,
    /// The id of who did; null for the system itself.
    by: Option<String>,
}
