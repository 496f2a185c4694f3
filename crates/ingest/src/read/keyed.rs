//! Rows by their stable key, wherever they stand.

use std::collections::HashMap;

use calamine::XlsxError;
use nachweis_domain::{cell::CellRef, finding::Detail, rules::value::text};

use super::{
    gathered::Gathered,
    hidden::Hidden,
    scan::{CellIn, Cells, Table, scan, text_of},
};
use crate::{
    cell_value::Epoch,
    layout::{ColumnKey, Role, Sheet, normalised},
};

/// The cells of a sheet by row and column of the layout.
pub(super) struct Keyed<'s, 'a> {
    /// Where the table stands.
    pub(super) table: Table<'s>,
    /// Where each row of the layout stands.
    pub(super) positions: Vec<Option<u32>>,
    /// What stands in each cell.
    pub(super) cells: Vec<Vec<CellIn<'a>>>,
}

/// Reads a sheet with keyed rows. Rows without a known key are reported when a value would be lost with them.
pub(super) fn read<'s, 'a>(
    cells: &mut Cells<'a, '_>,
    sheet: &'s Sheet,
    name: (&str, Epoch),
    hidden: Hidden<'_>,
    gathered: &mut Gathered,
) -> Result<Keyed<'s, 'a>, XlsxError> {
    let keys: HashMap<String, usize> = (0..)
        .zip(&sheet.rows)
        .map(|(index, row)| (normalised(&row.key), index))
        .collect();
    let key_column = sheet.column_index(ColumnKey::Key).unwrap_or(0);
    let mut positions: Vec<Option<u32>> = vec![None; sheet.rows.len()];
    let mut by_row: Vec<Vec<CellIn<'a>>> = sheet.rows.iter().map(|_| Vec::new()).collect();
    let table = scan(
        cells,
        sheet,
        name,
        gathered,
        &mut |table, row, cells, gathered| {
            if !table.has(key_column) {
                return;
            }
            let key = cells
                .get(key_column)
                .and_then(|cell| text_of(&cell.value))
                .unwrap_or_default();
            match keys.get(&normalised(key)).copied() {
                Some(index) => {
                    let (Some(position), Some(kept)) = (positions.get_mut(index), by_row.get_mut(index))
                    else {
                        return;
                    };
                    if position.is_some() {
                        let name = text::quoted(key);
                        gathered.at(table.cell(row, key_column), Detail::Duplicate { name });
                        return;
                    }
                    hidden.row(table, row, cells, gathered);
                    *position = Some(row);
                    *kept = cells.iter_mut().map(std::mem::take).collect();
                }
                None => {
                    if let Some(column) = first_value(sheet, cells) {
                        let at = if key.is_empty() { column } else { key_column };
                        let typed = text::quoted(key);
                        gathered.at(table.cell(row, at), Detail::UnknownKey { typed });
                    }
                }
            }
        },
    )?;
    if table.header_row.is_some() && table.has(key_column) {
        report_missing(&table, key_column, &positions, gathered);
    }
    Ok(Keyed {
        table,
        positions,
        cells: by_row,
    })
}

/// The first column for input in which a row has something.
fn first_value(sheet: &Sheet, cells: &[CellIn<'_>]) -> Option<usize> {
    sheet
        .columns
        .iter()
        .zip(cells)
        .position(|(column, cell)| column.is_needed() && column.key != ColumnKey::Key && !cell.is_blank())
}

fn report_missing(table: &Table<'_>, key_column: usize, positions: &[Option<u32>], gathered: &mut Gathered) {
    let header_row = table.header_row.unwrap_or(0);
    for (index, (row, position)) in table.sheet.rows.iter().zip(positions).enumerate() {
        if position.is_none() && !table.sheet.is_optional(index) {
            let key = row.key.clone();
            gathered.at(table.cell(header_row, key_column), Detail::RowMissing { key });
        }
    }
}

impl<'s> Keyed<'s, '_> {
    /// The cell of a row and a column of the layout; `None` when either was not found.
    pub(super) fn at(&self, row: usize, column: usize) -> Option<CellRef> {
        let position = self.positions.get(row).copied().flatten()?;
        self.table.has(column).then(|| self.table.cell(position, column))
    }

    /// All cells of the layout that were found: row, column, role, place.
    pub(super) fn found(&self) -> Vec<(usize, usize, Role, CellRef)> {
        let sheet: &'s Sheet = self.table.sheet;
        let all =
            (0..sheet.rows.len()).flat_map(|row| (0..sheet.columns.len()).map(move |column| (row, column)));
        all.filter_map(|(row, column)| Some((row, column, sheet.role(row, column)?, self.at(row, column)?)))
            .collect()
    }
}
