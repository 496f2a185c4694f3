//! A past moment as people ask for it: what was known then can be reported again.

use std::{fmt, str::FromStr};

use chrono::{DateTime, NaiveDate, Utc};

use crate::berlin;

/// A moment up to which the record counts: RFC 3339 with an offset, or a day, which stands for its end in Europe/Berlin.
///
/// Whole microseconds, as the record keeps them; parts of one are cut off.
///
/// ```
/// use nachweis_domain::past_moment::PastMoment;
/// let moment: PastMoment = "2025-01-31T10:30:00+01:00".parse()?;
/// assert_eq!(moment.to_string(), "2025-01-31T09:30:00Z");
/// let day: PastMoment = "2025-01-31".parse()?;
/// assert_eq!(day.to_string(), "2025-01-31T22:59:59.999999Z");
/// assert!("2025-01-31T10:30:00".parse::<PastMoment>().is_err(), "the offset is missing");
/// # Ok::<(), nachweis_domain::past_moment::PastMomentError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PastMoment(DateTime<Utc>);

/// What may stand for a moment, for messages.
pub const EXPECTED: &str = "2025-01-31T10:30:00+01:00, 2025-01-31";

/// A text that names no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a moment; write it like 2025-01-31T10:30:00+01:00 or, for the end of a day, 2025-01-31"
)]
pub struct PastMomentError {
    /// What was given, cut to forty characters.
    pub text: String,
}

impl PastMoment {
    /// The last of a moment's microseconds.
    pub const fn at(self) -> DateTime<Utc> {
        self.0
    }
}

impl From<DateTime<Utc>> for PastMoment {
    fn from(at: DateTime<Utc>) -> Self {
        Self(DateTime::from_timestamp_micros(at.timestamp_micros()).unwrap_or(at))
    }
}

impl fmt::Display for PastMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }
}

impl FromStr for PastMoment {
    type Err = PastMomentError;

    fn from_str(text: &str) -> Result<Self, PastMomentError> {
        let moment = || DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc());
        // Four digits for the year, so that `31-01-25` is no day of the first century.
        let day = || match text.len() {
            10 => text.parse::<NaiveDate>().ok().and_then(berlin::end_of_day),
            _ => None,
        };
        moment()
            .or_else(day)
            .map(Self::from)
            .ok_or_else(|| PastMomentError {
                text: text.chars().take(40).collect(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_stands_for_its_end_in_berlin_in_winter_in_summer_and_when_clocks_change() {
        for (day, end) in [
            ("2025-01-31", "2025-01-31T22:59:59.999999Z"),
            ("2025-07-31", "2025-07-31T21:59:59.999999Z"),
            ("2025-03-30", "2025-03-30T21:59:59.999999Z"),
            ("2025-10-26", "2025-10-26T22:59:59.999999Z"),
            ("2024-12-31", "2024-12-31T22:59:59.999999Z"),
        ] {
            assert_eq!(day.parse::<PastMoment>().unwrap().to_string(), end, "{day}");
        }
    }

    #[test]
    fn a_moment_has_an_offset_and_whole_microseconds() {
        for (text, at) in [
            ("2025-01-31T10:30:00Z", "2025-01-31T10:30:00Z"),
            ("2025-01-31T10:30:00.000001+01:00", "2025-01-31T09:30:00.000001Z"),
            ("2025-01-31T10:30:00.123456999Z", "2025-01-31T10:30:00.123456Z"),
        ] {
            assert_eq!(text.parse::<PastMoment>().unwrap().to_string(), at, "{text}");
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_no_moment() {
        for text in [
            "",
            "now",
            "31.01.2025",
            "25-01-31",
            "2025-1-31",
            "2025-02-30",
            "2025-01-31T10:30:00",
            "2025-01-31T10:30",
            "2025-01-31 ",
            "1738315800",
            "2025-Q1",
        ] {
            assert_eq!(text.parse::<PastMoment>().unwrap_err().text, text);
        }
        let long = "9".repeat(300).parse::<PastMoment>().unwrap_err();
        assert_eq!(long.text.len(), 40);
    }
}
