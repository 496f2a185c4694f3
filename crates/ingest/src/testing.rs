//! A workbook that a lead has worked on: the cells of an issued one, changed, and written again.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::{FilterCondition, FilterCriteria, Format, Formula, Workbook, Worksheet};

mod package;

pub(crate) use package::Package;

/// A cell: its value, or the stored result of a formula.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) value: Data,
    pub(crate) formula: Option<String>,
}

/// A sheet that can be changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) cells: BTreeMap<(u32, u16), Cell>,
    pub(crate) hidden_rows: Vec<u32>,
    pub(crate) hidden_columns: Vec<u16>,
    /// Rows of a collapsed outline, first and last.
    pub(crate) outlines: Vec<(u32, u32)>,
    /// Columns of a collapsed outline, first and last.
    pub(crate) outlined_columns: Vec<(u16, u16)>,
    /// The range of a filter, with a column that it looks at.
    pub(crate) filter: Option<((u32, u16, u32, u16), u16)>,
    pub(crate) merges: Vec<(u32, u16, u32, u16)>,
    pub(crate) is_hidden: bool,
}

/// A workbook that can be changed.
#[derive(Clone, Debug)]
pub(crate) struct Copy {
    pub(crate) pages: Vec<Page>,
}

impl Copy {
    /// The cells of a workbook.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let pages = book.sheet_names().into_iter().map(|name| {
            let mut reader = book.worksheet_cells_reader(&name).expect("a sheet");
            let mut cells = BTreeMap::new();
            while let Some(record) = reader.next_cell_with_formula_metadata().expect("a cell") {
                let formula = record.formula.map(|_| "=1+1".to_owned());
                let cell = Cell {
                    value: record.value.into(),
                    formula,
                };
                let col = u16::try_from(record.pos.1).expect("a column");
                if cell.value != Data::Empty || cell.formula.is_some() {
                    cells.insert((record.pos.0, col), cell);
                }
            }
            Page {
                is_hidden: name == "_nachweis",
                name,
                cells,
                ..Page::default()
            }
        });
        let pages = pages.collect();
        Self { pages }
    }

    /// A sheet by its name.
    pub(crate) fn page(&mut self, name: &str) -> &mut Page {
        self.pages
            .iter_mut()
            .find(|page| page.name == name)
            .expect("the sheet exists")
    }

    /// Adds an empty sheet.
    pub(crate) fn add(&mut self, name: &str) -> &mut Page {
        self.pages.push(Page {
            name: name.to_owned(),
            ..Page::default()
        });
        self.page(name)
    }

    /// The workbook as a file.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        for page in &self.pages {
            book.push_worksheet(page.write());
        }
        book.save_to_buffer().expect("a file")
    }
}

impl Page {
    /// Puts a value into a cell; a formula that stood there is gone.
    pub(crate) fn put(&mut self, at: &str, value: impl Into<Data>) {
        let cell = Cell {
            value: value.into(),
            formula: None,
        };
        self.cells.insert(position(at), cell);
    }

    /// Puts a formula with its stored result.
    pub(crate) fn formula(&mut self, at: &str, formula: &str, result: impl Into<Data>) {
        let cell = Cell {
            value: result.into(),
            formula: Some(formula.to_owned()),
        };
        self.cells.insert(position(at), cell);
    }

    /// A cell that holds something.
    pub(crate) fn cell(&self, at: &str) -> &Cell {
        self.cells.get(&position(at)).expect("the cell holds something")
    }

    /// Leaves a formula without its result.
    pub(crate) fn uncalculated(&mut self, at: &str) {
        self.formula(at, "=1+1", Data::Empty);
    }

    /// Empties a cell.
    pub(crate) fn clear(&mut self, at: &str) {
        self.cells.remove(&position(at));
    }

    /// All texts.
    pub(crate) fn texts(&self) -> Vec<String> {
        let texts = self.cells.values().filter_map(|cell| match &cell.value {
            Data::String(text) => Some(text.clone()),
            _ => None,
        });
        texts.collect()
    }

    /// Moves cells: `to` gives the new place of each.
    pub(crate) fn rearrange(&mut self, to: impl Fn(u32, u16) -> (u32, u16)) {
        let cells = std::mem::take(&mut self.cells);
        self.cells = cells
            .into_iter()
            .map(|((row, col), cell)| (to(row, col), cell))
            .collect();
    }

    fn write(&self) -> Worksheet {
        let mut sheet = Worksheet::new();
        sheet
            .set_name(&self.name)
            .expect("a name")
            .set_hidden(self.is_hidden);
        sheet.set_formula_result_default("");
        let plain = Format::new();
        for (first_row, first_col, last_row, last_col) in &self.merges {
            sheet
                .merge_range(*first_row, *first_col, *last_row, *last_col, "", &plain)
                .expect("a range");
        }
        for ((row, col), cell) in &self.cells {
            write_cell(&mut sheet, *row, *col, cell);
        }
        if let Some(((first_row, first_col, last_row, last_col), column)) = self.filter {
            // Every row passes; which rows are hidden, the test says.
            let chosen = FilterCondition::new().add_custom_filter(FilterCriteria::NotEqualTo, "none");
            sheet
                .autofilter(first_row, first_col, last_row, last_col)
                .and_then(|sheet| sheet.filter_column(column, &chosen))
                .expect("a filter");
        }
        for (first, last) in &self.outlines {
            sheet.group_rows_collapsed(*first, *last).expect("an outline");
        }
        for (first, last) in &self.outlined_columns {
            sheet.group_columns_collapsed(*first, *last).expect("an outline");
        }
        for row in &self.hidden_rows {
            sheet.set_row_hidden(*row).expect("a row");
        }
        for col in &self.hidden_columns {
            sheet.set_column_hidden(*col).expect("a column");
        }
        sheet
    }
}

fn write_cell(sheet: &mut Worksheet, row: u32, col: u16, cell: &Cell) {
    let day = Format::new().set_num_format("dd.mm.yyyy");
    let written = match (&cell.formula, &cell.value) {
        (Some(formula), value) => {
            let result = match value {
                Data::Empty => String::new(),
                value => value.to_string(),
            };
            sheet.write_formula(row, col, Formula::new(formula).set_result(result))
        }
        (None, Data::String(text)) => sheet.write_string(row, col, text),
        (None, Data::Float(number)) => sheet.write_number(row, col, *number),
        (None, Data::Bool(truth)) => sheet.write_boolean(row, col, *truth),
        (None, Data::DateTime(moment)) => sheet.write_number_with_format(row, col, moment.as_f64(), &day),
        (None, other) => panic!("{other:?} is not written in tests"),
    };
    written.expect("a cell");
}

/// Row and column of `C7`.
fn position(at: &str) -> (u32, u16) {
    let letters = at.trim_end_matches(|char: char| char.is_ascii_digit());
    let row: u32 = at[letters.len()..].parse().expect("a row");
    let col = letters
        .bytes()
        .fold(0_u16, |col, letter| col * 26 + u16::from(letter - b'A') + 1);
    (row - 1, col - 1)
}
