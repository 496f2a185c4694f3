//! Counts: whole numbers of persons, contacts, entities.
//!
//! - A number as `numeral` reads it, without unit, with a minus directly before it (a correction). Decimal places are
//!   accepted only when all are zeros and there is one reading (`12,0`).
//! - A dash is refused: in a count it may mean "none" or "not recorded". So are `k. A.` and the like, as missing.
//! - Counts beyond [`LIMIT`] are refused.

use super::numeral::{self, DecimalConvention, Unread};
use crate::{
    finding::{Column, Detail},
    language::{Language, Text},
};

/// The largest count (either sign) that a cell may hold: more than all people of the European Union.
pub const LIMIT: i64 = 1_000_000_000;

/// Reads a count.
///
/// ```
/// use nachweis_domain::{finding::Code, rules::value::{count, DecimalConvention}};
/// let read = |typed| count::read(typed, DecimalConvention::Comma);
/// assert_eq!(read("1.234"), Ok(1234));
/// assert_eq!(read("12,0"), Ok(12));
/// assert_eq!(read("12,5").unwrap_err().code(), Code::Val05);
/// ```
///
/// # Errors
/// `VAL-02` two readings, `VAL-05` no whole number within the limit, `VAL-10` empty or no answer.
pub fn read(typed: &str, convention: DecimalConvention) -> Result<i64, Detail> {
    let trimmed = typed.trim();
    if trimmed.is_empty() {
        return Err(Detail::Missing {
            column: Column::Count,
        });
    }
    if numeral::is_no_answer(trimmed) {
        return Err(Detail::NoAnswer {
            typed: numeral::quote(typed),
            column: Column::Count,
        });
    }
    let unreadable = || Detail::CountUnreadable {
        typed: numeral::quote(typed),
    };
    let (negative, body) = numeral::split_sign(trimmed);
    let number = numeral::read(body, convention).map_err(|unread| match unread {
        Unread::NotANumber => unreadable(),
        Unread::Ambiguous { grouped, decimal } => {
            let whole = grouped.whole.parse().unwrap_or_default();
            Detail::Ambiguous {
                typed: numeral::quote(typed),
                first: Text::new(Language::De.group(whole), Language::En.group(whole)),
                second: Text::new(
                    format!("{},{}", decimal.whole, decimal.decimals),
                    format!("{}.{}", decimal.whole, decimal.decimals),
                ),
            }
        }
    })?;
    let count = Some(number)
        .filter(|number| number.decimals.bytes().all(|digit| digit == b'0'))
        .and_then(|number| number.whole.parse::<i64>().ok())
        .filter(|count| *count <= LIMIT)
        .ok_or_else(unreadable)?;
    Ok(if negative { -count } else { count })
}
