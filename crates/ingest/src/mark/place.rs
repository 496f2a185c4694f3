//! From a cell of the lead's workbook to the cell of the copy, wherever the lead has moved it.

use std::collections::HashMap;

use nachweis_domain::cell::CellRef;

use crate::{
    layout::{ColumnKey, FIRST_ROW, HEADER_ROW, Layout, Sheet, SheetKind},
    reading::{Reading, SheetPlaces},
};

/// A cell of the copy: sheet, row and column counted from zero.
pub(super) type Key = (SheetKind, u32, u16);

/// The way from the lead's workbook to the copy.
pub(super) struct Map<'a> {
    layout: &'a Layout,
    reading: &'a Reading,
    vouchers: HashMap<u32, u32>,
}

impl<'a> Map<'a> {
    /// The way for a reading.
    pub(super) fn new(layout: &'a Layout, reading: &'a Reading) -> Self {
        let vouchers = reading.figures.vouchers.rows.iter().map(|voucher| voucher.row);
        Self {
            layout,
            reading,
            vouchers: vouchers.zip(FIRST_ROW..).collect(),
        }
    }

    /// The cell of the copy; `None` for cells that the copy does not have.
    pub(super) fn cell(&self, at: &CellRef) -> Option<Key> {
        let places = self.reading.places.sheet_named(at.sheet())?;
        let sheet = self.layout.sheet(places.sheet)?;
        let column = places.columns.iter().find(|(_, col)| *col == at.col())?.0;
        let col = u16::try_from(sheet.column_index(column)?).ok()?;
        Some((sheet.kind, self.row(sheet, places, at.row())?, col))
    }

    /// The sheet of the copy on which a cell's sheet is found.
    pub(super) fn sheet(&self, at: &CellRef) -> Option<SheetKind> {
        self.reading
            .places
            .sheet_named(at.sheet())
            .map(|places| places.sheet)
    }

    fn row(&self, sheet: &Sheet, places: &SheetPlaces, row: u32) -> Option<u32> {
        if sheet.kind == SheetKind::Vouchers {
            return self.vouchers.get(&row).copied().or_else(|| header(sheet, row));
        }
        let known = places.rows.iter().find(|(_, position)| *position == row);
        match known {
            Some((key, _)) => Some(sheet.issued_cell(sheet.row_index(key)?, 0).row()),
            None => header(sheet, row),
        }
    }
}

/// Findings about headers stand above the table.
fn header(sheet: &Sheet, row: u32) -> Option<u32> {
    (row <= HEADER_ROW && sheet.column_index(ColumnKey::Key).is_none_or(|key| key == 0)).then_some(HEADER_ROW)
}
