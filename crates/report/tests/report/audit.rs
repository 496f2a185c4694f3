//! The audit workbook: complete, agreeing with the reports, and saying so when it does not.

use std::{collections::BTreeMap, fs, io::Cursor, path::Path};

use calamine::{Data, Reader, Xlsx};
use nachweis_domain::{
    audit::{
        AuditFigure, AuditFinding, AuditJournalEntry, AuditPayment, AuditPlanRow, AuditSums, AuditUpload,
        AuditVoucher, AuditWaiver,
    },
    language::Language,
    ledger::Ledger,
    money::Money,
};
use nachweis_report::{
    GroupBy, ReportError, ReportName, Value,
    audit::{AuditSource, AuditTotals, Each, write, write_in_sheets},
    build,
};

use crate::{made_up::MadeUp, package, record::MadeUpRecord};

pub(crate) fn ledger() -> Ledger {
    MadeUp {
        subprojects: 10,
        last: Some((2023, 2)),
        seed: 21,
    }
    .ledger()
}

pub(crate) fn written(ledger: &Ledger, language: Language) -> (AuditTotals, Vec<u8>) {
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

pub(crate) fn rows(bytes: &[u8], sheet: &str) -> Vec<Vec<Data>> {
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
            "Kontrollsummen Berichte",
            "Quellen",
            "Teilvorhaben",
            "Fassungen",
            "Vorgänge",
            "Zahlen",
            "Belege",
            "Auszahlungen",
            "Planfassungen",
            "Feststellungen",
            "Ausnahmen",
            "Journal",
            "Personen",
            "Erläuterungen"
        ]
    );
    for (sheet, count) in [
        ("Fassungen", totals.rows.uploads),
        ("Vorgänge", totals.rows.uploads),
        ("Zahlen", totals.rows.figures),
        ("Belege", totals.rows.vouchers),
        ("Auszahlungen", totals.rows.payments),
        ("Planfassungen", totals.rows.plan_rows),
        ("Feststellungen", totals.rows.findings),
        ("Ausnahmen", totals.rows.waivers),
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
fn a_payment_names_day_source_amount_and_who_recorded_it_when() {
    let ledger = ledger();
    let (_, bytes) = written(&ledger, Language::De);
    let rows = rows(&bytes, "Auszahlungen");
    let state = &ledger.subprojects[0];
    let payment = &state.disbursements[0];
    let of = |heading: &str| cell(&rows, 1, heading);
    assert_eq!(of("Teilvorhaben"), state.subproject.no.as_str());
    assert_eq!(
        of("Betrag (€)").parse::<f64>().unwrap().to_bits(),
        payment.amount.to_string().parse::<f64>().unwrap().to_bits()
    );
    assert_eq!(
        (of("Mittelherkunft"), of("Schlüssel")),
        ("ESF Plus".into(), "esf_plus".into())
    );
    assert_eq!(of("Ausgezahlt am"), "2023-02-15 00:00:00");
    assert_eq!(of("Erfasst am"), "2023-02-18 09:00:00", "in Europe/Berlin");
    assert_eq!(of("Erfasst von"), "b.beispiel");
}

#[test]
fn a_subproject_stands_with_master_data_grant_and_the_sums_of_the_reports() {
    let mut ledger = ledger();
    ledger.subprojects[1].subproject.regions = crate::made_up::nationwide();
    let (totals, bytes) = written(&ledger, Language::De);
    let rows = rows(&bytes, "Teilvorhaben");
    assert_eq!(rows.len(), ledger.subprojects.len() + 1);
    for (row, state) in (1..).zip(&ledger.subprojects) {
        let subproject = &state.subproject;
        let of = |heading: &str| cell(&rows, row, heading);
        assert_eq!(of("Teilvorhaben"), subproject.no.as_str());
        assert_eq!(of("Titel"), subproject.title);
        assert_eq!(of("Träger"), subproject.carrier.name);
        assert_eq!(
            of("Land"),
            subproject.land.map_or("bundesweit", |land| land.name())
        );
        assert_eq!(
            of("Bewilligt von")[..10],
            subproject.grant_period.first.to_string()
        );
        assert_eq!(
            of("Bewilligt bis")[..10],
            subproject.grant_period.last.to_string()
        );
        let awarded = state.plan_on(ledger.day()).unwrap().awarded(&ledger.round);
        assert_eq!(
            of("Bewilligt (€)").parse::<f64>().unwrap().to_string(),
            awarded.to_string().parse::<f64>().unwrap().to_string()
        );
    }
    assert_eq!(
        cell(&rows, 2, "Regionenkategorie"),
        "stärker entwickelte Region: 71,5\u{a0}%; stärker entwickelte Region (2014–2020 Übergang): 3,25\u{a0}%; \
         Übergangsregion: 25,25\u{a0}%"
    );
    assert!(totals.agree());
}

#[test]
fn a_revision_says_who_submitted_and_decided_when_and_why_it_was_returned() {
    let ledger = ledger();
    let (_, bytes) = written(&ledger, Language::De);
    let rows = rows(&bytes, "Vorgänge");
    let mut decisions = BTreeMap::new();
    for (row, state) in (1..).zip(&ledger.quarters) {
        let of = |heading: &str| cell(&rows, row, heading);
        let decision = of("Entscheidung");
        assert_eq!(
            of("Eingereicht von").is_empty(),
            state.submitted_at.is_none(),
            "{row}"
        );
        assert_eq!(of("Entschieden von").is_empty(), decision.is_empty(), "{row}");
        assert_eq!(of("Entschieden am").is_empty(), decision.is_empty(), "{row}");
        assert_eq!(
            !of("Begründung der Rückgabe").is_empty(),
            decision == "zurückgegeben",
            "{row}"
        );
        *decisions.entry(decision).or_insert(0) += 1;
    }
    assert!(
        decisions["angenommen"] > 0 && decisions["zurückgegeben"] > 0,
        "{decisions:?}"
    );
    let returned = (1..rows.len())
        .find(|row| cell(&rows, *row, "Entscheidung") == "zurückgegeben")
        .unwrap();
    assert_eq!(cell(&rows, returned, "Entschieden von"), "b.beispiel");
    assert_eq!(
        cell(&rows, returned, "Begründung der Rückgabe"),
        "=Bitte den Sachbericht ergänzen."
    );
}

#[test]
fn the_journal_names_persons_and_keeps_their_ids() {
    let ledger = ledger();
    let (_, bytes) = written(&ledger, Language::De);
    let journal = rows(&bytes, "Journal");
    let id = "00000000-0000-0000-0000-000000000001";
    assert_eq!(cell(&journal, 1, "Person"), "m.muster");
    assert_eq!(cell(&journal, 1, "Name der Person"), "Muster, Leitung (erfunden)");
    assert_eq!(cell(&journal, 1, "Kennung der Person"), id);
    let persons = rows(&bytes, "Personen");
    let named: Vec<_> = (1..persons.len())
        .map(|row| cell(&persons, row, "Anmeldename"))
        .collect();
    assert_eq!(named, ["b.beispiel", "m.muster"]);
    assert_eq!(cell(&persons, 2, "Kennung"), id);
}

/// A cell of a row under a heading of the first row.
fn cell(rows: &[Vec<Data>], row: usize, heading: &str) -> String {
    let column = rows[0]
        .iter()
        .position(|cell| *cell == Data::String(heading.to_owned()))
        .unwrap_or_else(|| panic!("{heading} is not in {:?}", rows[0]));
    match rows[row].get(column) {
        Some(Data::DateTime(at)) => at.as_datetime().unwrap().to_string(),
        Some(value) => value.to_string(),
        None => String::new(),
    }
}

#[test]
fn a_figure_names_cell_file_user_and_time() {
    let ledger = ledger();
    let (_, bytes) = written(&ledger, Language::De);
    let rows = rows(&bytes, "Zahlen");
    let entry = &ledger.expenditure[0];
    let of = |heading: &str| cell(&rows, 1, heading);
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
    let entry = &ledger.expenditure[0];
    let subproject = &ledger.subprojects[entry.subproject].subproject;
    let item = &ledger.round.plan_item(&entry.item).unwrap().name.de;
    let land = subproject.land.map_or("bundesweit", |land| land.name());
    let differences = differences(&totals);
    for expected in [
        "Übereinstimmende Einzelsummen | Teilvorhaben × Quartal × Einzelansatz".to_owned(),
        format!("Gemeldete Ausgaben | {item}"),
        "Gemeldete Ausgaben | Summe (Einnahmen abgezogen)".to_owned(),
        format!("Belege zu gemeldeten Ausgaben | {item}"),
        format!("Mittelabfluss nach Land: Gemeldet | {land}"),
        "Mittelabfluss nach Land: Gemeldet | Summe".to_owned(),
        "Mittelabfluss nach Regionenkategorie: Gemeldet | Summe".to_owned(),
    ] {
        assert!(
            differences.contains(&expected),
            "{expected} is not in {differences:#?}"
        );
    }
    assert_eq!(
        differences.len(),
        8,
        "and one category of region: {differences:#?}"
    );
    let strings = &package::parts(&fs::read(to).unwrap())["xl/sharedStrings.xml"];
    assert!(strings.contains(">weicht ab<") && strings.contains("8 von "));
}

/// What the control totals that differ are called.
fn differences(totals: &AuditTotals) -> Vec<String> {
    let named = totals.differences().map(|control| match &control.by {
        Some(by) => format!("{}: {} | {}", by.de, control.area.de, control.name.de),
        None => format!("{} | {}", control.area.de, control.name.de),
    });
    named.collect()
}

/// A record that the database sums otherwise than its rows say: what tampering with rows would look like.
struct Tampered<'a>(MadeUpRecord<'a>, Tamper);

