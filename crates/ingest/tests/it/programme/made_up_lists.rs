//! Made-up lists with the untidiness of published ones: headings anywhere, twice or below each other, dates as text,
//! numbers missing or repeated, footnotes and tables after the rows, the same list on two sheets.

use nachweis_domain::region::{Land, RegionCategory};
use nachweis_ingest::programme::{ImportOptions, ProgrammeError, Reason};

use super::{
    import,
    list_file::{Cell, ListFile, row},
    notes, taken,
};

fn options() -> ImportOptions {
    ImportOptions::default()
}

fn reasons(bytes: &[u8]) -> Vec<(u32, Reason)> {
    let file = import(bytes, &options()).expect("a list");
    file.rows_not_taken
        .into_iter()
        .map(|row| (row.row, row.reason))
        .collect()
}

/// Headings in row 7, English ones below, no numbers, dates as text, a category of region in each row.
fn northern() -> Vec<Vec<Cell>> {
    vec![
        row!["Liste der Vorhaben (List of operations)"],
        row!["Niedersächsisches Programm, erfunden"],
        row![],
        row!["(Datenstand: 31.03.2016)"],
        row!["TN=Teilnehmer"],
        row![],
        row![
            "Name des Begünstigten",
            "Bezeichnung \ndes Vorhabens",
            "Zusammenfassung des Vorhabens",
            "Datum des \nBeginns des \nVorhabens",
            "Datum des \nEndes des \nVorhabens",
            "Gesamtbetrag der \nförderfähigen Ausgaben des \nVorhabens in €",
            "Unions-\nKofinan-\nzierungssatz",
            "Kategorie der Region",
            "PLZ",
            "Land"
        ],
        row![
            "beneficiary name",
            "operation name",
            "operation summary",
            "operation start date",
            "operation end date",
            "total eligible expenditure allocated to the operation in €",
            "Union co-financing rate",
            "Category of region",
            "operation postcode",
            "country"
        ],
        row![
            "Mondschein gGmbH",
            "Werkstatt I",
            "Erfunden",
            "01.07.2015",
            "31.03.2018",
            569_675.71,
            50.0,
            "SER",
            "49751",
            "DE"
        ],
        row![
            "Mondschein gGmbH",
            "Werkstatt I",
            "Erfunden",
            "01.07.2015",
            "31.03.2018",
            3_282.0,
            50.0,
            "SER",
            "49751",
            "DE"
        ],
        row![
            "Sternwarte e. V.",
            "Mediation TN5",
            "Erfunden",
            "25.09.2015",
            "05.06.2016",
            1_000.5,
            60.0,
            "UER",
            "29525",
            "DE"
        ],
    ]
}

#[test]
fn headings_in_two_languages_and_categories_are_found() {
    let bytes = ListFile::new().sheet("Tabelle1", &northern()).bytes();
    let file = import(&bytes, &options()).expect("a list");
    assert_eq!(
        taken(&file),
        [
            (9, "569675.71".into()),
            (10, "3282.00".into()),
            (11, "1000.50".into())
        ]
    );
    assert_eq!(file.total().to_string(), "573958.21");
    let categories: Vec<RegionCategory> = file
        .import
        .subprojects
        .iter()
        .map(|(subproject, _)| subproject.regions.shares()[0].0)
        .collect();
    assert_eq!(
        categories,
        [
            RegionCategory::MoreDeveloped,
            RegionCategory::MoreDeveloped,
            RegionCategory::Transition
        ]
    );
    let (last, plan) = &file.import.subprojects[2];
    assert_eq!(last.land, Some(Land::Niedersachsen));
    assert_eq!(
        (
            last.grant_period.first.to_string(),
            last.grant_period.last.to_string()
        ),
        ("2015-09-25".into(), "2016-06-05".into())
    );
    // 60 % of 1,000.50 from the Union, the rest from others; the years sum to the amount.
    let sources: Vec<String> = plan.sources.values().map(ToString::to_string).collect();
    assert_eq!(sources, ["600.30", "400.20"]);
    let years: Vec<&i32> = plan.items.values().flat_map(|years| years.keys()).collect();
    assert_eq!(years, [&2015, &2016]);
    let reasons = reasons(&bytes);
    assert!(reasons.contains(&(7, Reason::Headings)) && reasons.contains(&(8, Reason::SecondHeadings)));
    assert_eq!(
        reasons
            .iter()
            .filter(|(_, reason)| *reason == Reason::AboveHeadings)
            .count(),
        4
    );
}

