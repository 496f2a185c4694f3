//! Words that the texts of findings share.

use crate::{
    finding::{Column, MissingGroup, Span, Who},
    language::Language,
};

/// A thing that a cell should hold, with its article, as the subject of a sentence.
pub(super) const fn column(language: Language, column: Column) -> &'static str {
    match column {
        Column::Amount => language.pick("der Betrag", "the amount"),
        Column::Count => language.pick("die Anzahl", "the count"),
        Column::VoucherNumber => language.pick("die Belegnummer", "the voucher number"),
        Column::PaidOn => language.pick("das Zahlungsdatum", "the payment date"),
        Column::Payee => language.pick("der Zahlungsempfänger", "the payee"),
        Column::Purpose => language.pick("der Verwendungszweck", "the purpose"),
        Column::Item => language.pick("der Einzelansatz", "the plan item"),
        Column::Narrative => language.pick("der Text des Sachberichts", "the text of the narrative report"),
    }
}

/// The same as the object of a sentence.
pub(super) const fn column_object(language: Language, column: Column) -> &'static str {
    match (language, column) {
        (Language::De, Column::Amount) => "den Betrag",
        (Language::De, Column::Payee) => "den Zahlungsempfänger",
        (Language::De, Column::Purpose) => "den Verwendungszweck",
        (Language::De, Column::Item) => "den Einzelansatz",
        (Language::De, Column::Narrative) => "den Text",
        (language, column) => self::column(language, column),
    }
}

/// Whether a thing is a number, of which an empty cell must not be taken for zero.
pub(super) const fn is_number(column: Column) -> bool {
    matches!(column, Column::Amount | Column::Count)
}

/// Whose counts, as the beginning of a sentence.
pub(super) const fn who(language: Language, who: Who) -> &'static str {
    match who {
        Who::Women => language.pick("Frauen", "Women"),
        Who::Men => language.pick("Männer", "Men"),
        Who::NonBinary => language.pick("Nicht-binäre Personen", "Non-binary persons"),
        Who::All => language.pick("Insgesamt", "In total"),
    }
}

/// Which time, within a sentence.
pub(super) const fn span(language: Language, span: Span) -> &'static str {
    match span {
        Span::Quarter => language.pick("im Quartal", "in the quarter"),
        Span::Cumulative => language.pick("kumuliert", "cumulatively"),
    }
}

/// Whose counts in which time, as the beginning of a sentence: `Frauen, im Quartal`.
pub(super) fn group(language: Language, who: Who, span: Span) -> String {
    format!("{}, {}", self::who(language, who), self::span(language, span))
}

/// What is missing among participants, as the subject of a sentence.
pub(super) const fn missing(language: Language, missing: MissingGroup) -> &'static str {
    match missing {
        MissingGroup::Education => language.pick(
            "der Bildungsstand (EECO09 bis EECO11)",
            "education (EECO09 to EECO11)",
        ),
        MissingGroup::Age => language.pick("das Alter (EECO06 bis EECO08)", "age (EECO06 to EECO08)"),
    }
}

/// A kind of personal data; never the data itself.
pub(super) fn personal(language: Language, kind: &str) -> &'static str {
    match kind {
        "name" => language.pick("Namen", "names"),
        "birth_date" => language.pick("Geburtsdaten", "birth dates"),
        "email" => language.pick("E-Mail-Adressen", "e-mail addresses"),
        "iban" => language.pick("Kontoverbindungen", "bank accounts"),
        "phone" => language.pick("Telefonnummern", "telephone numbers"),
        "address" => language.pick("Anschriften", "addresses"),
        "person_id" => language.pick("Kennungen von Personen", "numbers of persons"),
        _ => language.pick("personenbezogene Angaben", "personal details"),
    }
}

/// The text with a capital letter at its beginning.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
