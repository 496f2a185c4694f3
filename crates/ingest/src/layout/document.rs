//! The documentation of columns for leads, generated from the layout.

use std::fmt::Write as _;

use nachweis_domain::{
    language::{Language, Text},
    round::FundingRound,
};

use super::{
    Layout,
    column::{Choice, Column, Kind, Source},
    version::Version,
};

/// The columns of a round's workbook as markdown: sheet, header, what it holds, who fills it, what to enter.
/// Empty for a round whose template version this program does not know.
pub fn columns_documentation(round: &FundingRound, language: Language) -> String {
    let Some(version) = Version::of(&round.template_version) else {
        return String::new();
    };
    let mut page = format!(
        "# {} {} ({})\n",
        language.pick("Spalten der Vorlage", "Columns of the template"),
        version.as_str(),
        round.title.get(language)
    );
    for sheet in Layout::new(version, round).sheets {
        // Writing to a string cannot fail.
        let _ = write!(
            page,
            "\n## {} – {}\n\n{}\n\n{}\n|---|---|---|---|\n",
            sheet.name(),
            sheet.title.get(language),
            sheet.intro.get(language),
            language.pick(
                "| Spalte | Inhalt | Ausgefüllt von | Hinweis |",
                "| Column | Content | Filled by | Hint |"
            )
        );
        for column in &sheet.columns {
            let _ = writeln!(page, "{}", line(column, language));
        }
    }
    page
}

fn line(column: &Column, language: Language) -> String {
    let personal = if column.personal {
        language.pick(
            " Kann Personen nennen: nur für Teilvorhaben, Koordination, Programmsteuerung und Prüfung sichtbar.",
            " Can name persons: shown to lead, coordinator, manager and auditor only.",
        )
    } else {
        ""
    };
    format!(
        "| {} | {} | {} | {}{personal} |",
        column.quoted(),
        kind(column.kind).get(language),
        source(column.source).get(language),
        column.hint.get(language)
    )
}

fn kind(kind: Kind) -> Text {
    match kind {
        Kind::Key => Text::new("Kennung", "key"),
        Kind::Text { limit } => Text::new(
            format!("Text bis {} Zeichen", Language::De.group(limit)),
            format!("text up to {} characters", Language::En.group(limit)),
        ),
        Kind::Money => Text::new("Betrag in Euro", "amount in euro"),
        Kind::Count => Text::new("ganze Zahl", "whole number"),
        Kind::Date => Text::new("Datum", "date"),
        Kind::Quarter => Text::new("Quartal", "quarter"),
        Kind::Choice(Choice::Item) => Text::new("Auswahl der Einzelansätze", "one of the plan items"),
        Kind::Choice(Choice::Confirmation) => Text::new("ja oder nein", "yes or no"),
    }
}

fn source(source: Source) -> Text {
    match source {
        Source::Key | Source::Label | Source::Prefilled => Text::new("vorbelegt", "prefilled"),
        Source::Input { required: true } => Text::new("Teilvorhaben, Pflicht", "lead, required"),
        Source::Input { required: false } => Text::new("Teilvorhaben", "lead"),
        Source::Computed(_) => Text::new("Formel der Vorlage", "formula of the template"),
        Source::Aid(_) => Text::new(
            "Formel der Vorlage, nur zum Abgleich",
            "formula of the template, for comparison only",
        ),
    }
}
