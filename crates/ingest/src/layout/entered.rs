//! What a lead enters: the value of each input cell, from figures. The way back from reading.

use nachweis_domain::{
    cell::Located,
    figures::{IndicatorFigure, QuarterlyFigures},
    money::Money,
};

use super::{
    column::ColumnKey,
    entry::Entry,
    row::{Field, Row, RowKind},
    sheet::SheetKind,
};

/// The value that a lead has entered in a row and column of a sheet with keyed rows. Formula cells give the value that
/// the figures hold for them, so that a typed-over formula is shown as typed.
pub(crate) fn entered(figures: &QuarterlyFigures, sheet: SheetKind, row: &Row, column: ColumnKey) -> Entry {
    match sheet {
        SheetKind::Expenditure if column == ColumnKey::Amount => figures
            .expenditure
            .iter()
            .find(|figure| figure.item.as_str() == row.key)
            .map_or(Entry::Empty, |figure| Entry::Money(figure.amount.value)),
        SheetKind::Funds => fund(figures, row, column),
        SheetKind::Indicators => figures
            .indicators
            .iter()
            .find(|figure| figure.code.as_str() == row.key)
            .map_or(Entry::Empty, |figure| indicator(figure, column)),
        SheetKind::Counters if column == ColumnKey::Count => figures
            .counters
            .iter()
            .find(|figure| figure.counter.as_str() == row.key)
            .map_or(Entry::Empty, |figure| count(figure.count.as_ref())),
        SheetKind::Narrative if column == ColumnKey::Text => figures
            .narrative
            .iter()
            .find(|figure| figure.part.as_str() == row.key)
            .map_or(Entry::Empty, |figure| Entry::Text(figure.text.value.clone())),
        _ => Entry::Empty,
    }
}

/// Whether a row is the declaration on the cover.
pub(crate) fn is_declaration(row: &Row) -> bool {
    row.kind == RowKind::Field(Field::Declaration)
}

fn fund(figures: &QuarterlyFigures, row: &Row, column: ColumnKey) -> Entry {
    let Some(figure) = figures
        .funds
        .iter()
        .find(|figure| figure.source.as_str() == row.key)
    else {
        return Entry::Empty;
    };
    match column {
        ColumnKey::Called => money(figure.called.as_ref()),
        ColumnKey::Received => money(figure.received.as_ref()),
        ColumnKey::Spent => money(figure.spent.as_ref()),
        _ => Entry::Empty,
    }
}

fn indicator(figure: &IndicatorFigure, column: ColumnKey) -> Entry {
    match column {
        ColumnKey::Women => count(figure.women.as_ref()),
        ColumnKey::Men => count(figure.men.as_ref()),
        ColumnKey::NonBinary => count(figure.non_binary.as_ref()),
        ColumnKey::Total => count(figure.total.as_ref()),
        ColumnKey::Corrects => figure
            .corrects
            .as_ref()
            .map_or(Entry::Empty, |quarter| Entry::Quarter(quarter.value)),
        ColumnKey::Note => figure
            .note
            .as_ref()
            .map_or(Entry::Empty, |note| Entry::Text(note.value.clone())),
        _ => Entry::Empty,
    }
}

fn money(value: Option<&Located<Money>>) -> Entry {
    value.map_or(Entry::Empty, |value| Entry::Money(value.value))
}

fn count(value: Option<&Located<i64>>) -> Entry {
    value.map_or(Entry::Empty, |value| Entry::Count(value.value))
}
