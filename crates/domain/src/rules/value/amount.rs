//! Amounts of money in euro.
//!
//! - A number as `numeral` reads it, with `€`, `EUR` or `Euro` before or after it, and a minus directly before the
//!   number or the currency. No plus (it may mean "in addition"), no brackets, no minus behind, no exponents, no `T€`.
//! - Nil is `0`, `0,00`, a dash (`-`, `–`, `—`) or `-,--`; `12,-` and `12,--` are whole euro.
//! - `k. A.`, `n. v.` and the like are refused as missing: no answer is not zero.
//! - Three decimal places or more are refused, also zeros; so is what exceeds [`Money::CELL_LIMIT`].

use super::numeral::{self, DecimalConvention, Numeral, Unread};
use crate::{
    finding::{Column, Detail},
    language::{Language, Text},
    money::Money,
};

/// Reads an amount.
///
/// ```
/// use nachweis_domain::{finding::Code, money::Money};
/// use nachweis_domain::rules::value::{amount, DecimalConvention};
/// let read = |typed| amount::read(typed, DecimalConvention::Comma);
/// assert_eq!(read("1.234,56 €"), Ok(Money::from_cents(123_456)));
/// assert_eq!(read("1234.56"), Ok(Money::from_cents(123_456)));
/// assert_eq!(read("-,--"), Ok(Money::ZERO));
/// assert_eq!(read("1,234").unwrap_err().code(), Code::Val02);
/// assert_eq!(read("k. A.").unwrap_err().code(), Code::Val10);
/// ```
///
/// # Errors
/// `VAL-01` no number, `VAL-02` two readings, `VAL-03` more than two decimal places, `VAL-04` too large, `VAL-10` empty
/// or no answer.
pub fn read(typed: &str, convention: DecimalConvention) -> Result<Money, Detail> {
    let trimmed = typed.trim();
    if trimmed.is_empty() {
        return Err(Detail::Missing {
            column: Column::Amount,
        });
    }
    if numeral::is_no_answer(trimmed) {
        return Err(Detail::NoAnswer {
            typed: numeral::quote(typed),
            column: Column::Amount,
        });
    }
    let unreadable = || Detail::AmountUnreadable {
        typed: numeral::quote(typed),
    };
    let (negative, body) = split(trimmed).ok_or_else(unreadable)?;
    if is_nil(body) {
        return if negative {
            Err(unreadable())
        } else {
            Ok(Money::ZERO)
        };
    }
    let number = numeral::read(&with_written_cents(body), convention).map_err(|unread| match unread {
        Unread::NotANumber => unreadable(),
        Unread::Ambiguous { grouped, decimal } => Detail::Ambiguous {
            typed: numeral::quote(typed),
            first: Text::new(
                display(&grouped, negative, Language::De),
                display(&grouped, negative, Language::En),
            ),
            second: decimals_in_words(&decimal, negative),
        },
    })?;
    to_money(&number, negative, typed)
}

/// Takes sign and currency off; `None` when there are two of either.
fn split(typed: &str) -> Option<(bool, &str)> {
    if is_nil(typed) {
        return Some((false, typed));
    }
    let (negative, rest) = numeral::split_sign(typed);
    let before = strip_currency_before(rest);
    let rest = before.unwrap_or(rest);
    let behind = strip_currency_behind(rest);
    let rest = behind.unwrap_or(rest);
    if before.is_some() && behind.is_some() {
        return None;
    }
    if negative || is_nil(rest) {
        return Some((negative, rest));
    }
    Some(numeral::split_sign(rest))
}

const CURRENCIES: [&str; 3] = ["€", "euro", "eur"];

fn strip_currency_before(typed: &str) -> Option<&str> {
    CURRENCIES.iter().find_map(|currency| {
        let head = typed.get(..currency.len())?;
        let rest = typed.get(currency.len()..)?;
        (head.to_lowercase() == *currency).then(|| rest.trim_start())
    })
}

fn strip_currency_behind(typed: &str) -> Option<&str> {
    CURRENCIES.iter().find_map(|currency| {
        let at = typed.len().checked_sub(currency.len())?;
        let (rest, tail) = (typed.get(..at)?, typed.get(at..)?);
        (tail.to_lowercase() == *currency).then(|| rest.trim_end())
    })
}

const fn is_dash(char: char) -> bool {
    matches!(char, '-' | '–' | '—')
}

/// A dash, or a dash before and one or two behind a decimal mark.
fn is_nil(typed: &str) -> bool {
    match typed.split_once([',', '.']) {
        None => typed.chars().count() == 1 && typed.chars().all(is_dash),
        Some((euro, cents)) => {
            euro.chars().count() == 1
                && (1..=2).contains(&cents.chars().count())
                && euro.chars().chain(cents.chars()).all(is_dash)
        }
    }
}

/// `12,-` and `12,--` with the cents written out.
fn with_written_cents(body: &str) -> String {
    let bare = body.trim_end_matches(is_dash);
    let dashes = body.chars().count() - bare.chars().count();
    if (1..=2).contains(&dashes) && bare.ends_with([',', '.']) {
        format!("{bare}00")
    } else {
        body.to_owned()
    }
}

fn to_money(number: &Numeral, negative: bool, typed: &str) -> Result<Money, Detail> {
    if number.decimals.len() > 2 {
        return Err(Detail::TooManyDecimals {
            typed: numeral::quote(typed),
        });
    }
    let cents = format!("{}{:0<2}", number.whole, number.decimals)
        .parse()
        .ok()
        .filter(|cents| *cents <= Money::CELL_LIMIT.cents())
        .map(Money::from_cents)
        .ok_or_else(|| Detail::AmountTooLarge {
            typed: numeral::quote(typed),
        })?;
    Ok(if negative { -cents } else { cents })
}

fn display(number: &Numeral, negative: bool, language: Language) -> String {
    let sign = if negative { "-" } else { "" };
    let whole = language.group(number.whole.parse().unwrap_or_default());
    format!("{sign}{whole}{}", language.pick(",00", ".00"))
}

fn decimals_in_words(number: &Numeral, negative: bool) -> Text {
    let sign = if negative { "-" } else { "" };
    let Numeral { whole, decimals } = number;
    Text::new(
        format!("{sign}{whole},{decimals} (drei Nachkommastellen)"),
        format!("{sign}{whole}.{decimals} (three decimal places)"),
    )
}
