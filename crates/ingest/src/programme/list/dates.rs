//! The dates of a list: cells with a date, or text in the forms that lists use, one order of day and month per list.

use chrono::{Datelike, Days, Months, NaiveDate};
use rust_decimal::prelude::ToPrimitive;

use crate::RawValue;

mod names;

/// Which day a month or year without a day means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// The first: a beginning.
    First,
    /// The last: an end.
    Last,
}

/// How the dates of a list write day and month between slashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOrder {
    /// `31/12/2024`
    DayFirst,
    /// `12/31/2024`
    MonthFirst,
    /// Both would fit, or neither: nothing with slashes is read.
    Unknown,
}

impl DateOrder {
    /// Finds the order: the one that every date with slashes allows and some date demands.
    pub(super) fn of<'a>(values: impl Iterator<Item = &'a RawValue>) -> Self {
        let (mut day_first, mut month_first) = (false, false);
        for value in values {
            if let RawValue::Text(text) = value
                && let Some([first, second, _]) = numbers(text, '/')
            {
                day_first |= first > 12;
                month_first |= second > 12;
            }
        }
        match (day_first, month_first) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            _ => Self::Unknown,
        }
    }

    /// Reads a date; `None` when it is none.
    pub(super) fn read(self, value: &RawValue, edge: Edge) -> Option<NaiveDate> {
        match value {
            RawValue::Date(date) => Some(*date),
            RawValue::Number(number) => {
                let number = number.to_i32().filter(|_| number.fract().is_zero())?;
                month(number, None, edge).or_else(|| serial(number))
            }
            RawValue::Text(text) => self.read_text(text.trim(), edge),
            RawValue::Truth(_) | RawValue::Error(_) => None,
        }
    }

    /// Reads the first and the last day of a cell: `01.01.2015 - 31.12.2016`, `2015 bis 2017`.
    pub(super) fn read_span(self, text: &str) -> Option<(NaiveDate, NaiveDate)> {
        // Longer marks first: a hyphen also stands within `2015-07-01`.
        [" - ", " – ", " bis ", " to ", "–", "—", "/", "-"]
            .iter()
            .find_map(|mark| {
                let (first, last) = text.split_once(mark)?;
                let first = self.read_text(first.trim(), Edge::First)?;
                let last = self.read_text(last.trim(), Edge::Last)?;
                (first <= last).then_some((first, last))
            })
    }

    fn read_text(self, text: &str, edge: Edge) -> Option<NaiveDate> {
        self.read_plain(text, edge).or_else(|| {
            // `voraussichtlich 31.12.2016`, `31.12.2016 (geplant)`: one date among words.
            let is_part = |word: &&str| word.bytes().any(|byte| byte.is_ascii_digit());
            let mut parts = text
                .split(|char: char| char.is_whitespace() || matches!(char, '(' | ')' | ',' | ';'))
                .filter(is_part);
            let part = parts.next().filter(|_| parts.next().is_none())?;
            self.read_plain(part, edge).filter(|_| part.len() < text.len())
        })
    }

    fn read_plain(self, text: &str, edge: Edge) -> Option<NaiveDate> {
        // A time after the date says nothing here.
        let day = text
            .split([' ', 'T'])
            .next()
            .filter(|day| day.len() >= 8)
            .unwrap_or(text);
        if let Some([day, month, year]) = numbers(day, '.').or_else(|| numbers(text, '.')) {
            return date(full_year(year), month, day);
        }
        if let Some([first, month, last]) = numbers(day, '-') {
            return if first > 99 {
                date(first, month, last)
            } else {
                date(last, month, first).filter(|_| last > 99)
            };
        }
        if let Some([first, second, year]) = numbers(day, '/') {
            return match self {
                _ if first > 99 => date(first, second, year),
                Self::DayFirst => date(full_year(year), second, first),
                Self::MonthFirst => date(full_year(year), first, second),
                // The same day either way.
                Self::Unknown if first == second => date(full_year(year), first, second),
                Self::Unknown => None,
            };
        }
        let parts: Vec<&str> = text.split(['.', '/']).map(str::trim).collect();
        let number = match parts.as_slice() {
            [year] => whole(year).and_then(|year| month(year, None, edge)),
            [number, year] => {
                let number = whole(number).and_then(|number| u32::try_from(number).ok());
                whole(year).and_then(|year| month(year, Some(number?), edge))
            }
            _ => None,
        };
        number.or_else(|| names::read(text, edge))
    }
}

