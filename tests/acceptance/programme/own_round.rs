//! A round of one's own, made from the example as README says, and a list of a mixed Land taken into it.

use std::{collections::BTreeMap, fs};

use nachweis_domain::round::shipped_text;
use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::program::Desk;
use serde_json::Value;

const LIST: &str = "\
Liste der Vorhaben Freistaat Sachsen;;;;;
Begünstigter;Vorhaben;Beginn;Ende;Gesamtkosten;Landkreis
Mondschein gGmbH;Werkstatt;01.01.2022;31.12.2024;100,00;Dresden, Stadt
Sternwarte e. V.;Beratung;01.01.2022;31.12.2024;20,00;Leipzig, Stadt
Regenbogen e. V.;Begleitung;01.01.2022;31.12.2024;3,00;Erzgebirgskreis
";

/// The example with another code, title, period and prefix, and without the categories of its time.
fn own_round() -> String {
    let text = shipped_text("esf-2014-2020").expect("it ships");
    let begin = text.find("[region_categories]").expect("the table");
    let end = text.find("[thresholds]").expect("the next table");
    format!("{}{}", &text[..begin], &text[end..])
        .replace("\"esf-2014-2020\"", "\"esf-plus-sachsen\"")
        .replace("2014-01-01", "2021-01-01")
        .replace("2023-12-31", "2029-12-31")
        .replace("ESF14", "ESF21")
}

#[test]
fn a_list_of_a_mixed_land_is_reported_by_the_categories_of_its_own_round() {
    for backend in Backend::ALL {
        let database = TestDatabase::empty(backend);
        let desk = Desk::on(&database.url().to_string());
        fs::write(desk.file("runde.toml"), own_round()).expect("written");
        fs::write(desk.file("liste.csv"), LIST).expect("written");
        assert_eq!(desk.run(["--round-file", "runde.toml", "migrate"]).status, 0);
        let arguments = [
            "--round-file",
            "runde.toml",
            "programme",
            "import",
            "--round",
            "esf-plus-sachsen",
            "liste.csv",
        ];
        let run = desk.run(arguments);
        assert_eq!(run.status, 0, "{backend:?}: {run:?}");
        assert!(
            run.stdout.contains("Übergangsregion: 2 Vorhaben, 103,00"),
            "{backend:?}: {run:?}"
        );
        let report = desk.run([
            "--round-file",
            "runde.toml",
            "report",
            "burn",
            "--round",
            "esf-plus-sachsen",
            "--group-by",
            "region-category",
            "--format",
            "json",
        ]);
        let report: Value =
            serde_json::from_str(&report.stdout).unwrap_or_else(|error| panic!("{error}: {report:?}"));
        let rows = report["tables"][0]["rows"].as_array().expect("rows");
        let sums: BTreeMap<&str, i64> = rows
            .iter()
            .map(|row| {
                let category = row["region_category"]["key"].as_str().expect("a category");
                (category, row["awarded_cents"].as_i64().expect("cents"))
            })
            .filter(|(_, cents)| *cents > 0)
            .collect();
        // Leipzig has its own line since 2021 (DECISIONS.md 6).
        assert_eq!(
            sums,
            BTreeMap::from([("former_transition", 2_000), ("transition", 10_300)]),
            "{backend:?}"
        );
    }
}

#[test]
fn a_round_file_with_a_slip_is_refused_with_its_place() {
    let desk = Desk::embedded();
    let slip = own_round().replace(
        "[thresholds]",
        "[region_categories]\nDEX9 = \"transition\"\n\n[thresholds]",
    );
    fs::write(desk.file("runde.toml"), slip).expect("written");
    let run = desk.run(["--round-file", "runde.toml", "migrate"]);
    let opened = desk.run([
        "--round-file",
        "runde.toml",
        "report",
        "burn",
        "--round",
        "esf-plus-sachsen",
    ]);
    assert!(run.status == 2 || opened.status == 2, "{run:?} {opened:?}");
    let said = format!("{}{}", run.stderr, opened.stderr);
    assert!(said.contains("runde.toml") && said.contains("DEX9"), "{said}");
}
