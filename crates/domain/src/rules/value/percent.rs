//! Percentages from 0 to 100 %.
//!
//! - A number as `numeral` reads it, with `%`, `Prozent` or `percent` behind it. `12,5 %` is 12.5 per cent.
//! - Without the sign a number above 1 is in per cent; one up to 1 may be a fraction (`0,5` is 0.5 % or 50 %) and is
//!   refused with both readings. Zero is zero either way.
//! - At most six decimal places; nothing negative, nothing above 100 %.

use rust_decimal::Decimal;

use super::numeral::{self, DecimalConvention, Numeral, Unread};
use crate::{
    finding::Detail,
    language::{Language, Text},
    rate::Rate,
};

const SIGNS: [&str; 3] = ["%", "prozent", "percent"];
const DECIMALS_LIMIT: usize = 6;

/// Reads a percentage.
///
/// ```
/// use nachweis_domain::{finding::Code, rate::Rate, rules::value::{percent, DecimalConvention}};
/// let read = |typed| percent::read(typed, DecimalConvention::Comma);
/// assert_eq!(read("40 %"), Ok(Rate::from_percent(40)));
/// assert_eq!(read("40"), Ok(Rate::from_percent(40)));
/// assert_eq!(read("0,4").unwrap_err().code(), Code::Val02);
/// ```
///
/// # Errors
/// `VAL-02` two readings, `VAL-06` no percentage from 0 to 100 %.
pub fn read(typed: &str, convention: DecimalConvention) -> Result<Rate, Detail> {
    let unreadable = || Detail::PercentUnreadable {
        typed: numeral::quote(typed),
    };
    let trimmed = typed.trim();
    let lower = trimmed.to_lowercase();
    let sign = SIGNS.iter().find_map(|sign| lower.strip_suffix(sign));
    let body = sign.unwrap_or(&lower).trim_end();
    let number = numeral::read(body, convention).map_err(|unread| match unread {
        Unread::NotANumber => unreadable(),
        Unread::Ambiguous { grouped, decimal } => ambiguous(typed, percent(&grouped), percent(&decimal)),
    })?;
    let value = percent(&number).ok_or_else(unreadable)?;
    if value > Decimal::ONE_HUNDRED {
        return Err(unreadable());
    }
    if sign.is_none() && !value.is_zero() && value <= Decimal::ONE {
        return Err(ambiguous(
            typed,
            Some(value),
            value.checked_mul(Decimal::ONE_HUNDRED),
        ));
    }
    Ok(Rate::from_fraction(value / Decimal::ONE_HUNDRED))
}

/// The number in per cent; `None` when it has too many digits.
fn percent(number: &Numeral) -> Option<Decimal> {
    if number.decimals.len() > DECIMALS_LIMIT {
        return None;
    }
    format!("0{}.{}0", number.whole, number.decimals).parse().ok()
}

fn ambiguous(typed: &str, first: Option<Decimal>, second: Option<Decimal>) -> Detail {
    let shown = |value: Option<Decimal>| {
        let plain = value.unwrap_or_default().normalize().to_string();
        Text::new(
            format!("{}\u{a0}%", plain.replace('.', ",")),
            format!("{plain}{}", Language::En.pick("", "%")),
        )
    };
    Detail::Ambiguous {
        typed: numeral::quote(typed),
        first: shown(first),
        second: shown(second),
    }
}
