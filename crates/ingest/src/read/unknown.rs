//! Columns that the template does not know: named, never dropped in silence, searched for data about single persons.

use std::sync::Arc;

use calamine::DataRef;
use nachweis_domain::{
    cell::{CellRef, column_letters},
    finding::Detail,
    rules::value::text,
};

use super::{
    gathered::Gathered,
    personal,
    scan::{is_blank, text_of},
};

/// Values of a column that are looked at for data about persons.
const SAMPLES: usize = 200;
/// Characters of such a value.
const SAMPLE_CHARACTERS: usize = 120;

/// Columns that the template does not know.
#[derive(Debug, Default)]
pub(super) struct UnknownColumns {
    columns: Vec<UnknownColumn>,
}

#[derive(Debug)]
struct UnknownColumn {
    col: u16,
    header: String,
    first_row: Option<u32>,
    samples: Vec<String>,
}

impl UnknownColumns {
    /// A header that the template does not know; an empty one is none.
    pub(super) fn header(&mut self, col: u16, header: &str) {
        if !header.trim().is_empty() {
            header.clone_into(&mut self.column(col).header);
        }
    }

    /// A value below the headers.
    pub(super) fn value(&mut self, row: u32, col: u16, value: &DataRef<'_>) {
        let column = self.column(col);
        column.first_row.get_or_insert(row);
        if column.samples.len() < SAMPLES && !is_blank(value) {
            column.samples.extend(personal::sample(value, SAMPLE_CHARACTERS));
        }
    }

    /// Reports what was not read.
    pub(super) fn report(&self, sheet: &Arc<str>, header_row: u32, gathered: &mut Gathered) {
        for column in &self.columns {
            let has_header = !column.header.is_empty();
            let row = if has_header {
                header_row
            } else {
                column.first_row.unwrap_or(header_row)
            };
            let at = CellRef::at(Arc::clone(sheet), row, column.col);
            let headers = has_header.then_some(column.header.as_str());
            if let Some(kind) = personal::kind(headers.into_iter(), &column.samples) {
                gathered.at(
                    at,
                    Detail::PersonLevelData {
                        kind: kind.to_owned(),
                    },
                );
            } else if column.first_row.is_some() {
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
        let index = self
            .columns
            .binary_search_by_key(&col, |column| column.col)
            .unwrap_or_else(|index| {
                let column = UnknownColumn {
                    col,
                    header: String::new(),
                    first_row: None,
                    samples: Vec::new(),
                };
                self.columns.insert(index, column);
                index
            });
        #[expect(clippy::indexing_slicing, reason = "the index was just found or made")]
        &mut self.columns[index]
    }
}

/// A sheet that the template does not know.
#[derive(Debug, Default)]
pub(super) struct UnknownSheet {
    columns: Vec<(u16, Vec<String>, Vec<String>)>,
    /// Whether anything stands on it.
    pub(super) has_values: bool,
    /// The text of its first cell.
    pub(super) first_text: Option<String>,
}

/// Rows from the top whose texts may be headers.
const HEADER_ROWS: u32 = 60;

impl UnknownSheet {
    /// A cell of the sheet.
    pub(super) fn cell(&mut self, row: u32, col: u16, value: &DataRef<'_>) {
        if is_blank(value) {
            return;
        }
        self.has_values = true;
        if row == 0 && col == 0 {
            self.first_text = text_of(value).map(ToOwned::to_owned);
        }
        let index = match self.columns.binary_search_by_key(&col, |(known, ..)| *known) {
            Ok(index) => index,
            Err(index) => {
                self.columns.insert(index, (col, Vec::new(), Vec::new()));
                index
            }
        };
        let Some((_, headers, samples)) = self.columns.get_mut(index) else {
            return;
        };
        if row < HEADER_ROWS {
            headers.extend(text_of(value).map(|text| text.chars().take(SAMPLE_CHARACTERS).collect()));
        }
        if samples.len() < SAMPLES {
            samples.extend(personal::sample(value, SAMPLE_CHARACTERS));
        }
    }

    /// The columns with data about single persons, by what kind.
    pub(super) fn personal(&self) -> Vec<(u16, &'static str)> {
        self.columns
            .iter()
            .filter_map(|(col, headers, samples)| {
                let headers = headers.iter().map(String::as_str);
                personal::kind(headers, samples).map(|kind| (*col, kind))
            })
            .collect()
    }
}
