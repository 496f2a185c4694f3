//! Cells that the template computes: what stands there, and what computing gives.
//!
//! The figures take what is computed, always. A stored result that differs is stale; a number in place of the formula is
//! named whether it is right or not, because it no longer follows the others; a deleted formula is named where a figure
//! depends on it. What only follows from a cell that is found already is not found again.

use calamine::DataRef;
use nachweis_domain::{
    cell::CellRef,
    figures::TypedOver,
    finding::{Detail, Recomputed, Shown},
    rules::value::text,
};

use super::{gathered::Gathered, scan::CellIn, typed::Reader};
use crate::layout::{Column, Computed, Entry, Kind, Position, RowKind, Sheet, Slot, compute, operands};

/// What stands in a cell that the template computes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A formula with its stored result.
    Formula(Entry),
    /// A formula without a stored result.
    Uncalculated,
    /// A formula that shows an error value, or something else that is no number.
    Failed(String),
    /// A number in place of the formula.
    Number(Entry),
    /// Something else in place of the formula.
    Words(String),
    /// Nothing.
    Nothing,
}

impl Standing {
    /// What stands in a cell of this kind.
    pub(super) fn of(reader: Reader, kind: Kind, cell: &CellIn<'_>) -> Self {
        match (reader.slot(kind, &cell.value), cell.is_formula) {
            (Ok(Slot::Empty), true) => Self::Uncalculated,
            (Ok(Slot::Empty), false) => Self::Nothing,
            (Ok(Slot::Value(entry) | Slot::Typed(entry)), true) => Self::Formula(entry),
            (Ok(Slot::Value(entry) | Slot::Typed(entry)), false) => Self::Number(entry),
            (Ok(Slot::Unreadable) | Err(_), true) => Self::Failed(reader.quoted(&cell.value)),
            (Ok(Slot::Unreadable) | Err(_), false) => Self::Words(match &cell.value {
                DataRef::Error(error) => error.to_string(),
                _ => text::quoted(&reader.shown(&cell.value)),
            }),
        }
    }
}

/// A cell that the template computes.
#[derive(Clone, Debug)]
pub(super) struct ComputedCell {
    /// Row and column of the layout.
    pub(super) position: Position,
    /// The cell.
    pub(super) at: CellRef,
    /// What stands there.
    pub(super) standing: Standing,
}

/// Whether stored results are compared with what computing gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    /// Formulas whose results are certain: error values and stale results are found.
    Compared,
    /// Formulas that only help the lead.
    Ignored,
}

/// Says what is wrong with the computed cells of a sheet. `slots` gives what stands in all other cells, and what computing
/// gives in those that are computed from elsewhere.
pub(super) fn judge(
    sheet: &Sheet,
    cells: &[ComputedCell],
    slots: &dyn Fn(usize, usize) -> Slot,
    stored: Stored,
    gathered: &mut Gathered,
) {
    let shown = |row, column| as_shown(cells, slots, (row, column));
    for cell in cells {
        let ((row, column), at) = (cell.position, cell.at.clone());
        let computed = result(sheet, cell.position, slots);
        let value = shown_of(&computed.value);
        match &cell.standing {
            Standing::Formula(_) | Standing::Failed(_) if stored == Stored::Ignored => {}
            Standing::Uncalculated => gathered.recomputed += u64::from(stored == Stored::Compared),
            Standing::Formula(result) => {
                // The spreadsheet program has calculated with the numbers that stand in place of other formulas.
                let expected = compute(sheet, row, column, &shown);
                if expected.certain && expected.value != *result {
                    gathered.stale.push(Recomputed {
                        at,
                        found: shown_of(result),
                        computed: shown_of(&expected.value),
                    });
                }
            }
            Standing::Failed(typed) => {
                if value != Shown::Nothing && !follows(sheet, cells, cell.position) {
                    let typed = typed.clone();
                    gathered.at(
                        at,
                        Detail::ErrorResult {
                            typed,
                            computed: value,
                        },
                    );
                }
            }
            Standing::Number(number) if computed.value == *number => gathered.alike.push(Recomputed {
                at,
                found: value.clone(),
                computed: value,
            }),
            Standing::Number(number) => {
                let typed = shown_of(number);
                gathered.typed_over.push(TypedOver {
                    at: at.clone(),
                    typed: typed.clone(),
                });
                gathered.at(
                    at,
                    Detail::TypedOver {
                        typed,
                        computed: value,
                    },
                );
            }
            Standing::Words(words) => {
                let typed = Shown::Text(words.clone());
                gathered.at(
                    at,
                    Detail::TypedOver {
                        typed,
                        computed: value,
                    },
                );
            }
            Standing::Nothing
                if computed.fed && value != Shown::Nothing && is_figure(sheet, cell.position) =>
            {
                gathered.deleted.push(Recomputed {
                    at,
                    found: Shown::Nothing,
                    computed: value,
                });
            }
            Standing::Nothing => {}
        }
    }
}

/// What computing gives in a cell.
fn result(sheet: &Sheet, (row, column): Position, slots: &dyn Fn(usize, usize) -> Slot) -> Computed {
    let value = match slots(row, column) {
        Slot::Empty => return compute(sheet, row, column, slots),
        Slot::Value(value) | Slot::Typed(value) => value,
        Slot::Unreadable => Entry::Empty,
    };
    Computed {
        value,
        certain: false,
        fed: true,
    }
}

/// What the spreadsheet program calculates with in a cell.
fn as_shown(cells: &[ComputedCell], slots: &dyn Fn(usize, usize) -> Slot, position: Position) -> Slot {
    let computed = cells.iter().find(|cell| cell.position == position);
    match computed.map(|cell| &cell.standing) {
        Some(Standing::Number(number)) => Slot::Value(number.clone()),
        Some(Standing::Words(_) | Standing::Failed(_)) => Slot::Unreadable,
        Some(Standing::Nothing) => Slot::Value(Entry::Count(0)),
        Some(Standing::Formula(_) | Standing::Uncalculated) | None => slots(position.0, position.1),
    }
}

/// Whether a formula uses, directly or through others, a computed cell that shows an error value itself.
fn follows(sheet: &Sheet, cells: &[ComputedCell], position: Position) -> bool {
    let mut waiting = vec![position];
    // Formulas of the template go through three others at most.
    for _ in 0..sheet.rows.len() * sheet.columns.len() {
        let Some((row, column)) = waiting.pop() else { break };
        let used = operands(sheet, row, column);
        for other in used.plus.into_iter().chain(used.minus) {
            let cell = cells.iter().find(|cell| cell.position == other);
            match cell.map(|cell| &cell.standing) {
                Some(Standing::Failed(_)) => return true,
                Some(_) => waiting.push(other),
                None => {}
            }
        }
    }
    false
}

/// Whether a figure is read from the cell: totals of a sheet are for people only.
fn is_figure(sheet: &Sheet, (row, column): Position) -> bool {
    let is_total = |row: &crate::layout::Row| row.kind == RowKind::Total;
    sheet.columns.get(column).is_some_and(Column::is_needed) && !sheet.rows.get(row).is_some_and(is_total)
}

/// An entry as findings show it.
pub(super) fn shown_of(entry: &Entry) -> Shown {
    match entry {
        Entry::Money(money) => Shown::Money(*money),
        Entry::Count(count) => Shown::Count(*count),
        Entry::Empty => Shown::Nothing,
        Entry::Date(_) | Entry::Quarter(_) | Entry::Text(_) => Shown::Text(entry.shown()),
    }
}
