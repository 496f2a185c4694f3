//! The text of a row that is about to be written, as the database makes it of the row once it is there.

use std::fmt::Write as _;

/// A value of a column.
pub(crate) trait Value {
    /// Appends the value with its length before it, or a dash for nothing.
    fn append(&self, text: &mut String);
}

/// The text of a row: its values in the order of the digested columns.
///
/// A test on both databases compares it with what they say of the same row.
pub(crate) fn content(values: &[&dyn Value]) -> String {
    let mut text = String::with_capacity(CAPACITY);
    for value in values {
        value.append(&mut text);
    }
    text
}

/// What most rows need.
const CAPACITY: usize = 96;

impl Value for str {
    fn append(&self, text: &mut String) {
        // Both databases count characters; SQLite counts them up to a zero, which PostgreSQL does not take.
        let length = self.chars().take_while(|char| *char != '\0').count();
        put(text, format_args!("{length}:{self}"));
    }
}

impl Value for &str {
    fn append(&self, text: &mut String) {
        str::append(self, text);
    }
}

impl Value for String {
    fn append(&self, text: &mut String) {
        str::append(self, text);
    }
}

impl Value for i32 {
    fn append(&self, text: &mut String) {
        i64::from(*self).append(text);
    }
}

impl Value for i64 {
    fn append(&self, text: &mut String) {
        let digits = self.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
        let length = digits + u32::from(*self < 0);
        put(text, format_args!("{length}:{self}"));
    }
}

impl<V: Value> Value for Option<V> {
    fn append(&self, text: &mut String) {
        match self {
            Some(value) => value.append(text),
            None => text.push('-'),
        }
    }
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a text does not fail.
    let _ = text.write_fmt(what);
}

#[cfg(test)]
mod tests {
    use super::content;

    #[test]
    fn a_row_is_its_values_with_their_lengths() {
        let nothing: Option<&str> = None;
        assert_eq!(content(&[&"Bär", &"", &nothing, &Some(7_i32)]), "3:Bär0:-1:7");
        assert_eq!(
            content(&[&0_i64, &-10_i32, &i64::MIN]),
            "1:03:-1020:-9223372036854775808"
        );
    }
}
