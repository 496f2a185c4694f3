//! What is asked, tried and told: questions with their answers, a dry run, the same list again and a later one.

use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::program::{Desk, Run};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

const MARCH: &str = "\
Antragsnummer;Begünstigter;Vorhaben;Beginn;Ende;Gesamtkosten;Bundesland
ESF/14-1;Mondschein gGmbH;Werkstatt;01.01.2015;31.12.2016;1.000,00;Mecklenburg-Vorpommern
diverse;Sternwarte e. V.;Beratung;01.01.2015;31.12.2016;20,00;Mecklenburg-Vorpommern
diverse;Regenbogen e. V.;Begleitung;01.01.2015;31.12.2016;3,00;Mecklenburg-Vorpommern
diverse;Regenbogen e. V.;Begleitung;01.01.2015;31.12.2016;3,00;Mecklenburg-Vorpommern
;;Summe;;;1.026,00;
";

/// A later state: another amount, one operation more, one less.
const MAY: &str = "\
Antragsnummer;Begünstigter;Vorhaben;Beginn;Ende;Gesamtkosten;Bundesland
ESF/14-1;Mondschein gGmbH;Werkstatt;01.01.2015;31.12.2016;1.500,00;Mecklenburg-Vorpommern
diverse;Regenbogen e. V.;Begleitung;01.01.2015;31.12.2016;3,00;Mecklenburg-Vorpommern
diverse;Regenbogen e. V.;Begleitung;01.01.2015;31.12.2016;3,00;Mecklenburg-Vorpommern
ESF/14-2;Mondschein gGmbH;Küche;01.01.2015;31.12.2016;7,00;Mecklenburg-Vorpommern
";

fn desk(database: &TestDatabase) -> Desk {
    let desk = Desk::on(&database.url().to_string());
    assert_eq!(desk.run(["migrate"]).status, 0);
    std::fs::write(desk.file("maerz.csv"), MARCH).expect("written");
    std::fs::write(desk.file("mai.csv"), MAY).expect("written");
    desk
}

fn import(desk: &Desk, more: &[&str]) -> Run {
    let arguments = ["programme", "import", "--round", "esf-2014-2020"];
    desk.run(arguments.iter().copied().chain(more.iter().copied()))
}

fn awarded(desk: &Desk) -> i64 {
    let report = desk.run(["report", "burn", "--round", "esf-2014-2020", "--format", "json"]);
    let report: Value = serde_json::from_str(&report.stdout).expect("JSON");
    report["tables"][0]["totals"]["awarded_cents"]
        .as_i64()
        .expect("the awarded sum")
}

#[test]
fn a_dry_run_says_what_an_import_would_do_and_records_nothing() {
    for backend in Backend::ALL {
        let database = TestDatabase::empty(backend);
        let desk = desk(&database);
        let tried = import(&desk, &["--dry-run", "maerz.csv"]);
        assert_eq!(tried.status, 0, "{tried:?}");
        for said in [
            "4 Vorhaben, zusammen 1.026,00",
            "4 neu, 0 geändert",
            "Es wurde nichts gespeichert",
        ] {
            assert!(
                tried.stdout.contains(said),
                "{backend:?} {said}: {}",
                tried.stdout
            );
        }
        assert_eq!(awarded(&desk), 0, "{backend:?}");
        let done = import(&desk, &["maerz.csv"]);
        assert!(!done.stdout.contains("nichts gespeichert"), "{done:?}");
        assert_eq!(awarded(&desk), 102_600, "{backend:?}");
    }
}

#[test]
fn the_same_list_again_changes_nothing_and_a_later_one_says_what_changed() {
    for backend in Backend::ALL {
        let database = TestDatabase::empty(backend);
        let desk = desk(&database);
        let first = import(&desk, &["maerz.csv"]);
        assert!(
            first
                .stdout
                .contains("das stimmt mit allen Vorhaben der Liste überein"),
            "{first:?}"
        );
        let again = import(&desk, &["maerz.csv"]);
        assert!(
            again.stdout.contains("bleibt unverändert"),
            "{backend:?}: {}",
            again.stdout
        );
        assert_eq!(awarded(&desk), 102_600, "{backend:?}");

        let later = import(&desk, &["mai.csv"]);
        for said in [
            "ESF/14-1 geändert: Betrag bisher 1.000,00\u{a0}€, jetzt 1.500,00\u{a0}€.",
            "1 neu, 1 geändert, 2 unverändert.",
            "Nicht in dieser Datei, aber in der Runde: 1 (20,00\u{a0}€). Sie bleiben.",
        ] {
            assert!(
                later.stdout.contains(said),
                "{backend:?} {said}: {}",
                later.stdout
            );
        }
        assert_eq!(awarded(&desk), 150_000 + 600 + 700 + 2_000, "{backend:?}");
        let english = import(&desk, &["--lang", "en", "--json", "mai.csv"]);
        let report: Value = serde_json::from_str(&english.stdout).expect("JSON");
        assert_eq!(
            (&report["changes"]["same"], &report["changes"]["new"]),
            (&4.into(), &0.into()),
            "{report}"
        );
        assert_eq!(report["by_category"][0]["total_cents"], 151_300, "{report}");
    }
}

