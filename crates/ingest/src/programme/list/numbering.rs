//! Rows that number the columns of a table: `1 2 3 …`, `(1) (2) …`, `a b c`.

use rust_decimal::prelude::ToPrimitive;

use crate::{RawRow, RawValue};

/// Whether all cells of a row, at least three, number their columns one after another.
pub(super) fn is_numbering(row: &RawRow) -> bool {
    let numbers: Option<Vec<u32>> = row.cells.iter().map(|(_, value)| number(value)).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= 3
            && numbers.first().is_some_and(|first| *first <= 2)
            && numbers
                .windows(2)
                .all(|pair| matches!(pair, [one, next] if *next == one + 1))
    })
}

/// `3`, `(3)`, `3.`, `3)`, `Spalte 3`, or the letter `c`.
fn number(value: &RawValue) -> Option<u32> {
    match value {
        RawValue::Number(number) => number.to_u32().filter(|_| number.fract().is_zero()),
        RawValue::Text(text) => {
            let bare: String = text
                .to_lowercase()
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .collect();
            let bare = ["spalte", "column", "sp", "col"]
                .iter()
                .find_map(|word| bare.strip_prefix(word))
                .unwrap_or(&bare);
            let mut chars = bare.chars();
            match (chars.next(), chars.next()) {
                (Some(letter), None) if letter.is_ascii_lowercase() => {
                    Some(u32::from(letter) - u32::from('a') + 1)
                }
                _ => bare.parse().ok().filter(|_| bare.len() <= 2),
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> RawRow {
        let cell = |(col, text): (u16, &&str)| {
            let value = text
                .parse()
                .map_or_else(|_text| RawValue::Text((*text).into()), RawValue::Number);
            (col, value)
        };
        RawRow {
            cells: (0..).zip(cells).map(cell).collect(),
            ..RawRow::default()
        }
    }

    #[test]
    fn rows_that_count_their_columns_are_told_from_data() {
        for cells in [
            &["1", "2", "3", "4"][..],
            &["(1)", "(2)", "(3)"],
            &["a", "b", "c", "d"],
            &["Spalte 1", "Spalte 2", "Spalte 3"],
        ] {
            assert!(is_numbering(&row(cells)), "{cells:?}");
        }
        for cells in [
            &["1", "2"][..],
            &["1", "A gGmbH", "3"],
            &["1", "3", "5"],
            &["7", "8", "9"],
            &["100", "101", "102"],
        ] {
            assert!(!is_numbering(&row(cells)), "{cells:?}");
        }
    }
}
