//! Whatever leaves the house says which state of the journal it is from, and that state is a link of the journal.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Read as _,
};

use calamine::Data;
use nachweis_store::testing::Backend;
use nachweis_tests::{program::Desk, workbook};
use serde_json::Value;
use zip::ZipArchive;

use crate::faults::place::{Place, Who};

const REPORTS: [&str; 5] = ["burn", "indicators", "completeness", "funding", "deviations"];

/// Position and link, as they are printed.
type Printed = (u64, String);

/// The state that a text like `37 43ae…` names.
fn printed(text: &str) -> Printed {
    let mut words = text.split_whitespace();
    let position = words.next().and_then(|word| word.parse().ok());
    let link = words.next().expect("a link");
    assert_eq!(link.len(), 64, "{text}");
    (
        position.unwrap_or_else(|| panic!("no position: {text}")),
        link.to_owned(),
    )
}

/// The states that an export names, each of which must be one at least.
fn named(form: &str, bytes: &[u8]) -> Vec<Printed> {
    match form {
        "json" => {
            let report: Value = serde_json::from_slice(bytes).expect("JSON");
            vec![printed(report["head"].as_str().expect("a head"))]
        }
        "csv" => {
            let text = String::from_utf8_lossy(bytes);
            let lines = text.lines();
            lines
                .filter_map(|line| line.strip_prefix("Kopf der Journalkette;"))
                .map(printed)
                .collect()
        }
        _ => {
            let sheets = workbook::sheets(bytes);
            let cells = sheets
                .iter()
                .flat_map(|name| workbook::sheet(bytes, name))
                .flatten();
            let texts = cells.filter_map(|cell| match cell {
                Data::String(text) => Some(printed(text.split("Journalkette: ").nth(1)?)),
                _ => None,
            });
            texts.collect()
        }
    }
}

/// The states of everything that the program exports.
fn exported(desk: &Desk) -> BTreeMap<String, Vec<Printed>> {
    let mut all = BTreeMap::new();
    let mut export = |form: &str, arguments: &[&str]| {
        let file = format!("export.{form}");
        let name = format!("{} {form}", arguments.join(" "));
        let run = desk.run([arguments, &["-o", &file]].concat());
        assert_eq!(run.status, 0, "{name}: {run:?}");
        let bytes = fs::read(desk.file(&file)).expect("it was written");
        all.insert(name, named(form, &bytes));
    };
    for form in ["json", "csv", "xlsx"] {
        for name in REPORTS {
            export(form, &["report", name]);
        }
        if form != "xlsx" {
            export(form, &["report", "burn", "--lineage", "total", "reported"]);
            export(form, &["report", "burn", "--lineage", "total", "burn"]);
        }
        export(form, &["differences", "--quarter", "2023-Q1"]);
        export(form, &["rules", "effect"]);
    }
    export("xlsx", &["report", "burn", "--sources"]);
    export("xlsx", &["export", "audit"]);
    all
}

/// The states that a dossier names: in its text, its list of files and its workbook.
fn of_dossier(desk: &Desk, no: &str) -> Vec<Printed> {
    let run = desk.run(["subproject", "dossier", no, "-o", "dossier.zip", "--lang", "en"]);
    assert_eq!(run.status, 0, "{run:?}");
    let mut zip = ZipArchive::new(File::open(desk.file("dossier.zip")).expect("written")).expect("a ZIP");
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        let mut part = zip.by_name(name).expect("it is there");
        part.read_to_end(&mut bytes).expect("read");
        bytes
    };
    let manifest: Value = serde_json::from_slice(&part("manifest.json")).expect("JSON");
    let head = &manifest["head"];
    let position = head["position"].as_u64().expect("a position");
    let link = head["link"].as_str().expect("a link").to_owned();
    let readme = String::from_utf8(part("README.txt")).expect("text");
    assert!(
        readme.contains(&format!("entry {position} of the journal")),
        "{readme}"
    );
    assert!(readme.contains(&format!("Link: {link}")), "{readme}");
    let mut states = named("xlsx", &part("dossier.xlsx"));
    states.push((position, link));
    states
}

/// The links of an exported journal by their position, and its head, which is its last.
fn links(desk: &Desk) -> BTreeMap<u64, String> {
    let run = desk.run(["export", "journal", "-o", "journal.jsonl"]);
    assert_eq!(run.status, 0, "{run:?}");
    let text = fs::read_to_string(desk.file("journal.jsonl")).expect("written");
    let journal: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let state = |value: &Value| {
        let position = value["position"].as_u64()?;
        Some((position, value["link"].as_str()?.to_owned()))
    };
    let links: BTreeMap<u64, String> = journal.iter().filter_map(|line| state(&line["entry"])).collect();
    let head = journal.iter().rev().find_map(|line| state(&line["head"]));
    assert_eq!(
        head.as_ref().map(|(position, link)| (position, link)),
        links.last_key_value()
    );
    links
}

#[test]
fn every_export_names_a_link_of_the_journal() {
    let place = Place::new(Backend::Sqlite);
    let service = place.serve();
    place.accepted(&service, 1);
    let close = [
        "close",
        "--quarter",
        "2023-Q1",
        "--without-missing-reports",
        "--as",
        "mia",
    ];
    let run = place.desk.run(close);
    assert_eq!(run.status, 0, "{run:?}");
    let mut all = exported(&place.desk);
    all.insert("dossier".into(), of_dossier(&place.desk, &place.no));
    let manager = place.person(&service, Who::Manager);
    for name in REPORTS {
        for form in ["csv", "xlsx"] {
            let path = format!("/rounds/2023-2025/quarters/2023-Q1/reports/{name}?format={form}&lang=de");
            let frozen = manager.get(&path);
            assert_eq!(frozen.status, 200, "{path}: {}", frozen.text());
            all.insert(path, named(form, &frozen.body));
        }
    }
    let links = links(&place.desk);
    let mut expected = vec!["verify".to_owned()];
    for (export, states) in &all {
        assert!(!states.is_empty(), "{export} names no state of the journal");
        for (position, link) in states {
            assert_eq!(links.get(position), Some(link), "{export}");
            expected.extend(["--expect-head".to_owned(), link.clone()]);
        }
    }
    let run = place.desk.run(&expected);
    assert_eq!(run.status, 0, "{run:?}");
}
