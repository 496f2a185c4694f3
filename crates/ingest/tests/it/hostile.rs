//! Hostile and odd files, built byte by byte: each is refused with the expected code, or read as Excel reads it
//! (robustness.md §3.1–3.3). A panic, an abort or a hang of any of them fails the run.

pub(crate) mod book;
pub(crate) mod zip;

mod archive;
mod forms;
mod limits;
mod misreads;
mod mutants;
mod policy;
mod twofold;

use nachweis_ingest::{RawSheet, Refusal, check_file, read_table_here};

/// The code with which an upload is refused, or `accepted`.
fn verdict(bytes: &[u8]) -> &'static str {
    check_file(bytes).as_ref().err().map_or("accepted", Refusal::code)
}

/// The cells of the first sheet as `A1=…`, or the refusal.
fn cells(bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    // Uploads are held more tightly than lists; what is shown here must pass both.
    check_file(bytes)?;
    Ok(read_table_here(bytes)?.first().map(shown).unwrap_or_default())
}

fn shown(sheet: &RawSheet) -> Vec<String> {
    let cells = sheet
        .rows
        .iter()
        .flat_map(|row| row.cells.iter().map(|(col, value)| (row.row, *col, value)));
    cells
        .map(|(row, col, value)| {
            let at = nachweis_domain::cell::CellRef::at("x", row, col);
            format!("{}={}", at.a1(), value.shown())
        })
        .collect()
}
