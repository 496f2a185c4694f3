//! Dates with the name of a month: `31. Dezember 2015`, `July 2015`, `01-Jul-15`.

use chrono::NaiveDate;

use super::{Edge, date, full_year, month, whole};
use crate::programme::list::spelling::compact;

/// The beginnings of the names of months, German and English; the third letter tells them apart.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jaen"],
    &["feb"],
    &["mar", "maer", "mrz"],
    &["apr"],
    &["mai", "may"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov"],
    &["dez", "dec"],
];

/// The whole names, so that `Marketing 2015` is none.
const NAMES: [&str; 24] = [
    "januar",
    "january",
    "februar",
    "february",
    "maerz",
    "march",
    "april",
    "mai",
    "may",
    "juni",
    "june",
    "juli",
    "july",
    "august",
    "september",
    "oktober",
    "october",
    "november",
    "dezember",
    "december",
    "jaenner",
    "sept",
    "mrz",
    "feber",
];

/// Reads a date whose month is a word.
pub(super) fn read(text: &str, edge: Edge) -> Option<NaiveDate> {
    let parts: Vec<&str> = text
        .split(|char: char| char.is_whitespace() || matches!(char, '.' | '-' | '/' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [name, year] => month(full_year(whole(year)?), Some(named(name)?), edge),
        [day, name, year] if named(name).is_some() => {
            date(full_year(whole(year)?), number(named(name)?)?, whole(day)?)
        }
        // `July 1, 2015`
        [name, day, year] => date(full_year(whole(year)?), number(named(name)?)?, whole(day)?),
        _ => None,
    }
}

fn named(name: &str) -> Option<u32> {
    let name = compact(name);
    let short = name.len() <= 4;
    let index = MONTHS.iter().position(|months| {
        months.iter().any(|begin| {
            (short && name == *begin) || (NAMES.contains(&name.as_str()) && name.starts_with(begin))
        })
    })?;
    u32::try_from(index + 1).ok()
}

fn number(month: u32) -> Option<i32> {
    i32::try_from(month).ok()
}
