//! What a single cell is for: the meeting of a row and a column.

use super::{
    column::{Choice, Column, ColumnKey, Kind, Source},
    row::{Field, Row, RowKind},
};
use nachweis_domain::limits;

/// What a cell is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The row's stable key.
    Key,
    /// A name for people.
    Label,
    /// Issued from the record.
    Prefilled,
    /// For the lead.
    Input {
        /// Whether an empty cell is a finding.
        required: bool,
    },
    /// A formula whose result is read and recomputed.
    Computed(Formula),
    /// A formula that only helps the lead.
    Aid(Formula),
    /// Nothing belongs here.
    Unused,
}

/// A rule of calculation of the template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Formula {
    /// Cells of the same row, added and subtracted.
    InRow {
        /// What is added.
        plus: &'static [ColumnKey],
        /// What is subtracted.
        minus: &'static [ColumnKey],
    },
    /// The row's flat rate on its base, in the same column.
    FlatRate,
    /// The parts of the row, in the same column.
    SumOfRows,
    /// All rows of the sheet in the same column; deducted rows are subtracted.
    ColumnTotal,
    /// The vouchers of the row's plan item.
    VoucherSum,
}

/// What the cell in a row and a column is for.
pub(super) fn role(row: &Row, column: &Column) -> Role {
    match (&row.kind, column.source) {
        (_, Source::Key) => Role::Key,
        (_, Source::Label) => Role::Label,
        (RowKind::Total, source) => total(column, source),
        (RowKind::Field(field), _) if field.is_input() => Role::Input {
            required: *field == Field::Declaration,
        },
        (RowKind::Field(_), _) => Role::Prefilled,
        _ if row.entities && is_gender(column.key) => Role::Unused,
        (RowKind::SumOf { .. }, _) if sums(row, column) => Role::Computed(Formula::SumOfRows),
        (RowKind::FlatRate { .. }, Source::Input { .. }) => Role::Computed(Formula::FlatRate),
        (RowKind::FlatRate { .. }, Source::Aid(Formula::VoucherSum)) => Role::Unused,
        (_, Source::Computed(_)) if row.entities && column.key == ColumnKey::Total => {
            Role::Input { required: true }
        }
        (_, Source::Prefilled) => Role::Prefilled,
        (_, Source::Input { required }) => Role::Input { required },
        (_, Source::Computed(formula)) => Role::Computed(formula),
        (_, Source::Aid(formula)) => Role::Aid(formula),
    }
}

/// What the cell in a row and a column holds; only fields of the cover differ from their column.
pub(super) fn kind(row: &Row, column: &Column) -> Kind {
    match (&row.kind, column.key) {
        (RowKind::Field(Field::Declaration), ColumnKey::Value) => Kind::Choice(Choice::Confirmation),
        (RowKind::Field(_), ColumnKey::Value) => Kind::Text {
            limit: limits::VOUCHER_TEXT.value,
        },
        _ => column.kind,
    }
}

fn total(column: &Column, source: Source) -> Role {
    match (column.kind, source) {
        (Kind::Money, Source::Aid(_)) => Role::Aid(Formula::ColumnTotal),
        (Kind::Money, _) => Role::Computed(Formula::ColumnTotal),
        _ => Role::Unused,
    }
}

/// Whether a cell of a sum row is that sum: typed counts are, and the total of entities.
fn sums(row: &Row, column: &Column) -> bool {
    let typed = matches!((column.source, column.kind), (Source::Input { .. }, Kind::Count));
    typed || (row.entities && column.key == ColumnKey::Total)
}

const fn is_gender(key: ColumnKey) -> bool {
    matches!(key, ColumnKey::Women | ColumnKey::Men | ColumnKey::NonBinary)
}