type Tamper = fn(&mut AuditSums);

impl AuditSource for Tampered<'_> {
    fn uploads(&mut self, each: Each<'_, AuditUpload>) -> Result<(), ReportError> {
        self.0.uploads(each)
    }
    fn figures(&mut self, each: Each<'_, AuditFigure>) -> Result<(), ReportError> {
        self.0.figures(each)
    }
    fn vouchers(&mut self, each: Each<'_, AuditVoucher>) -> Result<(), ReportError> {
        self.0.vouchers(each)
    }
    fn payments(&mut self, each: Each<'_, AuditPayment>) -> Result<(), ReportError> {
        self.0.payments(each)
    }
    fn plan_rows(&mut self, each: Each<'_, AuditPlanRow>) -> Result<(), ReportError> {
        self.0.plan_rows(each)
    }
    fn findings(&mut self, each: Each<'_, AuditFinding>) -> Result<(), ReportError> {
        self.0.findings(each)
    }
    fn waivers(&mut self, each: Each<'_, AuditWaiver>) -> Result<(), ReportError> {
        self.0.waivers(each)
    }
    fn journal(&mut self, each: Each<'_, AuditJournalEntry>) -> Result<(), ReportError> {
        self.0.journal(each)
    }
    fn sums(&mut self) -> Result<AuditSums, ReportError> {
        let mut sums = self.0.sums()?;
        (self.1)(&mut sums);
        Ok(sums)
    }
}

