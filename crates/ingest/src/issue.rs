//! Issuing the quarterly workbook: prefilled, with drop-downs, number formats and input hints (design.md §5).
//!
//! The same layout, record and stamp give the same bytes. Nothing is protected with a password or by Excel's sheet
//! protection, which would forbid sorting and filtering; headers, keys and prefilled cells refuse typing through a data
//! validation instead, and the reader reports any change of them.

mod book;
mod frame;
mod hidden;
mod hints;
mod number;
mod style;
mod table;
mod vouchers;

use chrono::{DateTime, Utc};
use nachweis_domain::{
    context::ReportingContext, figures::QuarterlyFigures, key::TemplateVersion, language::Language,
    record::IssueId, round::FundingRound,
};

pub(crate) use book::{Book, Overlay, Seal};
pub(crate) use style::{Look, Shape, severity_color};

use crate::{layout::Version, seal::SealKey};

/// What makes an issue unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssueStamp {
    /// The issue's id.
    pub id: IssueId,
    /// When it is issued; also the workbook's creation date.
    pub issued_at: DateTime<Utc>,
}

/// A workbook that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The round names a template version that this program does not know.
    #[error("template version `{found}` is unknown; this program knows {known}", known = Version::names())]
    UnknownTemplate {
        /// The version named.
        found: TemplateVersion,
    },
    /// The workbook is none that this service issued, so that there is nothing to issue again.
    #[error("the workbook says not which subproject and quarter it belongs to")]
    NoEnvelope,
    /// The workbook could not be written.
    #[error("the workbook could not be written")]
    Write(#[from] rust_xlsxwriter::XlsxError),
    /// The reporting context could not be written as JSON.
    #[error("the reporting context could not be written")]
    Context(#[from] serde_json::Error),
}

/// Issues the workbook of a subproject and quarter, with empty input cells.
///
/// `language` decides the language of names, instructions and hints; headers carry both. The result is an XLSX file.
///
/// # Errors
/// When the context's template version is unknown or the file cannot be written.
pub fn issue(
    round: &FundingRound,
    context: &ReportingContext,
    stamp: &IssueStamp,
    language: Language,
    key: &SealKey,
) -> Result<Vec<u8>, IngestError> {
    Book::new(round, context, *stamp, language, Seal::Key(key))?.write()
}

/// Issues the same workbook with values typed into its input cells and the declaration confirmed, as a lead would
/// hand it in. The cells of the figures are ignored; formulas carry the results for these values.
///
/// # Errors
/// As [`issue`].
pub fn issue_filled(
    round: &FundingRound,
    context: &ReportingContext,
    stamp: &IssueStamp,
    language: Language,
    key: &SealKey,
    figures: &QuarterlyFigures,
) -> Result<Vec<u8>, IngestError> {
    let mut book = Book::new(round, context, *stamp, language, Seal::Key(key))?;
    book.figures = Some(figures);
    book.is_declared = true;
    book.write()
}
