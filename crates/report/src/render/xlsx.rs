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
use sources::{Blocks, Bounds, Links};

/// The report as a workbook. The creation date is that of the figures, so that the same call gives the same bytes.
///
/// # Errors
/// When a table has more rows than a sheet, or the workbook cannot be written.
pub fn xlsx(report: &Report, language: Language) -> Result<Vec<u8>, ReportError> {
    written(report, None, Bounds::EXCEL, language)
}

/// The report as a workbook with one more sheet (or more, where one is full): for each of these numbers how it is made, and
/// from what. Each number links to its block there, and the block back; what it is made of links to blocks of its own, down to
/// cells, plans and payments.
///
/// # Errors
/// As [`xlsx`], and when one of the numbers is made of another one that is not among them.
pub fn xlsx_with_sources(
    report: &Report,
    pages: &[LineagePage],
    language: Language,
) -> Result<Vec<u8>, ReportError> {
    written(report, Some(pages), Bounds::EXCEL, language)
}

fn written(
    report: &Report,
    pages: Option<&[LineagePage]>,
    bounds: Bounds,
    language: Language,
) -> Result<Vec<u8>, ReportError> {
    let formats = Formats::new();
    let mut workbook = formats::workbook()?;
    workbook.set_properties(&page::properties(report, language));
    let blocks = pages
        .map(|pages| Blocks::of(pages, sources::first_row(report, language), bounds, language))
        .transpose()?;
    let mut links = blocks.as_ref().map_or_else(Links::default, Links::to);
    for table in &report.tables {
        links.begin_sheet();
        sheet::add_table(&mut workbook, report, table, language, &formats, &mut links)?;
    }
    if let (Some(pages), Some(blocks)) = (pages, &blocks) {
        let places = (pages, blocks, &links.numbers);
        sources::add(&mut workbook, report, places, language, &formats)?;
    }
    sheet::add_notes(&mut workbook, report, language, &formats)?;
    Ok(workbook.save_to_buffer()?)
}

#[cfg(test)]
mod tests;
