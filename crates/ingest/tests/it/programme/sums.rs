//! Sums among the rows of published lists: never counted, and compared with the operations.

use nachweis_ingest::programme::Reason;

use super::{
    assert_all_accounted_for, import_plain,
    list_file::{Cell, ListFile, row},
    notes, reason, taken,
};

fn headings() -> Vec<Cell> {
    row![
        "Name des Begünstigten",
        "Bezeichnung des Vorhabens",
        "Beginn",
        "Ende",
        "Gesamtbetrag der förderfähigen Ausgaben"
    ]
}

fn operation(carrier: &'static str, title: &'static str, amount: f64) -> Vec<Cell> {
    row![carrier, title, "01.01.2015", "31.12.2016", amount]
}

fn list(rows: &[Vec<Cell>]) -> nachweis_ingest::programme::ProgrammeFile {
    import_plain(&ListFile::new().sheet("Liste", rows).bytes())
}

#[test]
fn groups_with_a_heading_and_a_sum_below_and_a_grand_total_are_told_apart() {
    let file = list(&[
        headings(),
        row!["Prioritätsachse A: Beschäftigung"],
        operation("A gGmbH", "Eins", 1_000.5),
        operation("B gGmbH", "Zwei", 2_000.25),
        row!["Summe Prioritätsachse A", "", "", "", 3_000.75],
        row!["Prioritätsachse B: Armut"],
        operation("C gGmbH", "Drei", 10.0),
        row!["", "Prioritätsachse B gesamt", "", "", 10.0],
        row!["Gesamtsumme", "", "", "", 3_010.75],
        row!["Stand: 31.12.2016"],
    ]);
    assert_eq!(
        taken(&file),
        [(3, "1000.50".into()), (4, "2000.25".into()), (7, "10.00".into())]
    );
    for row in [5, 8, 9] {
        assert_eq!(reason(&file, row), &Reason::Total, "{row}");
    }
    assert_all_accounted_for(&file, 1..=10);
    assert!(
        notes(&file).contains("Zeile 9: Die Liste nennt als Summe 3.010,75\u{a0}€; das stimmt mit allen"),
        "{}",
        notes(&file)
    );
    assert!(
        notes(&file).contains("2 Zwischensummen der Liste stimmen"),
        "{}",
        notes(&file)
    );
}

#[test]
fn a_sum_that_differs_is_told_with_the_difference() {
    let file = list(&[
        headings(),
        operation("A gGmbH", "Eins", 100.0),
        row!["B gGmbH", "Zwei", "01.01.2015", "31.12.2016", "siehe Anlage"],
        row!["Summe:", "", "", "", 150.0],
    ]);
    assert_eq!(taken(&file), [(2, "100.00".into())]);
    assert!(matches!(reason(&file, 3), Reason::AmountUnreadable { .. }));
    let said = notes(&file);
    assert!(
        said.contains(
            "Zeile 4: Die Liste nennt als Summe 150,00\u{a0}€, ihre lesbaren Vorhaben ergeben 100,00\u{a0}€"
        ),
        "{said}"
    );
    assert!(said.contains("Unterschied -50,00\u{a0}€"), "{said}");
}

#[test]
fn the_sum_of_a_group_may_stand_in_its_heading() {
    let file = list(&[
        headings(),
        row!["Prioritätsachse A", "", "", "", 300.0],
        operation("A gGmbH", "Eins", 100.0),
        operation("B gGmbH", "Zwei", 200.0),
        row!["Prioritätsachse B", "", "", "", 7.0],
        operation("C gGmbH", "Drei", 7.0),
    ]);
    assert_eq!(file.total().to_string(), "307.00");
    assert_eq!(
        (reason(&file, 2), reason(&file, 5)),
        (&Reason::Total, &Reason::Total)
    );
}

#[test]
fn a_row_that_looks_like_a_sum_but_adds_up_to_nothing_is_told_and_not_counted() {
    let file = list(&[
        headings(),
        operation("A gGmbH", "Eins", 100.0),
        operation("B gGmbH", "Zwei", 200.0),
        row!["Technische Hilfe", "", "", "", 55.0],
        operation("C gGmbH", "Drei", 7.0),
    ]);
    assert_eq!(file.total().to_string(), "307.00");
    assert_eq!(reason(&file, 4), &Reason::Incomplete);
    assert!(reason(&file, 4).is_doubtful());
}

