//! Rows by their stable key, wherever they stand.

use std::collections::HashMap;

use calamine::XlsxError;
use nachweis_domain::{cell::CellRef, finding::Detail, rules::value::text};

use super::{
    gathered::Gathered,
    hidden::Hidden,
    personal,
    scan::{CellIn, Cells, Table, scan, text_of},
    stray::Stray,
    typed::Reader,
    unknown::UnknownSheet,
};
use crate::layout::{ColumnKey, Role, Sheet, normalised};

/// The most stray rows that are kept until it is known which rows are missing.
const STRAYS: usize = 1_000;

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
    (name, reader): (&str, Reader),
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
    let mut strays: Vec<Stray> = Vec::new();
    let mut stray_cells = UnknownSheet::default();
    let table = scan(
        cells,
        sheet,
        (name, reader.epoch),
        gathered,
        &mut |table, row, cells, gathered| {
            if !table.has(key_column) {
                return;
            }
            let key = cells
                .get(key_column)
                .and_then(|cell| text_of(&cell.value))
                .unwrap_or_default();
            let Some(index) = keys.get(&normalised(key)).copied() else {
                for (column, cell) in cells.iter().enumerate() {
                    let col = table.cell(row, column).col();
                    stray_cells.cell(row, col, &cell.value, reader.epoch);
                }
                if let Some(stray) = Stray::of(reader, table, row, cells) {
                    if strays.len() < STRAYS {
                        strays.push(stray);
                    } else {
                        gathered.push(stray.finding(table, &mut Vec::new()));
                    }
                }
                return;
            };
            let (Some(position), Some(kept)) = (positions.get_mut(index), by_row.get_mut(index)) else {
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
        },
    )?;
    let mut missing: Vec<usize> = (0..positions.len())
        .filter(|index| positions.get(*index).copied().flatten().is_none() && !sheet.is_optional(*index))
        .collect();
    personal::tell_columns(&stray_cells, name, gathered);
    for stray in strays {
        gathered.push(stray.finding(&table, &mut missing));
    }
    if table.header_row.is_some() && table.has(key_column) {
        for row in missing.into_iter().filter_map(|index| sheet.rows.get(index)) {
            let (key, name) = (row.key.clone(), row.name.clone());
            let at = table.cell(table.header_row.unwrap_or(0), key_column);
            gathered.at(at, Detail::RowMissing { key, name });
        }
    }
    Ok(Keyed {
        table,
        positions,
        cells: by_row,
    })
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