/// The day of a serial number whose cell lost its date format: of the years 2000 to 2050, so that it is neither a year
/// nor an amount.
fn serial(number: i32) -> Option<NaiveDate> {
    let days = u64::try_from(number)
        .ok()
        .filter(|days| (36_526..=54_788).contains(days))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

fn whole(text: &str) -> Option<i32> {
    let digits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

/// Three whole numbers between marks: `1. 2. 15`.
fn numbers(text: &str, mark: char) -> Option<[i32; 3]> {
    let parts: Vec<Option<i32>> = text.split(mark).map(|part| whole(part.trim())).collect();
    match parts.as_slice() {
        [Some(first), Some(second), Some(third)] => Some([*first, *second, *third]),
        _ => None,
    }
}

/// Two digits of a year are of this century.
const fn full_year(year: i32) -> i32 {
    if year < 100 { 2000 + year } else { year }
}

fn date(year: i32, month: i32, day: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
        .filter(|date| is_possible(*date))
}

/// The first or last day of a month, or of a year.
fn month(year: i32, month: Option<u32>, edge: Edge) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1).filter(|date| is_possible(*date))?;
    match edge {
        Edge::First => Some(first),
        Edge::Last => {
            let months = if month.is_some() { 1 } else { 12 };
            first
                .checked_add_months(Months::new(months))?
                .checked_sub_days(Days::new(1))
        }
    }
}

fn is_possible(date: NaiveDate) -> bool {
    (1990..=2099).contains(&date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_of_lists() {
        let column = DateOrder::Unknown;
        let cases = [
            ("31.12.2015", Some("2015-12-31")),
            ("05.02.16", Some("2016-02-05")),
            ("1.7.15", Some("2015-07-01")),
            ("1. 7. 2015", Some("2015-07-01")),
            ("2015-07-01", Some("2015-07-01")),
            ("2015-07-01 00:00:00", Some("2015-07-01")),
            ("01.07.2015 00:00", Some("2015-07-01")),
            ("07.2015", Some("2015-07-31")),
            ("2015", Some("2015-12-31")),
            ("31.02.2015", None),
            ("03/04/2015", None),
            ("04/04/2015", Some("2015-04-04")),
            ("2015/07/01", Some("2015-07-01")),
            ("01-07-2015", Some("2015-07-01")),
            ("15-07-01", None),
            ("voraussichtlich 31.12.2015", Some("2015-12-31")),
            ("31.12.2015 (geplant)", Some("2015-12-31")),
            ("31. Dezember 2015", Some("2015-12-31")),
            ("Dez. 2015", Some("2015-12-31")),
            ("1 July 2015", Some("2015-07-01")),
            ("July 2015", Some("2015-07-31")),
            ("01-Jul-15", Some("2015-07-01")),
            ("2014-2020", None),
            ("3. Quartal 2015", None),
            ("o. A.", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let read = column
                .read(&RawValue::Text(text.into()), Edge::Last)
                .map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
        assert_eq!(
            column.read(&RawValue::Number(2015.into()), Edge::First),
            NaiveDate::from_ymd_opt(2015, 1, 1)
        );
        assert_eq!(
            column.read(&RawValue::Number(42_005.into()), Edge::First),
            NaiveDate::from_ymd_opt(2015, 1, 1),
            "a serial number"
        );
        assert_eq!(column.read(&RawValue::Number(99_999.into()), Edge::First), None);
    }

    #[test]
    fn spans_hold_the_first_and_the_last_day() {
        let read = |text: &str| {
            DateOrder::Unknown
                .read_span(text)
                .map(|(first, last)| format!("{first} {last}"))
        };
        for text in [
            "01.01.2015 - 31.12.2016",
            "01.01.2015-31.12.2016",
            "01.01.2015 bis 31.12.2016",
            "2015-01-01 to 2016-12-31",
            "2015 – 2016",
            "01/2015 - 12/2016",
            "2015/2016",
        ] {
            assert_eq!(read(text).as_deref(), Some("2015-01-01 2016-12-31"), "{text}");
        }
        for text in ["", "24 Monate", "31.12.2016 - 01.01.2015", "ab 2015"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn slashes_are_read_in_the_order_that_the_column_shows() {
        let texts = |texts: [&str; 2]| texts.map(|text| RawValue::Text(text.into()));
        let us = texts(["12/31/2015", "03/04/2015"]);
        let column = DateOrder::of(us.iter());
        assert_eq!(
            column.read(&us[1], Edge::First),
            NaiveDate::from_ymd_opt(2015, 3, 4)
        );
        let european = texts(["31/12/2015", "03/04/2015"]);
        let column = DateOrder::of(european.iter());
        assert_eq!(
            column.read(&european[1], Edge::First),
            NaiveDate::from_ymd_opt(2015, 4, 3)
        );
        assert_eq!(
            DateOrder::of(texts(["31/12/2015", "12/31/2015"]).iter()),
            DateOrder::Unknown
        );
        assert_eq!(
            DateOrder::of(texts(["01/02/2015", "03/04/2015"]).iter()),
            DateOrder::Unknown
        );
    }
}
