//! What can keep a report from being made.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::{GroupBy, ReportName};

/// A report that cannot be made or written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The report has no such grouping.
    #[error("the report `{report}` cannot be grouped by `{group_by}`; it knows: {known}")]
    Grouping {
        /// The report.
        report: ReportName,
        /// What was asked for.
        group_by: GroupBy,
        /// The groupings it has, separated by commas.
        known: String,
    },
    /// The report counts no days.
    #[error("the report `{report}` counts no days overdue; only `completeness` does")]
    NoDay {
        /// The report.
        report: ReportName,
    },
    /// Days overdue were to be counted on a day before the state of the record.
    #[error("days overdue cannot be counted on {on}: the record's state is that of {status}")]
    DayBeforeStatus {
        /// The day asked for.
        on: NaiveDate,
        /// The day of the record's last event.
        status: NaiveDate,
    },
    /// The rows of a report do not sum to what the ledger holds: a fault of this program, never of the data.
    #[error("the rows of `{table}` sum to {rows} in `{column}`, but the ledger holds {ledger}")]
    ControlTotal {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The sum of the rows.
        rows: String,
        /// The sum of the ledger.
        ledger: String,
    },
    /// The report has no such table.
    #[error("the report has no table `{given}`; it has: {known}")]
    NoTable {
        /// What was asked for.
        given: String,
        /// The tables it has, separated by commas.
        known: String,
    },
    /// No table of the report has such a row.
    #[error("the report has no row `{given}`; it has: {known}")]
    NoRow {
        /// What was asked for.
        given: String,
        /// The rows there are, separated by commas; of many the first.
        known: String,
    },
    /// No table of the report with that row has such a column.
    #[error("the report has no column `{given}` with a number in this row; it has: {known}")]
    NoColumn {
        /// What was asked for.
        given: String,
        /// The columns there are, separated by commas.
        known: String,
    },
    /// The cell of the report is empty: there is nothing to open.
    #[error("`{column}` is empty in the row `{row}`")]
    NothingThere {
        /// The row.
        row: String,
        /// The column.
        column: String,
    },
    /// The parts of a number do not make it: a fault of this program, never of the data.
    #[error("the parts of `{column}` in the row `{row}` make {parts}, but the report says {number}")]
    Parts {
        /// The row.
        row: String,
        /// The column.
        column: String,
        /// What the parts make.
        parts: String,
        /// What the report says.
        number: String,
    },
    /// What a number is made of stands nowhere on the sheet of sources: a fault of this program, never of the data.
    #[error("`{column}` in the row `{row}` has no place among the sources")]
    NoBlock {
        /// The row.
        row: String,
        /// The column.
        column: String,
    },
    /// The sources of a report take more lines than a workbook of its own should hold.
    #[error("the sources of the report take more than {limit} lines")]
    TooManySources {
        /// The lines that there may be.
        limit: usize,
    },
    /// A table is larger than a sheet.
    #[error("the table `{table}` has {rows} rows; a sheet holds {limit}")]
    TooLarge {
        /// The table.
        table: &'static str,
        /// Its rows.
        rows: usize,
        /// The rows a sheet has left for them.
        limit: usize,
    },
    /// A workbook would need more sheets than anyone opens.
    #[error("the workbook needs more than {limit} sheets")]
    TooManySheets {
        /// The sheets a workbook may have.
        limit: usize,
    },
    /// The workbook cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A file cannot be written.
    #[error("cannot write {path}: {cause}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The source of an audit stream failed.
    #[error("the record cannot be read: {0}")]
    Source(#[source] Box<dyn std::error::Error + Send + Sync>),
}
