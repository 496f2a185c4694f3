//! What a cell of the template holds: a typed value, before it becomes a cell and after it was one.

use chrono::NaiveDate;
use nachweis_domain::{language::Language, money::Money, quarter::Quarter};

/// The value of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Nothing; not zero.
    #[default]
    Empty,
    /// An amount in euro.
    Money(Money),
    /// A whole number.
    Count(i64),
    /// A day.
    Date(NaiveDate),
    /// A quarter, written `2024-Q3`.
    Quarter(Quarter),
    /// Text.
    Text(String),
}

impl Entry {
    /// Cents or count; `None` for everything that is no number.
    pub(crate) const fn number(&self) -> Option<i64> {
        match self {
            Self::Money(money) => Some(money.cents()),
            Self::Count(count) => Some(*count),
            Self::Empty | Self::Date(_) | Self::Quarter(_) | Self::Text(_) => None,
        }
    }

    /// The entry as a stored result or text of a cell: `1234.56`, `17`, `2024-Q3`.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Money(money) => money.to_string(),
            Self::Count(count) => count.to_string(),
            Self::Date(date) => Language::De.date(*date),
            Self::Quarter(quarter) => quarter.to_string(),
            Self::Text(text) => text.clone(),
        }
    }

    /// The entry as people read it in findings: `1.234,56 €`, `1.234`, `3. Quartal 2024`.
    pub(crate) fn display(&self, language: Language) -> String {
        match self {
            Self::Money(money) => money.display(language),
            Self::Count(count) => language.count(*count),
            Self::Date(date) => language.date(*date),
            Self::Empty | Self::Quarter(_) | Self::Text(_) => self.shown(),
        }
    }
}
