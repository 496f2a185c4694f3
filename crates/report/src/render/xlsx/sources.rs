//! The sheets of sources: for each number of the report how it is made, and from what; numbers of the report link to their
//! block, what a block is made of links to the blocks of that, and each block links back.
//!
//! A sheet holds so many links ([`limits::SHEET_LINKS`]): blocks continue on a further one. A number of a table that has no
//! link left names its block in text beside its row.

mod blocks;
mod links;
mod writer;

use nachweis_domain::language::Language;
use rust_xlsxwriter::{ColNum, Format, RowNum, Url, Workbook, Worksheet};

use super::{formats::Formats, page, title_block};
use crate::{Report, ReportError, lineage::LineagePage};

pub(crate) use blocks::{Blocks, Bounds};
pub(crate) use links::{Addresses, Links, Numbers};
use writer::Writer;

/// The columns with their widths.
const COLUMNS: [(&str, &str, u16); 14] = [
    ("Teilvorhaben / Operand", "Subproject / operand", 44),
    ("Quelle", "Source", 12),
    ("Steht da", "Stands there", 16),
    ("Zählt hier", "Counts here", 16),
    ("Wann", "When", 12),
    ("Schlüssel", "Key", 34),
    ("Blatt", "Sheet", 14),
    ("Zellen", "Cells", 16),
    ("Fassung", "Revision", 9),
    ("Datei", "File", 28),
    ("SHA-256 der Datei", "SHA-256 of the file", 64),
    ("Upload", "Upload", 38),
    ("Erfasst von", "Recorded by", 38),
    ("Zeit (UTC)", "Time (UTC)", 26),
];

/// The name of a number by table, row and column.
pub(crate) type Key = (&'static str, String, String);

/// The name of a sheet, numbered from zero.
fn name(sheet: usize, language: Language) -> String {
    let name = language.pick("Quellen", "Sources");
    if sheet == 0 {
        name.to_owned()
    } else {
        format!("{name} {}", sheet + 1)
    }
}

/// The width of the head above the blocks, in characters: what is seen of the sheet at once.
fn head_width() -> usize {
    COLUMNS.iter().take(10).map(|column| usize::from(column.2)).sum()
}

/// The first row of blocks: below the head and a line of headings.
pub(crate) fn first_row(report: &Report, language: Language) -> RowNum {
    title_block::height(report, language, head_width()) + 1
}

/// Adds the sheets.
pub(crate) fn add(
    workbook: &mut Workbook,
    report: &Report,
    (pages, blocks, numbers): (&[LineagePage], &Blocks, &Numbers),
    language: Language,
    formats: &Formats,
) -> Result<(), ReportError> {
    let mut left = pages;
    for number in 0..blocks.sheets() {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        set_up(sheet, report, number, language, formats)?;
        let mut writer = Writer::new(sheet, (blocks, numbers), language, formats);
        let count = left.iter().take_while(|page| blocks.is_on(page, number)).count();
        let (here, after) = left.split_at_checked(count).unwrap_or((left, &[]));
        for page in here {
            writer.block(page)?;
        }
        left = after;
    }
    Ok(())
}

fn set_up(
    sheet: &mut Worksheet,
    report: &Report,
    number: usize,
    language: Language,
    formats: &Formats,
) -> Result<(), ReportError> {
    let name = name(number, language);
    sheet.set_name(&name)?;
    for (col, (_, _, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(col, width)?;
    }
    let title = format!("{} – {name}", report.title.get(language));
    let headings = title_block::write(sheet, report, &title, language, head_width(), formats)?;
    for (col, (de, en, _)) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(headings, col, language.pick(de, en), &formats.heading)?;
    }
    sheet.set_freeze_panes(headings + 1, 1)?;
    sheet.set_repeat_rows(headings, headings)?;
    page::set_up(sheet, &page::Foot::new(report, &title, language));
    Ok(())
}

/// Makes a cell a link inside the workbook; what stands in it is written afterwards.
fn link(
    sheet: &mut Worksheet,
    (row, col): (RowNum, ColNum),
    to: &str,
    format: &Format,
) -> Result<(), ReportError> {
    sheet.write_url_with_format(row, col, Url::new(format!("internal:{to}")), format)?;
    Ok(())
}
