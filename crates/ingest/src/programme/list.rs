//! Published lists of operations: the headings found, the sheet chosen, every row accounted for.
//!
//! A list is taken as it stands: one amount for each operation. What a list does not say is not invented but stated as
//! an assumption in the notes: the category of region, the sources, a missing date.

use std::collections::BTreeMap;

use nachweis_domain::{key::ItemKey, language::Text, round::FundingRound};

use super::{ImportOptions, NotTakenRow, ProgrammeError, ProgrammeFile, Reason};
use crate::{RawSheet, layout::ENVELOPE_SHEET};

mod amount;
mod assumed;
mod build;
mod category;
mod choose;
mod column;
mod dates;
mod district;
mod fund;
mod header;
mod heading;
mod label;
mod merged;
mod number;
mod numbering;
mod operation;
mod personal;
mod place;
mod rows;
mod said;
mod spelling;
mod sums;
mod unit;

use build::Builder;
use rows::SheetList;

/// The plan item that takes the amount of an operation.
const ITEM: &str = "eligible_expenditure";

/// Reads a published list.
pub(super) fn read(
    round: &FundingRound,
    sheets: &[RawSheet],
    options: &ImportOptions,
) -> Result<ProgrammeFile, ProgrammeError> {
    if sheets.iter().any(|sheet| sheet.name == ENVELOPE_SHEET) {
        return Err(ProgrammeError::QuarterlyWorkbook);
    }
    let lists = lists(round, sheets, options)?;
    let mut chosen = choose::choose(lists, &options.sheets)?;
    let mut file = ProgrammeFile::default();
    file.notes.append(&mut chosen.notes);
    file.notes.extend(said::left(sheets, &chosen));
    let land = place::land_of_file(sheets, options.file_name.as_deref());
    let mut builder = Builder::new(round, &chosen.read, options.recorded_at);
    for list in &chosen.read {
        if let Some(problem) = &list.problem {
            return Err(problem.clone());
        }
        personal::refuse(list)?;
        file.notes.extend(said::of(list));
        file.rows_not_taken.extend(not_taken(list));
        builder.build(list, land, &mut file);
    }
    file.notes.extend(said::on_several_sheets(&chosen.read));
    file.notes.extend(encoding(sheets));
    builder.say(&mut file);
    match chosen.read.first() {
        Some(list) if file.rows_taken.is_empty() => Err(no_operations(list, &file.rows_not_taken)),
        _ => Ok(in_order(file, sheets)),
    }
}

/// The lists of a file that hold an operation.
fn lists<'a>(
    round: &FundingRound,
    sheets: &'a [RawSheet],
    options: &ImportOptions,
) -> Result<Vec<SheetList<'a>>, ProgrammeError> {
    let found: Vec<SheetList<'a>> = sheets
        .iter()
        .filter_map(|sheet| SheetList::find(sheet, options.amount.as_deref()))
        .collect();
    if found.is_empty() {
        let sheets = sheets
            .iter()
            .map(|sheet| (sheet.name.clone(), header::recognised(sheet)))
            .collect();
        return Err(ProgrammeError::NothingRecognised { sheets });
    }
    // Only of a list it is worth saying that the round takes none.
    if round.plan_item(&ItemKey::new(ITEM)).is_none() {
        return Err(ProgrammeError::RoundTakesNoList {
            round: round.code.to_string(),
        });
    }
    let (lists, empty): (Vec<_>, Vec<_>) = found.into_iter().partition(SheetList::has_operations);
    match (lists.is_empty(), empty.first()) {
        (true, Some(list)) => {
            personal::refuse(list)?;
            let rows: Vec<NotTakenRow> = not_taken(list).collect();
            Err(list.problem.clone().unwrap_or_else(|| no_operations(list, &rows)))
        }
        _ => Ok(lists),
    }
}

fn not_taken<'l>(list: &'l SheetList<'_>) -> impl Iterator<Item = NotTakenRow> + 'l {
    list.not_taken.iter().map(|(row, reason)| NotTakenRow {
        sheet: list.sheet.name.clone(),
        row: row + 1,
        reason: reason.clone(),
    })
}

/// Why no row was taken: the reasons of rows that are neither above nor of the headings, the most frequent first.
fn no_operations(list: &SheetList<'_>, rows: &[NotTakenRow]) -> ProgrammeError {
    let mut counts: BTreeMap<Text, usize> = BTreeMap::new();
    let is_of_data = |row: &&NotTakenRow| {
        !matches!(
            row.reason,
            Reason::AboveHeadings | Reason::Headings | Reason::SecondHeadings | Reason::ColumnNumbers
        )
    };
    for row in rows.iter().filter(is_of_data) {
        *counts.entry(row.reason.text()).or_default() += 1;
    }
    let mut reasons: Vec<(Text, usize)> = counts.into_iter().collect();
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    reasons.truncate(5);
    ProgrammeError::NoOperations {
        sheet: list.sheet.name.clone(),
        amount: list.header.heading(list.header.amount).to_owned(),
        reasons,
    }
}

fn encoding(sheets: &[RawSheet]) -> Option<Text> {
    sheets.iter().any(|sheet| sheet.name.contains("Windows-1252")).then(|| {
        Text::new(
            "Die Datei ist nicht in UTF-8 geschrieben und wurde als Windows-1252 gelesen. Bitte prüfen Sie die Umlaute.",
            "The file is not written in UTF-8 and was read as Windows-1252. Please check the umlauts.",
        )
    })
}

/// The rows not taken in the order of the file.
fn in_order(mut file: ProgrammeFile, sheets: &[RawSheet]) -> ProgrammeFile {
    let order: BTreeMap<&str, usize> = sheets.iter().map(|sheet| sheet.name.as_str()).zip(0..).collect();
    file.rows_not_taken
        .sort_by_key(|row| (order.get(row.sheet.as_str()).copied(), row.row));
    file
}
