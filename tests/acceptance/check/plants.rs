//! Every planted error is named with its cell, in German and in English.

use nachweis_demo::errors;
use nachweis_tests::{program::Desk, workbook};
use serde_json::Value;

const NO: &str = "IQ23-NW-017";
const QUARTER: &str = "2023-Q3";

#[test]
fn every_planted_error_is_named_with_its_cell_in_both_languages() {
    let desk = Desk::embedded();
    let round = workbook::round();
    let (context, right) = workbook::right_figures(NO, QUARTER.parse().expect("a quarter"));
    let stamp = nachweis_demo::fill::stamp(1, &context, "2023-10-02T08:00:00Z".parse().expect("a moment"));
    let catalogue = errors::catalogue();
    let mut planted = Vec::new();
    for (number, error) in catalogue.iter().enumerate() {
        let mut figures = right.clone();
        if error.plant(&round, &context, &mut figures) {
            let file = format!("{number}.xlsx");
            let bytes = workbook::filled(&context, &stamp, &workbook::seal_key(), &figures);
            std::fs::write(desk.file(&file), bytes).expect("written");
            planted.push((file, error));
        }
    }
    assert!(
        planted.len() >= 20,
        "{} errors find a place in this workbook",
        planted.len()
    );

    let mut arguments = vec!["check".to_owned(), "--json".to_owned()];
    arguments.extend(planted.iter().map(|(file, _)| file.clone()));
    let run = desk.run(&arguments);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let answers: Vec<Value> = serde_json::from_str(&run.stdout).expect("JSON");
    for ((file, error), answer) in planted.iter().zip(&answers) {
        let findings = answer["findings"].as_array().expect("findings");
        let found = findings
            .iter()
            .find(|finding| finding["code"] == error.code.as_str());
        let found = found.unwrap_or_else(|| panic!("{file}: {} is not found: {findings:?}", error.name));
        let cell = found["cell"]
            .as_str()
            .unwrap_or_else(|| panic!("{}: no cell", error.name));
        for language in ["de", "en"] {
            assert!(
                found["message"][language]
                    .as_str()
                    .is_some_and(|text| text.starts_with(cell)),
                "{found}"
            );
        }
    }
    for (file, error) in &planted {
        let blocking = error.is_blocking(&round, context.quarter);
        assert_eq!(
            desk.run(["check", file]).status,
            i32::from(blocking),
            "{}",
            error.name
        );
    }
}

#[test]
fn a_right_workbook_passes_and_english_is_spoken_when_asked() {
    let desk = Desk::embedded();
    let (context, right) = workbook::right_figures(NO, QUARTER.parse().expect("a quarter"));
    let stamp = nachweis_demo::fill::stamp(1, &context, "2023-10-02T08:00:00Z".parse().expect("a moment"));
    let bytes = workbook::filled(&context, &stamp, &workbook::seal_key(), &right);
    std::fs::write(desk.file("right.xlsx"), bytes).expect("written");
    assert_eq!(desk.run(["check", "right.xlsx"]).status, 0);

    std::fs::write(desk.file("wrong.xlsx"), b"no workbook at all").expect("written");
    let german = desk.run(["check", "wrong.xlsx"]);
    let english = desk.run(["--lang", "en", "check", "wrong.xlsx"]);
    assert_eq!((german.status, english.status), (1, 1));
    assert!(german.stdout.contains("Datei"), "{german:?}");
    assert!(english.stdout.contains("file"), "{english:?}");
}

#[test]
fn a_marked_copy_holds_the_finding_and_can_be_read_again() {
    let desk = Desk::embedded();
    let (context, mut figures) = workbook::right_figures(NO, QUARTER.parse().expect("a quarter"));
    let round = workbook::round();
    let plant = errors::catalogue()
        .into_iter()
        .find(|error| error.code.as_str() == "FIN-03")
        .expect("FIN-03");
    assert!(plant.plant(&round, &context, &mut figures));
    let stamp = nachweis_demo::fill::stamp(1, &context, "2023-10-02T08:00:00Z".parse().expect("a moment"));
    let bytes = workbook::filled(&context, &stamp, &workbook::seal_key(), &figures);
    std::fs::write(desk.file("wrong.xlsx"), bytes).expect("written");
    assert_eq!(desk.run(["check", "wrong.xlsx", "--mark", "marked"]).status, 1);
    let marked = std::fs::read(desk.file("marked/wrong-markiert.xlsx")).expect("the marked copy");
    let index = workbook::sheets(&marked).swap_remove(0);
    assert!(
        format!("{:?}", workbook::sheet(&marked, &index)).contains("FIN-03"),
        "the index sheet names the code"
    );
    assert_eq!(
        workbook::opened(&marked).figures.vouchers.rows.len(),
        figures.vouchers.rows.len()
    );
}
