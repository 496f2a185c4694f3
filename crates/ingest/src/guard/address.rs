//! Cell addresses as files write them: `D17`, capital letters, no leading zero, inside Excel's sheet.

use crate::inspection::CellRange;

const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// Row and column, counted from zero, of an address like `D17`.
pub(super) fn cell(text: &[u8]) -> Option<(u32, u16)> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters
        .iter()
        .fold(0_u32, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    if column > COLUMNS {
        return None;
    }
    Some((row(digits)?, u16::try_from(column - 1).ok()?))
}

/// A row, counted from zero, of a number like `17`.
pub(super) fn row(digits: &[u8]) -> Option<u32> {
    let row = number(digits)?;
    if digits.starts_with(b"0") || row > ROWS {
        return None;
    }
    row.checked_sub(1)
}

/// A whole number of at most nine digits.
pub(super) fn number(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0_u32, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + u32::from(digit - b'0'))
    })
}

/// A range like `A1:B2`, or a single cell.
pub(super) fn range(text: &[u8]) -> Option<CellRange> {
    let mut ends = text.splitn(2, |byte| *byte == b':');
    let (first_row, first_col) = cell(ends.next()?)?;
    let (last_row, last_col) = match ends.next() {
        Some(last) => cell(last)?,
        None => (first_row, first_col),
    };
    (first_row <= last_row && first_col <= last_col).then_some(CellRange {
        first_row,
        first_col,
        last_row,
        last_col,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_inside_the_sheet_are_taken() {
        let taken: [(&[u8], (u32, u16)); 4] = [
            (b"A1", (0, 0)),
            (b"D17", (16, 3)),
            (b"AA10", (9, 26)),
            (b"XFD1048576", (1_048_575, 16_383)),
        ];
        for (text, position) in taken {
            assert_eq!(cell(text), Some(position));
        }
        let refused: [&[u8]; 13] = [
            b"",
            b"A",
            b"1",
            b"A0",
            b"A01",
            b"a1",
            b"$A$1",
            b"XFE1",
            b"A1048577",
            b"MWLQKWW1",
            b"A4294967298",
            "Ä1".as_bytes(),
            b"A1 ",
        ];
        for text in refused {
            assert_eq!(cell(text), None, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn ranges_do_not_run_backwards() {
        assert!(range(b"A1:C5").is_some());
        assert!(range(b"B2").is_some());
        for text in [b"C5:A1".as_slice(), b"A5:C1", b"A1:", b"A1:B2:C3"] {
            assert!(range(text).is_none());
        }
    }
}
