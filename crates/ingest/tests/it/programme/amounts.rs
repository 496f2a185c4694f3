//! Which column is the amount, and in what it counts.

use nachweis_domain::language::Language;
use nachweis_ingest::programme::{ImportOptions, ProgrammeError};
use rust_xlsxwriter::Format;

use super::{
    import, import_plain,
    list_file::{Cell, ListFile, row},
    notes, taken,
};

fn file(rows: &[Vec<Cell>]) -> Vec<u8> {
    ListFile::new().sheet("Liste", rows).bytes()
}

fn asked(amount: &str) -> ImportOptions {
    ImportOptions {
        amount: Some(amount.into()),
        ..ImportOptions::default()
    }
}

#[test]
fn thousands_in_the_heading_or_above_it_are_converted_and_told() {
    let heading = file(&[
        row![
            "Begünstigter",
            "Vorhaben",
            "Beginn",
            "Förderfähige Gesamtkosten in T€"
        ],
        row!["A gGmbH", "Eins", "2015", 120.5],
        row!["B gGmbH", "Zwei", "2015", "1.234,5"],
    ]);
    let title = file(&[
        row!["Verzeichnis der Vorhaben"],
        row!["(Alle Angaben in TEUR)"],
        row!["Begünstigter", "Vorhaben", "Beginn", "Förderfähige Gesamtkosten"],
        row!["A gGmbH", "Eins", "2015", 120.5],
        row!["B gGmbH", "Zwei", "2015", "1.234,5"],
    ]);
    for bytes in [heading, title] {
        let file = import_plain(&bytes);
        assert_eq!(file.total().to_string(), "1355000.00");
        assert!(
            notes(&file).contains("in Tausend Euro; sie wurden in Euro umgerechnet"),
            "{}",
            notes(&file)
        );
    }
    let own_word = file(&[
        row!["Angaben in T€, soweit nicht anders angegeben"],
        row![
            "Begünstigter",
            "Vorhaben",
            "Beginn",
            "Förderfähige Gesamtkosten in EUR"
        ],
        row!["A gGmbH", "Eins", "2015", 120.5],
    ]);
    assert_eq!(import_plain(&own_word).total().to_string(), "120.50");
}

#[test]
fn the_head_of_a_group_belongs_to_all_its_columns() {
    let rows = [
        row![
            "Begünstigter",
            "Vorhaben",
            "Laufzeit",
            "",
            "Förderfähige Ausgaben in EUR",
            "",
            ""
        ],
        row![
            "",
            "",
            "von",
            "bis",
            "insgesamt",
            "davon ESF-Mittel",
            "davon Landesmittel"
        ],
        row!["A gGmbH", "Eins", "01.01.2015", "31.12.2015", 100.0, 40.0, 60.0],
        row!["B gGmbH", "Zwei", "01.01.2015", "31.12.2015", 10.0, 5.0, 5.0],
    ];
    let bytes = ListFile::new()
        .changed("Liste", &rows, |sheet| {
            let plain = Format::new();
            for (first, last, text) in [(2, 3, "Laufzeit"), (4, 6, "Förderfähige Ausgaben in EUR")] {
                sheet
                    .merge_range(0, first, 0, last, text, &plain)
                    .expect("a merge");
            }
            for (col, text) in [(0, "Begünstigter"), (1, "Vorhaben")] {
                sheet.merge_range(0, col, 1, col, text, &plain).expect("a merge");
            }
        })
        .bytes();
    let file = import_plain(&bytes);
    assert_eq!(taken(&file), [(3, "100.00".into()), (4, "10.00".into())]);
    assert!(
        notes(&file).contains("als Betrag die Spalte „Förderfähige Ausgaben in EUR insgesamt“"),
        "{}",
        notes(&file)
    );
    let (first, plan) = &file.import.subprojects[0];
    assert_eq!(first.grant_period.last.to_string(), "2015-12-31");
    let sources: Vec<String> = plan.sources.values().map(ToString::to_string).collect();
    assert_eq!(
        sources,
        ["40.00", "60.00"],
        "the Union's money is that of the list"
    );
    assert!(!notes(&file).contains("Höchstsatz"), "{}", notes(&file));
}

#[test]
fn two_columns_that_say_the_same_are_one() {
    let file = import_plain(&file(&[
        row![
            "Begünstigter",
            "Vorhaben",
            "Förderfähige Kosten",
            "Zuwendungsfähige Ausgaben"
        ],
        row!["A gGmbH", "Eins", 100.0, 100.0],
        row!["B gGmbH", "Zwei", 10.0, "10,00"],
    ]));
    assert_eq!(file.total().to_string(), "110.00");
    assert!(notes(&file).contains("denselben Betrag"), "{}", notes(&file));
}

#[test]
fn a_column_that_is_in_each_row_the_sum_of_its_like_is_the_whole() {
    let file = import_plain(&file(&[
        row![
            "Begünstigter",
            "Vorhaben",
            "Förderfähige Kosten Personal",
            "Förderfähige Kosten Sachmittel",
            "Förderfähige Kosten"
        ],
        row!["A gGmbH", "Eins", 60.0, 40.0, 100.0],
        row!["B gGmbH", "Zwei", 10.0, 0.0, 10.0],
    ]));
    assert_eq!(file.total().to_string(), "110.00");
    assert!(
        notes(&file).contains("„Förderfähige Kosten“ ist in jeder Zeile die Summe"),
        "{}",
        notes(&file)
    );
}

