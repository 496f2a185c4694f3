//! A table of our own format: the first row names the columns.

use super::field::Record;
use crate::{RawRow, RawSheet, RawValue};

/// A table with its columns.
#[derive(Clone, Debug)]
pub(super) struct Table<'a> {
    sheet: &'a RawSheet,
    columns: Vec<(u16, String)>,
}

impl<'a> Table<'a> {
    /// The table on a sheet.
    pub(super) fn of(sheet: &'a RawSheet) -> Self {
        let name = |(col, value): &(u16, RawValue)| match value {
            RawValue::Text(text) => Some((*col, text.trim().to_lowercase())),
            _ => None,
        };
        let header: Option<&RawRow> = sheet.rows.first();
        let columns = header
            .map(|row| row.cells.iter().filter_map(name).collect())
            .unwrap_or_default();
        Self { sheet, columns }
    }

    /// Whether the first row names at least two of these columns.
    pub(super) fn has_any(&self, columns: &[&str]) -> bool {
        self.columns().filter(|column| columns.contains(column)).count() >= 2
    }

    /// The names of the columns.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(_, name)| name.as_str())
    }

    /// The rows below the header.
    pub(super) fn records(&self) -> Vec<Record<'_>> {
        let rows = self.sheet.rows.iter().skip(1);
        rows.map(|row| Record::new(&self.sheet.name, &self.columns, row))
            .collect()
    }
}
