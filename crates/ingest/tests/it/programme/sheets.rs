//! Several sheets in one file: cover, legend, pivot, one list over several sheets, the same list twice with a change.

use nachweis_domain::language::Language;
use nachweis_ingest::programme::{ImportOptions, ProgrammeError};

use super::{
    import, import_plain,
    list_file::{Cell, ListFile, row},
    notes,
};

fn asked(sheets: &[&str]) -> ImportOptions {
    ImportOptions {
        sheets: sheets.iter().map(ToString::to_string).collect(),
        ..ImportOptions::default()
    }
}

fn operations(amounts: &[f64]) -> Vec<Vec<Cell>> {
    let mut rows = vec![row![
        "Begünstigter",
        "Vorhaben",
        "Beginn",
        "Ende",
        "Förderfähige Gesamtkosten"
    ]];
    for (number, amount) in amounts.iter().enumerate() {
        let title = ["Eins", "Zwei", "Drei", "Vier", "Fünf"][number % 5];
        rows.push(row!["A gGmbH", title, "01.01.2015", "31.12.2015", *amount]);
    }
    rows
}

#[test]
fn cover_legend_and_pivot_are_no_lists_and_are_named() {
    let bytes = ListFile::new()
        .sheet(
            "Deckblatt",
            &[
                row!["Liste der Vorhaben"],
                row!["Saarland"],
                row!["Gesamtkosten: siehe Liste"],
            ],
        )
        .sheet("Vorhaben", &operations(&[10.0, 20.0]))
        .sheet(
            "Pivot",
            &[
                row!["Zeilenbeschriftungen", "Summe von Gesamtkosten"],
                row!["A gGmbH", 30.0],
            ],
        )
        .sheet(
            "Legende",
            &[row!["Code", "Bezeichnung"], row![109.0, "Aktive Inklusion"]],
        )
        .bytes();
    let file = import_plain(&bytes);
    assert_eq!(file.total().to_string(), "30.00");
    assert!(
        notes(&file).contains("Nicht gelesene Blätter: „Deckblatt“ (keine Liste), „Pivot“ (keine Liste), „Legende“ (keine Liste)."),
        "{}",
        notes(&file)
    );
    assert_eq!(
        file.import.subprojects[0]
            .0
            .land
            .map(nachweis_domain::region::Land::code),
        Some("SL")
    );
}

#[test]
fn a_list_over_several_sheets_is_asked_about_and_read_together() {
    let bytes = ListFile::new()
        .sheet("Achse A", &operations(&[10.0, 20.0]))
        .sheet("Achse B", &operations(&[5.0]))
        .sheet("Achse C", &operations(&[7.0]))
        .bytes();
    let error = import(&bytes, &ImportOptions::default()).expect_err("which?");
    for language in Language::ALL {
        let text = error.text(language);
        assert!(
            text.contains("Achse A") && text.contains("Achse C") && text.contains("--sheet"),
            "{text}"
        );
    }
    let file = import(&bytes, &asked(&["Achse A", "Achse B"])).expect("two sheets");
    assert_eq!((file.count(), file.total().to_string().as_str()), (3, "35.00"));
    let numbers: std::collections::BTreeSet<&str> =
        file.rows_taken.iter().map(|row| row.no.as_str()).collect();
    assert_eq!(
        numbers.len(),
        3,
        "the same content on two sheets gives two operations"
    );
    let sheets: Vec<&str> = file.rows_taken.iter().map(|row| row.sheet.as_str()).collect();
    assert_eq!(sheets, ["Achse A", "Achse A", "Achse B"]);
    assert!(
        notes(&file).contains("„Achse C“ (1 Vorhaben, 7,00"),
        "{}",
        notes(&file)
    );
}

#[test]
fn a_sheet_asked_for_twice_or_repeating_another_is_counted_once() {
    let bytes = ListFile::new()
        .sheet("Mai", &operations(&[10.0, 20.0]))
        .sheet("Mai (Druck)", &operations(&[10.0, 20.0]))
        .bytes();
    let file = import(&bytes, &asked(&["Mai", "Mai (Druck)", "Mai"])).expect("one list");
    assert_eq!(file.total().to_string(), "30.00");
    assert!(
        notes(&file).contains("wird nicht noch einmal gezählt"),
        "{}",
        notes(&file)
    );
}

#[test]
fn sheets_that_are_nearly_the_same_are_asked_about_and_their_overlap_is_told() {
    let bytes = ListFile::new()
        .sheet("März", &operations(&[10.0, 20.0, 30.0]))
        .sheet("Mai", &operations(&[10.0, 20.0, 31.0]))
        .bytes();
    let Err(ProgrammeError::WhichSheet { candidates }) = import(&bytes, &ImportOptions::default()) else {
        panic!("nearly the same is not the same");
    };
    assert_eq!(candidates[1].shared, Some(("März".into(), 2)));
    let error = ProgrammeError::WhichSheet { candidates };
    assert!(
        error.text(Language::De).contains("2 davon auch auf „März“"),
        "{}",
        error.text(Language::De)
    );
    let file = import(&bytes, &asked(&["März", "Mai"])).expect("both");
    assert_eq!(file.total().to_string(), "121.00");
    assert!(
        notes(&file).contains("jedes Mal gezählt wurden: 2 Vorhaben"),
        "{}",
        notes(&file)
    );
}

#[test]
fn a_sheet_that_does_not_exist_is_told_with_those_that_do() {
    let bytes = ListFile::new().sheet("Mai", &operations(&[10.0])).bytes();
    let error = import(&bytes, &asked(&["Mai", "Juni"])).expect_err("no such sheet");
    assert_eq!(error.code(), "PRG-03");
    assert!(
        error.text(Language::En).contains("\"Juni\"")
            && error.text(Language::En).contains("\"Mai\" (1 operations")
    );
}
