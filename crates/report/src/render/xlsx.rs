//! XLSX: one sheet for each table, and one with notes. Real numbers and dates with formats, Excel tables, frozen headings,
//! print set-up; text never becomes a formula, and no data cells are merged.

pub(crate) mod cell;
pub(crate) mod formats;
mod letters;
pub(crate) mod number;
pub(crate) mod page;
pub(crate) mod sheet;
mod title_block;
pub(crate) mod widths;
pub(crate) mod wrap;

use nachweis_domain::language::Language;

use crate::{Report, ReportError};
use formats::Formats;

/// The report as a workbook. The creation date is that of the figures, so that the same call gives the same bytes.
///
/// # Errors
/// When a table has more rows than a sheet, or the workbook cannot be written.
pub fn xlsx(report: &Report, language: Language) -> Result<Vec<u8>, ReportError> {
    let formats = Formats::new();
    let mut workbook = formats::workbook()?;
    workbook.set_properties(&page::properties(report, language));
    for table in &report.tables {
        sheet::add_table(&mut workbook, report, table, language, &formats)?;
    }
    sheet::add_notes(&mut workbook, report, language, &formats)?;
    Ok(workbook.save_to_buffer()?)
}
