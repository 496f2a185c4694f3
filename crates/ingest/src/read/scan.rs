//! One pass over the cells of a sheet: finds the headers, then hands on row after row by column of the layout.

use std::{io::Cursor, sync::Arc};

use calamine::{DataRef, XlsxCellReader, XlsxError};
use nachweis_domain::{cell::CellRef, finding::Detail, rules::value::text};

use super::{gathered::Gathered, notes::Notes, personal, unknown::UnknownColumns};
use crate::{
    cell_value::Epoch,
    layout::{Column, ColumnKey, Sheet},
};

/// The reader of calamine over a package in memory.
pub(super) type Cells<'a, 'b> = XlsxCellReader<'a, Cursor<&'b [u8]>>;

/// Rows from the top in which headers are looked for.
pub(super) const HEADER_ROWS: u32 = 60;
/// Headers that make a row the row of headers.
const HEADERS_NEEDED: usize = 2;

/// What stands in a cell.
#[derive(Clone, Debug, Default)]
pub(super) struct CellIn<'a> {
    /// The value, or the stored result of the formula.
    pub(super) value: DataRef<'a>,
    /// Whether it is a formula.
    pub(super) is_formula: bool,
}

impl CellIn<'_> {
    /// The same cell, independent of the workbook.
    pub(super) fn into_owned(self) -> CellIn<'static> {
        let value = match self.value {
            DataRef::SharedString(text) => DataRef::String(text.to_owned()),
            DataRef::String(text) => DataRef::String(text),
            DataRef::DateTimeIso(text) => DataRef::DateTimeIso(text),
            DataRef::DurationIso(text) => DataRef::DurationIso(text),
            DataRef::Int(number) => DataRef::Int(number),
            DataRef::Float(number) => DataRef::Float(number),
            DataRef::Bool(truth) => DataRef::Bool(truth),
            DataRef::DateTime(moment) => DataRef::DateTime(moment),
            DataRef::Error(error) => DataRef::Error(error),
            DataRef::Empty => DataRef::Empty,
        };
        CellIn {
            value,
            is_formula: self.is_formula,
        }
    }

    /// Whether nothing stands in the cell: no formula, no value, or only blanks.
    pub(super) fn is_blank(&self) -> bool {
        !self.is_formula && is_blank(&self.value)
    }
}

/// Whether a value is nothing or only blanks.
pub(super) fn is_blank(value: &DataRef<'_>) -> bool {
    match value {
        DataRef::Empty => true,
        DataRef::SharedString(text) => text.chars().all(char::is_whitespace),
        DataRef::String(text) => text.chars().all(char::is_whitespace),
        _ => false,
    }
}

/// The text of a cell that holds text.
pub(super) fn text_of<'v>(value: &'v DataRef<'_>) -> Option<&'v str> {
    match value {
        DataRef::SharedString(text) => Some(text),
        DataRef::String(text) => Some(text),
        _ => None,
    }
}

/// Where the table of a sheet stands.
#[derive(Debug)]
pub(super) struct Table<'s> {
    /// The sheet of the layout.
    pub(super) sheet: &'s Sheet,
    /// The name of the sheet in the workbook.
    pub(super) name: Arc<str>,
    /// The row of headers, counted from zero; `None` when there is none.
    pub(super) header_row: Option<u32>,
    /// Where each column of the layout stands.
    pub(super) columns: Vec<Option<u16>>,
    /// Columns that the layout does not know.
    pub(super) unknown: UnknownColumns,
    /// Which columns of the layout hold anything.
    pub(super) used: Vec<bool>,
    /// What stands in the row above the headers.
    pub(super) above: Vec<(u16, CellIn<'static>)>,
    /// What was not issued above the headers.
    pub(super) notes: Notes,
    /// For each column of the workbook that of the layout.
    targets: Vec<Option<usize>>,
}

impl<'s> Table<'s> {
    fn new(sheet: &'s Sheet, name: &str) -> Self {
        Self {
            sheet,
            name: Arc::from(name),
            header_row: None,
            columns: vec![None; sheet.columns.len()],
            unknown: UnknownColumns::default(),
            used: vec![false; sheet.columns.len()],
            above: Vec::new(),
            notes: Notes::default(),
            targets: Vec::new(),
        }
    }

