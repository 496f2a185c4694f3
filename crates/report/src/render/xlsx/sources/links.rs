//! Links from the numbers of a report to where they come from.

use std::collections::BTreeMap;

use nachweis_domain::language::Language;
use rust_xlsxwriter::{ColNum, Format, RowNum, Worksheet};

use super::{Blocks, Key, link};
use crate::{ReportError, limits};

/// Where something stands that a number leads to, by table, row and column.
pub(crate) type Addresses = BTreeMap<(&'static str, String, &'static str), String>;

/// Where a number of the report stands: sheet and cell.
pub(crate) type Numbers = BTreeMap<Key, String>;

/// What the numbers of a report lead to.
#[derive(Debug, Default)]
enum Targets<'a> {
    /// Nothing: a report without sources.
    #[default]
    None,
    /// Blocks on the sheets of sources.
    Blocks(&'a Blocks),
    /// Places of another sheet.
    Addresses(&'a Addresses),
}

/// Links from the numbers of a report to where they come from; none in a report without sources.
#[derive(Debug)]
pub(crate) struct Links<'a> {
    targets: Targets<'a>,
    /// Links that a sheet holds, and those that are left of it.
    per_sheet: u32,
    left: u32,
    /// Where the first number of the row leads that had no link left.
    unlinked: Option<String>,
    /// Where the numbers stand that lead somewhere.
    pub(crate) numbers: Numbers,
}

impl Default for Links<'_> {
    fn default() -> Self {
        Self::new(Targets::None, limits::SHEET_LINKS)
    }
}

impl<'a> Links<'a> {
    const fn new(targets: Targets<'a>, per_sheet: u32) -> Self {
        Self {
            targets,
            per_sheet,
            left: per_sheet,
            unlinked: None,
            numbers: Numbers::new(),
        }
    }

    /// Links to these blocks.
    pub(crate) const fn to(blocks: &'a Blocks) -> Self {
        Self::new(Targets::Blocks(blocks), blocks.bounds().links)
    }

    /// Links to these places.
    pub(crate) const fn to_addresses(addresses: &'a Addresses) -> Self {
        Self::new(Targets::Addresses(addresses), limits::SHEET_LINKS)
    }

    /// Goes to a further sheet.
    pub(crate) const fn begin_sheet(&mut self) {
        self.left = self.per_sheet;
    }

    /// Makes the cell of a number a link, if it leads somewhere and the sheet holds one more.
    pub(crate) fn write(
        &mut self,
        sheet: &mut Worksheet,
        at: (RowNum, ColNum),
        (table, row, column): (&'static str, &str, &'static str),
        (name, format): (&str, &Format),
    ) -> Result<(), ReportError> {
        let target = match self.targets {
            Targets::None => None,
            Targets::Blocks(blocks) => blocks.address(&(table, row.to_owned(), column.to_owned())),
            Targets::Addresses(addresses) => addresses.get(&(table, row.to_owned(), column)).cloned(),
        };
        let Some(target) = target else { return Ok(()) };
        let cell = rust_xlsxwriter::utility::row_col_to_cell(at.0, at.1);
        let key = (table, row.to_owned(), column.to_owned());
        self.numbers.insert(key, format!("'{name}'!{cell}"));
        if let Some(left) = self.left.checked_sub(1) {
            self.left = left;
            return link(sheet, at, &target, format);
        }
        self.unlinked.get_or_insert(target);
        Ok(())
    }

    /// Names in text where the numbers of the row lead that had no link left: in the first column behind the table.
    pub(crate) fn end_row(
        &mut self,
        sheet: &mut Worksheet,
        (row, col): (RowNum, ColNum),
        language: Language,
        format: &Format,
    ) -> Result<(), ReportError> {
        if let Some(target) = self.unlinked.take() {
            let text = format!("{} {target}", language.pick("Quellen ab", "Sources from"));
            sheet.write_string_with_format(row, col, text, format)?;
        }
        Ok(())
    }
}
