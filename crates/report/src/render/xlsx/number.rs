//! Exact numbers as the doubles that a spreadsheet stores. The only place of this room that makes a float; nothing is
//! calculated with it.

use std::fmt::Display;

/// The double nearest to an exact number, which reads back as the same number at the places it was written with.
///
/// Parsing the digits rounds once and correctly; dividing cents by a hundred in floats would have to be argued for.
pub(crate) fn nearest_double(exact: impl Display) -> f64 {
    // Digits with an optional sign and point always parse; anything else would show as an error, and never as an amount.
    exact.to_string().parse().unwrap_or(f64::NAN)
}

/// As [`nearest_double`], with a buffer that is used again for each number of a long stream.
pub(crate) fn nearest_double_in(buffer: &mut String, exact: impl Display) -> f64 {
    use std::fmt::Write;
    buffer.clear();
    // Writing to a String cannot fail.
    let _ = write!(buffer, "{exact}");
    buffer.parse().unwrap_or(f64::NAN)
}
