//! The audit workbook: complete, agreeing with the reports, and saying so when it does not.

use std::{collections::BTreeMap, fs, io::Cursor, path::Path};

use calamine::{Data, Reader, Xlsx};
use nachweis_domain::{
    audit::{AuditFigure, AuditFinding, AuditPlanRow, AuditUpload, AuditVoucher},
    language::Language,
    ledger::Ledger,
    money::Money,
    record::JournalEntry,
};
use nachweis_report::{
    ReportError,
    audit::{AuditSource, AuditTotals, Each, write, write_in_sheets},
};

use crate::{made_up::MadeUp, package, record::MadeUpRecord};

fn ledger() -> Ledger {
    MadeUp {
        subprojects: 10,
        last: Some((2023, 2)),
        seed: 21,
    }
    .ledger()
}

fn written(ledger: &Ledger, language: Language) -> (AuditTotals, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    let totals = write(&mut MadeUpRecord::new(ledger, 3), ledger, language, &to).unwrap();
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["audit.xlsx"], "no temporary file is left");
    (totals, fs::read(to).unwrap())
}

fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut reader = book.worksheet_cells_reader(sheet).unwrap();
    let mut rows: BTreeMap<u32, Vec<Data>> = BTreeMap::new();
    while let Some(cell) = reader.next_cell().unwrap() {
        let (row, col) = cell.get_position();
        let row = rows.entry(row).or_default();
        row.resize(usize::try_from(col).unwrap(), Data::Empty);
        row.push(cell.get_value().clone().into());
    }
    rows.into_values().collect()
}

#[test]
fn control_totals_agree_and_every_row_is_there() {
    let ledger = ledger();
    let (totals, bytes) = written(&ledger, Language::De);
    assert!(totals.agree(), "{:?}", totals.differences().collect::<Vec<_>>());
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
    assert_eq!(
        book.sheet_names(),
        [
            "Übersicht",
            "Kontrollsummen",
            "Fassungen",
            "Zahlen",
            "Belege",
            "Planfassungen",
            "Feststellungen",
            "Journal",
            "Erläuterungen"
        ]
    );
    for (sheet, count) in [
        ("Fassungen", totals.rows.uploads),
        ("Zahlen", totals.rows.figures),
        ("Belege", totals.rows.vouchers),
        ("Planfassungen", totals.rows.plan_rows),
        ("Feststellungen", totals.rows.findings),
        ("Journal", totals.rows.journal),
    ] {
        assert_eq!(
            u64::try_from(rows(&bytes, sheet).len()).unwrap(),
            count + 1,
            "{sheet}"
        );
    }
}

#[test]
fn a_figure_names_cell_file_user_and_time() {
    let ledger = ledger();
    let (_, bytes) = written(&ledger, Language::De);
    let rows = rows(&bytes, "Zahlen");
    let entry = &ledger.expenditure[0];
    let of = |heading: &str| {
        let column = rows[0]
            .iter()
            .position(|cell| *cell == Data::String(heading.to_owned()))
            .unwrap();
        rows[1][column].to_string()
    };
    assert_eq!(
        of("Teilvorhaben"),
        ledger.subprojects[entry.subproject].subproject.no.as_str()
    );
    assert_eq!(
        of("Betrag (€)"),
        entry
            .reported
            .to_string()
            .trim_end_matches('0')
            .trim_end_matches('.')
    );
    assert_eq!(
        (of("Blatt"), of("Zelle")),
        ("Ausgaben".to_owned(), "E7".to_owned())
    );
    assert_eq!(of("SHA-256 der Datei").len(), 64);
    assert_eq!(of("Hochgeladen von"), "m.muster");
    assert_eq!(of("Bezeichnung"), "Personalausgaben für Beschäftigte");
}