#[test]
fn operations_whose_names_begin_like_a_sum_are_counted() {
    let file = list(&[
        headings(),
        operation("Total Digital GmbH", "Gesamt gesehen", 100.0),
        operation("Gesamtschule Mondschein", "Summe der Teile", 200.0),
        row!["Gesamt e. V.", "Ohne Zeitraum", "", "", 7.0],
        operation("B gGmbH", "Zwei", 200.0),
        operation("B gGmbH", "Drei", 200.0),
        operation("B gGmbH", "Vier", 200.0),
    ]);
    assert_eq!(file.count(), 6);
    assert_eq!(file.total().to_string(), "907.00");
}

#[test]
fn sums_are_known_by_a_word_beside_the_name_or_in_the_column_of_numbers() {
    let mut rows = vec![row![
        "Lfd. Nr.",
        "Begünstigter",
        "Vorhaben",
        "Gesamtkosten",
        "Fonds"
    ]];
    rows.push(row![1.0, "A gGmbH", "Eins", 10.0, "ESF"]);
    rows.push(row![2.0, "B gGmbH", "Zwei", 20.0, "ESF"]);
    rows.push(row!["Summe", "ESF", "", 30.0, ""]);
    rows.push(row!["", "Insgesamt", "", 30.0, "ESF"]);
    rows.push(row!["Σ", "", "", 30.0, ""]);
    let file = list(&rows);
    assert_eq!(taken(&file), [(2, "10.00".into()), (3, "20.00".into())]);
    for row in [4, 5, 6] {
        assert_eq!(reason(&file, row), &Reason::Total, "{row}");
    }
}

#[test]
fn a_last_row_without_a_word_for_sum_that_equals_all_others_is_their_sum() {
    let file = list(&[
        row!["Begünstigter", "Gesamtkosten", "Land", "Fördersatz"],
        row!["A gGmbH", 10.0, "Hessen", 50.0],
        row!["B gGmbH", 20.5, "Hessen", 50.0],
        row!["C gGmbH", 30.0, "Hessen", 50.0],
        row!["Land Hessen", 60.5, "", ""],
    ]);
    assert_eq!(file.total().to_string(), "60.50");
    assert_eq!(reason(&file, 5), &Reason::Total);
}

#[test]
fn rows_that_equal_each_other_in_everything_are_counted_and_told() {
    let file = list(&[
        headings(),
        operation("A gGmbH", "Eins", 100.0),
        operation("A gGmbH", "Eins", 100.0),
        operation("A gGmbH", "Eins", 101.0),
    ]);
    assert_eq!(file.total().to_string(), "301.00");
    assert!(
        notes(&file).contains("1 Zeile gleicht einer anderen"),
        "{}",
        notes(&file)
    );
    let numbers: std::collections::BTreeSet<&str> =
        file.rows_taken.iter().map(|row| row.no.as_str()).collect();
    assert_eq!(numbers.len(), 3, "each has a number of its own");
}

#[test]
fn headings_repeated_on_each_page_and_numbered_columns_are_no_rows_of_data() {
    let file = list(&[
        row!["Liste der Vorhaben"],
        headings(),
        row![1.0, 2.0, 3.0, 4.0, 5.0],
        operation("A gGmbH", "Eins", 100.0),
        headings(),
        row!["(1)", "(2)", "(3)", "(4)", "(5)"],
        operation("B gGmbH", "Zwei", 200.0),
    ]);
    assert_eq!(taken(&file), [(4, "100.00".into()), (7, "200.00".into())]);
    assert_eq!(reason(&file, 3), &Reason::ColumnNumbers);
    assert_eq!(reason(&file, 5), &Reason::SecondHeadings);
    assert_eq!(reason(&file, 6), &Reason::ColumnNumbers);
}

#[test]
fn a_second_table_with_its_amounts_elsewhere_is_not_read_with_the_columns_of_the_first() {
    let file = list(&[
        headings(),
        operation("A gGmbH", "Eins", 100.0),
        row![],
        row!["Begünstigter", "Gesamtkosten", "Vorhaben", "Beginn", "Ende"],
        row!["B gGmbH", 5.0, "Zwei", "01.01.2015", 2_016.0],
    ]);
    assert_eq!(taken(&file), [(2, "100.00".into())]);
    assert_eq!(reason(&file, 4), &Reason::OtherTable);
    assert_eq!(reason(&file, 5), &Reason::OtherTable);
    assert!(reason(&file, 5).is_doubtful());
}
