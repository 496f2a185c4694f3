//! The voucher list: prepared rows, and the vouchers of the figures.

use nachweis_domain::figures::Voucher;
use rust_xlsxwriter::{Formula as Written, Worksheet};

use super::{
    IngestError,
    book::Book,
    hints,
    style::{Look, Shape},
    table::{Place, column_of, mark, put, voucher_row},
};
use crate::layout::{ColumnKey, Entry, FIRST_ROW, HEADER_ROW, LIST_SUM, Sheet, VOUCHER_ROWS, all_vouchers};

/// The vouchers of a workbook without figures.
const NONE: &[Voucher] = &[];

/// Writes the vouchers and prepares further rows.
pub(super) fn fill(book: &Book<'_>, sheet: &Sheet, page: &mut Worksheet) -> Result<(), IngestError> {
    let vouchers = book.figures.map_or(NONE, |figures| &figures.vouchers.rows);
    for (index, voucher) in vouchers.iter().enumerate() {
        for (col, column) in (0_u16..).zip(&sheet.columns) {
            let place = Place {
                sheet: sheet.kind,
                row: voucher_row(index),
                col,
            };
            let format = book
                .styles
                .cell(Look::Input, Shape::from(column.kind), mark(book, place));
            put(book, page, place, &entry(book, voucher, column.key), format)?;
        }
    }
    let used = voucher_row(vouchers.len());
    for row in used..FIRST_ROW + VOUCHER_ROWS {
        for (col, column) in (0_u16..).zip(&sheet.columns) {
            page.write_blank(
                row,
                col,
                book.styles.cell(Look::Input, Shape::from(column.kind), None),
            )?;
        }
    }
    sum(book, sheet, vouchers, page)?;
    let last = used.max(FIRST_ROW + VOUCHER_ROWS).saturating_sub(1);
    page.autofilter(
        HEADER_ROW,
        0,
        last,
        u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or_default(),
    )?;
    hints::vouchers(book, sheet, page)
}

/// The value of a voucher's field. Plan items are written by the name that the drop-down offers.
fn entry(book: &Book<'_>, voucher: &Voucher, column: ColumnKey) -> Entry {
    let text = |text: &Option<String>| text.clone().map_or(Entry::Empty, Entry::Text);
    match column {
        ColumnKey::Number => text(&voucher.number),
        ColumnKey::PaidOn => voucher.paid_on.map_or(Entry::Empty, Entry::Date),
        ColumnKey::Payee => text(&voucher.payee),
        ColumnKey::Purpose => text(&voucher.purpose),
        ColumnKey::Item => voucher.item.as_ref().map_or(Entry::Empty, |item| {
            let spec = book.record.round.plan_item(item);
            Entry::Text(spec.map_or_else(|| item.to_string(), |spec| book.pick(&spec.name).to_owned()))
        }),
        ColumnKey::Amount => voucher.amount.map_or(Entry::Empty, Entry::Money),
        ColumnKey::Corrects => voucher.corrects.map_or(Entry::Empty, Entry::Quarter),
        _ => Entry::Empty,
    }
}

/// The sum of the list above it, where it stays in view however long the list grows.
fn sum(
    book: &Book<'_>,
    sheet: &Sheet,
    vouchers: &[Voucher],
    page: &mut Worksheet,
) -> Result<(), IngestError> {
    let total: nachweis_domain::money::Money = vouchers.iter().filter_map(|voucher| voucher.amount).sum();
    let amount = column_of(sheet, ColumnKey::Amount);
    let formula = Written::new(all_vouchers(amount)).set_result(total.to_string());
    let [german, english] = LIST_SUM;
    let label = book.record.language.pick(german, english);
    page.write_string_with_format(
        HEADER_ROW - 1,
        amount.saturating_sub(1),
        label,
        book.styles.cell(Look::Total, Shape::Text, None),
    )?;
    page.write_formula_with_format(
        HEADER_ROW - 1,
        amount,
        formula,
        book.styles.cell(Look::Total, Shape::Money, None),
    )?;
    Ok(())
}
