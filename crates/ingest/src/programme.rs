//! The programme import: from raw cells to networks, subprojects, plans and payments.
//!
//! Two kinds of files are recognised: our own format (`fixtures/programme/README.md`) and published lists of operations,
//! whose headings are found by name wherever they stand. Every row is accounted for: taken, or not taken with the
//! reason. Nothing is written anywhere; `nachweis_domain::programme::check` judges the result.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    key::SubprojectNo, language::Text, money::Money, programme::ProgrammeImport, round::FundingRound,
};

use crate::RawSheet;

mod error;
mod list;
mod own;
mod reason;

pub use error::{AmountCandidate, ProgrammeError, SheetCandidate};
pub use reason::Reason;

/// What the importer is told besides the file.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// The sheets to read, when the file has several lists; none leaves the choice to the reader.
    pub sheets: Vec<String>,
    /// The column with the amount, by its letters or its heading, when several could be it.
    pub amount: Option<String>,
    /// The name of the file: a published list may name its Land only there.
    pub file_name: Option<String>,
    /// When the plans are recorded, where the file does not say.
    pub recorded_at: DateTime<Utc>,
}

/// What was found in a file.
#[derive(Clone, Debug, Default)]
pub struct ProgrammeFile {
    /// What can be imported.
    pub import: ProgrammeImport,
    /// Rows that were taken.
    pub rows_taken: Vec<TakenRow>,
    /// Rows that were not taken, each with the reason.
    pub rows_not_taken: Vec<NotTakenRow>,
    /// What concerns the whole file: the sheet and column taken, assumptions, the encoding.
    pub notes: Vec<Text>,
}

/// A row that became a subproject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenRow {
    /// The sheet.
    pub sheet: String,
    /// The row as people count it, from one.
    pub row: u32,
    /// The number of the subproject.
    pub no: SubprojectNo,
    /// Its amount.
    pub amount: Money,
    /// What was assumed or rounded in this row.
    pub notes: Vec<Text>,
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTakenRow {
    /// The sheet.
    pub sheet: String,
    /// The row as people count it, from one.
    pub row: u32,
    /// Why.
    pub reason: Reason,
}

impl ProgrammeFile {
    /// The sum of the amounts of all rows taken.
    pub fn total(&self) -> Money {
        self.rows_taken.iter().map(|row| row.amount).sum()
    }

    /// How many rows were taken.
    pub fn count(&self) -> usize {
        self.rows_taken.len()
    }
}

/// Recognises a programme in raw cells, in our own format or as a published list of operations.
///
/// # Errors
/// When nothing is recognised, when it is not clear which sheet is meant, or when a file of our own format has faults;
/// the text says what to do.
pub fn recognise(
    round: &FundingRound,
    sheets: &[RawSheet],
    options: &ImportOptions,
) -> Result<ProgrammeFile, ProgrammeError> {
    if own::is_own(sheets) {
        own::read(round, sheets, options)
    } else {
        list::read(round, sheets, options)
    }
}
