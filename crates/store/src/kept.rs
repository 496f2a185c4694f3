//! How values are kept in columns: times as microseconds since 1970 in UTC, days as numbers like 20240630, quarters
//! as ordinals, enums by their stable names. Reading back what does not fit is an error with the row's id.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use nachweis_domain::quarter::Quarter;

use crate::error::{Kind, StoreError};

/// The largest number of either sign in any figure: cents or counts.
pub(crate) const LIMIT: i64 = nachweis_domain::money::Money::CELL_LIMIT.cents();

/// A column that does not hold what it must.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unreadable(pub(crate) &'static str);

impl Unreadable {
    /// The error with the row.
    pub(crate) fn of(self, table: &'static str, id: impl std::fmt::Display) -> StoreError {
        StoreError::Corrupt {
            table,
            id: id.to_string(),
            reason: format!("column {} cannot be read", self.0),
        }
    }
}

/// The moment up to which everything counts.
pub(crate) const ALWAYS: i64 = i64::MAX;

pub(crate) const fn moment(at: DateTime<Utc>) -> i64 {
    at.timestamp_micros()
}

pub(crate) fn read_moment(column: &'static str, micros: i64) -> Result<DateTime<Utc>, Unreadable> {
    DateTime::from_timestamp_micros(micros).ok_or(Unreadable(column))
}

/// A moment as it will be read back: whole microseconds.
pub(crate) fn rounded(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at)
}

pub(crate) fn day(date: NaiveDate) -> Result<i32, StoreError> {
    match date.year() {
        year @ 1900..=2999 => {
            let month_day =
                i32::try_from(date.month() * 100 + date.day()).map_err(|_wide| unfit(Kind::Date))?;
            Ok(year * 10_000 + month_day)
        }
        _ => Err(unfit(Kind::Date)),
    }
}

pub(crate) fn read_day(column: &'static str, day: i32) -> Result<NaiveDate, Unreadable> {
    let part = |value: i32| u32::try_from(value).map_err(|_negative| Unreadable(column));
    NaiveDate::from_ymd_opt(day / 10_000, part(day / 100 % 100)?, part(day % 100)?).ok_or(Unreadable(column))
}

pub(crate) fn read_quarter(column: &'static str, ordinal: i32) -> Result<Quarter, Unreadable> {
    Quarter::from_ordinal(ordinal).ok_or(Unreadable(column))
}

/// A number that is kept in a column of another width.
pub(crate) fn fit<A, B: TryFrom<A>>(value: A) -> Result<B, StoreError> {
    B::try_from(value).map_err(|_wide| unfit(Kind::Number))
}

/// A number read from a column of another width.
pub(crate) fn number<A, B: TryFrom<A>>(column: &'static str, value: A) -> Result<B, Unreadable> {
    B::try_from(value).map_err(|_wide| Unreadable(column))
}

/// A text read from a column.
pub(crate) fn parsed<T: std::str::FromStr>(column: &'static str, text: &str) -> Result<T, Unreadable> {
    text.parse().map_err(|_other| Unreadable(column))
}

/// A variant read from a column by its stable name.
pub(crate) fn variant<T: Copy>(
    column: &'static str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
    text: &str,
) -> Result<T, Unreadable> {
    all.iter()
        .copied()
        .find(|variant| name(*variant) == text)
        .ok_or(Unreadable(column))
}

/// A value read from a JSON column.
pub(crate) fn json<T: serde::de::DeserializeOwned>(
    column: &'static str,
    text: &str,
) -> Result<T, Unreadable> {
    serde_json::from_str(text).map_err(|_other| Unreadable(column))
}

/// A value as it is kept in a JSON column.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_unfit| unfit(Kind::Text))
}

/// A figure within the limit.
pub(crate) fn bounded(value: i64) -> Result<i64, StoreError> {
    if (-LIMIT..=LIMIT).contains(&value) {
        Ok(value)
    } else {
        Err(unfit(Kind::Figure))
    }
}

pub(crate) const fn unfit(kind: Kind) -> StoreError {
    StoreError::Unfit { kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_come_back() {
        for date in ["1900-01-01", "2024-02-29", "2024-12-31", "2999-12-31"] {
            let date: NaiveDate = date.parse().unwrap();
            assert_eq!(read_day("day", day(date).unwrap()), Ok(date));
        }
        let at: DateTime<Utc> = "2024-06-30T12:00:00.123456Z".parse().unwrap();
        assert_eq!(read_moment("at", moment(at)), Ok(at));
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for number in [0, -20_240_101, 20_240_230, 20_241_301, 99] {
            assert_eq!(read_day("day", number), Err(Unreadable("day")), "{number}");
        }
        assert!(day("0999-01-01".parse().unwrap()).is_err());
    }

    #[test]
    fn figures_beyond_the_limit_are_not_kept() {
        assert!(bounded(LIMIT).is_ok() && bounded(-LIMIT).is_ok());
        assert!(bounded(LIMIT + 1).is_err() && bounded(i64::MIN).is_err());
    }
}
