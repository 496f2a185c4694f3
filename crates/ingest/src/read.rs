//! Reading a workbook that has passed the guard: located values and findings, never an error about the user's data.
//!
//! Columns are found by header, rows by key, so that sorted, filtered and extended workbooks read the same. Every cell
//! is visited once. Formulas of the template are computed again: a stored result that differs is a finding, a missing
//! one is not. A formula in an input cell is read by its stored result and reported. What the template does not know is
//! named, and searched for data about single persons; if there is any, nothing of the workbook leaves this room.

mod aids;
mod check;
mod computed;
mod confirm;
mod cover;
mod figures;
mod found;
mod gathered;
mod hidden;
mod items;
mod keyed;
mod notes;
mod personal;
mod scan;
mod sheets;
mod strangers;
mod stray;
mod typed;
mod unknown;
mod vouchers;

use std::io::Cursor;

use calamine::{Reader as _, Xlsx, XlsxError};
use nachweis_domain::round::FundingRound;

pub use check::check_identity;

use crate::{
    guard::{Purpose, guard},
    inspection::Inspection,
    reading::Reading,
    refusal::Refusal,
};

/// Guards and reads a workbook in this process. Uploads are read by the confined child, which calls this.
///
/// # Errors
/// When the guard refuses the file.
pub fn read_here(rounds: &[FundingRound], bytes: &[u8]) -> Result<Reading, Refusal> {
    let guarded = guard(bytes, Purpose::Workbook)?;
    read_workbook(rounds, &guarded.package, &guarded.inspection)
        .map_err(|_unreadable| Refusal::Unreadable { sheet: String::new() })
}

/// Reads a workbook that the guard let pass; `package` is what calamine may see, `rounds` the rounds known here.
///
/// # Errors
/// When calamine cannot read the package. The guard's own package can always be read.
fn read_workbook(
    rounds: &[FundingRound],
    package: &[u8],
    inspection: &Inspection,
) -> Result<Reading, XlsxError> {
    let mut workbook = Xlsx::new(Cursor::new(package))?;
    let mut book = sheets::Workbook::new(&mut workbook, inspection);
    sheets::read(rounds, &mut book)
}

#[cfg(test)]
mod tests;
