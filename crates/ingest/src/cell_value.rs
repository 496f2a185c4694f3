//! From the number in a cell to money, counts and dates: the only file that makes an amount of a float.
//!
//! A cell holds a double. An amount is the nearest cent if it lies within a thousandth of a cent of it, otherwise a
//! finding; truncating would be wrong in 6 % of typed amounts (house-style.md §4). Dates are serial days of either
//! date system, accepted from 2014-01-01 to 2035-12-31.
#![expect(
    clippy::float_arithmetic,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cells hold doubles; every conversion here is bounded first"
)]

use calamine::{DataRef, ExcelDateTime};
use chrono::{Days, NaiveDate};
use nachweis_domain::{finding::Detail, money::Money};
use rust_decimal::Decimal;

/// How far from a whole cent an amount may lie, in cents.
const CENT_TOLERANCE: f64 = 0.001;
/// Largest amount in cents, as [`Money::CELL_LIMIT`].
const LARGEST_CENTS: f64 = 1e12;
/// Largest count; beyond it nobody counts persons.
const LARGEST_COUNT: f64 = 1e9;
/// How far from a whole number a count may lie.
const COUNT_TOLERANCE: f64 = 1e-9;

/// From which day the serial numbers of a workbook count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Epoch {
    /// 1 is 1 January 1900, and 60 is a day that never was.
    From1900,
    /// 0 is 1 January 1904.
    From1904,
}

/// The first day that a cell may name.
pub(crate) fn first_date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, 1, 1).unwrap_or_default()
}

/// The last day that a cell may name.
pub(crate) fn last_date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2035, 12, 31).unwrap_or_default()
}

/// The amount of a number cell in euro: VAL-01 for what is no finite number, VAL-03 for parts of a cent, VAL-04 beyond
/// EUR 10 billion.
pub(crate) fn money(euro: f64) -> Result<Money, Detail> {
    if !euro.is_finite() {
        return Err(Detail::AmountUnreadable { typed: shown(euro) });
    }
    let cents = euro * 100.0;
    if cents.abs() > LARGEST_CENTS {
        return Err(Detail::AmountTooLarge { typed: shown(euro) });
    }
    let whole = cents.round();
    if (cents - whole).abs() > CENT_TOLERANCE {
        return Err(Detail::TooManyDecimals { typed: shown(euro) });
    }
    Ok(Money::from_cents(whole as i64))
}

/// The count of a number cell: a whole number, VAL-05 otherwise. Negative counts are the rules' business.
pub(crate) fn count(number: f64) -> Result<i64, Detail> {
    let whole = number.round();
    if !number.is_finite() || number.abs() > LARGEST_COUNT || (number - whole).abs() > COUNT_TOLERANCE {
        return Err(Detail::CountUnreadable { typed: shown(number) });
    }
    Ok(whole as i64)
}

/// The date of a serial number: VAL-07 for what is no number and for the day that never was, VAL-08 outside the
/// window. A time of day is left out: a payment has a day.
pub(crate) fn date(serial: f64, epoch: Epoch) -> Result<NaiveDate, Detail> {
    let outside = || Detail::DateOutsideWindow { typed: shown(serial) };
    if !serial.is_finite() || (epoch == Epoch::From1900 && serial.floor().total_cmp(&60.0).is_eq()) {
        return Err(Detail::DateUnreadable {
            typed: shown(serial),
            reading: None,
        });
    }
    calendar_day(serial, epoch)
        .filter(|date| (first_date()..=last_date()).contains(date))
        .ok_or_else(outside)
}

/// The day of a serial number that a calendar has, up to the year 9999: birth dates lie before the window of payments.
pub(crate) fn calendar_day(serial: f64, epoch: Epoch) -> Option<NaiveDate> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let day = serial.floor() as u64;
    let start = match epoch {
        Epoch::From1900 if day == 60 => return None,
        Epoch::From1900 if day < 60 => NaiveDate::from_ymd_opt(1899, 12, 31),
        Epoch::From1900 => NaiveDate::from_ymd_opt(1899, 12, 30),
        Epoch::From1904 => NaiveDate::from_ymd_opt(1904, 1, 1),
    };
    start?.checked_add_days(Days::new(day))
}

/// The date of a cell that the reader took for a date by its format.
pub(crate) fn date_of(value: &ExcelDateTime, epoch: Epoch) -> Result<NaiveDate, Detail> {
    date(value.as_f64(), epoch)
}

/// A number as a German spreadsheet program shows it: `12,345`; at most 17 digits.
pub(crate) fn shown(number: f64) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    let plain = if number == 0.0 || (1e-9..1e21).contains(&number.abs()) {
        format!("{number}")
    } else {
        format!("{number:e}")
    };
    plain.replace('.', ",")
}

/// The exact decimal that a number cell shows: the shortest one that leads back to the same double.
pub(crate) fn decimal(number: f64) -> Option<Decimal> {
    let text = format!("{number:e}");
    Decimal::from_scientific(&text)
        .ok()
        .map(|decimal| decimal.normalize())
}

/// What a cell holds, as a value without floats.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Plain {
    Empty,
    Text(String),
    Number(Decimal),
    /// A number beyond exact decimals, as shown.
    Odd(String),
    Date(NaiveDate),
    Truth(bool),
    Error(String),
}

/// What a cell of a list holds. Published lists name days that no workbook may name, so the window is not applied.
pub(crate) fn plain(value: &DataRef<'_>, epoch: Epoch) -> Plain {
    match value {
        DataRef::Empty => Plain::Empty,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Plain::Text(text.clone())
        }
        DataRef::SharedString(text) => Plain::Text((*text).to_owned()),
        DataRef::Bool(truth) => Plain::Truth(*truth),
        DataRef::Error(error) => Plain::Error(error.to_string()),
        DataRef::Int(number) => Plain::Number(Decimal::from(*number)),
        DataRef::Float(number) => number_or_odd(*number),
        DataRef::DateTime(moment) => match calendar_day(moment.as_f64(), epoch) {
            Some(date) if moment.is_datetime() => Plain::Date(date),
            _ => number_or_odd(moment.as_f64()),
        },
    }
}

fn number_or_odd(number: f64) -> Plain {
    decimal(number).map_or_else(|| Plain::Odd(shown(number)), Plain::Number)
}

#[cfg(test)]
mod tests;
