//! A rule tried in shadow on the command line, its effect, and the rule switched on; and a proposed file that is not kept.

use nachweis_demo::errors;
use nachweis_domain::{finding::Code, quarter::Quarter, round::shipped_text};
use nachweis_tests::{
    program::{Desk, Run},
    workbook,
};
use serde_json::Value;

const NO: &str = "IQ23-NW-017";
const QUARTER: &str = "2023-Q2";

fn done(run: &Run) -> &str {
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout.trim()
}

/// The shipped round with entries about rules, as a file on the desk.
fn round_file(desk: &Desk, name: &str, version: &str, entries: &str) {
    let text = shipped_text("2023-2025").unwrap();
    let text = text.replacen("\"2023-2025.2\"", &format!("\"{version}\""), 1);
    assert!(text.contains(version));
    std::fs::write(desk.file(name), format!("{text}\n{entries}")).unwrap();
}

/// A workbook in which two vouchers have one number; the payee tells one such workbook from another.
fn planted(desk: &Desk, file: &str, payee: &str) {
    let issued = [
        "template",
        "--subproject",
        NO,
        "--quarter",
        QUARTER,
        "-o",
        "issued.xlsx",
    ];
    done(&desk.run([&issued[..], &["--round-file", "shadow.toml"]].concat()));
    let (context, stamp) = workbook::issued(&std::fs::read(desk.file("issued.xlsx")).unwrap());
    let quarter: Quarter = QUARTER.parse().unwrap();
    let (_, mut figures) = workbook::right_figures(NO, quarter);
    let catalogue = errors::catalogue();
    let error = catalogue.iter().find(|error| error.code == Code::Fin06).unwrap();
    assert!(error.plant(&workbook::round(), &context, &mut figures));
    figures.vouchers.rows[0].payee = Some(payee.to_owned());
    let filled = workbook::filled(&context, &stamp, &workbook::seal_key(), &figures);
    std::fs::write(desk.file(file), filled).unwrap();
}

fn effect(desk: &Desk, arguments: &[&str]) -> Value {
    let run = desk.run([&["rules", "effect", "--format", "json"], arguments].concat());
    serde_json::from_str(done(&run)).unwrap()
}

fn rows<'a>(report: &'a Value, table: &str) -> &'a Vec<Value> {
    let tables = report["tables"].as_array().unwrap();
    let table = tables.iter().find(|one| one["key"] == table).unwrap();
    table["rows"].as_array().unwrap()
}

#[test]
fn a_rule_is_tried_in_shadow_shows_what_it_would_hit_and_blocks_once_it_is_switched_on() {
    let desk = Desk::embedded();
    done(&desk.run(["migrate"]));
    let programme = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/programme/2023-2025.csv");
    round_file(
        &desk,
        "shadow.toml",
        "2023-2025.3",
        "[[rules]]\ncode = \"FIN-06\"\nmode = \"shadow\"",
    );
    round_file(
        &desk,
        "active.toml",
        "2023-2025.4",
        "[[rules]]\ncode = \"FIN-06\"\neffective_from = \"2023-Q2\"",
    );
    let shadow = ["--round-file", "shadow.toml"];
    done(&desk.run([&["programme", "import", programme], &shadow[..]].concat()));
    planted(&desk, "first.xlsx", "Lohnkonto A");
    done(&desk.run([&["import", "first.xlsx"], &shadow[..]].concat()));

    let head = done(&desk.run([&["head"], &shadow[..]].concat())).to_owned();
    let report = effect(&desk, &shadow);
    let [rule] = rows(&report, "rules").as_slice() else {
        panic!("{report}")
    };
    assert_eq!(
        (&rule["code"], &rule["uploads"]),
        (&"FIN-06".into(), &1.into()),
        "{rule}"
    );
    let hit = &rows(&report, "findings")[0];
    assert_eq!(
        (&hit["no"], &hit["quarter"]),
        (&NO.into(), &QUARTER.into()),
        "{hit}"
    );
    assert_eq!(
        (&hit["file"], &hit["sheet"]),
        (&"first.xlsx".into(), &"Belege".into())
    );
    let version = hit["rule_version"].as_str().unwrap();
    assert!(version.starts_with("2023-2025.3+"), "{hit}");
    assert_eq!(
        done(&desk.run([&["head"], &shadow[..]].concat())),
        head,
        "nothing is recorded"
    );

    let tried = effect(
        &desk,
        &[&shadow[..], &["--proposed", "active.toml", "--originals"]].concat(),
    );
    assert_eq!(rows(&tried, "findings").len(), rows(&report, "findings").len());
    let counting = ["rules", "effect", "--revisions", "standing", "-o", "effect.xlsx"];
    done(&desk.run([&counting[..], &shadow[..]].concat()));
    assert!(
        std::fs::read(desk.file("effect.xlsx"))
            .unwrap()
            .starts_with(b"PK")
    );

    std::fs::write(desk.file("broken.toml"), "code = \"2023-2025\"\nshadow = true").unwrap();
    let refused = desk.run([&["rules", "effect", "--proposed", "broken.toml"], &shadow[..]].concat());
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(refused.stderr.contains("broken.toml"), "{refused:?}");

    planted(&desk, "second.xlsx", "Lohnkonto B");
    let blocked = desk.run(["import", "second.xlsx", "--round-file", "active.toml"]);
    assert_eq!(blocked.status, 1, "{blocked:?}");
    let none = effect(&desk, &["--round-file", "active.toml"]);
    assert!(rows(&none, "rules").is_empty(), "{none}");
    let verified = desk.run(["verify", "--round-file", "active.toml"]);
    assert_eq!(verified.status, 0, "{verified:?}");
}
