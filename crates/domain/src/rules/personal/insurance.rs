//! German social insurance numbers: two digits of the insurer, the birth date, a letter, two digits and a check digit
//! (§ 147 SGB VI, `VKVV`). Numbers of vouchers look alike, so that how sure it is counts.

use chrono::NaiveDate;

/// How sure it is that a text holds a social insurance number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// It has the form.
    Form,
    /// It is grouped as such numbers are, or has the right check digit and cannot be a date with a running number.
    Sure,
}

/// What of a social insurance number a text holds.
pub(super) fn found(text: &str) -> Option<Likeness> {
    let chars: Vec<char> = text.chars().take(super::CELL_LIMIT_CHARACTERS).collect();
    let begins = |at: usize| at == 0 || chars.get(at - 1).is_some_and(|before| !before.is_alphanumeric());
    (0..chars.len())
        .filter(|at| begins(*at) && chars.get(*at).is_some_and(char::is_ascii_digit))
        .filter_map(|at| likeness(chars.get(at..)?))
        .max()
}

/// The sizes of the groups: insurer, birth date, letter, running number, check digit.
const GROUPS: [usize; 5] = [2, 6, 1, 2, 1];

/// Which of them is the letter.
const LETTER: usize = 2;

fn likeness(chars: &[char]) -> Option<Likeness> {
    let mut rest = chars;
    let mut number = String::new();
    let mut marks = 0;
    for (group, size) in GROUPS.into_iter().enumerate() {
        if group > 0 && matches!(rest.first(), Some(' ' | '\u{a0}' | '-' | '/')) {
            marks += 1;
            rest = rest.get(1..)?;
        }
        let is_letter = group == LETTER;
        for char in rest.get(..size)? {
            let fits = if is_letter {
                char.is_ascii_alphabetic()
            } else {
                char.is_ascii_digit()
            };
            number.push(fits.then(|| char.to_ascii_uppercase())?);
        }
        rest = rest.get(size..)?;
    }
    let goes_on = rest.first().is_some_and(|next| next.is_alphanumeric());
    if goes_on || !has_birth_date(&number) {
        return None;
    }
    let may_be_voucher = begins_with_date(&number);
    match (marks >= 3, has_check_digit(&number)) {
        (true, _) => Some(Likeness::Sure),
        (false, true) if !may_be_voucher => Some(Likeness::Sure),
        (false, is_right) => (is_right || !may_be_voucher).then_some(Likeness::Form),
    }
}

fn part(number: &str, range: std::ops::Range<usize>) -> Option<u32> {
    number.get(range)?.parse().ok()
}

/// Whether the digits 3 to 8 are a day, from 51 on for a number that was given twice, a month and a year.
fn has_birth_date(number: &str) -> bool {
    let date = (part(number, 2..4), part(number, 4..6), part(number, 6..8));
    let (Some(day), Some(month), Some(year)) = date else {
        return false;
    };
    let day = if day > 50 { day - 50 } else { day };
    // Of the two centuries one is enough: 29 February must exist in one.
    [1900, 2000].into_iter().any(|century| {
        i32::try_from(century + year).is_ok_and(|year| NaiveDate::from_ymd_opt(year, month, day).is_some())
    })
}

/// Whether it begins like `20240115`, as vouchers do that are numbered by day.
fn begins_with_date(number: &str) -> bool {
    let date = (part(number, 0..4), part(number, 4..6), part(number, 6..8));
    matches!(date, (Some(1990..=2039), Some(1..=12), Some(1..=31)))
}

/// Weights of the digits, with the letter as two (`B` is 02); the sum of their cross sums ends in the check digit.
const WEIGHTS: [u32; 12] = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];

fn has_check_digit(number: &str) -> bool {
    let mut digits = Vec::with_capacity(13);
    for char in number.chars() {
        if char.is_ascii_uppercase() {
            let place = u32::from(char) - u32::from('A') + 1;
            digits.extend([place / 10, place % 10]);
        } else {
            digits.extend(char.to_digit(10));
        }
    }
    let sum: u32 = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    digits.get(12) == Some(&(sum % 10))
}

#[cfg(test)]
mod tests {
    use super::{Likeness, found};

    #[test]
    fn grouped_numbers_and_right_check_digits_are_sure() {
        // The example of the German pension insurance: 15 070649 C 10 3.
        for text in [
            "15 070649 C 103",
            "15 070649 C 10 3",
            "15-070649-C-103",
            "SVNR 15070649C103",
            "15070649c103.",
            "65 140387 B 123",
        ] {
            assert_eq!(found(text), Some(Likeness::Sure), "{text}");
        }
    }

    #[test]
    fn the_form_alone_is_not_sure_and_days_with_running_numbers_are_no_form() {
        assert_eq!(found("15070649C104"), Some(Likeness::Form));
        for text in [
            "",
            "20240115B123",
            "2024-1-00001",
            "15 139949 C 103",
            "15070649C1034",
            "X15070649C103",
            "12345678901",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
