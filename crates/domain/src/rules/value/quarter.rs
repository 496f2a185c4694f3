//! Quarters as people write them.
//!
//! - `2024-Q3`, `Q3/2024`, `Q3 2024`, `2024 Q3`, `3. Quartal 2024`, `III/2024`, `III. Quartal 2024`, `Quartal 3 2024`,
//!   `3rd quarter 2024`; two digits of a year are of this century, behind a mark of the quarter (`Q3/24`).
//! - `3/2024` and `2024-03` are refused with both readings (`VAL-02`): the number may be a quarter or a month. A number
//!   above 4 is a month and no quarter.
//! - The year is always part of it.

use super::numeral;
use crate::{
    finding::Detail,
    language::{Language, Text},
    quarter::Quarter,
};

/// Reads a quarter.
///
/// ```
/// use nachweis_domain::{finding::Code, quarter::Quarter, rules::value::quarter};
/// let third = Quarter::new(2024, 3).unwrap();
/// for typed in ["2024-Q3", "3. Quartal 2024", "Q3/2024", "III/2024"] {
///     assert_eq!(quarter::read(typed), Ok(third));
/// }
/// assert_eq!(quarter::read("3/2024").unwrap_err().code(), Code::Val02);
/// ```
///
/// # Errors
/// `VAL-02` two readings, `VAL-09` no quarter.
pub fn read(typed: &str) -> Result<Quarter, Detail> {
    let unreadable = || Detail::QuarterUnreadable {
        typed: numeral::quote(typed),
    };
    let words = words(typed.trim()).ok_or_else(unreadable)?;
    let known: Vec<Word> = words.iter().map(|word| Word::of(word)).collect();
    let (year, number) = match known.as_slice() {
        [Word::Year(year), Word::Mark, Word::Number(number)]
        | [
            Word::Mark,
            Word::Number(number) | Word::Roman(number),
            Word::Year(year) | Word::ShortYear(year),
        ]
        | [
            Word::Number(number) | Word::Roman(number),
            Word::Mark,
            Word::Year(year) | Word::ShortYear(year),
        ]
        | [Word::Number(number), Word::Ordinal, Word::Mark, Word::Year(year)]
        | [Word::Roman(number), Word::Year(year) | Word::ShortYear(year)]
        | [Word::Year(year), Word::Roman(number)] => (*year, *number),
        [Word::Number(number), Word::Year(year)] | [Word::Year(year), Word::Number(number)] => {
            return Err(quarter_or_month(typed, *year, *number).unwrap_or_else(unreadable));
        }
        _ => return Err(unreadable()),
    };
    Quarter::new(year, number).ok().ok_or_else(unreadable)
}

/// A part of a quarter as typed.
enum Word {
    /// `Q`, `Quartal`, `quarter`.
    Mark,
    /// A number of one or two digits that is not a short year.
    Number(u32),
    /// `I` to `IV`.
    Roman(u32),
    /// Four digits.
    Year(i32),
    /// Two digits above 12, so that they are no quarter and no month.
    ShortYear(i32),
    /// `st`, `nd`, `rd`, `th`.
    Ordinal,
    Other,
}

impl Word {
    fn of(word: &str) -> Self {
        match word {
            "q" | "quartal" | "quarter" => Self::Mark,
            "i" => Self::Roman(1),
            "ii" => Self::Roman(2),
            "iii" => Self::Roman(3),
            "iv" => Self::Roman(4),
            "st" | "nd" | "rd" | "th" => Self::Ordinal,
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => Self::of_digits(digits),
            _ => Self::Other,
        }
    }

    fn of_digits(digits: &str) -> Self {
        match (digits.len(), digits.parse::<u16>()) {
            (4, Ok(year)) => Self::Year(i32::from(year)),
            (2, Ok(year @ 13..)) => Self::ShortYear(2000 + i32::from(year)),
            (1 | 2, Ok(number)) => Self::Number(u32::from(number)),
            _ => Self::Other,
        }
    }
}

/// Runs of letters and runs of digits, in lower case; `None` when anything but one or two usual marks stands between.
fn words(typed: &str) -> Option<Vec<String>> {
    const LIMIT_BYTES: usize = 40;
    if typed.len() > LIMIT_BYTES {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    let mut marks = 0;
    let mut last: Option<char> = None;
    for char in typed.chars().flat_map(char::to_lowercase) {
        if char.is_ascii_alphanumeric() {
            let continues = last.is_some_and(|last| last.is_ascii_digit() == char.is_ascii_digit());
            match words.last_mut() {
                Some(word) if continues => word.push(char),
                _ => words.push(char.to_string()),
            }
            marks = 0;
            last = Some(char);
        } else {
            marks += 1;
            if !matches!(char, ' ' | '\u{a0}' | '.' | '/' | '-') || marks > 2 || words.is_empty() {
                return None;
            }
            last = None;
        }
    }
    (marks == 0).then_some(words)
}

/// Both readings of a number that may be a quarter or a month; `None` when it is no quarter anyway.
fn quarter_or_month(typed: &str, year: i32, number: u32) -> Option<Detail> {
    let quarter = Quarter::new(year, number).ok()?;
    let month = |language: Language| match language {
        Language::De => ["Januar", "Februar", "März", "April"],
        Language::En => ["January", "February", "March", "April"],
    };
    let name = |language: Language| {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        month(language).get(at).map(|name| format!("{name} {year}"))
    };
    Some(Detail::Ambiguous {
        typed: numeral::quote(typed),
        first: Text::new(quarter.display(Language::De), quarter.display(Language::En)),
        second: Text::new(name(Language::De)?, name(Language::En)?),
    })
}