    /// The cell of a row of the workbook and a column of the layout; the first column when that one is missing.
    pub(super) fn cell(&self, row: u32, column: usize) -> CellRef {
        let col = self.columns.get(column).copied().flatten().unwrap_or(0);
        CellRef::at(Arc::clone(&self.name), row, col)
    }

    /// Whether a column of the layout was found.
    pub(super) fn has(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(Option::is_some)
    }

    /// The columns found, with their place.
    pub(super) fn found(&self) -> Vec<(ColumnKey, u16)> {
        let columns = self.sheet.columns.iter().zip(&self.columns);
        columns
            .filter_map(|(column, place)| place.map(|place| (column.key, place)))
            .collect()
    }

    fn target(&self, col: u16) -> Option<usize> {
        self.targets.get(usize::from(col)).copied().flatten()
    }

    /// Takes a row as the row of headers if enough of its cells are headers.
    fn take_headers(&mut self, row: u32, cells: &[(u16, CellIn<'_>)], gathered: &mut Gathered) -> bool {
        let sheet = self.sheet;
        let known = |cell: &CellIn<'_>| text_of(&cell.value).and_then(|text| sheet.find_column(text));
        let matches: Vec<(u16, Option<usize>)> =
            cells.iter().map(|(col, cell)| (*col, known(cell))).collect();
        if matches.iter().filter(|(_, column)| column.is_some()).count() < HEADERS_NEEDED {
            self.pass_above(row, cells, gathered);
            return false;
        }
        self.header_row = Some(row);
        for ((col, cell), (_, column)) in cells.iter().zip(matches) {
            match column {
                Some(column) if !self.has(column) => self.place(column, *col),
                Some(column) => {
                    let name = self
                        .sheet
                        .columns
                        .get(column)
                        .map_or_else(String::new, Column::quoted);
                    self.unknown.explain(*col);
                    gathered.at(
                        CellRef::at(Arc::clone(&self.name), row, *col),
                        Detail::Duplicate { name },
                    );
                }
                None => self
                    .unknown
                    .header(*col, text_of(&cell.value).unwrap_or_default()),
            }
        }
        true
    }

    /// Looks at a row above the headers, where titles and hints stand.
    fn pass_above(&mut self, row: u32, cells: &[(u16, CellIn<'_>)], gathered: &mut Gathered) {
        for (col, cell) in cells {
            self.notes.see(self.sheet, (row, *col), cell);
            if let Some(text) = text_of(&cell.value) {
                let at = || CellRef::at(Arc::clone(&self.name), row, *col);
                personal::tell(text, self.sheet.kind, None, &at, gathered);
                self.unknown.above(*col, text);
            }
        }
    }

    fn place(&mut self, column: usize, col: u16) {
        let index = usize::from(col);
        if self.targets.len() <= index {
            self.targets.resize(index + 1, None);
        }
        if let Some(target) = self.targets.get_mut(index) {
            *target = Some(column);
        }
        if let Some(place) = self.columns.get_mut(column) {
            *place = Some(col);
        }
    }

    /// Reports columns that reading needs and that are not there.
    fn report_missing(&mut self, gathered: &mut Gathered) {
        let Some(header_row) = self.header_row else {
            gathered.at(CellRef::at(Arc::clone(&self.name), 0, 0), Detail::HeadersMissing);
            return;
        };
        for (index, column) in self.sheet.columns.iter().enumerate() {
            if self.has(index) || !column.is_needed() {
                continue;
            }
            let header = column.quoted();
            let (col, detail) = match self.stand_in(index) {
                Some(col) => {
                    let typed = text::quoted(self.unknown.explain(col));
                    (col, Detail::HeaderChanged { typed, header })
                }
                None => (0, Detail::ColumnMissing { header }),
            };
            gathered.at(CellRef::at(Arc::clone(&self.name), header_row, col), detail);
        }
    }

    /// The unknown column that stands where a missing one stood: between its neighbours, where as many columns are
    /// missing as there are unknown ones.
    fn stand_in(&self, missing: usize) -> Option<u16> {
        let placed = |index: usize| Some((index, self.columns.get(index).copied().flatten()?));
        let before = (0..missing).rev().find_map(placed);
        let after = (missing + 1..self.columns.len()).find_map(placed);
        let first = before.map_or(0, |(index, _)| index + 1);
        let lost = after.map_or(self.columns.len(), |(index, _)| index) - first;
        let left = before.map_or(0, |(_, col)| col + 1);
        let right = after.map_or(u16::MAX, |(_, col)| col);
        let strangers = self.unknown.between(left, right);
        let place = missing.checked_sub(first)?;
        (strangers.len() == lost)
            .then(|| strangers.get(place).copied())
            .flatten()
    }
}

/// What takes each row below the headers that has a value or formula in a column of the layout.
type OnRow<'s, 'a, 'f> = dyn FnMut(&Table<'s>, u32, &mut [CellIn<'a>], &mut Gathered) + 'f;

/// The cells of the row that is being read, by column of the layout.
struct RowCells<'a> {
    row: u32,
    cells: Vec<CellIn<'a>>,
    is_used: bool,
}

/// Reads a sheet of this name and date system; `on_row` gets each row below the headers that has a value or formula in a column of the layout.
pub(super) fn scan<'s, 'a>(
    reader: &mut Cells<'a, '_>,
    sheet: &'s Sheet,
    (name, epoch): (&str, Epoch),
    gathered: &mut Gathered,
    on_row: &mut OnRow<'s, 'a, '_>,
) -> Result<Table<'s>, XlsxError> {
    let mut table = Table::new(sheet, name);
    let mut above: (u32, Vec<(u16, CellIn<'a>)>) = (0, Vec::new());
    let mut current = RowCells {
        row: 0,
        cells: vec![CellIn::default(); sheet.columns.len()],
        is_used: false,
    };
    while let Some(record) = reader.next_cell_with_formula_metadata()? {
        let (row, col) = (record.pos.0, u16::try_from(record.pos.1).unwrap_or(u16::MAX));
        let cell = CellIn {
            value: record.value,
            is_formula: record.formula.is_some(),
        };
        if table.header_row.is_none() && row != above.0 {
            take_row_above(&mut table, &mut above, row, gathered);
        }
        if table.header_row.is_none() {
            if row < HEADER_ROWS && !cell.is_blank() {
                above.1.push((col, cell));
            } else if let Some(text) = text_of(&cell.value) {
                let at = || CellRef::at(Arc::clone(&table.name), row, col);
                personal::tell(text, sheet.kind, None, &at, gathered);
            }
            continue;
        }
        if row != current.row {
            flush(&table, &mut current, gathered, on_row);
            current.row = row;
        }
        if cell.is_blank() {
            continue;
        }
        match table.target(col) {
            Some(column) => {
                if let Some(text) = text_of(&cell.value) {
                    let key = sheet.columns.get(column).map(|column| column.key);
                    personal::tell(text, sheet.kind, key, &|| table.cell(row, column), gathered);
                }
                current.is_used = true;
                if let Some(used) = table.used.get_mut(column) {
                    *used = true;
                }
                if let Some(slot) = current.cells.get_mut(column) {
                    *slot = cell;
                }
            }
            None => table.unknown.value(row, col, &cell.value, epoch),
        }
    }
    if table.header_row.is_none() {
        take_row_above(&mut table, &mut above, 0, gathered);
    }
    flush(&table, &mut current, gathered, on_row);
    table.report_missing(gathered);
    Ok(table)
}

/// Looks for headers in the row that has just ended and starts the next one.
fn take_row_above(
    table: &mut Table<'_>,
    above: &mut (u32, Vec<(u16, CellIn<'_>)>),
    next: u32,
    gathered: &mut Gathered,
) {
    let (row, cells) = (above.0, std::mem::take(&mut above.1));
    above.0 = next;
    if !table.take_headers(row, &cells, gathered) {
        let is_next = next == row + 1;
        let kept = cells.into_iter().filter(|_| is_next);
        table.above = kept.map(|(col, cell)| (col, cell.into_owned())).collect();
    }
}

fn flush<'s, 'a>(
    table: &Table<'s>,
    current: &mut RowCells<'a>,
    gathered: &mut Gathered,
    on_row: &mut OnRow<'s, 'a, '_>,
) {
    if current.is_used {
        on_row(table, current.row, &mut current.cells, gathered);
        for cell in &mut current.cells {
            *cell = CellIn::default();
        }
        current.is_used = false;
    }
}
