//! Rows of a keyed sheet that are none of the template's: a row that lost its key, a value in a wrong place, a note.

use nachweis_domain::{
    cell::CellRef,
    finding::{Detail, Finding},
    rules::value::text,
};

use super::{
    scan::{CellIn, Table, text_of},
    typed::Reader,
};
use crate::layout::{Column, ColumnKey, Kind, Row, SheetKind, normalised};

/// A row without a known key in which something stands in a column for input.
#[derive(Debug)]
pub(super) struct Stray {
    row: u32,
    /// What stands in the column of keys, cut and made safe; empty when nothing does.
    key: String,
    /// The rows of the layout that have the name of this one.
    named: Vec<usize>,
    /// The column of the layout with the first value.
    column: usize,
    /// That value, cut and made safe.
    value: String,
    is_note: bool,
}

impl Stray {
    /// The stray row in some cells; `None` when nothing can be lost with it.
    pub(super) fn of(reader: Reader, table: &Table<'_>, row: u32, cells: &[CellIn<'_>]) -> Option<Self> {
        let sheet = table.sheet;
        let text = |key| {
            let cell = cells.get(sheet.column_index(key)?)?;
            text_of(&cell.value)
        };
        let inputs = || {
            let columns = sheet.columns.iter().zip(cells).enumerate();
            columns.filter(|(_, (column, cell))| is_input(column) && !cell.is_blank())
        };
        let is_note = |column: &Column, cell: &CellIn<'_>| is_note(sheet.kind, column.kind, cell);
        let value = inputs().find(|(_, (column, cell))| !is_note(column, cell));
        let (column, (_, cell)) = value.or_else(|| inputs().next())?;
        let name = normalised(text(ColumnKey::Name).unwrap_or_default());
        let is_named = |row: &Row| {
            !name.is_empty()
                && [&row.name.de, &row.name.en]
                    .iter()
                    .any(|own| normalised(own) == name)
        };
        let rows = sheet.rows.iter().enumerate();
        Some(Self {
            row,
            key: text::quoted(text(ColumnKey::Key).unwrap_or_default().trim()),
            named: rows
                .filter(|(_, row)| is_named(row))
                .map(|(index, _)| index)
                .collect(),
            column,
            value: reader.quoted(&cell.value),
            is_note: value.is_none(),
        })
    }

    /// What is wrong with it. A row that carries the name of a missing one is that row: it is missing no longer.
    pub(super) fn finding(self, table: &Table<'_>, missing: &mut Vec<usize>) -> Finding {
        let key_cell = || cell_of_key(table, self.row);
        let lost = missing.iter().position(|index| self.named.contains(index));
        if let Some(row) = lost
            .map(|place| missing.remove(place))
            .and_then(|index| table.sheet.rows.get(index))
        {
            let key = row.key.clone();
            return Finding::at(key_cell(), Detail::KeyChanged { typed: self.key, key });
        }
        let at = table.cell(self.row, self.column);
        match (self.is_note, self.key.is_empty()) {
            (true, _) => Finding::at(at, Detail::NoteNotRead { typed: self.value }),
            (false, true) => Finding::at(at, Detail::StrayValue { typed: self.value }),
            (false, false) => Finding::at(key_cell(), Detail::UnknownKey { typed: self.key }),
        }
    }
}

fn cell_of_key(table: &Table<'_>, row: u32) -> CellRef {
    table.cell(row, table.sheet.column_index(ColumnKey::Key).unwrap_or(0))
}

const fn is_input(column: &Column) -> bool {
    column.is_needed() && !matches!(column.key, ColumnKey::Key)
}

/// Whether something in a free row is the lead's own: a calculation, words in a column for numbers, or anything on the
/// cover, whose free cells hold no figures.
fn is_note(sheet: SheetKind, kind: Kind, cell: &CellIn<'_>) -> bool {
    let are_words = matches!(kind, Kind::Money | Kind::Count | Kind::Date)
        && text_of(&cell.value).is_some_and(|text| !text.chars().any(char::is_numeric));
    cell.is_formula || are_words || sheet == SheetKind::Cover
}
