//! What a term stands for, in words for people: the same in CSV and on the sheet of sources.

use nachweis_domain::language::Language;

use crate::lineage::{OpenTerm, Source};

/// The kind of source.
pub(super) const fn kind(source: &Source, language: Language) -> &'static str {
    match source {
        Source::Cells { .. } => language.pick("Zellen", "cells"),
        Source::Correction { .. } => language.pick("Berichtigung", "correction"),
        Source::Plan { .. } => language.pick("Plan", "plan"),
        Source::Payment { .. } => language.pick("Zahlung", "payment"),
        Source::Number { .. } => language.pick("Zahl", "number"),
        Source::Report { .. } => language.pick("Bericht", "report"),
        Source::Grant(_) => language.pick("Bewilligung", "grant"),
        Source::Subproject => language.pick("Teilvorhaben", "subproject"),
    }
}

/// When it was, and under which key it stands.
pub(super) fn when_and_key(source: &Source) -> (String, String) {
    match source {
        Source::Cells { quarter, key, .. } => (quarter.to_string(), key.as_str().to_owned()),
        Source::Correction {
            quarter,
            corrects,
            key,
            ..
        } => (format!("{quarter} → {corrects}"), key.as_str().to_owned()),
        Source::Plan { version, key, year } => (
            year.map_or_else(String::new, |year| year.to_string()),
            format!("{} (Plan {version})", key.as_str()),
        ),
        Source::Payment { paid_on, source, .. } => (paid_on.to_string(), source.to_string()),
        Source::Number { row, column } => (String::new(), place(row, column)),
        Source::Report { quarter, .. } => (quarter.to_string(), String::new()),
        Source::Grant(period) => (format!("{}/{}", period.first, period.last), String::new()),
        Source::Subproject => (String::new(), String::new()),
    }
}

/// Where a number of the same report stands, by row and column.
pub(super) fn place(row: &str, column: &str) -> String {
    format!("{row} · {column}")
}

/// The sheets and the cells of a term.
pub(super) fn sheets_and_cells(open: &OpenTerm) -> (String, String) {
    let mut sheets: Vec<&str> = open.cells.iter().map(|cell| cell.at.sheet()).collect();
    sheets.dedup();
    let cells: Vec<String> = open.cells.iter().map(|cell| cell.at.a1()).collect();
    (sheets.join(" + "), cells.join(" + "))
}

/// Stands in the place of a file that the reader may not see.
pub(super) const fn withheld(language: Language) -> &'static str {
    language.pick(
        "(Ihre Rollen zeigen die Arbeitsmappen dieses Teilvorhabens nicht)",
        "(your roles do not show the workbooks of this subproject)",
    )
}
