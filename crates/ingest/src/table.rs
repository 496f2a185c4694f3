//! Any small workbook as raw cells, for the programme import: values as stored, positions, what is hidden.

use nachweis_domain::limits;
use std::io::Cursor;

use calamine::{Reader, Xlsx};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    cell_value::{self, Epoch, Plain},
    guard::{Guarded, Purpose, guard},
    inspection::{CellRange, SheetFacts, SheetState},
    refusal::Refusal,
};

mod csv;

/// A sheet as raw cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawSheet {
    /// The name as shown; of a CSV file the name of the format, `CSV`.
    pub name: String,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// The rows that hold a value, ascending.
    pub rows: Vec<RawRow>,
    /// Merged ranges. The value stands in the first cell only.
    pub merges: Vec<RawMerge>,
    /// Columns that are hidden, counted from zero, ascending.
    pub hidden_columns: Vec<u16>,
}

/// A merged range; first and last are included and counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawMerge {
    /// The first row.
    pub first_row: u32,
    /// The last row.
    pub last_row: u32,
    /// The first column.
    pub first_col: u16,
    /// The last column.
    pub last_col: u16,
}

/// A row that holds a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawRow {
    /// The row counted from zero.
    pub row: u32,
    /// Whether the row is hidden.
    pub hidden: bool,
    /// The cells that hold a value, by column counted from zero, ascending.
    pub cells: Vec<(u16, RawValue)>,
}

/// What a cell holds. Empty cells are not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RawValue {
    /// A text; a number beyond exact decimals is also one, as shown.
    Text(String),
    /// A number: the shortest decimal that leads to the stored double.
    Number(Decimal),
    /// A day, from a cell with a date format.
    Date(NaiveDate),
    /// A truth value.
    Truth(bool),
    /// An error value such as `#REF!`.
    Error(String),
}

impl RawMerge {
    const fn of(range: &CellRange) -> Self {
        Self {
            first_row: range.first_row,
            last_row: range.last_row,
            first_col: range.first_col,
            last_col: range.last_col,
        }
    }
}

impl RawRow {
    /// The value of a column.
    pub fn value(&self, col: u16) -> Option<&RawValue> {
        self.cells
            .binary_search_by_key(&col, |(col, _)| *col)
            .ok()
            .and_then(|index| self.cells.get(index))
            .map(|(_, value)| value)
    }
}

impl RawValue {
    /// The value as people would write it in German: numbers with decimal comma, dates as `31.12.2024`.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Date(date) => date.format("%d.%m.%Y").to_string(),
            Self::Truth(true) => "WAHR".into(),
            Self::Truth(false) => "FALSCH".into(),
            Self::Error(error) => error.clone(),
        }
    }

    fn of(plain: Plain) -> Option<Self> {
        match plain {
            Plain::Empty => None,
            Plain::Text(text) if text.is_empty() => None,
            Plain::Text(text) | Plain::Odd(text) => Some(Self::Text(text)),
            Plain::Number(number) => Some(Self::Number(number)),
            Plain::Date(date) => Some(Self::Date(date)),
            Plain::Truth(truth) => Some(Self::Truth(truth)),
            Plain::Error(error) => Some(Self::Error(error)),
        }
    }
}

/// Guards a list and reads it in this process: what the confined reader does. Text is read as CSV.
///
/// # Errors
/// When the file is refused.
pub fn read_table_here(bytes: &[u8]) -> Result<Vec<RawSheet>, Refusal> {
    if csv::is_text(bytes) {
        csv::read(bytes)
    } else {
        read_workbook(bytes)
    }
}

fn read_workbook(bytes: &[u8]) -> Result<Vec<RawSheet>, Refusal> {
    let Guarded { inspection, package } = guard(bytes, Purpose::List)?;
    let unreadable = |_error: calamine::XlsxError| Refusal::Unreadable { sheet: String::new() };
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(package)).map_err(unreadable)?;
    let epoch = if inspection.date1904 {
        Epoch::From1904
    } else {
        Epoch::From1900
    };
    inspection
        .sheets
        .iter()
        .map(|facts| read_sheet(&mut workbook, facts, epoch))
        .collect()
}

fn read_sheet(
    workbook: &mut Xlsx<Cursor<Vec<u8>>>,
    facts: &SheetFacts,
    epoch: Epoch,
) -> Result<RawSheet, Refusal> {
    let unreadable = |_error: calamine::XlsxError| Refusal::Unreadable {
        sheet: facts.name.clone(),
    };
    let mut cells = workbook.worksheet_cells_reader(&facts.name).map_err(unreadable)?;
    let mut rows: Vec<RawRow> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let Some(value) = RawValue::of(cell_value::plain(cell.get_value(), epoch)) else {
            continue;
        };
        let (row, col) = cell.get_position();
        let col = u16::try_from(col).unwrap_or(u16::MAX);
        match rows.last_mut() {
            Some(last) if last.row == row => last.cells.push((col, value)),
            _ => rows.push(RawRow {
                row,
                hidden: facts.hides_row(row),
                cells: vec![(col, value)],
            }),
        }
    }
    Ok(RawSheet {
        name: facts.name.clone(),
        hidden: facts.state != SheetState::Visible,
        rows,
        merges: facts.merges.iter().map(RawMerge::of).collect(),
        hidden_columns: hidden_columns(facts),
    })
}

/// The hidden columns that can hold a value.
fn hidden_columns(facts: &SheetFacts) -> Vec<u16> {
    let last = u16::try_from(limits::LIST_HEADING_COLUMNS.value).unwrap_or(u16::MAX);
    (0..last).filter(|col| facts.hides_column(*col)).collect()
}
