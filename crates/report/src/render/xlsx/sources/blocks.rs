//! Where the block of each number stands.

use std::collections::BTreeMap;

use nachweis_domain::language::Language;
use rust_xlsxwriter::RowNum;

use super::{Key, name};
use crate::{
    ReportError, limits,
    lineage::{LineagePage, Made, Opens},
};

/// What a sheet holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Rows, headings included.
    pub(crate) rows: RowNum,
    /// Links.
    pub(crate) links: u32,
}

impl Bounds {
    /// Those of the file format and of Excel.
    pub(crate) const EXCEL: Self = Self {
        rows: limits::SHEET_ROWS,
        links: limits::SHEET_LINKS,
    };
}

/// A sheet of sources, numbered from zero, and a row on it.
type At = (usize, RowNum);

/// Where the block of each number stands, and from where it is reached first.
#[derive(Debug)]
pub(crate) struct Blocks {
    at: BTreeMap<Key, At>,
    /// The first block that names the number; for those that stand in no table.
    used_by: BTreeMap<Key, At>,
    sheets: usize,
    bounds: Bounds,
    language: Language,
}

impl Blocks {
    /// Places the blocks one below the other, from a row on; on a further sheet where one is full.
    pub(crate) fn of(
        pages: &[LineagePage],
        first: RowNum,
        bounds: Bounds,
        language: Language,
    ) -> Result<Self, ReportError> {
        let mut blocks = Self {
            at: BTreeMap::new(),
            used_by: BTreeMap::new(),
            sheets: 1,
            bounds,
            language,
        };
        let (mut row, mut links) = (first, 0_u32);
        for page in pages {
            let (height, of_block) = (height(page)?, count(page));
            let is_full = row.saturating_add(height) > bounds.rows
                || (links > 0 && links.saturating_add(of_block) > bounds.links);
            if is_full {
                if first.saturating_add(height) > bounds.rows {
                    return Err(too_large(height, bounds.rows));
                }
                blocks.sheets += 1;
                (row, links) = (first, 0);
            }
            blocks.put(page, (blocks.sheets - 1, row));
            row += height;
            links = links.saturating_add(of_block);
        }
        Ok(blocks)
    }

    fn put(&mut self, page: &LineagePage, at: At) {
        self.at.insert(key(page), at);
        for opens in opens(page) {
            let key = key_of(page, opens);
            if !self.at.contains_key(&key) {
                self.used_by.entry(key).or_insert(at);
            }
        }
    }

    /// How many sheets there are.
    pub(super) const fn sheets(&self) -> usize {
        self.sheets
    }

    /// What a sheet holds.
    pub(super) const fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Whether the block of a number stands on a sheet.
    pub(super) fn is_on(&self, page: &LineagePage, sheet: usize) -> bool {
        self.at.get(&key(page)).is_some_and(|(on, _)| *on == sheet)
    }

    /// The row of the block of a number.
    pub(super) fn row(&self, page: &LineagePage) -> Result<RowNum, ReportError> {
        let at = self.at.get(&key(page));
        at.map(|(_, row)| *row).ok_or_else(|| missing(&key(page)))
    }

    /// The address of the block of a number that another one is made of.
    pub(super) fn behind(&self, page: &LineagePage, opens: Opens<'_>) -> Result<String, ReportError> {
        let key = key_of(page, opens);
        self.address(&key).ok_or_else(|| missing(&key))
    }

    /// The address of the block of a number, if it has one.
    pub(super) fn address(&self, key: &Key) -> Option<String> {
        self.at.get(key).map(|at| self.written(*at))
    }

    /// The address of the block that names a number first.
    pub(super) fn user(&self, page: &LineagePage) -> Option<String> {
        self.used_by.get(&key(page)).map(|at| self.written(*at))
    }

    fn written(&self, (sheet, row): At) -> String {
        format!("'{}'!A{}", name(sheet, self.language), row + 1)
    }
}

/// The name of the number of a page.
pub(super) fn key(page: &LineagePage) -> Key {
    let lineage = &page.lineage;
    (lineage.table, lineage.row.clone(), lineage.column.clone())
}

fn key_of(page: &LineagePage, opens: Opens<'_>) -> Key {
    (page.lineage.table, opens.row.to_owned(), opens.column.to_owned())
}

/// The numbers that the one of a page is made of.
fn opens(page: &LineagePage) -> impl Iterator<Item = Opens<'_>> {
    let of_terms = page.terms.iter().filter_map(|open| open.term.opens());
    page.lineage.opens().chain(of_terms)
}

/// The links of a block: back, and to what it is made of.
fn count(page: &LineagePage) -> u32 {
    u32::try_from(opens(page).count())
        .unwrap_or(u32::MAX)
        .saturating_add(1)
}

/// A line for the number, one for each operand or term, an empty one.
fn height(page: &LineagePage) -> Result<RowNum, ReportError> {
    let lines = match &page.lineage.made {
        Made::Sum(_) => page.terms.len(),
        Made::Formula(_, operands) => operands.len(),
    };
    RowNum::try_from(lines + 2).map_err(|_many| too_large(RowNum::MAX, limits::SHEET_ROWS))
}

fn too_large(rows: RowNum, limit: RowNum) -> ReportError {
    ReportError::TooLarge {
        table: "sources",
        rows: usize::try_from(rows).unwrap_or(usize::MAX),
        limit: usize::try_from(limit).unwrap_or(usize::MAX),
    }
}

fn missing((_, row, column): &Key) -> ReportError {
    ReportError::NoBlock {
        row: row.clone(),
        column: column.clone(),
    }
}
