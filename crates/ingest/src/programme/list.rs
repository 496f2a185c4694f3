//! Published lists of operations: the headings found, the sheet chosen, every row accounted for.
//!
//! A list is taken as it stands: one amount for each operation. What a list does not say is not invented but stated as
//! an assumption in the notes: the category of region, the sources, a missing date.

use std::fmt::Write as _;

use nachweis_domain::{
    key::ItemKey,
    language::{Language, Text},
    round::FundingRound,
};

use super::{ImportOptions, NotTakenRow, ProgrammeError, ProgrammeFile};
use crate::{RawSheet, layout::ENVELOPE_SHEET};

mod amount;
mod build;
mod category;
mod choose;
mod dates;
mod header;
mod heading;
mod number;
mod operation;
mod place;
mod rows;
mod spelling;

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
    let lists: Vec<SheetList<'_>> = sheets.iter().filter_map(SheetList::find).collect();
    if lists.is_empty() {
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
    let (chosen, choice) = choose::choose(lists, options.sheet.as_deref())?;
    let mut file = ProgrammeFile::default();
    file.notes.extend(choice);
    file.notes.push(taken_from(&chosen));
    if chosen.sheet.name.contains("Windows-1252") {
        file.notes.push(Text::new(
            "Die Datei ist nicht in UTF-8 geschrieben und wurde als Windows-1252 gelesen. Bitte prüfen Sie die Umlaute.",
            "The file is not written in UTF-8 and was read as Windows-1252. Please check the umlauts.",
        ));
    }
    file.rows_not_taken = chosen
        .not_taken
        .iter()
        .map(|(row, reason)| NotTakenRow {
            sheet: chosen.sheet.name.clone(),
            row: row + 1,
            reason: reason.clone(),
        })
        .collect();
    let land = place::land_of_file(sheets, options.file_name.as_deref());
    Builder::new(round, &chosen, land, options.recorded_at).build(&mut file);
    file.rows_not_taken.sort_by_key(|row| row.row);
    Ok(file)
}

/// Which sheet and which amount were taken.
fn taken_from(list: &SheetList<'_>) -> Text {
    let heading = spelling::one_line(&list.header.amount_heading);
    let sheet = &list.sheet.name;
    let row = list.header.last_row + 1;
    let mut note = Text::new(
        format!(
            "Gelesen wurde das Blatt „{sheet}“ (Überschriften bis Zeile {row}), als Betrag die Spalte „{heading}“."
        ),
        format!(
            "The sheet \"{sheet}\" was read (headings down to row {row}), with the column \"{heading}\" as the amount."
        ),
    );
    let others: Vec<String> = list
        .header
        .other_amounts
        .iter()
        .map(|other| spelling::one_line(other))
        .collect();
    if !others.is_empty() {
        let say = |language: Language| {
            let quoted: Vec<String> = others
                .iter()
                .map(|other| language.pick("„{}“", "\"{}\"").replace("{}", other))
                .collect();
            quoted.join(", ")
        };
        // Writing to a string cannot fail.
        let _ = write!(note.de, " Nicht als Betrag gelesen: {}.", say(Language::De));
        let _ = write!(note.en, " Not read as the amount: {}.", say(Language::En));
    }
    note
}
