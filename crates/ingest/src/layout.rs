//! The one description of the quarterly workbook: sheets, rows, columns (design.md §4, §5).
//!
//! Issuing, reading, marking and the documentation of columns all walk this description; nothing else knows a header,
//! a width or a rule of calculation. It is built from a template [`Version`] (shape and wording) and a funding round
//! (plan items, sources, indicators, counters, parts of the narrative). Positions in the layout are those of a freshly
//! issued workbook; the reader finds columns by header and rows by key, wherever a lead has moved them.

mod books;
mod cell;
mod column;
mod compute;
mod document;
mod entered;
mod entry;
mod formula;
mod header;
mod operands;
mod prefilled;
mod row;
mod sheet;
mod version;

pub use document::columns_documentation;

pub(crate) use cell::{Formula, Role};
pub(crate) use column::{Choice, Column, ColumnKey, Kind, Source};
pub(crate) use compute::{Computed, Slot, compute};
pub(crate) use entered::{entered, is_declaration};
pub(crate) use entry::Entry;
pub(crate) use formula::{all_vouchers, formula_text};
pub(crate) use header::normalised;
pub(crate) use operands::{Position, operands};
pub(crate) use prefilled::{Record, prefilled};
pub(crate) use row::{Field, Row, RowKind};
pub(crate) use sheet::{FIRST_ROW, HEADER_ROW, Sheet, SheetKind, VOUCHER_ROWS};
pub(crate) use version::Version;

use nachweis_domain::round::FundingRound;

/// The hidden sheet that says what the workbook is.
pub(crate) const ENVELOPE_SHEET: &str = "_nachweis";

/// The name of the sum above the voucher list, in German and English.
pub(crate) const LIST_SUM: [&str; 2] = ["Summe aller Belege", "Sum of all vouchers"];

/// A template version applied to a round.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// The sheets in the order of the workbook.
    pub(crate) sheets: Vec<Sheet>,
}

impl Layout {
    /// The layout of a version for a round.
    pub(crate) fn new(version: Version, round: &FundingRound) -> Self {
        Self {
            sheets: SheetKind::ALL
                .into_iter()
                .map(|kind| books::sheet(kind, version, round))
                .collect(),
        }
    }

    /// A sheet of the layout.
    pub(crate) fn sheet(&self, kind: SheetKind) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.kind == kind)
    }
}

#[cfg(test)]
mod tests;
