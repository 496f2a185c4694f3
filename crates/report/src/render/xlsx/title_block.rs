//! The head of a sheet: title, programme and round, as-of and parameters, funding note. Long lines are broken to the width
//! of the table; nothing is merged.

use nachweis_domain::language::Language;
use rust_xlsxwriter::{RowNum, Worksheet};

use super::formats::Formats;
use crate::{Report, ReportError};

/// Lines narrower than this are not broken further.
const LEAST_WIDTH: usize = 60;

/// Writes the head and gives the first free row, one empty row below it.
pub(crate) fn write(
    sheet: &mut Worksheet,
    report: &Report,
    title: &str,
    language: Language,
    width_chars: usize,
    formats: &Formats,
) -> Result<RowNum, ReportError> {
    sheet.write_string_with_format(0, 0, title, &formats.title)?;
    sheet.set_row_height(0, 24)?;
    let lines = Lines::of(report, language, width_chars);
    let mut row = 1;
    for line in lines.programme {
        sheet.write_string_with_format(row, 0, line, &formats.lead)?;
        row += 1;
    }
    for line in lines.status {
        sheet.write_string(row, 0, line)?;
        row += 1;
    }
    for line in lines.note {
        sheet.write_string_with_format(row, 0, line, &formats.quiet)?;
        row += 1;
    }
    Ok(row + 1)
}

/// The first free row below a head that is not written yet.
pub(crate) fn height(report: &Report, language: Language, width_chars: usize) -> RowNum {
    let lines = Lines::of(report, language, width_chars);
    let count = lines.programme.len() + lines.status.len() + lines.note.len();
    RowNum::try_from(count).unwrap_or(RowNum::MAX - 2) + 2
}

/// The lines below the title.
struct Lines {
    programme: Vec<String>,
    status: Vec<String>,
    note: Vec<String>,
}

impl Lines {
    fn of(report: &Report, language: Language, width_chars: usize) -> Self {
        let programme = format!(
            "{} · {}",
            report.programme.get(language),
            report.round_title.get(language)
        );
        let status = status(report, language);
        let note = report.funding_note.get(language);
        Self {
            programme: broken(programme.split(' '), " ", width_chars),
            status: broken(status.iter().map(String::as_str), " · ", width_chars),
            // The note is set smaller, so that more fits on a line.
            note: broken(note.split(' '), " ", width_chars + width_chars / 5),
        }
    }
}

/// As-of, parameters and chain head.
fn status(report: &Report, language: Language) -> Vec<String> {
    let as_of = language.moment(report.as_of);
    let mut parts = vec![match language {
        Language::De => format!("Datenstand: {as_of} Uhr"),
        Language::En => format!("As of: {as_of} (Europe/Berlin)"),
    }];
    parts.extend(
        report
            .parameters
            .iter()
            .map(|(name, value)| format!("{}: {}", name.get(language), value.get(language))),
    );
    if let Some(head) = &report.head {
        parts.push(format!(
            "{}: {head}",
            language.pick("Journalkette", "Journal chain")
        ));
    }
    parts
}

/// Parts in lines of about so many characters; no part is broken in itself.
fn broken<'a>(parts: impl Iterator<Item = &'a str>, between: &str, width_chars: usize) -> Vec<String> {
    let width_chars = width_chars.max(LEAST_WIDTH);
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line)
                if line.chars().count() + between.chars().count() + part.chars().count() <= width_chars =>
            {
                line.push_str(between);
                line.push_str(part);
            }
            _ => lines.push(part.to_owned()),
        }
    }
    lines
}