#[test]
fn every_kind_of_sum_of_the_database_is_compared() {
    let ledger = ledger();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    let cases: [(Tamper, &str); 8] = [
        (|sums| sums.rows.vouchers += 1, "Zeilen | Belege"),
        (|sums| sums.rows.journal -= 1, "Zeilen | Journal"),
        (
            |sums| sums.payments[0].sum += Money::from_cents(1),
            "Ausgezahlte Mittel | ESF Plus",
        ),
        (|sums| sums.plans[0].sum += 1, "Geltende Pläne | Bewilligt"),
        (
            |sums| sums.vouchers[0].sum += Money::from_cents(-1),
            "Belege zu gemeldeten Ausgaben | ",
        ),
        (
            // Errors that cancel out in every total.
            |sums| {
                let [a, b] = sums.figures.get_disjoint_mut([0, 1]).unwrap();
                assert_eq!(a.kind, b.kind);
                std::mem::swap(&mut a.quarter, &mut b.quarter);
                std::mem::swap(&mut a.sum, &mut b.sum);
            },
            "Übereinstimmende Einzelsummen | Teilvorhaben × Quartal × Einzelansatz",
        ),
        (
            |sums| sums.figures.truncate(sums.figures.len() - 1),
            "Kennzahlen | ",
        ),
        (
            |sums| sums.figures[0].subproject = nachweis_domain::key::SubprojectNo::new("IQ23-XX-001"),
            "Zeilen | ohne hochgeladene Arbeitsmappe oder Teilvorhaben",
        ),
    ];
    for (tamper, expected) in cases {
        let mut record = Tampered(MadeUpRecord::new(&ledger, 2), tamper);
        let totals = write(&mut record, &ledger, Language::De, &to).unwrap();
        let differences = differences(&totals);
        assert!(
            differences
                .iter()
                .any(|difference| difference.starts_with(expected)),
            "{expected} is not in {differences:#?}"
        );
    }
}

