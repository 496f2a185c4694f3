//! Input hints, drop-downs and bounds, as data validations.
//!
//! Headers, keys, prefilled and computed cells carry a validation that refuses typing. Unlike sheet protection it hinders
//! neither sorting nor filtering nor adding rows and columns.

use chrono::NaiveDate;
use nachweis_domain::{cell::CellRef, language::Text, limits};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Worksheet};

use super::{IngestError, book::Book, hidden};
use crate::layout::{Choice, Column, FIRST_ROW, HEADER_ROW, Kind, Role, Sheet};

/// Excel's bounds of titles and messages, in characters.
const TITLE_LIMIT: usize = 32;
const MESSAGE_LIMIT: usize = 255;

/// The hints of a sheet with keyed rows: one validation per column, one for everything that is not to be typed over.
pub(super) fn keyed(book: &Book<'_>, sheet: &Sheet, page: &mut Worksheet) -> Result<(), IngestError> {
    let mut fixed = Vec::new();
    for (column, spec) in sheet.columns.iter().enumerate() {
        let mut by_kind: Vec<(Kind, Vec<CellRef>)> = Vec::new();
        for row in 0..sheet.rows.len() {
            let at = sheet.issued_cell(row, column);
            match (sheet.role(row, column), sheet.kind_of(row, column)) {
                (Some(Role::Input { .. }), Some(kind)) => {
                    match by_kind.iter_mut().find(|(known, _)| *known == kind) {
                        Some((_, cells)) => cells.push(at),
                        None => by_kind.push((kind, vec![at])),
                    }
                }
                _ => fixed.push(at),
            }
        }
        for (kind, cells) in by_kind {
            add(page, &cells, rule(book, spec, kind)?)?;
        }
    }
    add(page, &fixed, refusal(book)?)?;
    headers(book, sheet, page)
}

/// The hints of the voucher list, for as many rows as may be handed in.
pub(super) fn vouchers(book: &Book<'_>, sheet: &Sheet, page: &mut Worksheet) -> Result<(), IngestError> {
    let last = FIRST_ROW.saturating_add(u32::try_from(limits::VOUCHERS.value).unwrap_or_default());
    for (col, column) in (0_u16..).zip(&sheet.columns) {
        page.add_data_validation(FIRST_ROW, col, last, col, &rule(book, column, column.kind)?)?;
    }
    headers(book, sheet, page)
}

fn headers(book: &Book<'_>, sheet: &Sheet, page: &mut Worksheet) -> Result<(), IngestError> {
    let last = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or_default();
    page.add_data_validation(HEADER_ROW, 0, HEADER_ROW, last, &refusal(book)?)?;
    Ok(())
}

fn add(page: &mut Worksheet, cells: &[CellRef], rule: DataValidation) -> Result<(), IngestError> {
    let Some(first) = cells.first() else { return Ok(()) };
    let all: Vec<String> = spans(cells);
    page.add_data_validation(
        first.row(),
        first.col(),
        first.row(),
        first.col(),
        &rule.set_multi_range(all.join(" ")),
    )?;
    Ok(())
}

/// Cells that follow each other in a column, as one span each.
fn spans(cells: &[CellRef]) -> Vec<String> {
    let mut spans: Vec<(&CellRef, &CellRef)> = Vec::new();
    for cell in cells {
        match spans.last_mut() {
            Some((_, last)) if last.col() == cell.col() && last.row() + 1 == cell.row() => *last = cell,
            _ => spans.push((cell, cell)),
        }
    }
    spans
        .into_iter()
        .map(|(first, last)| format!("{}:{}", first.a1(), last.a1()))
        .collect()
}

/// The validation of an input column.
fn rule(book: &Book<'_>, column: &Column, kind: Kind) -> Result<DataValidation, IngestError> {
    let new = DataValidation::new;
    let rule = match kind {
        Kind::Money => new().allow_decimal_number(DataValidationRule::Between(-1e10, 1e10)),
        Kind::Count => new().allow_whole_number(DataValidationRule::Between(-10_000_000, 10_000_000)),
        Kind::Date => new().allow_date(DataValidationRule::Between(
            NaiveDate::from_ymd_opt(2014, 1, 1).unwrap_or_default(),
            NaiveDate::from_ymd_opt(2035, 12, 31).unwrap_or_default(),
        )),
        Kind::Text { limit } => new().allow_text_length(DataValidationRule::LessThanOrEqualTo(
            u32::try_from(limit).unwrap_or(u32::MAX),
        )),
        Kind::Choice(Choice::Item) => new().allow_list_formula(Formula::new(hidden::items_range(book))),
        Kind::Choice(Choice::Confirmation) => {
            let language = book.record.language;
            new().allow_list_strings(&[language.pick("ja", "yes"), language.pick("nein", "no")])?
        }
        Kind::Quarter => new().allow_list_formula(Formula::new(hidden::quarters_range(book))),
        Kind::Key => new().allow_any_value(),
    };
    // A quarter may be typed in other ways (`Q3/2024`); the reader says so if it cannot read it.
    let style = match kind {
        Kind::Quarter => DataValidationErrorStyle::Warning,
        _ => DataValidationErrorStyle::Stop,
    };
    let title = cut(column.header.get(book.record.language), TITLE_LIMIT);
    Ok(rule
        .set_error_style(style)
        .set_error_title(title.clone())?
        .set_error_message(cut(&wrong(kind, book).0, MESSAGE_LIMIT))?
        .set_input_title(title)?
        .set_input_message(cut(column.hint.get(book.record.language), MESSAGE_LIMIT))?)
}

struct Message(String);

fn wrong(kind: Kind, book: &Book<'_>) -> Message {
    let text = match kind {
        Kind::Money => Text::new(
            "Bitte einen Betrag in Euro als Zahl eintragen, zum Beispiel 1234,56.",
            "Please enter an amount in euro as a number.",
        ),
        Kind::Count => Text::new(
            "Bitte eine ganze Zahl eintragen, bei Fehlanzeige 0.",
            "Please enter a whole number, 0 for none.",
        ),
        Kind::Date => Text::new(
            "Bitte ein Datum zwischen dem 01.01.2014 und dem 31.12.2035 eintragen.",
            "Please enter a date between 2014-01-01 and 2035-12-31.",
        ),
        Kind::Text { .. } | Kind::Key => Text::new(
            "Der Text ist zu lang. Bitte kürzen.",
            "The text is too long. Please shorten it.",
        ),
        Kind::Choice(_) => Text::new("Bitte aus der Liste wählen.", "Please choose from the list."),
        Kind::Quarter => Text::new(
            "Dieses Quartal steht nicht in der Liste. Bitte zum Beispiel 2024-Q1 eintragen.",
            "This quarter is not in the list. Please enter for example 2024-Q1.",
        ),
    };
    Message(text.get(book.record.language).to_owned())
}

/// The validation that refuses typing.
fn refusal(book: &Book<'_>) -> Result<DataValidation, IngestError> {
    let language = book.record.language;
    Ok(DataValidation::new()
        .allow_custom(Formula::new("=FALSE"))
        .ignore_blank(false)
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title(language.pick("Vorbelegt", "Prefilled"))?
        .set_error_message(language.pick(
            "Überschriften, Kennungen und vorbelegte Zellen bitte nicht ändern. Sortieren, Filtern und eigene Spalten sind erlaubt.",
            "Please leave headers, keys and prefilled cells unchanged. You may sort, filter and add columns of your own.",
        ))?)
}

fn cut(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}
