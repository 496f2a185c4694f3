//! Sheets with keyed rows: each cell by its role.

use nachweis_domain::{finding::Severity, money::Money};
use rust_xlsxwriter::{Format, Formula as Written, Note, Worksheet};

use super::{
    IngestError,
    book::Book,
    hints,
    number::nearest_double,
    style::{Look, Shape},
};
use crate::layout::{
    ColumnKey, Computed, Entry, FIRST_ROW, Formula, Role, RowKind, Sheet, SheetKind, Slot, compute, entered,
    formula_text, is_declaration, prefilled,
};

/// A cell on its sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) sheet: SheetKind,
    pub(super) row: u32,
    pub(super) col: u16,
}

/// Writes all rows of a keyed sheet.
pub(super) fn fill(book: &Book<'_>, sheet: &Sheet, page: &mut Worksheet) -> Result<(), IngestError> {
    for row in 0..sheet.rows.len() {
        for column in 0..sheet.columns.len() {
            cell(book, sheet, page, row, column)?;
        }
        let at = sheet.issued_cell(row, 0);
        page.set_row_height(at.row(), height(book, sheet, row))?;
    }
    hints::keyed(book, sheet, page)
}

fn cell(
    book: &Book<'_>,
    sheet: &Sheet,
    page: &mut Worksheet,
    row: usize,
    column: usize,
) -> Result<(), IngestError> {
    let (Some(role), Some(kind)) = (sheet.role(row, column), sheet.kind_of(row, column)) else {
        return Ok(());
    };
    let at = sheet.issued_cell(row, column);
    let place = Place {
        sheet: sheet.kind,
        row: at.row(),
        col: at.col(),
    };
    let format = book
        .styles
        .cell(look(sheet, row, role), Shape::from(kind), mark(book, place));
    match role {
        Role::Computed(formula) | Role::Aid(formula) => {
            let slots = |row, column| slot(book, sheet, row, column);
            let result = match formula {
                Formula::VoucherSum => voucher_sum(book, sheet, row),
                _ => compute(sheet, row, column, &slots).value,
            };
            match typed_over(book, sheet, row, column) {
                typed if typed != Entry::Empty => put(book, page, place, &typed, format)?,
                _ => {
                    let text = formula_text(
                        sheet,
                        book.layout.sheet(SheetKind::Vouchers),
                        row,
                        column,
                        formula,
                    );
                    let written = Written::new(text).set_result(result.shown());
                    page.write_formula_with_format(place.row, place.col, written, format)?;
                    note(book, page, place)?;
                }
            }
        }
        _ => put(
            book,
            page,
            place,
            &content(book, sheet, row, column, role),
            format,
        )?,
    }
    Ok(())
}

/// The height of a row in points: a narrative gets room to write, a long name its lines. Widths count digits; letters
/// are narrower by 17 to 20 on average.
fn height(book: &Book<'_>, sheet: &Sheet, row: usize) -> u16 {
    if sheet.kind == SheetKind::Narrative {
        return 130;
    }
    let lines = sheet.columns.iter().enumerate().map(|(column, spec)| {
        let role = sheet.role(row, column).unwrap_or(Role::Unused);
        let text = match role {
            Role::Label | Role::Prefilled => content(book, sheet, row, column, role).shown(),
            _ => String::new(),
        };
        let letters = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
        letters
            .saturating_mul(17)
            .div_ceil(spec.width.saturating_sub(2).max(1).saturating_mul(20))
    });
    lines
        .max()
        .unwrap_or(1)
        .max(1)
        .saturating_mul(13)
        .saturating_add(4)
}

/// What stands in a cell that is no formula.
fn content(book: &Book<'_>, sheet: &Sheet, row: usize, column: usize, role: Role) -> Entry {
    let (Some(spec), Some(header)) = (sheet.rows.get(row), sheet.columns.get(column)) else {
        return Entry::Empty;
    };
    match role {
        Role::Key => Entry::Text(spec.key.clone()),
        Role::Label => Entry::Text(spec.name.get(book.record.language).to_owned()),
        Role::Prefilled => prefilled(book.record, sheet.kind, spec, header.key),
        Role::Input { .. } if is_declaration(spec) && book.is_declared => {
            Entry::Text(book.record.language.pick("ja", "yes").to_owned())
        }
        Role::Input { .. } => book.figures.map_or(Entry::Empty, |figures| {
            entered(figures, sheet.kind, spec, header.key)
        }),
        Role::Computed(_) | Role::Aid(_) | Role::Unused => Entry::Empty,
    }
}

