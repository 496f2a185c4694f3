//! Dates typed as text, as lists and CSV files have them. In a workbook a date is a number with a date format; text in
//! a date cell is refused there with the date it may mean ([`refuse_text`]).
//!
//! - `31.12.2024`, `1.1.2024`, `31. 12. 2024`; two digits of a year are of this century (`31.12.24`); `2024-12-31`.
//! - `31/12/2024` is refused: day first and month first are both in use; with a day above 12 the refusal names the one
//!   date it can be, otherwise both (`VAL-02`).
//! - Dates outside [`FIRST`] to [`LAST`] are refused: no round lies there, so the year is a slip.

use chrono::NaiveDate;

use super::numeral;
use crate::{
    finding::Detail,
    language::{Language, Text},
};

/// The first date that can be meant: 1 January 2014.
pub const FIRST: NaiveDate = match NaiveDate::from_ymd_opt(2014, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// The last date that can be meant: 31 December 2035.
pub const LAST: NaiveDate = match NaiveDate::from_ymd_opt(2035, 12, 31) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

/// Reads a date that is text.
///
/// ```
/// use chrono::NaiveDate;
/// use nachweis_domain::{finding::Code, rules::value::date};
/// assert_eq!(date::read_text("31.12.24").ok(), NaiveDate::from_ymd_opt(2024, 12, 31));
/// assert_eq!(date::read_text("03/04/2024").unwrap_err().code(), Code::Val02);
/// assert_eq!(date::read_text("31.12.1924").unwrap_err().code(), Code::Val08);
/// ```
///
/// # Errors
/// `VAL-02` two readings, `VAL-07` no date, `VAL-08` outside [`FIRST`] to [`LAST`].
pub fn read_text(typed: &str) -> Result<NaiveDate, Detail> {
    match reading(typed.trim()) {
        Reading::One(date) => in_window(date, typed),
        reading => Err(reading.refusal(typed)),
    }
}

/// Why a text in a date cell of a workbook is refused: with the date it may mean, or both (`VAL-07`, `VAL-02`).
///
/// ```
/// use nachweis_domain::{finding::Code, rules::value::date};
/// assert_eq!(date::refuse_text("31.12.2024").code(), Code::Val07);
/// ```
pub fn refuse_text(typed: &str) -> Detail {
    reading(typed.trim()).refusal(typed)
}

/// The date, when it lies within [`FIRST`] to [`LAST`]; `typed` is what the finding quotes.
///
/// # Errors
/// `VAL-08` outside of it.
pub fn in_window(date: NaiveDate, typed: &str) -> Result<NaiveDate, Detail> {
    if (FIRST..=LAST).contains(&date) {
        Ok(date)
    } else {
        Err(Detail::DateOutsideWindow {
            typed: numeral::quote(typed),
        })
    }
}

/// The date that a text is, of whatever year: only to recognise birth dates (`rules::personal`).
pub(in crate::rules) fn any_year(typed: &str) -> Option<NaiveDate> {
    match reading(typed) {
        Reading::One(date) => Some(date),
        _ => None,
    }
}

enum Reading {
    None,
    One(NaiveDate),
    /// With slashes only one order of day and month gives a date.
    Slashes(NaiveDate),
    Two(NaiveDate, NaiveDate),
}

impl Reading {
    fn refusal(&self, typed: &str) -> Detail {
        let typed = numeral::quote(typed);
        match self {
            Self::None => Detail::DateUnreadable { typed, reading: None },
            Self::One(date) | Self::Slashes(date) => Detail::DateUnreadable {
                typed,
                reading: Some(*date),
            },
            Self::Two(day_first, month_first) => Detail::Ambiguous {
                typed,
                first: shown(*day_first),
                second: shown(*month_first),
            },
        }
    }
}

fn shown(date: NaiveDate) -> Text {
    Text::new(Language::De.date(date), Language::En.date(date))
}

fn reading(typed: &str) -> Reading {
    let parts = |mark: char| -> Option<[&str; 3]> {
        let parts: Vec<&str> = typed.splitn(4, mark).collect();
        parts.try_into().ok()
    };
    if let Some([day, month, year]) = parts('.') {
        return date(year_of(year.trim_start()), month.trim_start(), day).map_or(Reading::None, Reading::One);
    }
    if let Some([year, month, day]) = parts('-') {
        let exact = year.len() == 4 && month.len() == 2 && day.len() == 2;
        return exact
            .then(|| date(year_of(year), month, day))
            .flatten()
            .map_or(Reading::None, Reading::One);
    }
    match parts('/') {
        Some([first, second, year]) => {
            let year = year_of(year);
            match (date(year, second, first), date(year, first, second)) {
                (Some(day_first), Some(month_first)) if day_first != month_first => {
                    Reading::Two(day_first, month_first)
                }
                (Some(date), _) | (None, Some(date)) => Reading::Slashes(date),
                (None, None) => Reading::None,
            }
        }
        None => Reading::None,
    }
}

/// The year of four digits, or of two in this century.
fn year_of(digits: &str) -> Option<i32> {
    let year = number(digits)?;
    match digits.len() {
        4 => i32::try_from(year).ok(),
        2 => i32::try_from(2000 + year).ok(),
        _ => None,
    }
}

fn date(year: Option<i32>, month: &str, day: &str) -> Option<NaiveDate> {
    let short = month.len() <= 2 && day.len() <= 2;
    if !short {
        return None;
    }
    NaiveDate::from_ymd_opt(year?, number(month)?, number(day)?)
}

fn number(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}
