//! Our own format, as CSV and as workbook; the fixtures are files of it.

use std::fs;

use nachweis_domain::{language::Language, programme, region::RegionCategory, subproject::AwardPath};
use nachweis_ingest::{
    programme::{ImportOptions, ProgrammeError, ProgrammeFile, recognise},
    read_table_here,
};
use rust_xlsxwriter::Workbook;

use super::round;

const SMALL: &str = "\
[networks]
round;code;name;land
2023-2025;RIN-SN;Netz Sachsen;SN

[subprojects]
no;round;kind;title;carrier;network;land;nuts2;regions;strand;action_field;grant_first;grant_last;award_path;note
IQ23-SN-001;2023-2025;regional;Erfunden;Mond e. V.;RIN-SN;SN;DED5;;rin;qualification;2023-01-01;2025-12-31;via:RIN-SN;x
IQ23-DE-002;2023-2025;competence_centre;Auch erfunden;Stern e. V.;;;;more_developed=0,755|transition=0,245;rin;qualification;2023-01-01;2025-12-31;;

[plan]
no;version;effective_from;recorded_at;item;year;amount
IQ23-SN-001;1;2023-01-01;2022-11-15T09:00:00Z;staff_employees;2023;100,50
IQ23-SN-001;1;2023-01-01;2022-11-15T09:00:00Z;remaining_costs;2023;40,20
IQ23-SN-001;2;2024-01-01;;staff_employees;2023;150,00
IQ23-DE-002;1;2023-01-01;;staff_employees;2023;1

[sources]
no;version;source;amount
IQ23-SN-001;1;federal;140,70
IQ23-SN-001;2;federal;150,00
IQ23-DE-002;1;federal;1

[targets]
no;version;indicator;target
IQ23-SN-001;1;EECO01;20

[disbursements]
no;paid_on;source;amount
IQ23-SN-001;2023-03-01;federal;50,00
IQ23-SN-001;2023-04-01;federal;-1,00
";

fn read(bytes: &[u8]) -> Result<ProgrammeFile, ProgrammeError> {
    let sheets = read_table_here(bytes).expect("a sound file");
    recognise(&round("2023-2025"), &sheets, &ImportOptions::default())
}

#[test]
fn the_demonstration_programme_is_read_whole() {
    for (code, count, total) in [
        ("2023-2025", Some(270), Some("210000000.00")),
        ("2026-2028", None, None),
    ] {
        let path = format!(
            "{}/../../fixtures/programme/{code}.csv",
            env!("CARGO_MANIFEST_DIR")
        );
        let sheets = read_table_here(&fs::read(path).expect("the fixture")).expect("sound");
        let round = round(code);
        let file = recognise(&round, &sheets, &ImportOptions::default()).expect("our own format");
        assert_eq!(
            programme::check(&round, &file.import, &programme::Recorded::default()),
            []
        );
        assert_eq!((file.notes.len(), file.rows_not_taken.len()), (0, 0));
        assert_eq!(file.import.numbers().len(), file.count());
        assert!(count.is_none_or(|count| file.count() == count));
        assert!(
            total.is_none_or(|total| file.total().to_string() == total),
            "{}",
            file.total()
        );
        assert!(!file.import.networks.is_empty());
    }
}

#[test]
fn each_table_comes_through() {
    let file = read(SMALL.as_bytes()).expect("our own format");
    assert_eq!(file.import.networks.len(), 1);
    assert_eq!(file.import.subprojects.len(), 3);
    assert_eq!(file.import.disbursements.len(), 2);
    assert_eq!(file.total().to_string(), "141.70");
    let (first, plan) = &file.import.subprojects[0];
    assert_eq!(first.regions.shares()[0].0, RegionCategory::FormerTransition);
    assert!(matches!(&first.award_path, AwardPath::PassedOn { via } if via.as_str() == "RIN-SN"));
    assert_eq!(plan.recorded_at.to_rfc3339(), "2022-11-15T09:00:00+00:00");
    assert_eq!(plan.targets.values().collect::<Vec<_>>(), [&20]);
    assert_eq!(file.import.subprojects[1].1.number, 2);
    assert_eq!(file.import.subprojects[2].0.regions.shares().len(), 2);
}

#[test]
fn change_notices_and_payments_can_come_without_their_subproject() {
    let networks_and_subprojects = SMALL.find("[plan]").expect("plans");
    let file = read(&SMALL.as_bytes()[networks_and_subprojects..]).expect("our own format");
    let versions: Vec<(&str, u32)> = file
        .import
        .plans
        .iter()
        .map(|(no, plan)| (no.as_str(), plan.number))
        .collect();
    assert_eq!(
        versions,
        [("IQ23-DE-002", 1), ("IQ23-SN-001", 1), ("IQ23-SN-001", 2)]
    );
    assert_eq!(file.import.plans[1].1.targets.len(), 1);
    assert_eq!(
        (file.import.subprojects.len(), file.import.disbursements.len()),
        (0, 2)
    );
}

