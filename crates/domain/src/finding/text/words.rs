//! Words that the texts of findings share.

use crate::{
    finding::{Column, MissingGroup, Span, Who},
    language::Language,
};

/// A thing that a cell should hold, with its article.
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

/// Whose counts.
pub(super) const fn who(language: Language, who: Who) -> &'static str {
    match who {
        Who::Women => language.pick("Frauen", "Women"),
        Who::Men => language.pick("Männer", "Men"),
        Who::NonBinary => language.pick("Nicht-binäre Personen", "Non-binary persons"),
        Who::All => language.pick("Insgesamt", "In total"),
    }
}

/// Which time.
pub(super) const fn span(language: Language, span: Span) -> &'static str {
    match span {
        Span::Quarter => language.pick("im Quartal", "in the quarter"),
        Span::Cumulative => language.pick("kumuliert", "cumulative"),
    }
}

/// What is missing among participants.
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
        _ => language.pick("personenbezogene Angaben", "personal details"),
    }
}
