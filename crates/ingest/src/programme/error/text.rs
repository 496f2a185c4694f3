//! The wording of what keeps a file from being imported: what is there, what is expected, what to do.

use nachweis_domain::{
    language::{Language, Text},
    rules::personal::PersonalKind,
};

use super::{ProgrammeError, listed};

pub(super) fn german(error: &ProgrammeError) -> String {
    const DE: Language = Language::De;
    match error {
        ProgrammeError::NothingRecognised { sheets } => format!(
            "In der Datei wurde keine Liste von Vorhaben erkannt. Gesucht wird eine Zeile mit Überschriften für \
             Begünstigten oder Bezeichnung des Vorhabens und für den Betrag. Erkannte Überschriften: {}. Bitte \
             ergänzen Sie die Überschriften oder benutzen Sie das eigene Format (fixtures/programme/README.md).",
            listed::headings(sheets, DE)
        ),
        ProgrammeError::QuarterlyWorkbook => {
            "Die Datei ist eine Arbeitsmappe eines Quartals und keine Programmdatei. \
             Arbeitsmappen werden mit `nachweis import` übernommen."
                .to_owned()
        }
        ProgrammeError::WhichSheet { candidates } => format!(
            "Die Datei enthält mehrere verschiedene Listen: {}. Bitte geben Sie mit --sheet das Blatt an, das importiert \
             werden soll; gehören mehrere Blätter zusammen, geben Sie --sheet für jedes davon an.",
            listed::sheets(candidates, DE)
        ),
        ProgrammeError::NoSuchSheet { asked, candidates } => format!(
            "Das Blatt „{asked}“ gibt es nicht, oder es enthält keine Liste von Vorhaben. Blätter mit einer Liste: {}. \
             Bitte geben Sie eines davon mit --sheet an.",
            listed::sheets(candidates, DE)
        ),
        ProgrammeError::RoundTakesNoList { round } => format!(
            "Die Förderrunde „{round}“ hat keinen Einzelansatz „eligible_expenditure“ und kann keine veröffentlichte \
             Liste von Vorhaben aufnehmen. Bitte wählen Sie mit --round eine Runde wie „esf-2014-2020“."
        ),
        ProgrammeError::Faults { faults } => format!(
            "Die Datei wird nicht importiert, weil sie Fehler enthält. Bitte berichtigen Sie:\n{}",
            lines(faults, DE)
        ),
        ProgrammeError::WhichAmount { candidates } => format!(
            "Mehrere Spalten können der Betrag eines Vorhabens sein, oder jede gilt nur für ein Jahr: {}. Bitte geben Sie \
             mit --amount die Spalte an, die gelten soll (ihren Buchstaben oder ihre Überschrift), oder ergänzen Sie eine \
             Spalte mit dem Gesamtbetrag.",
            listed::amounts(candidates, DE)
        ),
        ProgrammeError::NoSuchAmount { asked, candidates } => format!(
            "Eine Spalte „{asked}“ gibt es in der Liste nicht. Spalten mit Beträgen: {}. Bitte geben Sie mit --amount den \
             Buchstaben oder die Überschrift einer davon an.",
            listed::amounts(candidates, DE)
        ),
        ProgrammeError::ForeignCurrency { heading, currency } => format!(
            "Die Beträge der Spalte „{heading}“ sind in {currency} angegeben; gezählt werden Beträge in Euro. Bitte \
             ergänzen Sie eine Spalte mit Beträgen in Euro."
        ),
        ProgrammeError::NoOperations {
            sheet,
            amount,
            reasons,
        } => format!(
            "Das Blatt „{sheet}“ hat die Überschriften einer Liste von Vorhaben, aber keine Zeile ist ein Vorhaben dieser \
             Förderrunde (Betrag in der Spalte „{amount}“). {} Bitte prüfen Sie Datei und Förderrunde.",
            if reasons.is_empty() {
                "Unter den Überschriften steht nichts.".to_owned()
            } else {
                format!("Gründe: {}.", listed::reasons(reasons, DE))
            }
        ),
        ProgrammeError::PersonalData { sheet, column, kind } => format!(
            "Die Datei enthält Angaben über einzelne Personen (Blatt „{sheet}“, Spalte {column}: {}) und wird nicht \
             gelesen. Bitte entfernen Sie die Spalte; eine Liste von Vorhaben braucht sie nicht.",
            personal(*kind).de
        ),
    }
}

