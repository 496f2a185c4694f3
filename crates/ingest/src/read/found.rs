//! Which sheet of the workbook is which sheet of the template.
//!
//! A sheet is found by its name. One that is missing may have been renamed (`Belege (2)`, `Ausgaben Q2`): a sheet with
//! its headers and keys is read in its place and the rename is reported, so that a lead learns at once what else is
//! wrong. Where several could be it, none is read.

use std::collections::BTreeMap;

use calamine::XlsxError;
use nachweis_domain::{
    cell::CellRef,
    finding::{Detail, Finding},
};

use super::{
    gathered::Gathered,
    scan::{HEADER_ROWS, text_of},
    sheets::Workbook,
};
use crate::layout::{ColumnKey, ENVELOPE_SHEET, Layout, Sheet, SheetKind, normalised};

/// The sheets of the template in a workbook.
#[derive(Debug, Default)]
pub(super) struct Found {
    names: BTreeMap<SheetKind, String>,
    /// Sheets that could be a missing one and were named with it.
    unclear: Vec<String>,
    /// Sheets that are like one that was found by its name.
    copies: BTreeMap<String, String>,
}

impl Found {
    /// Finds the sheets of a layout and reports those that are missing.
    pub(super) fn of(
        workbook: &mut Workbook<'_, '_>,
        layout: &Layout,
        gathered: &mut Gathered,
    ) -> Result<Self, XlsxError> {
        let mut found = Self::default();
        let by_name = |sheet: &Sheet| Some((sheet.kind, workbook.find(sheet.name())?));
        found.names = layout.sheets.iter().filter_map(by_name).collect();
        let missing = layout
            .sheets
            .iter()
            .filter(|sheet| !found.names.contains_key(&sheet.kind));
        let missing: Vec<&Sheet> = missing.collect();
        let mut alike: BTreeMap<SheetKind, Vec<String>> = BTreeMap::new();
        for name in workbook.names.clone() {
            if name == ENVELOPE_SHEET || found.holds(&name) {
                continue;
            }
            let texts = first_texts(workbook, &name)?;
            if let Some(sheet) = layout.sheets.iter().find(|sheet| is_like(sheet, &texts)) {
                match found.name(sheet.kind).map(ToOwned::to_owned) {
                    Some(original) => drop(found.copies.insert(name, original)),
                    None => alike.entry(sheet.kind).or_default().push(name),
                }
            }
        }
        for sheet in missing {
            found.replace(sheet, alike.remove(&sheet.kind).unwrap_or_default(), gathered);
        }
        Ok(found)
    }

    /// The name of a sheet in the workbook.
    pub(super) fn name(&self, kind: SheetKind) -> Option<&str> {
        self.names.get(&kind).map(String::as_str)
    }

    /// The sheet of which another one is a copy.
    pub(super) fn original(&self, copy: &str) -> Option<&str> {
        self.copies.get(copy).map(String::as_str)
    }

    /// Whether a sheet of the workbook was read.
    pub(super) fn is_read(&self, name: &str) -> bool {
        self.names.values().any(|known| known == name)
    }

    /// Whether a sheet of the workbook belongs to the template, or has been named as one that may.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.names
            .values()
            .chain(&self.unclear)
            .any(|known| known == name)
    }

    /// Takes the only candidate for a missing sheet, and says what is wrong.
    fn replace(&mut self, sheet: &Sheet, mut candidates: Vec<String>, gathered: &mut Gathered) {
        let missing = sheet.name().to_owned();
        match (candidates.pop(), candidates.is_empty()) {
            (None, _) => gathered.push(Finding::whole(Detail::SheetMissing { sheet: missing })),
            (Some(only), true) => {
                let detail = Detail::SheetRenamed {
                    sheet: missing,
                    found: only.clone(),
                };
                gathered.at(CellRef::at(only.as_str(), 0, 0), detail);
                self.names.insert(sheet.kind, only);
            }
            (Some(last), false) => {
                candidates.push(last);
                self.unclear.extend(candidates.iter().cloned());
                gathered.push(Finding::whole(Detail::SheetUnclear {
                    sheet: missing,
                    found: candidates,
                }));
            }
        }
    }
}

/// The texts of the first rows of a sheet.
fn first_texts(workbook: &mut Workbook<'_, '_>, name: &str) -> Result<Vec<(u32, String)>, XlsxError> {
    let mut cells = workbook.xlsx.worksheet_cells_reader(name)?;
    let mut texts = Vec::new();
    while let Some(record) = cells.next_cell_with_formula_metadata()? {
        if record.pos.0 >= HEADER_ROWS {
            break;
        }
        if let Some(text) = text_of(&record.value) {
            texts.push((record.pos.0, normalised(text)));
        }
    }
    Ok(texts)
}

/// Whether the texts are those of a sheet: one row has most of its headers and, where rows have keys, most keys stand
/// below.
fn is_like(sheet: &Sheet, texts: &[(u32, String)]) -> bool {
    let needed = |column: &&crate::layout::Column| column.is_needed();
    let columns = sheet.columns.iter().filter(needed).count();
    let mut headers: BTreeMap<u32, usize> = BTreeMap::new();
    for (row, text) in texts {
        let column = sheet
            .find_column(text)
            .and_then(|column| sheet.columns.get(column));
        if column.as_ref().is_some_and(needed) {
            *headers.entry(*row).or_default() += 1;
        }
    }
    let has_headers = headers.values().any(|found| found * 2 > columns);
    let has_keys = sheet.column_index(ColumnKey::Key).is_none() || {
        let rows = sheet.rows.iter();
        let keys = rows.filter(|row| {
            let key = normalised(&row.key);
            texts.iter().any(|(_, text)| *text == key)
        });
        keys.count() * 2 > sheet.rows.len()
    };
    has_headers && has_keys
}
