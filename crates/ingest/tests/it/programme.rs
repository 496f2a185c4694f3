//! The programme import on whole files.

mod list_file;
mod made_up_lists;
mod other_forms;
mod own_format;
mod real_lists;

use nachweis_domain::{
    programme,
    round::{FundingRound, shipped},
};
use nachweis_ingest::{
    programme::{ImportOptions, ProgrammeError, ProgrammeFile, recognise},
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
    assert_eq!(programme::check(&round, &file.import), []);
    Ok(file)
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
