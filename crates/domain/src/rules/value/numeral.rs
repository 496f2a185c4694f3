//! The digits of a number as typed, before it is known what the number is.
//!
//! Only the digits 0 to 9 count; marks are point, comma, blank (also the no-break kinds) and apostrophe. In order:
//! 1. Blanks and apostrophes only group. Groups after the first have exactly three digits, the first one to three and
//!    no leading zero, and a number has one kind of grouping mark.
//! 2. Two kinds of marks: the last one is the decimal mark and stands once.
//! 3. One point or comma that cannot group (other than three digits behind it, or none, more than three or a leading
//!    zero before it) is the decimal mark, whatever the convention.
//! 4. A point or comma that could do both: the convention's grouping mark groups; the convention's decimal mark is
//!    refused with both readings.

use super::text;

/// Which mark a sheet or list uses before the decimals. German workbooks use the comma.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DecimalConvention {
    /// `1.234,56`
    #[default]
    Comma,
    /// `1,234.56`
    Point,
}

/// A number without sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    /// The digits before the decimal mark; empty in `,50`.
    pub(super) whole: String,
    /// The digits behind it.
    pub(super) decimals: String,
}

/// Why digits and marks are no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// They are not a number in any way.
    NotANumber,
    /// They are one in two ways.
    Ambiguous {
        /// The mark read as grouping.
        grouped: Numeral,
        /// The mark read as decimal mark.
        decimal: Numeral,
    },
}

/// The longest text that can be a number, in bytes.
const LIMIT_BYTES: usize = 64;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Point,
    Comma,
    Blank,
    Apostrophe,
}

impl Mark {
    const fn of(char: char) -> Option<Self> {
        match char {
            '.' => Some(Self::Point),
            ',' => Some(Self::Comma),
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' => Some(Self::Blank),
            '\'' | '’' => Some(Self::Apostrophe),
            _ => None,
        }
    }

    const fn may_be_decimal(self) -> bool {
        matches!(self, Self::Point | Self::Comma)
    }

    const fn groups_in(self, convention: DecimalConvention) -> bool {
        matches!(
            (self, convention),
            (Self::Point, DecimalConvention::Comma) | (Self::Comma, DecimalConvention::Point)
        )
    }
}

/// Reads a number without sign, currency or unit.
pub(super) fn read(typed: &str, convention: DecimalConvention) -> Result<Numeral, Unread> {
    let (runs, marks) = split(typed).ok_or(Unread::NotANumber)?;
    let (Some((last, before)), Some((mark, others))) = (runs.split_last(), marks.split_last()) else {
        return match runs.as_slice() {
            [digits] if !digits.is_empty() => Ok(whole(digits)),
            _ => Err(Unread::NotANumber),
        };
    };
    let decimal = |digits: String| Numeral {
        whole: digits,
        decimals: last.clone(),
    };
    match others.first() {
        None => one_mark(&runs, *mark, convention),
        Some(other) if others.iter().all(|each| each == other) && *other != *mark => {
            match (mark.may_be_decimal(), grouped(before)) {
                (true, Some(digits)) if !last.is_empty() => Ok(decimal(digits)),
                _ => Err(Unread::NotANumber),
            }
        }
        Some(other) if others.iter().all(|each| each == other) => grouped(&runs)
            .map(|digits| whole(&digits))
            .ok_or(Unread::NotANumber),
        Some(_) => Err(Unread::NotANumber),
    }
}

fn one_mark(runs: &[String], mark: Mark, convention: DecimalConvention) -> Result<Numeral, Unread> {
    let [before, behind] = runs else {
        return Err(Unread::NotANumber);
    };
    if behind.is_empty() {
        return Err(Unread::NotANumber);
    }
    let decimal = Numeral {
        whole: before.clone(),
        decimals: behind.clone(),
    };
    match grouped(runs) {
        Some(digits) if !mark.may_be_decimal() || mark.groups_in(convention) => Ok(whole(&digits)),
        Some(digits) => Err(Unread::Ambiguous {
            grouped: whole(&digits),
            decimal,
        }),
        None if mark.may_be_decimal() => Ok(decimal),
        None => Err(Unread::NotANumber),
    }
}

/// The digits without their grouping marks, where the groups are right.
fn grouped(runs: &[String]) -> Option<String> {
    let (first, groups) = runs.split_first()?;
    let right = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.iter().all(|group| group.len() == 3);
    right.then(|| runs.concat())
}

/// Runs of digits with the marks between them; `None` when there is any other character.
fn split(typed: &str) -> Option<(Vec<String>, Vec<Mark>)> {
    if typed.len() > LIMIT_BYTES {
        return None;
    }
    let mut runs = Vec::new();
    let mut marks = Vec::new();
    let mut run = String::new();
    for char in typed.chars() {
        if char.is_ascii_digit() {
            run.push(char);
        } else {
            marks.push(Mark::of(char)?);
            runs.push(std::mem::take(&mut run));
        }
    }
    runs.push(run);
    Some((runs, marks))
}

fn whole(digits: &str) -> Numeral {
    Numeral {
        whole: digits.to_owned(),
        decimals: String::new(),
    }
}

/// Takes a leading minus off. A minus is `-` or `−`, directly before what follows.
pub(super) fn split_sign(typed: &str) -> (bool, &str) {
    match typed.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, typed),
    }
}

/// Whether a text says that there is no answer, which is not zero: `k. A.`, `n. v.`, `entfällt`, `…`, `?`.
pub(super) fn is_no_answer(typed: &str) -> bool {
    const WORDS: [&str; 22] = [
        "ka",
        "nv",
        "na",
        "n/a",
        "nb",
        "nn",
        "keineangabe",
        "keineangaben",
        "nichtverfügbar",
        "nichtvorhanden",
        "nichtbekannt",
        "unbekannt",
        "nichterhoben",
        "entfällt",
        "offen",
        "folgt",
        "tbd",
        "unknown",
        "notavailable",
        "notapplicable",
        "missing",
        "?",
    ];
    if typed.is_empty() || typed.len() > LIMIT_BYTES {
        return false;
    }
    let bare: String = typed
        .chars()
        .filter(|char| !matches!(char, '.' | '…') && !char.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    bare.is_empty() || WORDS.contains(&bare.as_str())
}

/// The typed text as a finding quotes it.
pub(super) fn quote(typed: &str) -> String {
    text::quoted(typed)
}
