//! Exact numbers as the doubles that a spreadsheet stores; nothing is calculated with them.

use std::fmt::Display;

/// The double nearest to an exact number, which reads back as the same number at the places it was written with.
///
/// Digits with an optional sign and point always parse; anything else would show as an error, and never as an amount.
pub(super) fn nearest_double(exact: impl Display) -> f64 {
    exact.to_string().parse().unwrap_or(f64::NAN)
}
