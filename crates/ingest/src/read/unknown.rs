//! What the template does not know: named, never dropped in silence, searched for data about single persons.

use std::sync::Arc;

use calamine::DataRef;
use nachweis_domain::{
    cell::{CellRef, column_letters},
    finding::Detail,
    rules::{
        personal::{ColumnScan, announces_persons, is_list_of_persons},
        value::text,
    },
};

use super::{
    gathered::Gathered,
    personal::see,
    scan::{is_blank, text_of},
};
use crate::cell_value::Epoch;

/// Columns of a sheet of the template that the template does not know, in the order of the sheet.
#[derive(Debug, Default)]
pub(super) struct UnknownColumns {
    columns: Vec<UnknownColumn>,
    /// What announces persons above the headers, by column.
    announced: Vec<(u16, String)>,
}

#[derive(Debug)]
struct UnknownColumn {
    col: u16,
    header: String,
    first_row: Option<u32>,
    /// Whether another finding says what is wrong with it.
    is_explained: bool,
    scan: ColumnScan,
}

impl UnknownColumns {
    /// A header that the template does not know; an empty one is none.
    pub(super) fn header(&mut self, col: u16, header: &str) {
        if !header.trim().is_empty() {
            let column = self.column(col);
            header.clone_into(&mut column.header);
            column.scan = ColumnScan::new(header);
        }
    }

    /// A text above the headers; a column without a header may have it there.
    pub(super) fn above(&mut self, col: u16, text: &str) {
        if announces_persons(text) {
            self.announced.push((col, text.to_owned()));
        }
    }

    /// A value below the headers.
    pub(super) fn value(&mut self, row: u32, col: u16, value: &DataRef<'_>, epoch: Epoch) {
        let column = self.column(col);
        column.first_row.get_or_insert(row);
        see(&mut column.scan, value, epoch);
    }

    /// The columns from one to before another.
    pub(super) fn between(&self, first: u16, end: u16) -> Vec<u16> {
        let columns = self.columns.iter().map(|column| column.col);
        columns.filter(|col| (first..end).contains(col)).collect()
    }

    /// Leaves a column to another finding; its header.
    pub(super) fn explain(&mut self, col: u16) -> &str {
        let column = self.column(col);
        column.is_explained = true;
        &column.header
    }

    /// Reports what was not read.
    pub(super) fn report(&self, sheet: &Arc<str>, header_row: u32, gathered: &mut Gathered) {
        for column in &self.columns {
            let has_header = !column.header.is_empty();
            let row = if has_header {
                Some(header_row)
            } else {
                column.first_row
            };
            let at = CellRef::at(Arc::clone(sheet), row.unwrap_or(header_row), column.col);
            if let Some(kind) = column.scan.verdict() {
                let kind = kind.as_str().to_owned();
                gathered.at(at, Detail::PersonLevelData { kind });
            } else if column.first_row.is_some() && !column.is_explained {
                let header = if has_header {
                    text::quoted(&column.header)
                } else {
                    column_letters(column.col)
                };
                gathered.at(at, Detail::ColumnNotRead { header });
            }
        }
    }

    fn column(&mut self, col: u16) -> &mut UnknownColumn {
        let index = self.columns.partition_point(|column| column.col < col);
        if self.columns.get(index).is_none_or(|column| column.col != col) {
            let above = self.announced.iter().find(|(known, _)| *known == col);
            let column = UnknownColumn {
                col,
                header: String::new(),
                first_row: None,
                is_explained: false,
                scan: above.map_or_else(ColumnScan::default, |(_, text)| ColumnScan::new(text)),
            };
            self.columns.insert(index, column);
        }
        #[expect(clippy::indexing_slicing, reason = "the column was just found or made")]
        &mut self.columns[index]
    }
}

/// Rows from the top of an unknown sheet in which any text may be a header.
const HEADER_ROWS: u32 = 60;
/// Below them only short texts may be, and of those so many are looked at.
const HEADER_BYTES: usize = 40;
const HEADERS: u32 = 20_000;

/// A column of such a sheet.
#[derive(Debug)]
struct SeenColumn {
    col: u16,
    /// Where its header stands, or else its first value.
    row: u32,
    scan: ColumnScan,
}

/// A sheet that the template does not know, or the rows of a sheet that the template does not know.
#[derive(Debug, Default)]
pub(super) struct UnknownSheet {
    columns: Vec<SeenColumn>,
    /// The title, when it is that of a list of persons.
    list: Option<String>,
    /// Texts far down that were taken for headers and looked at.
    headers: u32,
    /// Whether anything stands on it.
    pub(super) has_values: bool,
    /// The text of its first cell.
    pub(super) first_text: Option<String>,
}

impl UnknownSheet {
    /// A sheet of this name.
    pub(super) fn new(name: &str) -> Self {
        Self {
            list: is_list_of_persons(name).then(|| name.to_owned()),
            ..Self::default()
        }
    }

    /// A cell of the sheet.
    pub(super) fn cell(&mut self, row: u32, col: u16, value: &DataRef<'_>, epoch: Epoch) {
        if is_blank(value) {
            return;
        }
        self.has_values = true;
        let text = text_of(value);
        if (row, col) == (0, 0) {
            self.first_text = text.map(ToOwned::to_owned);
        }
        let index = self.columns.partition_point(|column| column.col < col);
        if self.columns.get(index).is_none_or(|column| column.col != col) {
            let scan = ColumnScan::new(self.list.as_deref().unwrap_or_default());
            self.columns.insert(index, SeenColumn { col, row, scan });
        }
        let header = text.filter(|text| self.may_be_header(row, text) && announces_persons(text));
        if let Some(title) = header.filter(|header| is_list_of_persons(header)) {
            self.list = Some(title.to_owned());
        }
        let Some(column) = self.columns.get_mut(index) else {
            return;
        };
        if let Some(header) = header {
            *column = SeenColumn {
                col,
                row,
                scan: ColumnScan::new(header),
            };
            return;
        }
        let was_decided = column.scan.verdict().is_some();
        see(&mut column.scan, value, epoch);
        if !was_decided && column.scan.verdict().is_some() {
            column.row = row;
        }
    }

    fn may_be_header(&mut self, row: u32, text: &str) -> bool {
        if row < HEADER_ROWS {
            return true;
        }
        let is_looked_at = text.len() <= HEADER_BYTES && self.headers < HEADERS;
        self.headers += u32::from(is_looked_at);
        is_looked_at
    }

    /// The columns with data about single persons: the cell that says so, and what kind of data.
    pub(super) fn personal(&self) -> Vec<(u32, u16, &'static str)> {
        let columns = self.columns.iter();
        columns
            .filter_map(|column| Some((column.row, column.col, column.scan.verdict()?.as_str())))
            .collect()
    }
}
