//! Values that people do not see: hidden rows and columns; and merged cells, of which only one has a value.

use std::sync::Arc;

use nachweis_domain::{
    cell::CellRef,
    finding::{Detail, Finding, Hiding},
};

use super::{
    gathered::Gathered,
    scan::{CellIn, Table},
};
use crate::{
    inspection::{CellRange, SheetFacts},
    layout::Source,
};

/// The most cells that a finding about hidden rows names beside the first.
const RELATED: usize = 200;

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

    /// Notes a hidden row with typed values.
    pub(super) fn row(self, table: &Table<'_>, row: u32, cells: &[CellIn<'_>], gathered: &mut Gathered) {
        let Some(facts) = self.facts.filter(|facts| facts.hides_row(row)) else {
            return;
        };
        let mut columns = cells.iter().zip(&table.sheet.columns);
        let typed = columns
            .position(|(cell, spec)| matches!(spec.source, Source::Input { .. }) && !cell.is_blank())
            .map(|column| table.cell(row, column));
        if let Some(at) = typed {
            gathered.hidden.push((facts.hiding(row), at));
        }
    }

    /// Reports the hidden rows that were noted: one finding for those hidden by hand, by a filter, by an outline.
    pub(super) fn rows(gathered: &mut Gathered) {
        let hidden = std::mem::take(&mut gathered.hidden);
        for cause in [None, Some(Hiding::Filter), Some(Hiding::Outline)] {
            let of_cause = hidden.iter().filter(|(hiding, _)| *hiding == cause);
            let mut cells: Vec<&CellRef> = of_cause.map(|(_, at)| at).collect();
            // Keyed rows are noted in the order of the layout.
            cells.sort();
            let Some((first, others)) = cells.split_first() else {
                continue;
            };
            let rows = cells.iter().map(|cell| cell.row_number()).collect();
            let detail = match cause {
                None => Detail::HiddenRows { rows },
                Some(hiding) => Detail::FilteredRows { rows, hiding },
            };
            let related = others.iter().take(RELATED).map(|cell| (*cell).clone()).collect();
            gathered.push(Finding::at((*first).clone(), detail).with_related(related));
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
                let detail = if facts.outlines_column(at.col()) {
                    Detail::CollapsedColumn { header }
                } else {
                    Detail::HiddenColumn { header }
                };
                gathered.at(at, detail);
            }
        }
        for merge in &facts.merges {
            let has_input = inputs
                .iter()
                .any(|col| (merge.first_col..=merge.last_col).contains(col));
            if has_input && merge.last_row > header_row && merge.first_row <= last_row {
                let first = merge.first(&table.name);
                let rows = merge.first_row.max(header_row + 1)..=merge.last_row.min(last_row);
                let columns = || {
                    inputs
                        .iter()
                        .filter(|col| (merge.first_col..=merge.last_col).contains(*col))
                };
                let covered = rows.flat_map(|row| columns().map(move |col| (row, *col)));
                let covered = covered.map(|(row, col)| CellRef::at(Arc::clone(&table.name), row, col));
                let emptied = covered.filter(|cell| *cell != first).take(RELATED).collect();
                let range = merge.shown(&table.name);
                gathered.push(Finding::at(first, Detail::MergedCells { range }).with_related(emptied));
            }
        }
    }
}

impl CellRange {
    fn first(self, sheet: &Arc<str>) -> CellRef {
        CellRef::at(Arc::clone(sheet), self.first_row, self.first_col)
    }

    /// `C7:D9`.
    fn shown(self, sheet: &Arc<str>) -> String {
        let last = CellRef::at(Arc::clone(sheet), self.last_row, self.last_col);
        format!("{}:{}", self.first(sheet).a1(), last.a1())
    }
}
