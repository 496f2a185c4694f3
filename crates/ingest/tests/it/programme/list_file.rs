//! Writes made-up lists of operations as workbooks. No name in them belongs to anyone.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// A cell of a made-up list.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cell {
    None,
    Text(&'static str),
    Number(f64),
    /// A date cell of a serial number.
    Date(f64),
}

impl From<&'static str> for Cell {
    fn from(text: &'static str) -> Self {
        if text.is_empty() {
            Self::None
        } else {
            Self::Text(text)
        }
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// Makes a row of cells.
macro_rules! row {
    ($($cell:expr),* $(,)?) => { vec![$($crate::programme::list_file::Cell::from($cell)),*] };
}
pub(crate) use row;

/// A made-up list.
pub(crate) struct ListFile {
    workbook: Workbook,
}

impl ListFile {
    pub(crate) fn new() -> Self {
        Self {
            workbook: Workbook::new(),
        }
    }

    /// Adds a sheet whose first row is row 1.
    pub(crate) fn sheet(self, name: &str, rows: &[Vec<Cell>]) -> Self {
        self.changed(name, rows, |_| {})
    }

    /// Adds a sheet and changes it further.
    pub(crate) fn changed(
        mut self,
        name: &str,
        rows: &[Vec<Cell>],
        change: impl FnOnce(&mut Worksheet),
    ) -> Self {
        let date = Format::new().set_num_format("dd.mm.yyyy");
        let sheet = self.workbook.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0_u32..).zip(rows) {
            for (col, cell) in (0_u16..).zip(cells) {
                match cell {
                    Cell::None => continue,
                    Cell::Text(text) => sheet.write_string(row, col, *text),
                    Cell::Number(number) => sheet.write_number(row, col, *number),
                    Cell::Date(serial) => sheet.write_number_with_format(row, col, *serial, &date),
                }
                .expect("a cell");
            }
        }
        change(sheet);
        self
    }

    pub(crate) fn bytes(mut self) -> Vec<u8> {
        self.workbook.save_to_buffer().expect("a workbook")
    }
}
