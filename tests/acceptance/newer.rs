//! A program that is older than the record: it refuses every command with the migrations that it does not know, and changes
//! nothing.

use std::fs;

use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::program::{Desk, Run};

/// As a later version would leave its mark: a migration that this program does not know.
const LATER: &str = "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')";
const TAKE_BACK: &str = "DELETE FROM __diesel_schema_migrations WHERE version = '9999'";

/// Each way into the record.
const COMMANDS: [&[&str]; 14] = [
    &["migrate"],
    &["serve", "--listen", "127.0.0.1:0"],
    &["programme", "import", "programme.csv"],
    &[
        "template",
        "--subproject",
        "IQ23-NW-017",
        "--quarter",
        "2023-Q2",
        "-o",
        "out",
    ],
    &["import", "programme.csv"],
    &["report", "burn", "-o", "out"],
    &["export", "audit", "-o", "out"],
    &["export", "journal", "-o", "out"],
    &["subproject", "dossier", "IQ23-NW-017", "-o", "out"],
    &["verify"],
    &["head"],
    &["backup", "out"],
    &["user", "add", "max", "--no-password"],
    &["token", "mia"],
];

fn refused(run: &Run, name: &str) {
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{name}: {run:?}");
    for said in [
        "is newer than this program (unknown: 9999)",
        "Please update the program.",
    ] {
        assert!(run.stderr.contains(said), "{name}: {said}: {run:?}");
    }
}

/// What the record comes down to: the content of every table and the head of the journal.
fn content(desk: &Desk, backup: &str) -> Vec<String> {
    let run = desk.run(["backup", backup, "--lang", "en"]);
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout.lines().map(ToOwned::to_owned).collect()
}

fn left_alone(backend: Backend) {
    let database = TestDatabase::empty(backend);
    let desk = Desk::on(&database.url().to_string());
    let programme = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/programme/2023-2025.csv");
    fs::copy(programme, desk.file("programme.csv")).expect("copied");
    for arguments in [
        ["migrate"].as_slice(),
        &["programme", "import", "programme.csv"],
        &["user", "add", "mia", "--no-password"],
    ] {
        let run = desk.run(arguments);
        assert_eq!(run.status, 0, "{run:?}");
    }
    let before = content(&desk, "before.backup");
    database.tamper(LATER);
    for command in COMMANDS {
        let run = desk.run(command.iter().chain(&["--lang", "en"]));
        refused(&run, command[0]);
        assert!(!desk.file("out").exists(), "{command:?}");
    }
    // Neither is anything restored into it.
    refused(&desk.run(["restore", "before.backup", "--lang", "en"]), "restore");
    database.tamper(TAKE_BACK);
    assert_eq!(content(&desk, "after.backup"), before);
    let run = desk.run(["verify"]);
    assert_eq!(run.status, 0, "{run:?}");
}

#[test]
fn an_older_program_refuses_a_newer_record_and_changes_nothing_on_sqlite() {
    left_alone(Backend::Sqlite);
}

#[test]
fn an_older_program_refuses_a_newer_record_and_changes_nothing_on_postgres() {
    left_alone(Backend::Postgres);
}
