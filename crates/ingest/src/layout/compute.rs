//! The template's formulas, computed by us: exact, by key, from the same cells that the formulas name.
//!
//! Issuing takes stored results from here, reading compares stored results with it.

use nachweis_domain::money::Money;

use super::{
    column::Kind,
    entry::Entry,
    operands::{Operands, operands},
    sheet::Sheet,
};

/// What stands in a cell that a formula may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Nothing.
    #[default]
    Empty,
    /// Something that could not be read.
    Unreadable,
    /// A value.
    Value(Entry),
    /// A number that stands in the cell as text: we read it, a formula does not.
    Typed(Entry),
}

/// The result of a formula.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Computed {
    /// The result; `Empty` when a cell it needs could not be read.
    pub(crate) value: Entry,
    /// Whether a spreadsheet program must come to the same result.
    pub(crate) certain: bool,
    /// Whether any cell that it uses holds a value.
    pub(crate) fed: bool,
}

/// Sums grow from here; `None` once a cell could not be read.
#[derive(Clone, Copy)]
struct Sum {
    value: Option<i64>,
    certain: bool,
    fed: bool,
}

/// The result of the formula in a cell; `slots` gives what stands in each cell by row and column of the layout.
/// Cells that are formulas themselves are computed, not looked up, unless a lead has typed over them.
pub(crate) fn compute(
    sheet: &Sheet,
    row: usize,
    column: usize,
    slots: &dyn Fn(usize, usize) -> Slot,
) -> Computed {
    let sum = result(sheet, row, column, slots, sheet.rows.len());
    let value = match (sum.value, sheet.kind_of(row, column)) {
        (Some(cents), Some(Kind::Money)) => Entry::Money(Money::from_cents(cents)),
        (Some(count), _) => Entry::Count(count),
        (None, _) => Entry::Empty,
    };
    Computed {
        value,
        certain: sum.certain,
        fed: sum.fed,
    }
}

type Slots<'a> = &'a dyn Fn(usize, usize) -> Slot;

fn result(sheet: &Sheet, row: usize, column: usize, slots: Slots<'_>, depth: usize) -> Sum {
    let Operands { plus, minus, rate } = operands(sheet, row, column);
    let operand = |(row, column): &(usize, usize)| operand(sheet, *row, *column, slots, depth);
    let sum = plus.iter().map(operand).fold(Sum::NOTHING, Sum::plus);
    let sum = minus.iter().map(operand).fold(sum, Sum::minus);
    match rate {
        Some(rate) => Sum {
            value: sum
                .value
                .map(|cents| Money::from_cents(cents).share(rate).cents()),
            ..sum
        },
        None => sum,
    }
}

/// What a cell contributes: what stands in it, or its own result when it is a formula with nothing typed over it.
fn operand(sheet: &Sheet, row: usize, column: usize, slots: Slots<'_>, depth: usize) -> Sum {
    let number = |entry: &Entry, certain| Sum {
        value: Some(entry.number().unwrap_or(0)),
        certain,
        fed: true,
    };
    match slots(row, column) {
        Slot::Value(entry) => number(&entry, true),
        Slot::Typed(entry) => number(&entry, false),
        Slot::Unreadable => Sum {
            value: None,
            certain: false,
            fed: true,
        },
        Slot::Empty if depth > 0 => result(sheet, row, column, slots, depth - 1),
        Slot::Empty => Sum::NOTHING,
    }
}

impl Sum {
    const NOTHING: Self = Self {
        value: Some(0),
        certain: true,
        fed: false,
    };

    fn plus(self, other: Self) -> Self {
        self.with(other, i64::checked_add)
    }

    fn minus(self, other: Self) -> Self {
        self.with(other, i64::checked_sub)
    }

    fn with(self, other: Self, apply: fn(i64, i64) -> Option<i64>) -> Self {
        Self {
            value: self.value.zip(other.value).and_then(|(a, b)| apply(a, b)),
            certain: self.certain && other.certain,
            fed: self.fed || other.fed,
        }
    }
}
