//! Which cells a formula of the template adds and subtracts. Its text and its result are both made from this.

use nachweis_domain::rate::Rate;

use super::{
    cell::{Formula, Role},
    column::ColumnKey,
    row::RowKind,
    sheet::Sheet,
};

/// A cell by row and column of the layout.
pub(crate) type Position = (usize, usize);

/// What a formula is made of: the cells added, the cells subtracted, and the rate that is applied to the sum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Operands {
    /// Cells that are added.
    pub(crate) plus: Vec<Position>,
    /// Cells that are subtracted.
    pub(crate) minus: Vec<Position>,
    /// The rate on the sum, rounded half up to whole cents; `None` for the sum itself.
    pub(crate) rate: Option<Rate>,
}

/// The operands of the formula in a cell; none for a cell without a formula, and for the sum of the vouchers, which
/// stand on another sheet.
pub(crate) fn operands(sheet: &Sheet, row: usize, column: usize) -> Operands {
    let Some(Role::Computed(formula) | Role::Aid(formula)) = sheet.role(row, column) else {
        return Operands::default();
    };
    let in_row = |keys: &[ColumnKey]| -> Vec<Position> {
        let columns = keys.iter().filter_map(|key| sheet.column_index(*key));
        columns.map(|column| (row, column)).collect()
    };
    let in_column = |keys: &mut dyn Iterator<Item = &str>| -> Vec<Position> {
        let rows = keys.filter_map(|key| sheet.row_index(key));
        rows.map(|row| (row, column)).collect()
    };
    match (formula, sheet.rows.get(row).map(|row| &row.kind)) {
        (Formula::InRow { plus, minus }, _) => Operands {
            plus: in_row(plus),
            minus: in_row(minus),
            rate: None,
        },
        (Formula::FlatRate, Some(RowKind::FlatRate { base, rate })) => Operands {
            plus: in_column(&mut base.iter().map(nachweis_domain::key::ItemKey::as_str)),
            rate: Some(*rate),
            ..Operands::default()
        },
        (Formula::SumOfRows, Some(RowKind::SumOf { parts })) => Operands {
            plus: in_column(&mut parts.iter().map(String::as_str)),
            ..Operands::default()
        },
        (Formula::ColumnTotal, _) => column_total(sheet, row, column),
        _ => Operands::default(),
    }
}

/// All other rows; those that are deducted are subtracted.
fn column_total(sheet: &Sheet, row: usize, column: usize) -> Operands {
    let cells = |deducted: bool| -> Vec<Position> {
        let rows = sheet.rows.iter().enumerate();
        rows.filter(|(other, spec)| *other != row && spec.deducted == deducted)
            .map(|(other, _)| (other, column))
            .collect()
    };
    Operands {
        plus: cells(false),
        minus: cells(true),
        rate: None,
    }
}