#[test]
fn made_numbers_stay_when_the_list_is_published_again() {
    let numbers = |rows: &[Vec<Cell>]| {
        let file = import(&ListFile::new().sheet("Tabelle1", rows).bytes(), &options()).expect("a list");
        file.rows_taken
            .into_iter()
            .map(|row| row.no.to_string())
            .collect::<Vec<_>>()
    };
    let before = numbers(&northern());
    assert!(before.iter().all(|number| number.starts_with("ESF14-NI-")));
    assert_ne!(before[0], before[1]);
    let mut rows = northern();
    rows.insert(
        8,
        row![
            "Neuer Träger",
            "Neu",
            "Erfunden",
            "01.01.2016",
            "31.12.2016",
            5.0,
            50.0,
            "SER",
            "",
            "DE"
        ],
    );
    // The amount of an operation was corrected.
    rows[11][5] = Cell::Number(2_000.0);
    assert_eq!(numbers(&rows)[1..], before);
}

/// Short headings, a number that repeats, years with two digits, amounts with parts of a cent.
fn eastern(headings: bool) -> Vec<Vec<Cell>> {
    let mut rows = vec![row![
        "ANTRAGSNUMMER",
        "Interventionskategorie",
        "Name des Begünstigten",
        "PLZ",
        "BEGINN",
        "ENDE",
        "ZUSAMMENFASSUNG",
        "BEZEICHNUNG",
        "GESAMTBETRAG 1)"
    ]];
    if headings {
        rows.insert(
            0,
            row!["", "LISTE DER VORHABEN FÜR DIE REGION MECKLENBURG-VORPOMMERN"],
        );
        rows.push(row![
            "application number",
            "category of intervention",
            "beneficiary name",
            "postcode",
            "start date",
            "end date",
            "operation summary",
            "operation name",
            "total eligible expenditure 1)"
        ]);
    }
    rows.extend([
        vec![
            Cell::from("diverse"),
            Cell::from(104.0),
            Cell::from("Mondschein gGmbH"),
            Cell::from("o.A."),
            Cell::Date(41_640.0),
            Cell::Date(44_196.0),
            Cell::from("a"),
            Cell::from("Beratung"),
            Cell::from(575_160.34),
        ],
        row![
            "ESF/14-WM-A32-0010/15",
            104.0,
            "Sternwarte e. V.",
            "18273",
            "05.02.16",
            "31.07.16",
            "b",
            "Schülerfirmen",
            11_998.95
        ],
        row![
            "diverse",
            121.0,
            "Regenbogen e. V.",
            "19055",
            "01.07.15",
            "30.06.18",
            "c",
            "Begleitung",
            163_504.321
        ],
    ]);
    if headings {
        rows.extend([
            row![],
            row!["1) In diesem Betrag enthalten sind auch nationale Mittel. Die EU-Beteiligung beträgt 80%."],
            row![
                "Ministerium, erfunden",
                "",
                "",
                "",
                "",
                "",
                "Liste der Vorhaben",
                "Datenstand (25.08.2016)"
            ],
            row!["19061 Schwerin"],
        ]);
    }
    rows
}

#[test]
fn the_same_list_on_two_sheets_is_counted_once() {
    let bytes = ListFile::new()
        .sheet("Ohne Kopf", &eastern(false))
        .sheet("Verzeichnis", &eastern(true))
        .bytes();
    let file = import(&bytes, &options()).expect("a list");
    assert_eq!(file.count(), 3);
    assert_eq!(file.total().to_string(), "750663.61");
    assert!(notes(&file).contains("„Verzeichnis“ enthält dieselben Vorhaben wie „Ohne Kopf“"));
    assert!(!notes(&file).contains("Nicht gelesene Blätter"));
    let numbers: Vec<&str> = file.rows_taken.iter().map(|row| row.no.as_str()).collect();
    assert_eq!(numbers[1], "ESF/14-WM-A32-0010/15");
    assert!(numbers[0].starts_with("ESF14-MV-") && numbers[2].starts_with("ESF14-MV-"));
    assert!(
        file.rows_taken[2]
            .notes
            .iter()
            .any(|note| note.de.contains("163504,321"))
    );
    assert!(
        file.rows_taken[0]
            .notes
            .iter()
            .any(|note| note.de.contains("„diverse“ kommt 2-mal vor"))
    );
    let asked = ImportOptions {
        sheets: vec!["Verzeichnis".into()],
        ..options()
    };
    let file = import(&bytes, &asked).expect("a list");
    assert_eq!((file.count(), file.rows_taken[0].row), (3, 4));
    let remarks = file
        .rows_not_taken
        .iter()
        .filter(|row| row.reason == Reason::Remark)
        .count();
    assert_eq!(remarks, 3);
}