#[test]
fn vouchers_continue_on_further_sheets_and_none_is_lost() {
    let ledger = ledger();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    let mut record = MadeUpRecord::new(&ledger, 3);
    let totals = write_in_sheets(&mut record, &ledger, Language::En, &to, 100).unwrap();
    let bytes = fs::read(to).unwrap();
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice())).unwrap();
    let sheets: Vec<String> = book
        .sheet_names()
        .into_iter()
        .filter(|name| name.starts_with("Vouchers"))
        .collect();
    assert_eq!(sheets[..2], ["Vouchers", "Vouchers 2"]);
    let all: Vec<Vec<Vec<Data>>> = sheets.iter().map(|sheet| rows(&bytes, sheet)).collect();
    assert!(
        all.iter()
            .all(|rows| rows[0] == all[0][0] && (2..=100).contains(&rows.len()))
    );
    let numbers: Vec<String> = all
        .iter()
        .flat_map(|rows| &rows[1..])
        .map(|row| row[7].to_string())
        .collect();
    let expected: Vec<String> = (1..=totals.rows.vouchers)
        .map(|number| format!("B-{number:06}"))
        .collect();
    assert_eq!(numbers, expected);
    assert!(totals.agree());
}

#[test]
fn a_changed_figure_is_shown_and_given_back() {
    let mut ledger = ledger();
    let true_ledger = ledger.clone();
    ledger.expenditure[0].reported += Money::from_cents(1);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    let totals = write(
        &mut MadeUpRecord::new(&true_ledger, 3),
        &ledger,
        Language::De,
        &to,
    )
    .unwrap();
    assert!(!totals.agree());
    let areas: Vec<&str> = totals
        .differences()
        .map(|control| control.area.de.as_str())
        .collect();
    assert_eq!(
        areas,
        [
            "Gemeldete Ausgaben",
            "Gemeldete Ausgaben",
            "Belege zu gemeldeten Ausgaben"
        ]
    );
    let strings = &package::parts(&fs::read(to).unwrap())["xl/sharedStrings.xml"];
    assert!(strings.contains(">weicht ab<") && strings.contains("3 von "));
}

#[test]
fn the_same_record_gives_the_same_bytes_in_both_languages() {
    let ledger = ledger();
    for language in Language::ALL {
        assert_eq!(written(&ledger, language).1, written(&ledger, language).1);
    }
}

/// A record whose vouchers cannot be read.
struct Broken<'a>(MadeUpRecord<'a>);

impl AuditSource for Broken<'_> {
    fn uploads(&mut self, each: Each<'_, AuditUpload>) -> Result<(), ReportError> {
        self.0.uploads(each)
    }
    fn figures(&mut self, each: Each<'_, AuditFigure>) -> Result<(), ReportError> {
        self.0.figures(each)
    }
    fn vouchers(&mut self, _each: Each<'_, AuditVoucher>) -> Result<(), ReportError> {
        Err(ReportError::Source("the connection was lost".into()))
    }
    fn plan_rows(&mut self, each: Each<'_, AuditPlanRow>) -> Result<(), ReportError> {
        self.0.plan_rows(each)
    }
    fn findings(&mut self, each: Each<'_, AuditFinding>) -> Result<(), ReportError> {
        self.0.findings(each)
    }
    fn journal(&mut self, each: Each<'_, JournalEntry>) -> Result<(), ReportError> {
        self.0.journal(each)
    }
}

#[test]
fn a_record_that_fails_leaves_the_earlier_workbook_as_it_was() {
    let ledger = ledger();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    fs::write(&to, "earlier").unwrap();
    let error = write(
        &mut Broken(MadeUpRecord::new(&ledger, 1)),
        &ledger,
        Language::De,
        &to,
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the record cannot be read: the connection was lost"
    );
    assert_eq!(fs::read(&to).unwrap(), b"earlier");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let ledger = ledger();
    let to = Path::new("/nowhere/audit.xlsx");
    let error = write(&mut MadeUpRecord::new(&ledger, 1), &ledger, Language::De, to).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("cannot write /nowhere/audit.xlsx.part"),
        "{error}"
    );
}
