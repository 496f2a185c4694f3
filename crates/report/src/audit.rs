//! The audit workbook: every figure and voucher with the cell it came from, in constant memory.
//!
//! Sheets: overview, control totals over the round and by Land, category of region and source, their sources (which rows
//! they add up, with links to them), subprojects, revisions (one
//! row for each kept upload with file hash) and the steps taken on them, figures, vouchers (continued on further sheets
//! beyond 1,048,576 rows), payments, plan versions, findings, waivers, journal, persons, notes. Figures carry hash, user and time
//! in each row; vouchers carry the number of their revision, which the sheet of revisions resolves.
//!
//! Control totals are made in three ways: from the ledger that reports are built from, by the database itself, and from
//! the rows as they pass on their way into this workbook. Rows go to temporary files beside the target; nothing but sums
//! and the list of uploads is held.

mod book;
mod cells;
mod control;
mod differences;
mod entries;
pub(crate) mod figures;
mod findings;
mod front;
mod journal;
mod measures;
mod names;
mod origins;
mod parts;
mod payments;
mod people;
pub(crate) mod plans;
mod recount;
mod revisions;
mod rows;
mod runs;
mod source;
mod steps;
pub(crate) mod subprojects;
mod summed;
mod vouchers;
mod waivers;

use std::path::Path;

pub use nachweis_domain::audit::AuditRows;
use nachweis_domain::{language::Language, ledger::Ledger};

use crate::{ReportError, limits};
use book::Book;
use people::People;
use recount::Recount;

pub use control::{AuditTotals, ControlTotal};
pub use source::{AuditSource, Each};

/// How strongly the workbook is compressed, 0 to 9. Measured with `examples/audit_speed.rs`: level 2 takes half the
/// processor time of the library's own level 6 and makes files a fifth larger; level 1 saves another tenth of the time
/// and makes them 70 % larger.
const COMPRESSION: u8 = 2;

/// Writes the audit workbook of a round to a file. What stands there is replaced only when the new one is complete.
///
/// # Errors
/// When the record cannot be read, or the workbook cannot be written. Control totals that differ are no error: they are
/// shown in the workbook and given back.
pub fn write(
    source: &mut dyn AuditSource,
    ledger: &Ledger,
    language: Language,
    to: &Path,
) -> Result<AuditTotals, ReportError> {
    write_in_sheets(source, ledger, language, to, limits::SHEET_ROWS)
}

/// As [`write()`], with so many rows on a sheet, headings included, before it continues on the next: for programs that
/// hold fewer rows than the file format does.
///
/// # Errors
/// As [`write()`].
pub fn write_in_sheets(
    source: &mut dyn AuditSource,
    ledger: &Ledger,
    language: Language,
    to: &Path,
    rows_per_sheet: u32,
) -> Result<AuditTotals, ReportError> {
    let failed = |path: &Path, cause| ReportError::Io {
        path: path.to_owned(),
        cause,
    };
    crate::replace_file(to, failed, |file, folder| {
        let mut book = Book::new(folder, ledger, language, rows_per_sheet)?;
        let (mut count, mut people) = (Recount::new(ledger), People::default());
        subprojects::write(ledger, &mut book)?;
        let revisions = revisions::write(source, &mut book, &mut count)?;
        steps::write(source, &mut book, &revisions, &mut people)?;
        figures::write(source, &mut book, &revisions, &mut count)?;
        vouchers::write(source, &mut book, &revisions, &mut count)?;
        payments::write(source, &mut book, &mut count, &mut people)?;
        plans::write(source, &mut book, &mut count, &mut people)?;
        findings::write(source, &mut book, &revisions, (&mut count, &mut people))?;
        waivers::write(source, &mut book, &mut count, &mut people)?;
        journal::write(source, &mut book, &mut count, &mut people)?;
        people.write(&mut book)?;
        let (totals, parts) = control::compare(ledger, &source.sums()?, &count.finish())?;
        book.finish(ledger, (&totals, &parts), file)?;
        Ok(totals)
    })
}
