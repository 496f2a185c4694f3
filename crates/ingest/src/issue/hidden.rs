//! The hidden sheet `_nachweis`: the envelope, and the lists of the drop-downs.

use rust_xlsxwriter::Worksheet;

use super::{
    IngestError,
    book::{Book, Seal},
};
use crate::{
    envelope::{Envelope, list_checksum},
    layout::ENVELOPE_SHEET,
};

/// The column of plan items that can be vouched, counted from zero.
const ITEMS_COL: u16 = 3;
/// The column of quarters that can be corrected.
const QUARTERS_COL: u16 = 4;

/// The hidden sheet.
pub(super) fn page(book: &Book<'_>) -> Result<Worksheet, IngestError> {
    let mut page = Worksheet::new();
    page.set_name(ENVELOPE_SHEET)?.set_very_hidden(true);
    let mut list = Envelope::list(
        book.record.context,
        book.stamp.id,
        book.stamp.issued_at,
        book.record.language,
    )?;
    let checksum = list_checksum(&list);
    list.push(("checksum".to_owned(), checksum.to_string()));
    let seal = match book.seal {
        Seal::Key(key) => Some(key.seal(&checksum)),
        Seal::Kept {
            checksum: kept, seal, ..
        } if kept == checksum => seal,
        Seal::Kept {
            checksum: kept,
            seal: Some(seal),
            renew: Some(key),
        } if key.has_sealed(&kept, &seal) => Some(key.seal(&checksum)),
        Seal::Kept { .. } => None,
    };
    list.extend(seal.map(|seal| ("seal".to_owned(), seal.to_string())));
    for (row, (name, value)) in (0_u32..).zip(&list) {
        page.write_string(row, 0, name)?;
        page.write_string(row, 1, value)?;
    }
    for (row, item) in (0_u32..).zip(items(book)) {
        page.write_string(row, ITEMS_COL, item)?;
    }
    for (row, quarter) in (0_u32..).zip(quarters(book)) {
        page.write_string(row, QUARTERS_COL, quarter)?;
    }
    Ok(page)
}

/// The range of the plan items, for a drop-down.
pub(super) fn items_range(book: &Book<'_>) -> String {
    range(ITEMS_COL, items(book).len())
}

/// The range of the quarters that can be corrected, for a drop-down.
pub(super) fn quarters_range(book: &Book<'_>) -> String {
    range(QUARTERS_COL, quarters(book).len())
}

fn range(col: u16, length: usize) -> String {
    let letters = nachweis_domain::cell::column_letters(col);
    format!("={ENVELOPE_SHEET}!${letters}$1:${letters}${}", length.max(1))
}

fn items<'a>(book: &Book<'a>) -> Vec<&'a str> {
    let round = book.record.round;
    round
        .plan_items
        .iter()
        .filter(|item| !nachweis_domain::plan::PlanVersion::is_flat_rate(round, &item.key))
        .map(|item| item.name.get(book.record.language))
        .collect()
}

/// Quarters of the grant before that of the report, latest first.
fn quarters(book: &Book<'_>) -> Vec<String> {
    let context = book.record.context;
    let mut quarters: Vec<String> = context
        .subproject
        .grant_period
        .quarters()
        .into_iter()
        .filter(|quarter| *quarter < context.quarter)
        .map(|quarter| quarter.to_string())
        .collect();
    quarters.reverse();
    quarters
}
