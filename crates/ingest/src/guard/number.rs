//! The form of a number in a cell: a plain finite decimal, which every program reads as the same number.

use crate::refusal::CellFault;

/// Digits before the point from which a double no longer holds the cents.
const EXACT_DIGITS: i64 = 15;
/// The greatest power of ten of a double.
const FINITE_DIGITS: i64 = 308;
/// No program writes more digits than this.
const LONGEST: usize = 40;

/// Checks `-12.5E-3`: sign, digits with or without point, exponent. With `exact` it must be below 10^15.
pub(super) fn check(text: &[u8], exact: bool) -> Result<(), CellFault> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let exponent_at = digits.iter().position(|byte| matches!(byte, b'e' | b'E'));
    let (mantissa, exponent) = match exponent_at {
        Some(at) => {
            let (mantissa, exponent) = digits.split_at(at);
            (
                mantissa,
                signed(exponent.get(1..).unwrap_or_default()).ok_or(CellFault::Number)?,
            )
        }
        None => (digits, 0),
    };
    let point = mantissa
        .iter()
        .position(|byte| *byte == b'.')
        .unwrap_or(mantissa.len());
    let (whole, part) = mantissa.split_at(point);
    let part = part.get(1..).unwrap_or_default();
    let plain = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
    if !plain(whole) || !plain(part) || (whole.is_empty() && part.is_empty()) || text.len() > LONGEST {
        return Err(CellFault::Number);
    }
    if magnitude(whole, part).is_some_and(|digits| digits + exponent > limit(exact)) {
        return Err(CellFault::NumberTooLarge);
    }
    Ok(())
}

const fn limit(exact: bool) -> i64 {
    if exact { EXACT_DIGITS } else { FINITE_DIGITS }
}

/// Digits before the point, negative for zeros after it; `None` for zero.
fn magnitude(whole: &[u8], part: &[u8]) -> Option<i64> {
    let length = |bytes: usize| i64::try_from(bytes).unwrap_or(i64::MAX);
    if let Some(zeros) = whole.iter().position(|digit| *digit != b'0') {
        return Some(length(whole.len() - zeros));
    }
    part.iter()
        .position(|digit| *digit != b'0')
        .map(|zeros| -length(zeros))
}

fn signed(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] | digits => (1, digits),
    };
    if digits.len() > 4 {
        return None;
    }
    super::address::number(digits).map(|number| sign * i64::from(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_decimals_are_taken() {
        for text in [
            "0",
            "-0",
            "1",
            "12.5",
            "-12.50",
            "1E-2",
            "1.0000000000000001E-2",
            "1e+3",
            "999999999999999",
            ".5",
            "5.",
            "0.000000000000000000001",
            "1E-300",
            "0E99",
        ] {
            assert_eq!(check(text.as_bytes(), true), Ok(()), "{text}");
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "-",
            ".",
            "+1",
            " 12 ",
            "1.234,56",
            "1_000",
            "0x10",
            "NaN",
            "inf",
            "-Infinity",
            "1e",
            "1e+",
            "1e99999",
            "12abc",
            "1 000",
            "1.2.3",
            "--1",
            "١٢",
            "１２",
            "12345678901234567890123456789012345678901",
        ] {
            assert_eq!(check(text.as_bytes(), true), Err(CellFault::Number), "{text}");
        }
    }

    #[test]
    fn numbers_beyond_exact_cents_are_refused_in_workbooks_only() {
        for text in ["1000000000000000", "1E15", "0.1E16", "123456789012345678"] {
            assert_eq!(
                check(text.as_bytes(), true),
                Err(CellFault::NumberTooLarge),
                "{text}"
            );
            assert_eq!(check(text.as_bytes(), false), Ok(()), "{text}");
        }
        for text in ["1E309", "1e400", "0.1E310"] {
            assert_eq!(
                check(text.as_bytes(), false),
                Err(CellFault::NumberTooLarge),
                "{text}"
            );
        }
    }
}
