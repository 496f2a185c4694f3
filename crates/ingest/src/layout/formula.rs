//! The template's formulas as text, for a freshly issued workbook.
//!
//! They name cells by position, as people expect to read them; [`super::compute`] works by key.

use nachweis_domain::{cell::column_letters, key::ItemKey};

use super::{
    cell::Formula,
    column::ColumnKey,
    row::RowKind,
    sheet::{FIRST_ROW, Sheet, SheetKind},
};
use crate::limits;

/// The formula of a cell in a freshly issued workbook, with its equals sign; `vouchers` is the sheet `Belege`.
pub(crate) fn formula_text(
    sheet: &Sheet,
    vouchers: Option<&Sheet>,
    row: usize,
    column: usize,
    formula: Formula,
) -> String {
    let in_column = |row: usize| address(row, column);
    let in_row = |key: &ColumnKey| sheet.column_index(*key).map(|column| address(row, column));
    let rows_of = |keys: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        keys.filter_map(|key| sheet.row_index(key))
            .map(in_column)
            .collect()
    };
    match (formula, sheet.rows.get(row).map(|row| &row.kind)) {
        (Formula::InRow { plus, minus }, _) => format!(
            "={}",
            difference(
                &plus.iter().filter_map(in_row).collect::<Vec<_>>(),
                &minus.iter().filter_map(in_row).collect::<Vec<_>>()
            )
        ),
        (Formula::FlatRate, Some(RowKind::FlatRate { base, rate })) => format!(
            "=ROUND(SUM({})*{}%,2)",
            rows_of(&mut base.iter().map(ItemKey::as_str)).join(","),
            rate.percent().normalize()
        ),
        (Formula::SumOfRows, Some(RowKind::SumOf { parts })) => {
            format!(
                "=SUM({})",
                rows_of(&mut parts.iter().map(String::as_str)).join(",")
            )
        }
        (Formula::VoucherSum, _) => voucher_sum(sheet, vouchers, row),
        _ => column_total(sheet, row, column),
    }
}

fn column_total(sheet: &Sheet, row: usize, column: usize) -> String {
    let cells = |deducted: bool| -> Vec<String> {
        sheet
            .rows
            .iter()
            .enumerate()
            .filter(|(other, spec)| *other != row && spec.deducted == deducted)
            .map(|(other, _)| address(other, column))
            .collect()
    };
    format!("={}", difference(&cells(false), &cells(true)))
}

/// Vouchers name their plan item as the drop-down offers it: by the name that stands on this sheet.
fn voucher_sum(sheet: &Sheet, vouchers: Option<&Sheet>, row: usize) -> String {
    let column = |key| {
        vouchers
            .and_then(|vouchers| vouchers.column_index(key))
            .map(letters)
    };
    let name = sheet.column_index(ColumnKey::Name).map(|name| address(row, name));
    let (Some(item), Some(amount), Some(name)) = (column(ColumnKey::Item), column(ColumnKey::Amount), name)
    else {
        return "=0".to_owned();
    };
    let (first, last) = (
        u64::from(FIRST_ROW) + 1,
        u64::from(FIRST_ROW) + limits::VOUCHERS.value,
    );
    let page = SheetKind::Vouchers.name();
    format!("=SUMIF({page}!${item}${first}:${item}${last},{name},{page}!${amount}${first}:${amount}${last})")
}

/// `SUM(A,B)-SUM(C)`; `SUM` passes over texts, where a plus sign would give an error value.
fn difference(plus: &[String], minus: &[String]) -> String {
    let plus = format!("SUM({})", spans(plus));
    if minus.is_empty() {
        plus
    } else {
        format!("{plus}-SUM({})", spans(minus))
    }
}

/// Cells as arguments; neighbours in a column as one span, so that long totals stay readable.
fn spans(cells: &[String]) -> String {
    let row = |cell: &str| {
        cell.trim_start_matches(|char: char| char.is_ascii_alphabetic())
            .parse::<u32>()
            .ok()
    };
    let column = |cell: &str| {
        cell.trim_end_matches(|char: char| char.is_ascii_digit())
            .to_owned()
    };
    let consecutive = cells
        .windows(2)
        .all(|pair| matches!(pair, [a, b] if column(a) == column(b) && row(a).map(|row| row + 1) == row(b)));
    match (cells.first(), cells.last()) {
        (Some(first), Some(last)) if cells.len() > 2 && consecutive => format!("{first}:{last}"),
        _ => cells.join(","),
    }
}

fn address(row: usize, column: usize) -> String {
    let number = u64::from(FIRST_ROW) + 1 + u64::try_from(row).unwrap_or(u64::MAX / 2);
    format!("{}{number}", letters(column))
}

fn letters(column: usize) -> String {
    column_letters(u16::try_from(column).unwrap_or(u16::MAX))
}