#[test]
fn columns_that_compete_are_asked_about_and_the_answer_counts() {
    let bytes = file(&[
        row![
            "Begünstigter",
            "Vorhaben",
            "Förderfähige Kosten (geplant)",
            "Förderfähige Kosten (anerkannt)"
        ],
        row!["A gGmbH", "Eins", 100.0, 90.0],
        row!["B gGmbH", "Zwei", 10.0, 9.0],
    ]);
    let error = import(&bytes, &ImportOptions::default()).expect_err("two amounts");
    assert_eq!(error.code(), "PRG-07");
    for (language, sum) in [(Language::De, "99,00"), (Language::En, "99.00")] {
        let text = error.text(language);
        assert!(
            text.contains("D „Förderfähige Kosten (anerkannt)“") || text.contains("D \"Förder"),
            "{text}"
        );
        assert!(text.contains("--amount") && text.contains(sum), "{text}");
    }
    for answer in ["D", "Förderfähige Kosten (anerkannt)", "anerkannt"] {
        assert_eq!(
            import(&bytes, &asked(answer))
                .expect("chosen")
                .total()
                .to_string(),
            "99.00",
            "{answer}"
        );
    }
    assert!(matches!(
        import(&bytes, &asked("Z")),
        Err(ProgrammeError::NoSuchAmount { .. })
    ));
}

#[test]
fn a_column_for_each_year_is_no_total() {
    let years = |whole: bool| {
        let mut rows = vec![
            row![
                "Begünstigter",
                "Vorhaben",
                "Förderfähige Ausgaben 2015",
                "Förderfähige Ausgaben 2016"
            ],
            row!["A gGmbH", "Eins", 60.0, 40.0],
            row!["B gGmbH", "Zwei", 5.0, 5.0],
        ];
        if whole {
            for (row, cell) in
                rows.iter_mut()
                    .zip([Cell::from("Förderfähige Ausgaben"), 100.0.into(), 10.0.into()])
            {
                row.push(cell);
            }
        }
        file(&rows)
    };
    assert_eq!(
        import(&years(false), &ImportOptions::default())
            .expect_err("no total")
            .code(),
        "PRG-07"
    );
    assert_eq!(import_plain(&years(true)).total().to_string(), "110.00");
}

#[test]
fn what_was_paid_asked_for_or_comes_from_one_side_is_not_the_amount() {
    let file = import_plain(&file(&[
        row![
            "Begünstigter",
            "Vorhaben",
            "Beantragte Gesamtkosten",
            "Ausgezahlte Mittel",
            "Eigenmittel",
            "Landesmittel",
            "Gesamtkosten"
        ],
        row!["A gGmbH", "Eins", 500.0, 1.0, 2.0, 3.0, 100.0],
    ]));
    assert_eq!(file.total().to_string(), "100.00");
    for left in [
        "Beantragte Gesamtkosten",
        "Ausgezahlte Mittel",
        "Eigenmittel",
        "Landesmittel",
    ] {
        assert!(
            notes(&file).contains(&format!("„{left}“")),
            "{left}: {}",
            notes(&file)
        );
    }
}

#[test]
fn a_hidden_column_of_amounts_and_formulas_are_told() {
    let rows = [
        row!["Begünstigter", "Vorhaben", "Förderfähige Kosten"],
        row!["A gGmbH", "Eins", 100.0],
    ];
    let hide = |sheet: &mut rust_xlsxwriter::Worksheet| {
        sheet.set_column_hidden(2).expect("a column");
        sheet.write_string(2, 0, "B gGmbH").expect("a cell");
        sheet.write_string(2, 1, "Zwei").expect("a cell");
        let formula = rust_xlsxwriter::Formula::new("=SUM(C2:C2)").set_result("100");
        sheet.write_formula(2, 2, formula).expect("a formula");
    };
    let file = import_plain(&ListFile::new().changed("Liste", &rows, hide).bytes());
    assert_eq!(file.total().to_string(), "200.00");
    assert!(
        notes(&file).contains("Die Spalte mit dem Betrag ist in der Datei ausgeblendet"),
        "{}",
        notes(&file)
    );
}

#[test]
fn amounts_are_read_as_people_write_them_or_told_with_their_row() {
    let file = import_plain(&file(&[
        row!["Begünstigter", "Vorhaben", "Förderfähige Kosten"],
        row!["A gGmbH", "a", "EUR 1.234,50"],
        row!["A gGmbH", "b", "1.234,50 €*"],
        row!["A gGmbH", "c", "1 234,50 Euro"],
        row!["A gGmbH", "d", "1'234,50"],
        row!["A gGmbH", "e", "1.234,-"],
        row!["A gGmbH", "f", "ca. 500"],
        row!["A gGmbH", "g", "1,257.668,98"],
        row!["A gGmbH", "h", "£500"],
        row!["A gGmbH", "i", 1e11],
    ]));
    assert_eq!(file.total().to_string(), "6172.00");
    assert_eq!(file.count(), 5);
    let doubtful: Vec<u32> = file
        .rows_not_taken
        .iter()
        .filter(|row| row.reason.is_doubtful())
        .map(|row| row.row)
        .collect();
    assert_eq!(doubtful, [7, 8, 9, 10]);
    assert!(
        notes(&file).contains("mit dem Komma als Dezimalzeichen"),
        "{}",
        notes(&file)
    );
}
