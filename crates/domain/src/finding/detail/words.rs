//! The words that details are made of: which column, whose counts, which time, what is missing.

use serde::{Deserialize, Serialize};

/// A thing that a cell should hold, named in texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// An amount of money.
    Amount,
    /// A count.
    Count,
    /// The number of a voucher.
    VoucherNumber,
    /// The day of payment.
    PaidOn,
    /// Who was paid.
    Payee,
    /// What for.
    Purpose,
    /// The plan item.
    Item,
    /// A text of the narrative report.
    Narrative,
}

/// Whose counts a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Women.
    Women,
    /// Men.
    Men,
    /// Non-binary persons.
    NonBinary,
    /// All together.
    All,
}

/// Which time a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// The quarter.
    Quarter,
    /// All quarters up to this one.
    Cumulative,
}

/// What is missing among participants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingGroup {
    /// No education level.
    Education,
    /// No age group.
    Age,
}
