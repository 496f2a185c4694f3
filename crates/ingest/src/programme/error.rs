//! Why a file cannot be imported, in both languages, with the remedy.

use nachweis_domain::{
    language::{Language, Text},
    money::Money,
    rules::personal::PersonalKind,
};

mod listed;
mod text;

/// A sheet that could be the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetCandidate {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// How many operations it holds.
    pub operations: usize,
    /// Their total.
    pub total: Money,
    /// The earlier sheet that holds most of the same operations, and how many.
    pub shared: Option<(String, usize)>,
}

/// A column that could be the amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AmountCandidate {
    /// Its letters: `F`.
    pub column: String,
    /// Its heading.
    pub heading: String,
    /// How many cells hold an amount.
    pub filled: usize,
    /// What these come to.
    pub total: Money,
}

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", self.code(), self.text(Language::En))]
pub enum ProgrammeError {
    /// No sheet has the headings of a list of operations, and it is not our own format.
    NothingRecognised {
        /// The sheets looked at, with the headings found in each.
        sheets: Vec<(String, Vec<String>)>,
    },
    /// The file is one of our quarterly workbooks.
    QuarterlyWorkbook,
    /// Several sheets hold different lists.
    WhichSheet {
        /// They.
        candidates: Vec<SheetCandidate>,
    },
    /// The sheet asked for does not exist or holds no list.
    NoSuchSheet {
        /// As asked for.
        asked: String,
        /// The sheets with a list.
        candidates: Vec<SheetCandidate>,
    },
    /// The round takes no published list: it lacks the plan item for it.
    RoundTakesNoList {
        /// The round.
        round: String,
    },
    /// A file of our own format has faults; nothing of it is imported.
    Faults {
        /// Each with its table and row.
        faults: Vec<Text>,
    },
    /// Several columns could be the amount, or each is of one year only.
    WhichAmount {
        /// They.
        candidates: Vec<AmountCandidate>,
    },
    /// The column asked for as the amount does not exist.
    NoSuchAmount {
        /// As asked for.
        asked: String,
        /// The columns with amounts.
        candidates: Vec<AmountCandidate>,
    },
    /// The amounts are not in euro.
    ForeignCurrency {
        /// The heading of the column.
        heading: String,
        /// The currency.
        currency: String,
    },
    /// A list was recognised, but no row of it is an operation of the round.
    NoOperations {
        /// The sheet.
        sheet: String,
        /// The heading of the column that was read as the amount.
        amount: String,
        /// Why not, each reason with how many rows it concerns, the most frequent first.
        reasons: Vec<(Text, usize)>,
    },
    /// The file holds data about single persons.
    PersonalData {
        /// The sheet.
        sheet: String,
        /// The letters of the column.
        column: String,
        /// What kind of data.
        kind: PersonalKind,
    },
}

impl ProgrammeError {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NothingRecognised { .. } => "PRG-01",
            Self::WhichSheet { .. } => "PRG-02",
            Self::NoSuchSheet { .. } => "PRG-03",
            Self::RoundTakesNoList { .. } => "PRG-04",
            Self::Faults { .. } => "PRG-05",
            Self::QuarterlyWorkbook => "PRG-06",
            Self::WhichAmount { .. } => "PRG-07",
            Self::NoSuchAmount { .. } => "PRG-08",
            Self::ForeignCurrency { .. } => "PRG-09",
            Self::NoOperations { .. } => "PRG-10",
            Self::PersonalData { .. } => "PRG-11",
        }
    }

    /// What is wrong and what to do, in whole sentences.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::De => text::german(self),
            Language::En => text::english(self),
        }
    }
}
