//! The first sheet of a marked copy: all findings, with links to their cells.

use nachweis_domain::{
    cell::{CellRef, column_letters},
    finding::Severity,
    language::Language,
    record::RatedFinding,
};
use rust_xlsxwriter::{Url, Worksheet};

use super::place::Map;
use crate::{
    issue::{Book, IngestError, Look, Shape, severity_color},
    layout::{HEADER_ROW, SheetKind},
};

/// The titles of the index sheet in both languages.
const TITLES: [&str; 2] = ["Hinweise zur Arbeitsmappe", "Findings of the workbook"];
/// Number, weight, code, place, message.
const WIDTHS: [u16; 5] = [6, 14, 10, 20, 110];

/// The highest row that a spreadsheet program takes, in points.
const HIGHEST: u16 = 409;

/// Whether a sheet begins with the title of an index, so that a marked copy can be handed in again.
pub(crate) fn is_index_title(text: &str) -> bool {
    TITLES.contains(&text)
}

/// The index sheet.
pub(super) fn page(
    book: &Book<'_>,
    map: &Map<'_>,
    findings: &[RatedFinding],
    language: Language,
) -> Result<Worksheet, IngestError> {
    let mut page = Worksheet::new();
    page.set_name(language.pick("Hinweise", "Findings"))?;
    head(book, findings, language, &mut page)?;
    for (row, rated) in (HEADER_ROW + 1..).zip(sorted(findings)) {
        line(book, map, &mut page, row, rated, language)?;
    }
    let last = HEADER_ROW.saturating_add(u32::try_from(findings.len()).unwrap_or_default());
    page.autofilter(HEADER_ROW, 0, last, 4)?;
    page.set_freeze_panes(HEADER_ROW + 1, 0)?;
    page.set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    page.set_screen_gridlines(false);
    page.set_tab_color(severity_color(Severity::Blocking));
    page.set_active(true);
    Ok(page)
}

/// The gravest first, then as a reader walks the workbook.
fn sorted(findings: &[RatedFinding]) -> Vec<&RatedFinding> {
    let mut sorted: Vec<&RatedFinding> = findings.iter().collect();
    sorted.sort_by(|a, b| {
        super::weight(b)
            .cmp(&super::weight(a))
            .then_with(|| a.finding.cmp(&b.finding))
    });
    sorted
}

fn head(
    book: &Book<'_>,
    findings: &[RatedFinding],
    language: Language,
    page: &mut Worksheet,
) -> Result<(), IngestError> {
    let context = book.record.context;
    let styles = &book.styles;
    page.write_string_with_format(0, 0, language.pick(TITLES[0], TITLES[1]), &styles.title)?;
    page.set_row_height(0, 24)?;
    let about = format!(
        "{} · {}",
        context.subproject.no,
        context.quarter.display(language)
    );
    page.write_string_with_format(1, 0, about, &styles.about)?;
    page.write_string_with_format(2, 0, summary(findings, language), &styles.intro)?;
    let headers = match language {
        Language::De => ["Nr.", "Gewicht", "Code", "Stelle", "Hinweis"],
        Language::En => ["No.", "Weight", "Code", "Place", "Finding"],
    };
    for ((col, header), width) in (0_u16..).zip(headers).zip(WIDTHS) {
        page.set_column_width(col, width)?;
        page.write_string_with_format(HEADER_ROW, col, header, &styles.header)?;
    }
    Ok(())
}

fn summary(findings: &[RatedFinding], language: Language) -> String {
    let count = |severity| findings.iter().filter(|rated| rated.severity == severity).count();
    let mut numbers = [Severity::Blocking, Severity::Warning, Severity::Notice]
        .map(|severity| format!("{}: {}", word(severity, language), count(severity)))
        .join(" · ");
    let waived = findings.iter().filter(|rated| rated.waiver.is_some()).count();
    if waived > 0 {
        let word = language.pick("davon ausgenommen", "of which waived");
        numbers = format!("{numbers} · {word}: {waived}");
    }
    let advice = language.pick(
        "Rot muss berichtigt, Gelb kommentiert werden. Die Datei kann berichtigt und wieder hochgeladen werden.",
        "Red must be corrected, amber commented on. You can correct this file and upload it again.",
    );
    format!("{numbers}. {advice}")
}

/// The weight of a finding in people's words.
const fn word(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Blocking => language.pick("Fehler", "Error"),
        Severity::Warning => language.pick("Warnung", "Warning"),
        Severity::Notice | Severity::Off => language.pick("Hinweis", "Notice"),
    }
}

fn line(
    book: &Book<'_>,
    map: &Map<'_>,
    page: &mut Worksheet,
    row: u32,
    rated: &RatedFinding,
    language: Language,
) -> Result<(), IngestError> {
    let styles = &book.styles;
    let finding = &rated.finding;
    let plain = styles.cell(Look::Label, Shape::Text, None);
    let count = styles.cell(Look::Label, Shape::Count, None);
    page.write_number_with_format(row, 0, row - HEADER_ROW, count)?;
    let text = super::text(finding, rated.waiver, language);
    page.set_row_height(row, height(&text))?;
    let weight = styles.cell(Look::Label, Shape::Text, Some(super::weight(rated)));
    let in_words = match rated.waiver {
        Some(_) => language.pick("Ausgenommen", "Waived"),
        None => word(rated.severity, language),
    };
    page.write_string_with_format(row, 1, in_words, weight)?;
    page.write_string_with_format(row, 2, finding.code().as_str(), plain)?;
    page.write_string_with_format(row, 4, text, plain)?;
    match finding.at.as_ref().map(|at| (at, target(map, at))) {
        Some((at, Some(target))) => {
            let link = Url::new(format!("internal:{target}")).set_text(shown(map, at));
            page.write_url_with_format(row, 3, link, &styles.link)?;
        }
        Some((at, None)) => {
            page.write_string_with_format(row, 3, at.to_string(), plain)?;
        }
        None => {
            let whole = language.pick("Arbeitsmappe", "workbook");
            page.write_string_with_format(row, 3, whole, plain)?;
        }
    }
    Ok(())
}

/// The height of a line in points: its message is wrapped.
fn height(message: &str) -> u16 {
    let letters = u16::try_from(message.chars().count()).unwrap_or(u16::MAX);
    letters
        .div_ceil(WIDTHS[4])
        .max(1)
        .saturating_mul(13)
        .saturating_add(4)
        .min(HIGHEST)
}

/// Where a link leads: the cell of the copy, or the top of its sheet.
fn target(map: &Map<'_>, at: &CellRef) -> Option<String> {
    match map.cell(at) {
        Some((sheet, row, col)) => Some(address(sheet, row, col)),
        None => map.sheet(at).map(|sheet| address(sheet, 0, 0)),
    }
}

/// The cell of this copy; where it differs from the lead's own cell, both.
fn shown(map: &Map<'_>, at: &CellRef) -> String {
    match map.cell(at) {
        Some((sheet, row, col)) if address(sheet, row, col) != at.to_string() => {
            format!("{} ({at})", address(sheet, row, col))
        }
        _ => at.to_string(),
    }
}

fn address(sheet: SheetKind, row: u32, col: u16) -> String {
    format!("{}!{}{}", sheet.name(), column_letters(col), row + 1)
}
