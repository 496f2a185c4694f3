//! From the values of keyed sheets to figures.

use nachweis_domain::{
    cell::{CellRef, Located},
    figures::{CounterFigure, FundFigure, IndicatorFigure, ItemFigure, NarrativeFigure},
    key::{CounterKey, IndicatorCode, ItemKey, NarrativeKey, SourceKey},
    money::Money,
    quarter::Quarter,
};

use super::confirm::Values;
use crate::layout::{ColumnKey, Entry, RowKind};

/// Rows that were found and are not for people only: index, key, the cell of the key.
fn rows(values: &Values<'_, '_>) -> Vec<(usize, String, CellRef)> {
    let key_column = values.sheet().column_index(ColumnKey::Key).unwrap_or(0);
    let rows = values.sheet().rows.iter().enumerate();
    rows.filter(|(_, row)| row.kind != RowKind::Total)
        .filter_map(|(index, row)| Some((index, row.key.clone(), values.keyed.at(index, key_column)?)))
        .collect()
}

/// Sheet `Ausgaben`.
pub(super) fn expenditure(values: &Values<'_, '_>) -> Vec<ItemFigure> {
    let amount = |index| money(values, index, ColumnKey::Amount);
    rows(values)
        .into_iter()
        .filter_map(|(index, key, _)| {
            Some(ItemFigure {
                item: ItemKey::new(key),
                amount: amount(index)?,
            })
        })
        .collect()
}

/// Sheet `Mittel`.
pub(super) fn funds(values: &Values<'_, '_>) -> Vec<FundFigure> {
    rows(values)
        .into_iter()
        .map(|(index, key, at)| FundFigure {
            source: SourceKey::new(key),
            at,
            called: money(values, index, ColumnKey::Called),
            received: money(values, index, ColumnKey::Received),
            spent: money(values, index, ColumnKey::Spent),
        })
        .collect()
}

/// Sheet `Indikatoren`.
pub(super) fn indicators(values: &Values<'_, '_>) -> Vec<IndicatorFigure> {
    rows(values)
        .into_iter()
        .map(|(index, key, at)| IndicatorFigure {
            code: IndicatorCode::new(key),
            at,
            women: count(values, index, ColumnKey::Women),
            men: count(values, index, ColumnKey::Men),
            non_binary: count(values, index, ColumnKey::NonBinary),
            total: count(values, index, ColumnKey::Total),
            corrects: quarter(values, index, ColumnKey::Corrects),
            note: text(values, index, ColumnKey::Note),
        })
        .collect()
}

/// Sheet `Kennzahlen`.
pub(super) fn counters(values: &Values<'_, '_>) -> Vec<CounterFigure> {
    rows(values)
        .into_iter()
        .map(|(index, key, at)| CounterFigure {
            counter: CounterKey::new(key),
            at,
            count: count(values, index, ColumnKey::Count),
        })
        .collect()
}

/// Sheet `Sachbericht`.
pub(super) fn narrative(values: &Values<'_, '_>) -> Vec<NarrativeFigure> {
    rows(values)
        .into_iter()
        .filter_map(|(index, key, _)| {
            Some(NarrativeFigure {
                part: NarrativeKey::new(key),
                text: text(values, index, ColumnKey::Text)?,
            })
        })
        .collect()
}

fn money(values: &Values<'_, '_>, row: usize, key: ColumnKey) -> Option<Located<Money>> {
    match values.entry(row, key)? {
        (Entry::Money(money), at) => Some(Located::new(money, at)),
        _ => None,
    }
}

fn count(values: &Values<'_, '_>, row: usize, key: ColumnKey) -> Option<Located<i64>> {
    match values.entry(row, key)? {
        (Entry::Count(count), at) => Some(Located::new(count, at)),
        _ => None,
    }
}

fn quarter(values: &Values<'_, '_>, row: usize, key: ColumnKey) -> Option<Located<Quarter>> {
    match values.entry(row, key)? {
        (Entry::Quarter(quarter), at) => Some(Located::new(quarter, at)),
        _ => None,
    }
}

fn text(values: &Values<'_, '_>, row: usize, key: ColumnKey) -> Option<Located<String>> {
    match values.entry(row, key)? {
        (Entry::Text(text), at) => Some(Located::new(text, at)),
        _ => None,
    }
}
