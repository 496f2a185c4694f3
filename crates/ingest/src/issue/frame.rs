//! What surrounds a table: title, subproject, instructions, headers, print set-up.

use rust_xlsxwriter::{Format, Worksheet};

use super::{IngestError, book::Book};
use crate::layout::{Column, HEADER_ROW, Sheet};

/// DIN A4 in the numbering of paper sizes.
const A4: u8 = 9;
/// Letters of a line below the cover's table.
const NOTE_LETTERS: usize = 170;
/// Points of a line of a header.
const LINE_POINTS: u16 = 12;

/// A sheet with everything around its table.
pub(super) fn page(book: &Book<'_>, sheet: &Sheet) -> Result<Worksheet, IngestError> {
    let mut page = Worksheet::new();
    page.set_name(sheet.name())?;
    titles(book, sheet, &mut page)?;
    headers(book, sheet, &mut page)?;
    print(book, sheet, &mut page)?;
    page.set_screen_gridlines(false);
    page.set_default_row_height(16);
    page.set_tab_color(super::style::NAVY);
    Ok(page)
}

fn titles(book: &Book<'_>, sheet: &Sheet, page: &mut Worksheet) -> Result<(), IngestError> {
    let styles = &book.styles;
    let english = format!("   {}", sheet.title.en);
    page.write_rich_string_with_format(
        0,
        0,
        &[
            (&styles.title, sheet.title.de.as_str()),
            (&styles.subtitle, english.as_str()),
        ],
        &Format::new(),
    )?;
    page.set_row_height(0, 24)?;
    page.write_string_with_format(1, 0, about(book), &styles.about)?;
    page.write_string_with_format(2, 0, sheet.intro.get(book.record.language), &styles.intro)?;
    Ok(())
}

/// Who pays, below the cover's table (visibility duty). In lines of their own: nothing is merged.
pub(super) fn funding_note(book: &Book<'_>, sheet: &Sheet, page: &mut Worksheet) -> Result<(), IngestError> {
    let note = book.record.round.funding_note.get(book.record.language);
    let first = sheet.issued_cell(sheet.rows.len() + 1, 0).row();
    let mut lines = vec![String::new()];
    for word in note.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < NOTE_LETTERS => {
                line.push_str(if line.is_empty() { "" } else { " " });
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    for (row, line) in (first..).zip(lines) {
        page.write_string_with_format(row, 0, line, &book.styles.intro)?;
    }
    Ok(())
}

/// The subproject and quarter, on every sheet, so that people can check what they have open.
fn about(book: &Book<'_>) -> String {
    let context = book.record.context;
    format!(
        "{} · {} · {}",
        context.subproject.no,
        context.subproject.title,
        context.quarter.display(book.record.language)
    )
}

fn headers(book: &Book<'_>, sheet: &Sheet, page: &mut Worksheet) -> Result<(), IngestError> {
    let styles = &book.styles;
    let mut lines = 2;
    for (col, column) in (0_u16..).zip(&sheet.columns) {
        page.set_column_width(col, column.width)?;
        let english = format!("\n{}", column.header.en);
        if column.header.de == column.header.en {
            page.write_string_with_format(HEADER_ROW, col, &column.header.de, &styles.header)?;
        } else {
            page.write_rich_string_with_format(
                HEADER_ROW,
                col,
                &[
                    (&styles.header_de, column.header.de.as_str()),
                    (&styles.header_en, english.as_str()),
                ],
                &styles.header,
            )?;
        }
        lines = lines.max(header_lines(column));
    }
    page.set_row_height(HEADER_ROW, LINE_POINTS.saturating_mul(lines).saturating_add(6))?;
    Ok(())
}

/// How many lines a header needs: each language is wrapped to the column's width; letters are a little
/// narrower than the digits that widths count.
fn header_lines(column: &Column) -> u16 {
    let lines = |text: &str| {
        let letters = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
        letters
            .saturating_mul(9)
            .div_ceil(column.width.saturating_sub(1).max(1).saturating_mul(10))
    };
    lines(&column.header.de) + lines(&column.header.en)
}

fn print(book: &Book<'_>, sheet: &Sheet, page: &mut Worksheet) -> Result<(), IngestError> {
    let context = book.record.context;
    let language = book.record.language;
    // Key and name stay in view on keyed sheets; the voucher list keeps its number.
    let fixed = if sheet.rows.is_empty() { 1 } else { 2 };
    page.set_freeze_panes(HEADER_ROW + 1, fixed)?;
    page.set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    page.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    page.set_footer(format!(
        "&L&8{} · {}&C&8{}&R&8{} &P / &N",
        context.subproject.no.as_str().replace('&', "&&"),
        context.quarter,
        sheet.name(),
        language.pick("Seite", "Page")
    ));
    Ok(())
}