#[test]
fn what_is_not_clear_is_asked_with_status_2_and_answered_by_an_option() {
    let database = TestDatabase::empty(Backend::ALL[0]);
    let desk = desk(&database);
    let mut workbook = Workbook::new();
    for (name, amount) in [("Achse A", 5.0), ("Achse B", 7.0)] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        for (col, heading) in (0..).zip([
            "Begünstigter",
            "Vorhaben",
            "Förderfähige Kosten (Plan)",
            "Förderfähige Kosten (Ist)",
        ]) {
            sheet.write(0, col, heading).expect("a cell");
        }
        sheet.write(1, 0, "Mondschein gGmbH").expect("a cell");
        sheet.write(1, 1, "Werkstatt").expect("a cell");
        sheet.write(1, 2, amount).expect("a cell");
        sheet.write(1, 3, amount + 1.0).expect("a cell");
    }
    workbook.save(desk.file("achsen.xlsx")).expect("saved");

    let which = import(&desk, &["achsen.xlsx"]);
    assert_eq!((which.status, which.stdout.as_str()), (2, ""), "{which:?}");
    assert!(
        which.stderr.contains("„Achse A“") && which.stderr.contains("--sheet"),
        "{which:?}"
    );
    let amount = import(
        &desk,
        &[
            "--lang",
            "en",
            "--sheet",
            "Achse A",
            "--sheet",
            "Achse B",
            "achsen.xlsx",
        ],
    );
    assert_eq!(amount.status, 2, "{amount:?}");
    assert!(
        amount.stderr.contains("--amount") && amount.stderr.contains("D \"Förderfähige Kosten (Ist)\""),
        "{amount:?}"
    );
    assert_eq!(amount.stderr.trim().lines().count(), 1, "{amount:?}");
    let answered = import(
        &desk,
        &[
            "--sheet",
            "Achse A",
            "--sheet",
            "Achse B",
            "--amount",
            "D",
            "--all-rows",
            "achsen.xlsx",
        ],
    );
    assert_eq!(answered.status, 0, "{answered:?}");
    assert!(
        answered.stdout.contains("2 Vorhaben, zusammen 14,00"),
        "{answered:?}"
    );
    assert!(answered.stdout.contains("Achse B:2\tESF14-"), "{answered:?}");
}

#[test]
fn rows_to_be_checked_stand_last_and_are_counted_in_the_summary() {
    let database = TestDatabase::empty(Backend::ALL[0]);
    let desk = desk(&database);
    let text = "Begünstigter;Vorhaben;Beginn;Gesamtkosten\nA;Eins;2015;k. A.\nB;Zwei;2015;5,00\nStand 2016\n";
    std::fs::write(desk.file("liste.csv"), text).expect("written");
    let german = import(&desk, &["liste.csv"]);
    assert!(german.stdout.contains(
        "liste.csv: 1 Vorhaben, zusammen 5,00\u{a0}€; 3 Zeilen nicht übernommen, davon 1 zu prüfen."
    ));
    let place = |text: &str| {
        german
            .stdout
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {}", german.stdout))
    };
    assert!(
        place("CSV:4 nicht") < place("Bitte prüfen Sie diese Zeilen")
            && place("Bitte prüfen Sie diese Zeilen") < place("CSV:2 nicht")
    );
    let english = import(&desk, &["--lang", "en", "liste.csv"]);
    assert!(
        english
            .stdout
            .contains("1 operation, €5.00 in total; 3 rows not taken, 1 of them to be checked."),
        "{english:?}"
    );
}

#[test]
fn a_file_beyond_the_limit_is_refused_before_it_is_read_to_its_end() {
    let database = TestDatabase::empty(Backend::ALL[0]);
    let desk = desk(&database);
    let file = std::fs::File::create(desk.file("riesig.csv")).expect("created");
    file.set_len(200 * 1024 * 1024).expect("a sparse file");
    let run = import(&desk, &["riesig.csv"]);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("riesig.csv ist zu groß") && run.stderr.contains("20.971.520"),
        "{run:?}"
    );
}
