//! Where a value stands: sheet, row, column.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

/// A cell of a workbook, printed as people and formulas write it: `Belege!D17`.
///
/// ```
/// use nachweis_domain::cell::CellRef;
/// assert_eq!(CellRef::at("Belege", 16, 3).to_string(), "Belege!D17");
/// assert_eq!(CellRef::at("Mein Blatt", 0, 26).to_string(), "'Mein Blatt'!AA1");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellRef {
    sheet: Arc<str>,
    row: u32,
    col: u16,
}

impl CellRef {
    /// The cell at a position counted from zero, as programs count. The only constructor from positions.
    pub fn at(sheet: impl Into<Arc<str>>, row: u32, col: u16) -> Self {
        Self {
            sheet: sheet.into(),
            row,
            col,
        }
    }

    /// The name of the sheet.
    pub fn sheet(&self) -> &str {
        &self.sheet
    }

    /// The row counted from zero.
    pub const fn row(&self) -> u32 {
        self.row
    }

    /// The column counted from zero.
    pub const fn col(&self) -> u16 {
        self.col
    }

    /// The row as people count it, from one.
    pub const fn row_number(&self) -> u32 {
        self.row + 1
    }

    /// The cell without its sheet: `D17`.
    pub fn a1(&self) -> String {
        format!("{}{}", column_letters(self.col), self.row_number())
    }
}

/// The letters of a column counted from zero: `A`, `Z`, `AA`.
pub fn column_letters(col: u16) -> String {
    let mut letters = Vec::with_capacity(3);
    let mut rest = u32::from(col) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self
            .sheet
            .chars()
            .all(|char| char.is_alphanumeric() || char == '_');
        if plain {
            write!(f, "{}!{}", self.sheet, self.a1())
        } else {
            write!(f, "'{}'!{}", self.sheet.replace('\'', "''"), self.a1())
        }
    }
}

/// A value together with the cell it came from. Rules see located values, never sheets.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Located<T> {
    /// The value as read.
    pub value: T,
    /// The cell it came from.
    pub at: CellRef,
}

impl<T> Located<T> {
    /// The value at this cell.
    pub const fn new(value: T, at: CellRef) -> Self {
        Self { value, at }
    }
}
