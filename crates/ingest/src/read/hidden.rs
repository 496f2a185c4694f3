//! Values that people do not see: hidden rows and columns; and merged cells, of which only one has a value.

use nachweis_domain::finding::Detail;

use super::{
    gathered::Gathered,
    scan::{CellIn, Table},
};
use crate::{
    inspection::{CellRange, SheetFacts},
    layout::Source,
};

/// What the guard saw of a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hidden<'f> {
    facts: Option<&'f SheetFacts>,
}

impl<'f> Hidden<'f> {
    /// The facts of a sheet, if the guard has any.
    pub(super) const fn new(facts: Option<&'f SheetFacts>) -> Self {
        Self { facts }
    }

    /// Reports a hidden row with typed values.
    pub(super) fn row(self, table: &Table<'_>, row: u32, cells: &[CellIn<'_>], gathered: &mut Gathered) {
        let Some(facts) = self.facts else { return };
        if !facts.hides_row(row) {
            return;
        }
        let mut columns = cells.iter().zip(&table.sheet.columns);
        let typed = columns
            .position(|(cell, spec)| matches!(spec.source, Source::Input { .. }) && !cell.is_blank())
            .map(|column| table.cell(row, column));
        if let Some(at) = typed {
            let row = at.row_number();
            gathered.at(at, Detail::HiddenRow { row });
        }
    }

    /// Reports typed-in columns that are hidden, and merged input cells.
    pub(super) fn table(self, table: &Table<'_>, last_row: u32, gathered: &mut Gathered) {
        let (Some(facts), Some(header_row)) = (self.facts, table.header_row) else {
            return;
        };
        let inputs: Vec<u16> = table
            .sheet
            .columns
            .iter()
            .zip(&table.columns)
            .filter(|(column, _)| matches!(column.source, Source::Input { .. }))
            .filter_map(|(_, place)| *place)
            .collect();
        for (index, column) in table.sheet.columns.iter().enumerate() {
            let at = table.cell(header_row, index);
            let is_used = table.has(index) && table.used.get(index).copied().unwrap_or(false);
            if is_used && matches!(column.source, Source::Input { .. }) && facts.hides_column(at.col()) {
                let header = column.quoted();
                gathered.at(at, Detail::HiddenColumn { header });
            }
        }
        for merge in &facts.merges {
            let has_input = inputs
                .iter()
                .any(|col| (merge.first_col..=merge.last_col).contains(col));
            if has_input && merge.last_row > header_row && merge.first_row <= last_row {
                let at = merge.first(&table.name);
                gathered.at(
                    at,
                    Detail::MergedCells {
                        range: merge.shown(&table.name),
                    },
                );
            }
        }
    }
}

impl CellRange {
    fn first(self, sheet: &std::sync::Arc<str>) -> nachweis_domain::cell::CellRef {
        nachweis_domain::cell::CellRef::at(std::sync::Arc::clone(sheet), self.first_row, self.first_col)
    }

    /// `C7:D9`.
    fn shown(self, sheet: &std::sync::Arc<str>) -> String {
        let last =
            nachweis_domain::cell::CellRef::at(std::sync::Arc::clone(sheet), self.last_row, self.last_col);
        format!("{}:{}", self.first(sheet).a1(), last.a1())
    }
}
