//! XLSX: one sheet for each table, and one with notes. Real numbers and dates with formats, Excel tables, frozen headings,
//! print set-up; text never becomes a formula, and no data cells are merged.

pub(crate) mod cell;
pub(crate) mod formats;
mod letters;
pub(crate) mod number;
pub(crate) mod page;
pub(crate) mod sheet;
pub(crate) mod sources;
mod title_block;
pub(crate) mod widths;
pub(crate) mod wrap;

use nachweis_domain::language::Language;

use crate::{Report, ReportError, lineage::LineagePage};
use formats::Formats;
use sources::Links;

/// The report as a workbook. The creation date is that of the figures, so that the same call gives the same bytes.
///
/// # Errors
/// When a table has more rows than a sheet, or the workbook cannot be written.
pub fn xlsx(report: &Report, language: Language) -> Result<Vec<u8>, ReportError> {
    written(report, None, language)
}

/// The report as a workbook with one more sheet: for each of these numbers how it is made, and from what. Each number links
/// to its block there, and the block back.
///
/// # Errors
/// As [`xlsx`].
pub fn xlsx_with_sources(
    report: &Report,
    pages: &[LineagePage],
    language: Language,
) -> Result<Vec<u8>, ReportError> {
    written(report, Some(pages), language)
}

fn written(
    report: &Report,
    pages: Option<&[LineagePage]>,
    language: Language,
) -> Result<Vec<u8>, ReportError> {
    let formats = Formats::new();
    let mut workbook = formats::workbook()?;
    workbook.set_properties(&page::properties(report, language));
    let blocks = pages
        .map(|pages| sources::blocks(report, pages, language))
        .transpose()?;
    let mut links = blocks
        .as_ref()
        .map_or_else(Links::default, |blocks| Links::to(blocks, language));
    for table in &report.tables {
        sheet::add_table(&mut workbook, report, table, language, &formats, &mut links)?;
    }
    if let (Some(pages), Some(blocks)) = (pages, &blocks) {
        let places = (pages, blocks, &links.numbers);
        sources::add(&mut workbook, report, places, language, &formats)?;
    }
    sheet::add_notes(&mut workbook, report, language, &formats)?;
    Ok(workbook.save_to_buffer()?)
}
