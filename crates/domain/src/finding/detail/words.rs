//! The words that details are made of: which column, whose counts, which time, what is missing.

use serde::{Deserialize, Serialize};

use crate::{cell::CellRef, language::Language, money::Money};

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

/// What stands in a cell or comes out of a formula; shown as the reader's language writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Nothing, or nothing that can be computed.
    Nothing,
    /// An amount in euro.
    Money(Money),
    /// A whole number.
    Count(i64),
    /// Anything else, as typed.
    Text(String),
}

impl Shown {
    /// The value as people read it: `1.234,56 €`, `1.234`, `„entfällt“`.
    pub fn display(&self, language: Language) -> String {
        match self {
            Self::Nothing => "–".to_owned(),
            Self::Money(money) => money.display(language),
            Self::Count(count) => language.count(*count),
            Self::Text(text) => match language {
                Language::De => format!("„{text}“"),
                Language::En => format!("“{text}”"),
            },
        }
    }
}

/// A cell that the template computes: what stands there and what computing gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recomputed {
    /// The cell.
    pub at: CellRef,
    /// What stands there.
    pub found: Shown,
    /// What computing gives.
    pub computed: Shown,
}

/// What hides rows without anyone meaning to hide them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hiding {
    /// A filter.
    Filter,
    /// A collapsed outline.
    Outline,
}

/// Rows of a sheet as spans, counted from one.
///
/// ```
/// use nachweis_domain::finding::Rows;
/// let rows: Rows = [8, 9, 10, 20].into_iter().collect();
/// assert_eq!(rows.spans, [(8, 10), (20, 20)]);
/// assert_eq!(rows.count, 4);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// First and last row of each span, ascending; at most [`Rows::LISTED`].
    pub spans: Vec<(u32, u32)>,
    /// How many rows there are, those beyond the listed spans included.
    pub count: u64,
}

impl Rows {
    /// The most spans that are listed: nobody reads more.
    pub const LISTED: usize = crate::limits::ROW_SPANS.size();

    fn push(&mut self, row: u32) {
        self.count += 1;
        let is_full = self.spans.len() >= Self::LISTED;
        match self.spans.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(row) => *last = row,
            _ if is_full => {}
            _ => self.spans.push((row, row)),
        }
    }
}

/// Collects rows counted from one, in ascending order.
impl FromIterator<u32> for Rows {
    fn from_iter<I: IntoIterator<Item = u32>>(rows: I) -> Self {
        let mut made = Self::default();
        for row in rows {
            made.push(row);
        }
        made
    }
}
