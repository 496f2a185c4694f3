//! Findings: what is wrong or odd in the user's data. Always a value, never an error.
//!
//! A finding has a cell, a [`Detail`] with typed fields, and from it a stable [`Code`] and a text in both languages.
//! Severity belongs to the code and the round ([`crate::round::FundingRound::severity`]).

use serde::{Deserialize, Serialize};

use crate::{cell::CellRef, language::Language};

mod code;
mod detail;
mod older;
#[cfg(test)]
pub(crate) mod samples;
mod text;
mod waivable;

pub use code::{Code, UnknownCode};
pub use detail::{Column, Detail, Hiding, MissingGroup, Recomputed, Rows, Shown, Span, Who};
pub use older::OlderDetail;
pub use waivable::Unwaivable;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The rule does not run in this round.
    Off,
    /// For information: nothing needs to be done.
    Notice,
    /// May be submitted with a comment of the lead.
    Warning,
    /// Cannot be submitted.
    Blocking,
}

impl Severity {
    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Blocking => "blocking",
        }
    }
}

/// Something wrong or odd in a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The cell; `None` when it concerns the workbook as a whole.
    pub at: Option<CellRef>,
    /// Other cells that take part.
    pub related: Vec<CellRef>,
    /// What it is, with the values.
    pub detail: Detail,
}

impl Finding {
    /// A finding at a cell.
    pub const fn at(at: CellRef, detail: Detail) -> Self {
        Self {
            at: Some(at),
            related: Vec::new(),
            detail,
        }
    }

    /// A finding about the workbook as a whole.
    pub const fn whole(detail: Detail) -> Self {
        Self {
            at: None,
            related: Vec::new(),
            detail,
        }
    }

    /// The same finding with other cells that take part.
    #[must_use]
    pub fn with_related(mut self, related: Vec<CellRef>) -> Self {
        self.related = related;
        self
    }

    /// The stable code.
    pub const fn code(&self) -> Code {
        self.detail.code()
    }

    /// What is there, what is expected, what to do: whole sentences without the cell.
    pub fn text(&self, language: Language) -> String {
        self.detail.text(language)
    }

    /// What the finding says of each of its cells, where one finding stands for several: each cell with a finding of its
    /// own that says the same of it alone. Empty for all others.
    pub fn parts(&self) -> Vec<Self> {
        let split = |results: &[Recomputed], one: fn(Vec<Recomputed>) -> Detail| -> Vec<Self> {
            let parts = results.iter();
            parts
                .map(|result| Self::at(result.at.clone(), one(vec![result.clone()])))
                .collect()
        };
        match &self.detail {
            Detail::StaleResults { results } => split(results, |results| Detail::StaleResults { results }),
            Detail::TypedOverAlike { results } => {
                split(results, |results| Detail::TypedOverAlike { results })
            }
            Detail::FormulasMissing { results } => {
                split(results, |results| Detail::FormulasMissing { results })
            }
            _ => Vec::new(),
        }
    }

    /// The whole message with the cell: `Belege!D17: …`.
    pub fn message(&self, language: Language) -> String {
        match &self.at {
            Some(at) => format!("{at}: {}", self.text(language)),
            None => self.text(language),
        }
    }
}

impl PartialOrd for Finding {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Findings sort as a reader walks the workbook: the whole first, then sheet, row, column, code.
impl Ord for Finding {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at
            .cmp(&other.at)
            .then_with(|| self.code().cmp(&other.code()))
    }
}

#[cfg(test)]
mod tests;
