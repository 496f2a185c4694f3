//! The template's formulas as text, for a freshly issued workbook.
//!
//! Sorting moves rows, so a formula names cells of its own row by position and those of other rows by their key:
//! `INDEX(E:E,MATCH("income",$A:$A,0))` is column E of the row `income`, wherever it stands. Every spreadsheet program
//! calculates this in the summed column itself, because `INDEX` names a cell and does not look at the others.

use nachweis_domain::{cell::column_letters, limits};

use super::{
    cell::Formula,
    column::ColumnKey,
    operands::{Operands, Position, operands},
    sheet::{FIRST_ROW, HEADER_ROW, Sheet, SheetKind},
};

/// The formula of a cell in a freshly issued workbook, with its equals sign; `vouchers` is the sheet `Belege`.
pub(crate) fn formula_text(
    sheet: &Sheet,
    vouchers: Option<&Sheet>,
    row: usize,
    column: usize,
    formula: Formula,
) -> String {
    if formula == Formula::VoucherSum {
        return voucher_sum(sheet, vouchers, row);
    }
    let Operands { plus, minus, rate } = operands(sheet, row, column);
    let name = |cells: &[Position]| -> Vec<String> {
        let named = cells.iter().map(|cell| named(sheet, row, *cell));
        named.collect()
    };
    let sum = difference(&name(&plus), &name(&minus));
    match rate {
        Some(rate) => format!("=ROUND({sum}*{}%,2)", rate.percent().normalize()),
        None => format!("={sum}"),
    }
}

/// A cell as the formula of a row names it.
fn named(sheet: &Sheet, own: usize, (row, column): Position) -> String {
    match (sheet.rows.get(row), sheet.column_index(ColumnKey::Key)) {
        (Some(spec), Some(keys)) if row != own => {
            let (letters, keys) = (letters(column), letters(keys));
            // Keys are letters, digits, plus signs and underscores: nothing to escape, no wildcards.
            format!(
                "INDEX({letters}:{letters},MATCH(\"{}\",${keys}:${keys},0))",
                spec.key
            )
        }
        _ => address(row, column),
    }
}

/// Vouchers name their plan item as the drop-down offers it: by the name that stands on this sheet. The ranges begin at
/// the headers, so that they hold rows that are added at the top.
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
    let (first, last) = (u64::from(HEADER_ROW) + 1, last_voucher());
    let page = SheetKind::Vouchers.name();
    format!("=SUMIF({page}!${item}${first}:${item}${last},{name},{page}!${amount}${first}:${amount}${last})")
}

/// The sum above the voucher list, by the column of amounts.
pub(crate) fn all_vouchers(amount: u16) -> String {
    let letters = column_letters(amount);
    format!("=SUM({letters}{}:{letters}{})", HEADER_ROW + 1, last_voucher())
}

/// The last row of the voucher list, from one.
fn last_voucher() -> u64 {
    u64::from(FIRST_ROW) + limits::VOUCHERS.value
}

/// `SUM(A,B)-SUM(C)`; `SUM` passes over texts, where a plus sign would give an error value.
fn difference(plus: &[String], minus: &[String]) -> String {
    let plus = format!("SUM({})", plus.join(","));
    if minus.is_empty() {
        plus
    } else {
        format!("{plus}-SUM({})", minus.join(","))
    }
}

fn address(row: usize, column: usize) -> String {
    let number = u64::from(FIRST_ROW) + 1 + u64::try_from(row).unwrap_or(u64::MAX / 2);
    format!("{}{number}", letters(column))
}

fn letters(column: usize) -> String {
    column_letters(u16::try_from(column).unwrap_or(u16::MAX))
}