pub(super) fn english(error: &ProgrammeError) -> String {
    const EN: Language = Language::En;
    match error {
        ProgrammeError::NothingRecognised { sheets } => format!(
            "No list of operations was recognised in the file. It needs a row with headings for the beneficiary or the \
             name of the operation and for the amount. Headings recognised: {}. Please add the headings or use our own \
             format (fixtures/programme/README.md).",
            listed::headings(sheets, EN)
        ),
        ProgrammeError::QuarterlyWorkbook => {
            "The file is a quarterly workbook and no programme file. Workbooks are taken \
             in with `nachweis import`."
                .to_owned()
        }
        ProgrammeError::WhichSheet { candidates } => format!(
            "The file holds several different lists: {}. Please name the sheet to import with --sheet; if several sheets \
             belong together, give --sheet for each of them.",
            listed::sheets(candidates, EN)
        ),
        ProgrammeError::NoSuchSheet { asked, candidates } => format!(
            "There is no sheet \"{asked}\", or it holds no list of operations. Sheets with a list: {}. Please name one of \
             them with --sheet.",
            listed::sheets(candidates, EN)
        ),
        ProgrammeError::RoundTakesNoList { round } => format!(
            "The funding round \"{round}\" has no plan item \"eligible_expenditure\" and cannot take a published list of \
             operations. Please choose a round such as \"esf-2014-2020\" with --round."
        ),
        ProgrammeError::Faults { faults } => format!(
            "The file is not imported, because it has faults. Please correct:\n{}",
            lines(faults, EN)
        ),
        ProgrammeError::WhichAmount { candidates } => format!(
            "Several columns can be the amount of an operation, or each is of one year only: {}. Please name the column \
             that counts with --amount (its letter or its heading), or add a column with the total.",
            listed::amounts(candidates, EN)
        ),
        ProgrammeError::NoSuchAmount { asked, candidates } => format!(
            "There is no column \"{asked}\" in the list. Columns with amounts: {}. Please name the letter or the heading \
             of one of them with --amount.",
            listed::amounts(candidates, EN)
        ),
        ProgrammeError::ForeignCurrency { heading, currency } => format!(
            "The amounts of the column \"{heading}\" are given in {currency}; amounts in euro are counted. Please add a \
             column with amounts in euro."
        ),
        ProgrammeError::NoOperations {
            sheet,
            amount,
            reasons,
        } => format!(
            "The sheet \"{sheet}\" has the headings of a list of operations, but no row is an operation of this round (amount \
             in the column \"{amount}\"). {} Please check the file and the round.",
            if reasons.is_empty() {
                "Nothing stands below the headings.".to_owned()
            } else {
                format!("Reasons: {}.", listed::reasons(reasons, EN))
            }
        ),
        ProgrammeError::PersonalData { sheet, column, kind } => format!(
            "The file holds data about single persons (sheet \"{sheet}\", column {column}: {}) and is not read. Please \
             remove the column; a list of operations does not need it.",
            personal(*kind).en
        ),
    }
}

fn lines(faults: &[Text], language: Language) -> String {
    faults
        .iter()
        .map(|fault| fault.get(language))
        .collect::<Vec<_>>()
        .join("\n")
}

fn personal(kind: PersonalKind) -> Text {
    let (de, en) = match kind {
        PersonalKind::Name => ("Namen von Teilnehmenden", "names of participants"),
        PersonalKind::BirthDate => ("Geburtsdaten oder -orte", "dates or places of birth"),
        PersonalKind::Email => ("E-Mail-Adressen", "e-mail addresses"),
        PersonalKind::Iban => ("Bankverbindungen", "bank accounts"),
        PersonalKind::Phone => ("Telefonnummern", "telephone numbers"),
        PersonalKind::Address => ("Anschriften", "postal addresses"),
        PersonalKind::PersonId => ("Nummern von Personen", "numbers of persons"),
    };
    Text::new(de, en)
}
