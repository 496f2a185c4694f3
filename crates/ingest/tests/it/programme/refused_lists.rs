//! Files that are refused or asked about: data about single persons, lists without amounts or wholly of another time.

use nachweis_domain::language::Language;
use nachweis_ingest::programme::{ImportOptions, ProgrammeError};

use super::{
    import, import_plain,
    list_file::{Cell, ListFile, row},
    notes,
};

fn error(rows: &[Vec<Cell>]) -> ProgrammeError {
    let bytes = ListFile::new().sheet("Liste", rows).bytes();
    import(&bytes, &ImportOptions::default()).expect_err("refused")
}

#[test]
fn a_list_with_birth_dates_participants_or_accounts_is_refused_without_quoting_them() {
    let with = |heading: &'static str, cell: &'static str| {
        error(&[
            vec![
                Cell::from("Träger"),
                "Projekt".into(),
                "Gesamtkosten".into(),
                heading.into(),
            ],
            vec![Cell::from("A gGmbH"), "Eins".into(), 5.0.into(), cell.into()],
        ])
    };
    for (heading, cell) in [
        ("Geburtsdatum", "24.12.1980"),
        ("Teilnehmername", "Vera Mustermensch"),
        ("IBAN", "x"),
        ("Sozialversicherungsnummer", "x"),
        ("Sonstiges", "DE89 3704 0044 0532 0130 00"),
    ] {
        let error = with(heading, cell);
        assert_eq!(error.code(), "PRG-11", "{heading}");
        for language in Language::ALL {
            let text = error.text(language);
            assert!(text.contains('D') && !text.contains(cell), "{text}");
        }
    }
}

#[test]
fn contacts_of_a_beneficiary_are_left_out_and_named() {
    let file = import_plain(
        &ListFile::new()
            .sheet(
                "Liste",
                &[
                    row!["Begünstigter", "Projekt", "Gesamtkosten", "E-Mail", "Telefon"],
                    row![
                        "A gGmbH",
                        "Eins",
                        5.0,
                        "vera.mustermensch@example.org",
                        "+49 30 1234567"
                    ],
                ],
            )
            .bytes(),
    );
    assert!(
        notes(&file).contains("Nicht gelesene Spalten mit unbekannter Überschrift: D „E-Mail“, E „Telefon“."),
        "{}",
        notes(&file)
    );
    assert!(!format!("{file:?}").contains("mustermensch"));
}

#[test]
fn a_list_without_amounts_says_so_and_not_that_it_is_none() {
    let error = error(&[
        row!["Begünstigter", "Projekt", "Beginn", "Gesamtkosten"],
        row!["A gGmbH", "Eins", "01.01.2015", ""],
        row!["B gGmbH", "Zwei", "01.01.2015", ""],
        row!["Anmerkung"],
    ]);
    assert_eq!(error.code(), "PRG-10");
    let text = error.text(Language::De);
    assert!(
        text.contains("2 × „Die Zeile nennt ein Vorhaben, aber keinen Betrag"),
        "{text}"
    );
}

#[test]
fn a_list_of_another_period_says_so_and_imports_nothing() {
    let error = error(&[
        row!["Begünstigter", "Projekt", "Beginn", "Ende", "Gesamtkosten"],
        row!["A gGmbH", "Eins", "01.01.2008", "31.12.2009", 5.0],
    ]);
    assert_eq!(error.code(), "PRG-10");
    for (language, word) in [
        (Language::De, "außerhalb der Förderrunde"),
        (Language::En, "outside the funding round"),
    ] {
        assert!(error.text(language).contains(word), "{}", error.text(language));
    }
}

#[test]
fn texts_of_errors_are_whole_sentences_with_a_remedy_in_both_languages() {
    let errors = [
        error(&[row!["Farbe", "Größe"], row!["rot", 5.0]]),
        error(&[
            row![
                "Begünstigter",
                "Projekt",
                "Förderfähige Kosten 2015",
                "Förderfähige Kosten 2016"
            ],
            row!["A", "Eins", 5.0, 6.0],
        ]),
        error(&[
            row!["Beneficiary", "Operation", "Total cost (PLN)"],
            row!["A", "Eins", 5.0],
        ]),
    ];
    for error in errors {
        for (language, please) in [(Language::De, "Bitte"), (Language::En, "Please")] {
            let text = error.text(language);
            assert!(
                text.ends_with('.') && text.contains(please) && !text.contains("  "),
                "{text}"
            );
        }
    }
}
