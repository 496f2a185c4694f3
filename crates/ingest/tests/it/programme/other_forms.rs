//! Further traits of published lists: sums between the rows, merged cells, headings in two rows, several amounts,
//! hidden rows, odd dates, CSV with other conventions, and files that are no lists.

use nachweis_domain::language::Language;
use nachweis_ingest::programme::{ImportOptions, ProgrammeError, Reason, recognise};
use rust_xlsxwriter::Format;

use super::{
    import,
    list_file::{Cell, ListFile, row},
    notes, round, taken,
};

fn list(rows: &[Vec<Cell>]) -> nachweis_ingest::programme::ProgrammeFile {
    import(
        &ListFile::new().sheet("Liste", rows).bytes(),
        &ImportOptions::default(),
    )
    .expect("a list")
}

const HEADINGS: [&str; 5] = [
    "Zuwendungsempfänger",
    "Projekttitel",
    "Beginn",
    "Ende",
    "Förderfähige Gesamtkosten",
];

fn headings() -> Vec<Cell> {
    HEADINGS.into_iter().map(Cell::from).collect()
}

#[test]
fn amounts_as_text_are_read_and_sums_are_not_counted() {
    let file = list(&[
        headings(),
        row!["A gGmbH", "Eins", "01.01.2015", "31.12.2015", "7.500,00"],
        row![
            "Gesamtschule Mondschein",
            "Gesamt",
            "01.01.2015",
            "31.12.2015",
            "1.234,56 €"
        ],
        row!["Zwischensumme", "", "", "", "8.734,56"],
        row!["B gGmbH", "Drei", "01.01.2015", "31.12.2015", "12,3 Mio."],
        row!["C gGmbH", "Vier", "01.01.2015", "31.12.2015", "k. A."],
        row!["D gGmbH", "Fünf", "01.01.2015", "31.12.2015", ""],
        row!["E gGmbH", "Sechs", "01.01.2015", "31.12.2015", -5.0],
        row!["F gGmbH", "Sieben", "01.01.2007", "31.12.2010", 5.0],
        row!["", "", "", "", 99.0],
        row!["Summe", "", "", "", 8_734.56],
        row!["Stand: 2016"],
    ]);
    assert_eq!(taken(&file), [(2, "7500.00".into()), (3, "1234.56".into())]);
    let reason = |row: u32| {
        &file
            .rows_not_taken
            .iter()
            .find(|it| it.row == row)
            .expect("the row")
            .reason
    };
    assert_eq!(reason(4), &Reason::Total);
    for row in [5, 6] {
        assert!(matches!(reason(row), Reason::AmountUnreadable { .. }), "{row}");
        assert!(reason(row).is_doubtful());
    }
    assert_eq!(reason(7), &Reason::NoAmount);
    assert_eq!(reason(8), &Reason::NegativeAmount);
    assert_eq!(reason(9), &Reason::OutsideRound);
    assert_eq!(reason(10), &Reason::NoOperation, "99 sums nothing");
    assert_eq!(reason(11), &Reason::Total);
    assert_eq!(reason(12), &Reason::Remark);
    assert_eq!(file.count() + file.rows_not_taken.len(), 12);
    for row in &file.rows_not_taken {
        let text = row.reason.text();
        assert!(text.de.ends_with('.') && text.en.ends_with('.'), "{text:?}");
    }
}

#[test]
fn the_amount_is_the_total_eligible_expenditure_and_the_others_are_named() {
    let file = list(&[
        row![
            "Lfd. Nr.",
            "Begünstigter",
            "Vorhaben",
            "ESF-Mittel in Euro",
            "Gesamtkosten",
            "Gesamtbetrag der förderfähigen Ausgaben",
            "Land"
        ],
        row![1.0, "A gGmbH", "Eins", 50.0, 120.0, 100.0, "Sachsen-Anhalt"],
        row![2.0, "B gGmbH", "Zwei", 5.0, 12.0, 10.0, "DE-HH"],
    ]);
    assert_eq!(file.total().to_string(), "110.00");
    assert!(notes(&file).contains("als Betrag die Spalte „Gesamtbetrag der förderfähigen Ausgaben“"));
    assert!(notes(&file).contains("Nicht als Betrag gelesen: „Gesamtkosten“, „ESF-Mittel in Euro“."));
    let lands: Vec<String> = file
        .import
        .subprojects
        .iter()
        .map(|(it, _)| it.land.expect("a Land").to_string())
        .collect();
    assert_eq!(lands, ["ST", "HH"]);
}

#[test]
fn headings_in_two_rows_are_read_together() {
    let file = list(&[
        row![
            "Name des",
            "Bezeichnung des",
            "Datum des",
            "Datum des",
            "Gesamtbetrag der förder-"
        ],
        row![
            "Begünstigten",
            "Vorhabens",
            "Beginns",
            "Endes",
            "fähigen Ausgaben"
        ],
        row!["A gGmbH", "Eins", "01.02.2015", "31.12.2016", 100.0],
    ]);
    assert_eq!(taken(&file), [(3, "100.00".into())]);
    let grant = file.import.subprojects[0].0.grant_period;
    assert_eq!(
        (grant.first.to_string(), grant.last.to_string()),
        ("2015-02-01".into(), "2016-12-31".into())
    );
}

