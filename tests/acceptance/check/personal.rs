//! A workbook with data about single persons is refused, and each reason is said once.

use nachweis_tests::program::Desk;
use rust_xlsxwriter::Workbook;

#[test]
fn a_workbook_with_data_about_single_persons_is_refused_with_each_place_named_once() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Teilnehmende").expect("a name");
    for (col, heading) in (0..).zip(["Vorname", "Nachname", "Geburtsdatum", "IBAN"]) {
        sheet.write_string(0, col, heading).expect("a cell");
        sheet.write_string(1, col, "erfunden").expect("a cell");
    }
    let desk = Desk::embedded();
    workbook.save(desk.file("liste.xlsx")).expect("written");
    let run = desk.run(["check", "liste.xlsx"]);
    assert_eq!(run.status, 1, "{run:?}");
    let head = run.stdout.lines().next().unwrap_or_default();
    assert!(
        head.contains("[TPL-15]") && head.contains("einzelnen Personen"),
        "{run:?}"
    );
    let mut seen = std::collections::BTreeSet::new();
    for line in run.stdout.lines().skip(1) {
        let (_, message) = line.split_once("[TPL-15] ").expect("a finding");
        assert!(!head.contains(message), "said twice: {message}");
        assert!(seen.insert(message), "said twice: {message}");
    }
    assert!(!seen.is_empty(), "{run:?}");
}