#[test]
fn different_lists_are_asked_about() {
    let mut other = eastern(false);
    other[1][8] = Cell::Number(1.0);
    let file = || {
        ListFile::new()
            .sheet("Stand März", &eastern(false))
            .sheet("Stand Mai", &other)
    };
    let Err(ProgrammeError::WhichSheet { candidates }) = import(&file().bytes(), &options()) else {
        panic!("two different lists");
    };
    let names: Vec<(&str, usize)> = candidates
        .iter()
        .map(|it| (it.name.as_str(), it.operations))
        .collect();
    assert_eq!(names, [("Stand März", 3), ("Stand Mai", 3)]);
    let hidden = ListFile::new()
        .sheet("Stand Mai", &other)
        .changed("Stand März", &eastern(false), |sheet| {
            sheet.set_hidden(true);
        });
    assert_eq!(
        import(&hidden.bytes(), &options())
            .expect("one is visible")
            .count(),
        3
    );
    let funds = ListFile::new()
        .sheet("EFRE", &other)
        .sheet("ESF", &eastern(false));
    let file = import(&funds.bytes(), &options()).expect("one is of the ESF");
    assert_eq!(file.total().to_string(), "750663.61");
    let asked = ImportOptions {
        sheets: vec!["Stand Juni".into()],
        ..options()
    };
    assert!(matches!(
        import(&funds_again(&other), &asked),
        Err(ProgrammeError::NoSuchSheet { .. })
    ));
}

fn funds_again(other: &[Vec<Cell>]) -> Vec<u8> {
    ListFile::new().sheet("EFRE", other).bytes()
}

#[test]
fn code_tables_after_the_rows_are_no_operations() {
    let bytes = ListFile::new()
        .sheet(
            "01_Projektliste",
            &[
                row!["ESF-Förderperiode 2014-2020 / Liste der Vorhaben"],
                row!["Datenstand: 28.09.2016"],
                row![
                    "Name des Begünstigten/ Projekträger",
                    "Bezeichnung des Vorhabens/ Projekttitel",
                    "Datum des Beginns\ndes Vorhabens",
                    "Datum des Endes \ndes Vorhabens",
                    "Gesamtbetrag der förderfähigen Ausgaben des Vorhabens/ \nBewilligte Gesamtausgaben",
                    "Unions-Kofinanzierungssatz pro Prioriätsachse/ ESF-Anteil",
                    "Standortindikatoren/ \nProjektort im Land Bremen"
                ],
                vec![
                    Cell::from("Mondschein gGmbH"),
                    Cell::from("Beratung"),
                    Cell::Date(42_370.0),
                    Cell::Date(42_735.0),
                    Cell::from(149_398.55),
                    Cell::from(1.0),
                    Cell::from("-bitte auswählen-"),
                ],
                vec![
                    Cell::from("Sternwarte e. V."),
                    Cell::from("Ausbildung"),
                    Cell::Date(42_005.0),
                    Cell::Date(43_535.0),
                    Cell::from(0.0),
                    Cell::from(0.265),
                    Cell::from("Bremen, 28195"),
                ],
                row![],
                row!["* Interventionsbereiche gem. Verordnung"],
                row![],
                row![102.0, "Zugang zu Beschäftigung"],
                row![109.0, "Aktive Inklusion"],
            ],
        )
        .bytes();
    let file = import(&bytes, &options()).expect("a list");
    assert_eq!(taken(&file), [(4, "149398.55".into()), (5, "0.00".into())]);
    assert_eq!(file.import.subprojects[0].0.land, Some(Land::Bremen));
    assert!(
        file.rows_not_taken
            .iter()
            .filter(|row| row.row > 5)
            .all(|row| row.reason == Reason::Remark)
    );
}
