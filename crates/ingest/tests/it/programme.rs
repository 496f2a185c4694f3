//! The programme import on whole files.

mod amounts;
mod english_lists;
mod list_file;
mod made_up_lists;
mod other_forms;
mod own_format;
mod places;
mod real_lists;
mod refused_lists;
mod sheets;
mod sums;
mod texts;

use nachweis_domain::{
    programme,
    round::{FundingRound, shipped},
};
use nachweis_ingest::{
    programme::{ImportOptions, ProgrammeError, ProgrammeFile, Reason, recognise},
    read_table_here,
};

/// A round that ships.
fn round(code: &str) -> FundingRound {
    let mut rounds = shipped().into_iter();
    rounds
        .find(|round| round.code.as_str() == code)
        .expect("it ships")
}

/// Imports a list into the round for lists; what comes out can be stored.
fn import(bytes: &[u8], options: &ImportOptions) -> Result<ProgrammeFile, ProgrammeError> {
    let sheets = read_table_here(bytes).expect("a sound file");
    let round = round("esf-2014-2020");
    let file = recognise(&round, &sheets, options)?;
    assert_eq!(
        programme::check(&round, &file.import, &programme::Recorded::default()),
        []
    );
    Ok(file)
}

/// Imports a list that fits, with nothing chosen.
fn import_plain(bytes: &[u8]) -> ProgrammeFile {
    import(bytes, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// The reason of a row that was not taken.
fn reason(file: &ProgrammeFile, row: u32) -> &Reason {
    let mut rows = file.rows_not_taken.iter();
    let found = rows.find(|it| it.row == row);
    &found
        .unwrap_or_else(|| panic!("row {row} is not among those not taken"))
        .reason
}

/// Every row of a sheet with so many rows is either taken or not taken, none twice.
fn assert_all_accounted_for(file: &ProgrammeFile, rows: impl IntoIterator<Item = u32>) {
    let taken = file.rows_taken.iter().map(|row| row.row);
    let left = file.rows_not_taken.iter().map(|row| row.row);
    let mut all: Vec<u32> = taken.chain(left).collect();
    all.sort_unstable();
    assert_eq!(all, rows.into_iter().collect::<Vec<u32>>());
}

/// Row numbers with the amounts taken, as text.
fn taken(file: &ProgrammeFile) -> Vec<(u32, String)> {
    let rows = file.rows_taken.iter();
    rows.map(|row| (row.row, row.amount.to_string())).collect()
}

/// The German notes, for searching.
fn notes(file: &ProgrammeFile) -> String {
    let notes: Vec<&str> = file.notes.iter().map(|note| note.de.as_str()).collect();
    notes.join("\n")
}