#[test]
fn the_same_tables_in_a_workbook_give_the_same() {
    let sheets = read_table_here(SMALL.as_bytes()).expect("sound");
    let mut workbook = Workbook::new();
    for table in &sheets {
        let sheet = workbook.add_worksheet().set_name(&table.name).expect("a name");
        for (index, row) in (0_u32..).zip(&table.rows) {
            for (col, value) in &row.cells {
                let text = value.shown();
                match text.replace(',', ".").parse::<f64>() {
                    Ok(number) => sheet.write_number(index, *col, number).expect("a cell"),
                    Err(_) => sheet.write_string(index, *col, &text).expect("a cell"),
                };
            }
        }
    }
    let from_workbook = read(&workbook.save_to_buffer().expect("a workbook")).expect("our own format");
    let from_text = read(SMALL.as_bytes()).expect("our own format");
    assert_eq!(from_workbook.import, from_text.import);
}

#[test]
fn unknown_tables_and_columns_are_named() {
    let text = SMALL.replace("land\n", "land;colour\n") + "[colours]\na;b\n1;2\n";
    let file = read(text.as_bytes()).expect("our own format");
    let notes: Vec<&str> = file.notes.iter().map(|note| note.en.as_str()).collect();
    assert_eq!(
        notes,
        [
            "[networks]: the column \"colour\" is unknown and was not read.",
            "The table \"colours\" does not belong to the format and was not read.",
        ]
    );
}

#[test]
fn a_file_with_faults_is_not_imported_and_each_fault_is_named_with_its_row() {
    let cases = [
        (
            ";federal;140,70",
            ";federal;140,705",
            "[sources] Zeile 19, Spalte „amount“: „140,705“",
        ),
        (
            ";federal;140,70",
            ";;140,70",
            "[sources] Zeile 19, Spalte „source“: Die Angabe fehlt.",
        ),
        (
            "IQ23-SN-001;2;federal",
            "IQ23-SN-001;3;federal",
            "Zu „IQ23-SN-001“, Version 3, gibt es keine Zeilen",
        ),
        (
            "competence_centre",
            "centre",
            "[subprojects] Zeile 8, Spalte „kind“: „centre“ ist nicht vorgesehen.",
        ),
        ("transition=0,245", "transition=0,25", "Spalte „regions“"),
        (
            ";more_developed=0,755|transition=0,245;",
            ";;",
            "Ohne „nuts2“ muss „regions“ ausgefüllt sein.",
        ),
        ("SN;DED5", "SN;DED9", "Spalte „nuts2“: „DED9“"),
        ("via:RIN-SN", "via", "Spalte „award_path“"),
        ("2025-12-31;via", "31.12.2025;via", "Spalte „grant_last“"),
        (
            "IQ23-DE-002;1;2023-01-01",
            "IQ23-DE-003;1;2023-01-01",
            "Das Teilvorhaben hat keine Zeilen in der Tabelle „plan“.",
        ),
        (
            "remaining_costs;2023",
            "staff_employees;2023",
            "kommt in dieser Planversion zweimal vor",
        ),
        (
            ";;staff_employees;2023;150,00",
            ";morgen;staff_employees;2023;150,00",
            "Spalte „recorded_at“",
        ),
        (
            "1;2023-01-01;2022-11-15T09:00:00Z;remaining",
            "1;2023-01-02;2022-11-15T09:00:00Z;remaining",
            "dieselben Angaben in „effective_from“",
        ),
        ("EECO01;20", "EECO01;20,5", "Spalte „target“: „20,5“"),
        ("-1,00", "", "Spalte „amount“: Die Angabe fehlt."),
        (
            "2023-04-01;federal;-1,00",
            "2023-03-01;federal;50,00",
            "[disbursements] Zeile 30, Spalte „amount“: Dieselbe Auszahlung an IQ23-SN-001 (01.03.2023, federal, 50,00\u{a0}€) steht schon in Zeile 29. Bitte eine",
        ),
    ];
    for (from, to, expected) in cases {
        assert!(SMALL.contains(from), "{from}");
        let error = read(SMALL.replacen(from, to, 1).as_bytes()).expect_err(to);
        assert_eq!(error.code(), "PRG-05");
        let text = error.text(Language::De);
        assert!(text.contains(expected), "{expected}\n{text}");
        assert!(error.text(Language::En).starts_with("The file is not imported"));
    }
}