/// What a formula sees: prefilled and entered values; formulas count as empty unless the figures differ from them.
fn slot(book: &Book<'_>, sheet: &Sheet, row: usize, column: usize) -> Slot {
    let entry = match sheet.role(row, column) {
        Some(role @ (Role::Prefilled | Role::Input { .. })) => content(book, sheet, row, column, role),
        Some(Role::Computed(_)) => typed_over(book, sheet, row, column),
        Some(Role::Aid(Formula::VoucherSum)) => voucher_sum(book, sheet, row),
        _ => Entry::Empty,
    };
    match entry {
        Entry::Empty => Slot::Empty,
        entry => Slot::Value(entry),
    }
}

/// The value that the figures hold for a formula cell, where it is not what the formula gives.
fn typed_over(book: &Book<'_>, sheet: &Sheet, row: usize, column: usize) -> Entry {
    let (Some(figures), Some(spec), Some(header)) =
        (book.figures, sheet.rows.get(row), sheet.columns.get(column))
    else {
        return Entry::Empty;
    };
    let held = entered(figures, sheet.kind, spec, header.key);
    if held == Entry::Empty {
        return held;
    }
    let others = |other_row, other_column| {
        if (other_row, other_column) == (row, column) {
            Slot::Empty
        } else {
            slot(book, sheet, other_row, other_column)
        }
    };
    let Computed { value, .. } = compute(sheet, row, column, &others);
    if value == held { Entry::Empty } else { held }
}

fn voucher_sum(book: &Book<'_>, sheet: &Sheet, row: usize) -> Entry {
    let key = sheet.rows.get(row).map(|row| row.key.as_str());
    let sum: Money = book.figures.map_or(Money::ZERO, |figures| {
        figures
            .vouchers
            .rows
            .iter()
            .filter(|voucher| voucher.item.as_ref().map(nachweis_domain::key::ItemKey::as_str) == key)
            .filter_map(|voucher| voucher.amount)
            .sum()
    });
    Entry::Money(sum)
}

fn look(sheet: &Sheet, row: usize, role: Role) -> Look {
    let is_total = sheet.rows.get(row).is_some_and(|row| row.kind == RowKind::Total);
    match role {
        Role::Key => Look::Key,
        _ if is_total => Look::Total,
        Role::Label => Look::Label,
        Role::Prefilled => Look::Prefilled,
        Role::Input { .. } => Look::Input,
        Role::Computed(_) | Role::Aid(_) => Look::Computed,
        Role::Unused => Look::Unused,
    }
}

/// The mark of a cell.
pub(super) fn mark(book: &Book<'_>, place: Place) -> Option<Severity> {
    book.overlay
        .marks
        .get(&(place.sheet, place.row, place.col))
        .copied()
}

/// Writes a value, or what a lead typed in its place, and the note of the cell. Text never becomes a formula.
pub(super) fn put(
    book: &Book<'_>,
    page: &mut Worksheet,
    place: Place,
    entry: &Entry,
    format: &Format,
) -> Result<(), IngestError> {
    let (row, col) = (place.row, place.col);
    let typed = book.overlay.typed.get(&(place.sheet, row, col));
    match (typed, entry) {
        (Some(typed), _) => page.write_string_with_format(row, col, typed, format)?,
        (None, Entry::Empty) => page.write_blank(row, col, format)?,
        (None, Entry::Text(text)) => page.write_string_with_format(row, col, text, format)?,
        (None, Entry::Quarter(quarter)) => {
            page.write_string_with_format(row, col, quarter.to_string(), format)?
        }
        (None, Entry::Date(date)) => page.write_datetime_with_format(row, col, date, format)?,
        (None, Entry::Money(money)) => {
            page.write_number_with_format(row, col, nearest_double(money), format)?
        }
        (None, Entry::Count(count)) => {
            page.write_number_with_format(row, col, nearest_double(count), format)?
        }
    };
    note(book, page, place)
}

fn note(book: &Book<'_>, page: &mut Worksheet, place: Place) -> Result<(), IngestError> {
    if let Some(text) = book.overlay.notes.get(&(place.sheet, place.row, place.col)) {
        let note = Note::new(text)
            .add_author_prefix(false)
            .set_width(320)
            .set_height(120);
        page.insert_note(place.row, place.col, &note)?;
    }
    Ok(())
}

/// The voucher sheet's column index of a key.
pub(super) fn column_of(sheet: &Sheet, key: ColumnKey) -> u16 {
    sheet
        .column_index(key)
        .and_then(|index| u16::try_from(index).ok())
        .unwrap_or_default()
}

/// The row of a voucher in a freshly issued workbook.
pub(super) fn voucher_row(index: usize) -> u32 {
    FIRST_ROW.saturating_add(u32::try_from(index).unwrap_or(u32::MAX))
}