#[test]
fn merged_names_hold_for_each_row_and_merged_amounts_count_once() {
    let rows = [
        headings(),
        row!["", "Eins", "01.01.2015", "31.12.2015", 100.0],
        row!["", "Zwei", "01.01.2015", "31.12.2015", 200.0],
        row!["B gGmbH", "Drei", "01.01.2015", "31.12.2015", ""],
        row!["B gGmbH", "Vier", "01.01.2015", "31.12.2015", ""],
    ];
    let bytes = ListFile::new()
        .changed("Liste", &rows, |sheet| {
            let plain = Format::new();
            sheet.merge_range(1, 0, 2, 0, "A gGmbH", &plain).expect("a merge");
            sheet.merge_range(3, 4, 4, 4, "", &plain).expect("a merge");
            sheet.write_number(3, 4, 300.0).expect("a cell");
        })
        .bytes();
    let file = import(&bytes, &ImportOptions::default()).expect("a list");
    assert_eq!(
        taken(&file),
        [(2, "100.00".into()), (3, "200.00".into()), (4, "300.00".into())]
    );
    let carriers: Vec<&str> = file
        .import
        .subprojects
        .iter()
        .map(|(it, _)| it.carrier.name.as_str())
        .collect();
    assert_eq!(carriers, ["A gGmbH", "A gGmbH", "B gGmbH"]);
    assert!(
        file.rows_not_taken
            .iter()
            .any(|row| row.row == 5 && row.reason == Reason::MergedAmount)
    );
}

#[test]
fn hidden_rows_are_counted_and_said() {
    let rows = [
        headings(),
        row!["A gGmbH", "Eins", "", "", 100.0],
        row!["B gGmbH", "Zwei", "", "", 200.0],
    ];
    let hide = |sheet: &mut rust_xlsxwriter::Worksheet| {
        sheet.set_row_hidden(2).expect("a row");
    };
    let bytes = ListFile::new().changed("Liste", &rows, hide).bytes();
    let file = import(&bytes, &ImportOptions::default()).expect("a list");
    assert_eq!(file.total().to_string(), "300.00");
    assert!(notes(&file).contains("1 von 2 Vorhaben: Die Zeile ist in der Datei ausgeblendet"));
    assert!(
        file.rows_taken[1]
            .notes
            .iter()
            .any(|note| note.en == "The row is hidden in the file.")
    );
}

#[test]
fn dates_that_are_missing_odd_or_beyond_the_round_are_said() {
    let file = list(&[
        headings(),
        row!["A gGmbH", "Eins", "2015", "06.2016", 1.0],
        row!["B gGmbH", "Zwei", "offen", "", 1.0],
        row!["C gGmbH", "Drei", "01.10.2013", "31.12.2025", 1.0],
        row!["D gGmbH", "Vier", "01.10.2016", "31.12.2015", 1.0],
    ]);
    let grants: Vec<String> = file
        .import
        .subprojects
        .iter()
        .map(|(it, _)| format!("{} {}", it.grant_period.first, it.grant_period.last))
        .collect();
    assert_eq!(
        grants,
        [
            "2015-01-01 2016-06-30",
            "2014-01-01 2023-12-31",
            "2014-01-01 2023-12-31",
            "2016-10-01 2023-12-31"
        ]
    );
    let counts: Vec<usize> = file.rows_taken.iter().map(|row| row.notes.len()).collect();
    assert_eq!(counts, [0, 2, 2, 1]);
    assert_eq!(
        file.rows_taken[1].notes[0].de,
        "Beginn: „offen“ ist kein Datum; angenommen 01.01.2014."
    );
}

#[test]
fn csv_with_other_conventions_is_read() {
    let us = "Beneficiary name,Operation name,Start date,End date,Total eligible cost\nA Ltd,One,12/31/2014,01/02/2016,\"4,156.00\"\nB Ltd,Two,01/15/2015,03/04/2016,\"1,234\"\n";
    let german =
        "Begünstigter;Vorhaben;Beginn;Ende;Gesamtbetrag\nMüller gGmbH;Eins;01.01.2015;31.12.2015;7.500,00\n";
    let latin: Vec<u8> = german
        .chars()
        .map(|char| u8::try_from(u32::from(char)).expect("latin-1"))
        .collect();
    let file = import(us.as_bytes(), &ImportOptions::default()).expect("a list");
    assert_eq!(taken(&file), [(2, "4156.00".into()), (3, "1234.00".into())]);
    let grant = file.import.subprojects[0].0.grant_period;
    assert_eq!(
        (grant.first.to_string(), grant.last.to_string()),
        ("2014-12-31".into(), "2016-01-02".into())
    );
    let file = import(&latin, &ImportOptions::default()).expect("a list");
    assert_eq!(file.import.subprojects[0].0.carrier.name, "Müller gGmbH");
    assert!(notes(&file).contains("Windows-1252"));
    let with_mark = format!("\u{feff}{german}");
    assert_eq!(
        import(with_mark.as_bytes(), &ImportOptions::default())
            .expect("a list")
            .count(),
        1
    );
}

