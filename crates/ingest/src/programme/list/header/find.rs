//! Finds the headings of a list: the row, or up to three rows read together, in which most columns are understood.

use nachweis_domain::limits;
use std::collections::BTreeMap;

use super::{Header, LONGEST, understood};
use crate::{
    RawRow, RawSheet, RawValue,
    programme::list::{numbering, spelling::one_line},
};

/// Rows of headings at most: a group, its columns, and a line below.
const ROWS: usize = 3;

/// The headings of a sheet.
pub(super) fn find(sheet: &RawSheet) -> Option<Header> {
    let top = top(sheet);
    // A single row wins over several that say no more; the upper of two equal ones is the one.
    let mut best: Option<(usize, Header)> = None;
    for count in 1..=ROWS {
        for rows in top.windows(count) {
            let Some(header) = together(sheet, rows) else {
                continue;
            };
            let score = header.score();
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, header));
            }
        }
    }
    best.map(|(_, header)| header)
}

/// The headings of a row by itself.
pub(super) fn single(row: &RawRow) -> Option<Header> {
    if !can_be_headings(row) {
        return None;
    }
    Header::of((row.row, row.row), texts(row))
}

/// The headings that were understood in the best row of a sheet without a list.
pub(in super::super) fn recognised(sheet: &RawSheet) -> Vec<String> {
    let known = |row: &&RawRow| {
        let headings = texts(row);
        let known: Vec<String> = understood(&headings)
            .into_iter()
            .filter_map(|column| headings.get(&column.col))
            .map(|heading| one_line(heading))
            .collect();
        known
    };
    top(sheet)
        .iter()
        .map(known)
        .max_by_key(Vec::len)
        .unwrap_or_default()
}

fn top(sheet: &RawSheet) -> Vec<&RawRow> {
    let last = u32::try_from(limits::LIST_HEADER_ROWS.value).unwrap_or(u32::MAX);
    sheet.rows.iter().take_while(|row| row.row < last).collect()
}

/// Rows that stand directly below each other, read as one row of headings.
fn together(sheet: &RawSheet, rows: &[&RawRow]) -> Option<Header> {
    let (first, last) = (rows.first()?, rows.last()?);
    let adjacent = rows
        .windows(2)
        .all(|pair| matches!(pair, [upper, lower] if lower.row == upper.row + 1));
    if !adjacent || !rows.iter().all(|row| can_be_headings(row)) {
        return None;
    }
    let mut headings: BTreeMap<u16, String> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        let mut own = texts(row);
        // The head of a group stands over all its columns.
        if index + 1 < rows.len() {
            spread(sheet, row.row, &mut own);
        }
        for (col, text) in own {
            let heading = headings.entry(col).or_default();
            if !heading.is_empty() {
                heading.push(' ');
            }
            heading.push_str(&text);
        }
    }
    let header = Header::of((first.row, last.row), headings)?;
    // A row with an amount is one of data.
    let is_data = |row: &&RawRow| header.has_amount(row) && !row.value(header.amount).is_some_and(is_year);
    (!rows.iter().any(is_data)).then_some(header)
}

/// Copies the text of cells that are merged sideways over their columns.
fn spread(sheet: &RawSheet, row: u32, texts: &mut BTreeMap<u16, String>) {
    let sideways = sheet.merges.iter().filter(|merge| {
        (merge.first_row..=merge.last_row).contains(&row) && merge.last_col > merge.first_col
    });
    for merge in sideways {
        let Some(text) = texts.get(&merge.first_col).cloned() else {
            continue;
        };
        let last = merge.last_col.min(columns());
        for col in merge.first_col.saturating_add(1)..=last {
            texts.entry(col).or_insert_with(|| text.clone());
        }
    }
}

fn columns() -> u16 {
    u16::try_from(limits::LIST_HEADING_COLUMNS.value).unwrap_or(u16::MAX)
}

fn texts(row: &RawRow) -> BTreeMap<u16, String> {
    let text = |(col, value): &(u16, RawValue)| match value {
        RawValue::Text(text) if *col < columns() => Some((*col, text.clone())),
        // A column of a year.
        RawValue::Number(number) if *col < columns() => Some((*col, number.to_string())),
        _ => None,
    };
    row.cells.iter().filter_map(text).collect()
}

/// Whether a row can be one of headings: short texts, at most years as numbers, no dates, and no numbering of columns.
fn can_be_headings(row: &RawRow) -> bool {
    let fits = |(_, value): &(u16, RawValue)| match value {
        RawValue::Text(text) => text.chars().count() <= LONGEST,
        value => is_year(value),
    };
    let odd = row.cells.iter().filter(|cell| !fits(cell)).count();
    let texts = row
        .cells
        .iter()
        .filter(|(_, value)| matches!(value, RawValue::Text(_)))
        .count();
    odd * 4 <= texts && !numbering::is_numbering(row)
}

/// Whether a cell is a year, as headings of columns of years are.
fn is_year(value: &RawValue) -> bool {
    let year = match value {
        RawValue::Number(number) => number.to_string(),
        RawValue::Text(text) => text.trim().to_owned(),
        _ => return false,
    };
    year.len() == 4 && year.parse().is_ok_and(|year: u32| (2000..=2100).contains(&year))
}
