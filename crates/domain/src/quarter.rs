//! Calendar quarters, the beat of reporting.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{language::Language, period::Period};

/// A calendar quarter, written `2024-Q3`. One ordinal: quarters can be compared and counted.
///
/// ```
/// use nachweis_domain::quarter::Quarter;
/// let quarter: Quarter = "2024-Q3".parse()?;
/// assert_eq!(quarter.next().to_string(), "2024-Q4");
/// assert_eq!(quarter.first_day().to_string(), "2024-07-01");
/// assert!("2024-Q5".parse::<Quarter>().is_err());
/// # Ok::<(), nachweis_domain::quarter::QuarterError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter(i32);

/// A text or pair of numbers that is no quarter between 2000 and 2099.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a quarter; write it like 2024-Q3")]
pub struct QuarterError {
    /// What was given.
    pub text: String,
}

impl Quarter {
    /// The quarter `number` (1 to 4) of a year from 2000 to 2099.
    ///
    /// # Errors
    /// When the year or the number is outside these bounds.
    pub fn new(year: i32, number: u32) -> Result<Self, QuarterError> {
        match (year, i32::try_from(number)) {
            (2000..=2099, Ok(number @ 1..=4)) => Ok(Self(year * 4 + number - 1)),
            _ => Err(QuarterError {
                text: format!("{year}-Q{number}"),
            }),
        }
    }

    /// The quarter a date lies in; `None` before 2000 and after 2099.
    pub fn of(date: NaiveDate) -> Option<Self> {
        Self::new(date.year(), date.month0() / 3 + 1).ok()
    }

    /// The quarter of an ordinal made by [`Quarter::ordinal`].
    pub fn from_ordinal(ordinal: i32) -> Option<Self> {
        (2000 * 4..2100 * 4).contains(&ordinal).then_some(Self(ordinal))
    }

    /// Year × 4 + number − 1: a dense count for storage.
    pub const fn ordinal(self) -> i32 {
        self.0
    }

    /// The calendar year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(4)
    }

    /// The number in the year, 1 to 4.
    pub const fn number(self) -> u32 {
        self.0.rem_euclid(4).unsigned_abs() + 1
    }

    /// The quarter after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// The quarter before this one.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// The first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), (self.number() - 1) * 3 + 1, 1).unwrap_or_default()
    }

    /// The last day.
    pub fn last_day(self) -> NaiveDate {
        self.next()
            .first_day()
            .checked_sub_days(Days::new(1))
            .unwrap_or_default()
    }

    /// From the first to the last day.
    pub fn period(self) -> Period {
        Period {
            first: self.first_day(),
            last: self.last_day(),
        }
    }

    /// Whether a date lies in the quarter.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.first_day() <= date && date <= self.last_day()
    }

    /// This quarter and all after it up to and including `last`; none when `last` is earlier.
    pub fn through(self, last: Self) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (self.0..=last.0).map(Self)
    }

    /// As people read it: `3. Quartal 2024` or `Q3 2024`.
    pub fn display(self, language: Language) -> String {
        match language {
            Language::De => format!("{}. Quartal {}", self.number(), self.year()),
            Language::En => format!("Q{} {}", self.number(), self.year()),
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year(), self.number())
    }
}

impl FromStr for Quarter {
    type Err = QuarterError;

    fn from_str(text: &str) -> Result<Self, QuarterError> {
        let error = || QuarterError {
            text: text.chars().take(40).collect(),
        };
        let (year, number) = text.split_once("-Q").ok_or_else(error)?;
        let strict = |digits: &str, length: usize| {
            digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !strict(year, 4) || !strict(number, 1) {
            return Err(error());
        }
        match (year.parse(), number.parse()) {
            (Ok(year), Ok(number)) => Self::new(year, number),
            _ => Err(error()),
        }
    }
}

impl Serialize for Quarter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quarter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