#[test]
fn control_totals_by_land_and_category_are_those_of_the_reports() {
    let ledger = ledger();
    let (totals, bytes) = written(&ledger, Language::De);
    let request = |name, group_by| nachweis_report::ReportRequest {
        name,
        group_by: Some(group_by),
        quarter: None,
        on: None,
    };
    for (name, group_by, column, heading) in [
        (ReportName::Burn, GroupBy::Land, "reported", "Gemeldet"),
        (
            ReportName::Burn,
            GroupBy::RegionCategory,
            "paid_out",
            "Ausgezahlt",
        ),
        (
            ReportName::Funding,
            GroupBy::RegionCategory,
            "spent",
            "Verausgabt",
        ),
    ] {
        let report = build(&request(name, group_by), &ledger).unwrap();
        let title = format!("{} nach {}", report.title.de, group_by.title().de);
        let table = &report.tables[0];
        let place = table.columns.iter().position(|each| each.key == column).unwrap();
        let expected: Vec<&Value> = table
            .rows
            .iter()
            .chain(&table.totals)
            .map(|row| &row[place])
            .collect();
        let of_control = totals.controls.iter().filter(|control| {
            control.by.as_ref().is_some_and(|by| by.de == title) && control.area.de == heading
        });
        let found: Vec<&Value> = of_control
            .flat_map(|control| [&control.reports, &control.stored, &control.rows])
            .collect();
        assert_eq!(
            found,
            expected
                .into_iter()
                .flat_map(|value| [value; 3])
                .collect::<Vec<_>>(),
            "{title}"
        );
        assert!(!found.is_empty());
    }
    let sheet = rows(&bytes, "Kontrollsummen Berichte");
    let controls = totals
        .controls
        .iter()
        .filter(|control| control.by.is_some())
        .count();
    let verdicts = sheet
        .iter()
        .filter(|row| row.last() == Some(&Data::String("stimmt überein".into())));
    assert_eq!(verdicts.count(), controls);
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
    fn payments(&mut self, each: Each<'_, AuditPayment>) -> Result<(), ReportError> {
        self.0.payments(each)
    }
    fn plan_rows(&mut self, each: Each<'_, AuditPlanRow>) -> Result<(), ReportError> {
        self.0.plan_rows(each)
    }
    fn findings(&mut self, each: Each<'_, AuditFinding>) -> Result<(), ReportError> {
        self.0.findings(each)
    }
    fn waivers(&mut self, each: Each<'_, AuditWaiver>) -> Result<(), ReportError> {
        self.0.waivers(each)
    }
    fn journal(&mut self, each: Each<'_, AuditJournalEntry>) -> Result<(), ReportError> {
        self.0.journal(each)
    }
    fn sums(&mut self) -> Result<AuditSums, ReportError> {
        self.0.sums()
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
