//! Cells that are merged with one above them: the value stands in the first cell only.

use std::collections::BTreeMap;

use crate::{RawSheet, RawValue};

/// Ranges higher than this are layout, not data.
const HIGHEST: u32 = 500;

/// The merged ranges of the columns that are read.
#[derive(Debug)]
pub(super) struct Merged<'a> {
    sheet: &'a RawSheet,
    /// For each column the first and last row of its ranges, ascending.
    ranges: BTreeMap<u16, Vec<(u32, u32)>>,
}

impl<'a> Merged<'a> {
    /// The ranges of these columns.
    pub(super) fn of(sheet: &'a RawSheet, columns: impl Iterator<Item = u16>) -> Self {
        let mut ranges: BTreeMap<u16, Vec<(u32, u32)>> = columns.map(|col| (col, Vec::new())).collect();
        for merge in sheet
            .merges
            .iter()
            .filter(|merge| merge.last_row > merge.first_row)
        {
            if let Some(of_column) = ranges.get_mut(&merge.first_col) {
                let last = merge.last_row.min(merge.first_row.saturating_add(HIGHEST));
                of_column.push((merge.first_row, last));
            }
        }
        for of_column in ranges.values_mut() {
            of_column.sort_unstable();
        }
        Self { sheet, ranges }
    }

    /// The values that cells of a row have from a cell above.
    pub(super) fn values(&self, row: u32) -> BTreeMap<u16, &'a RawValue> {
        let value = |col: &u16| {
            let first = self.first_row(row, *col)?;
            let index = self.sheet.rows.binary_search_by_key(&first, |row| row.row).ok()?;
            Some((*col, self.sheet.rows.get(index)?.value(*col)?))
        };
        self.ranges.keys().filter_map(value).collect()
    }

    /// Whether a cell is merged with one above.
    pub(super) fn covers(&self, row: u32, col: u16) -> bool {
        self.first_row(row, col).is_some()
    }

    /// The first row of the range that a cell below it belongs to.
    fn first_row(&self, row: u32, col: u16) -> Option<u32> {
        let ranges = self.ranges.get(&col)?;
        let above = ranges.partition_point(|(first, _)| *first < row);
        let (first, last) = ranges.get(above.checked_sub(1)?)?;
        (row <= *last).then_some(*first)
    }
}