#[test]
fn the_land_is_that_of_the_file_when_no_row_names_one() {
    let rows = [
        headings(),
        row!["A gGmbH", "Eins", "01.01.2015", "31.12.2015", 100.0],
    ];
    let bytes = ListFile::new().sheet("Tabelle1", &rows).bytes();
    let named = ImportOptions {
        file_name: Some("liste-sachsen-anhalt-2016.xlsx".into()),
        ..ImportOptions::default()
    };
    let file = import(&bytes, &named).expect("a list");
    assert!(file.rows_taken[0].no.as_str().starts_with("ESF14-ST-"));
    let file = import(&bytes, &ImportOptions::default()).expect("a list");
    assert!(file.rows_taken[0].no.as_str().starts_with("ESF14-DE-"));
    assert!(notes(&file).contains("angenommen ist „stärker entwickelt“"));
}

#[test]
fn files_without_a_list_say_what_was_found_and_what_is_needed() {
    let rows = [row!["Begünstigter", "Ort"], row!["A gGmbH", "Bremen"]];
    let error = import(
        &ListFile::new().sheet("Adressen", &rows).bytes(),
        &ImportOptions::default(),
    )
    .expect_err("no list");
    assert_eq!(error.code(), "PRG-01");
    for language in Language::ALL {
        assert!(
            error.text(language).contains("Begünstigter | Ort"),
            "{}",
            error.text(language)
        );
    }
    // Also a round that takes no list says what the file is, not what the round lacks.
    let sheets = nachweis_ingest::read_table_here(b"hallo").expect("a text");
    let other = recognise(&round("2023-2025"), &sheets, &ImportOptions::default());
    assert_eq!(other.expect_err("no list").code(), "PRG-01");
    let rows = [
        row!["Begünstigter", "Vorhaben", "Gesamtbetrag"],
        row!["Mondschein gGmbH", "Projekt", 100.0],
    ];
    let list = ListFile::new().sheet("L", &rows).bytes();
    let sheets = nachweis_ingest::read_table_here(&list).expect("sound");
    let other = recognise(&round("2023-2025"), &sheets, &ImportOptions::default());
    assert!(matches!(other, Err(ProgrammeError::RoundTakesNoList { .. })));
}

#[test]
fn a_quarterly_workbook_names_the_command_that_takes_it() {
    let bytes = include_bytes!("../../../../../fixtures/workbooks/2023-1-openpyxl.xlsx");
    let sheets = nachweis_ingest::read_table_here(bytes).expect("sound");
    for code in ["2023-2025", "esf-2014-2020"] {
        let error = recognise(&round(code), &sheets, &ImportOptions::default()).expect_err("no list");
        assert_eq!(error.code(), "PRG-06");
        for language in Language::ALL {
            assert!(error.text(language).contains("`nachweis import`"));
        }
    }
}

#[test]
fn words_of_headings_in_the_first_row_of_data_do_not_make_it_a_heading() {
    let file = list(&[
        row!["Begünstigter", "Vorhaben", "Bemerkung", "Gesamtbetrag"],
        row!["Projektträger Mond", "Projekt", "Projektbeginn verschoben", 100.0],
        row!["Unternehmen", "Projekt", "Projektende offen", 200.0],
    ]);
    assert_eq!(taken(&file), [(2, "100.00".into()), (3, "200.00".into())]);
}

#[test]
fn headings_may_stand_in_row_eleven_with_english_ones_in_the_same_cell() {
    let mut rows: Vec<Vec<Cell>> = (1..11).map(|_| row!["Erfundene Angaben zum Programm"]).collect();
    rows.push(row![
        "Name des Begünstigten/ beneficiary name",
        "Bezeichnung/Zusammenf. d. Vorhabens/ operation name",
        "Projektbeginn/ operation start date",
        "Projektende/",
        "Gesamtbetrag der förderfähigen Ausgaben/ ",
        "Kofinanzierungssatz Prio-Achse in %/",
        "Land/"
    ]);
    rows.push(row![
        "A gGmbH",
        "Eins",
        "01.01.2015",
        "31.12.2015",
        "1.000,00",
        50.0,
        "DE"
    ]);
    let file = list(&rows);
    assert_eq!(taken(&file), [(12, "1000.00".into())]);
    let sources: Vec<String> = file.import.subprojects[0]
        .1
        .sources
        .values()
        .map(ToString::to_string)
        .collect();
    assert_eq!(sources, ["500.00", "500.00"]);
}
