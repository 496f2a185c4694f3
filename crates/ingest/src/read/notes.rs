//! What leads write above the headers: named, never dropped in silence.

use std::sync::Arc;

use nachweis_domain::{cell::CellRef, finding::Detail};

use super::{
    gathered::Gathered,
    scan::{CellIn, text_of},
    typed::Reader,
};
use crate::layout::{LIST_SUM, Sheet, SheetKind, normalised};

/// The most notes above one table that are named.
const NOTES: usize = 50;

/// Lines of title, subproject and instructions, whose texts may be of an earlier release.
const LINES: u32 = 3;
/// Stands between number, title and quarter in the line of the subproject.
const SUBPROJECT_MARK: &str = " · ";

/// Cells above the headers that hold something else than what was issued there.
#[derive(Debug, Default)]
pub(super) struct Notes {
    cells: Vec<(u32, u16, CellIn<'static>)>,
}

impl Notes {
    /// A cell above the headers. Above the voucher list stand the sum of all vouchers and its name.
    pub(super) fn see(&mut self, sheet: &Sheet, (row, col): (u32, u16), cell: &CellIn<'_>) {
        let is_issued = match text_of(&cell.value) {
            Some(text) => (row < LINES && col == 0) || is_issued(sheet, text),
            None => cell.is_formula && sheet.kind == SheetKind::Vouchers,
        };
        if !is_issued && self.cells.len() < NOTES {
            self.cells.push((row, col, cell.clone().into_owned()));
        }
    }

    /// Names them, but what stands in the cell of a sum, which is judged by itself.
    pub(super) fn report(
        &self,
        sheet: &Arc<str>,
        sum: Option<(u32, u16)>,
        reader: Reader,
        gathered: &mut Gathered,
    ) {
        for (row, col, cell) in self
            .cells
            .iter()
            .filter(|(row, col, _)| sum != Some((*row, *col)))
        {
            let at = CellRef::at(Arc::clone(sheet), *row, *col);
            let typed = reader.quoted(&cell.value);
            gathered.at(at, Detail::NoteNotRead { typed });
        }
    }
}

/// Whether a text is one that every workbook has there: title, subproject, instructions, the name of the sum.
fn is_issued(sheet: &Sheet, text: &str) -> bool {
    if text.contains(SUBPROJECT_MARK) {
        return true;
    }
    let text = normalised(text);
    let is = |own: &str| normalised(own) == text;
    text.starts_with(&normalised(&sheet.title.de))
        || is(&sheet.intro.de)
        || is(&sheet.intro.en)
        || (sheet.kind == SheetKind::Vouchers && LIST_SUM.into_iter().any(is))
}
