//! A backup and what is restored from it, as operators run them: the program and the script of the weekly check.

use std::fs;

use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::program::Desk;

use crate::faults::place::Place;

mod damaged;
mod large;
mod weekly;

/// A record with two accepted revisions and the service still running on it, backed up into `record.backup`; and what the
/// program printed.
fn backed_up(backend: Backend) -> (Place, String) {
    let place = Place::new(backend);
    let service = place.serve();
    for number in 1..=2 {
        place.accepted(&service, number);
    }
    let run = place.desk.run(["backup", "record.backup", "--lang", "en"]);
    assert_eq!(run.status, 0, "{run:?}");
    (place, run.stdout)
}

/// Every report in every form.
fn reports(desk: &Desk) -> Vec<Vec<u8>> {
    let names = ["burn", "indicators", "completeness", "funding", "deviations"];
    let forms = names.map(|name| ["json", "csv", "xlsx"].map(|form| (name, form)));
    let made = forms.as_flattened().iter().map(|(name, form)| {
        let run = desk.run(["report", name, "--format", form, "-o", "report"]);
        assert_eq!(run.status, 0, "{run:?}");
        fs::read(desk.file("report")).expect("the report was written")
    });
    made.collect()
}

/// The first two lines of an output: what a backup holds, and the head of its journal.
fn held(stdout: &str) -> Vec<&str> {
    stdout.lines().take(2).collect()
}

fn restored_into_both(from: Backend) {
    let (place, printed) = backed_up(from);
    let backup = place.desk.file("record.backup");
    let sums = reports(&place.desk);
    for to in Backend::ALL {
        let database = TestDatabase::empty(to);
        let desk = Desk::on(&database.url().to_string());
        let restore = |name: &str| desk.run(["restore", name, "--lang", "en"].map(ToOwned::to_owned));
        let run = restore(&backup.display().to_string());
        assert_eq!(run.status, 0, "{to:?}: {run:?}");
        assert_eq!(held(&run.stdout), held(&printed), "{to:?}");
        for said in [
            "control totals agree",
            "2 hashed, 2 read again",
            "Differences: 0.",
        ] {
            assert!(run.stdout.contains(said), "{to:?}: {said}: {run:?}");
        }
        let verified = desk.run(["verify", "--lang", "en"]);
        assert_eq!(verified.status, 0, "{to:?}: {verified:?}");
        assert!(reports(&desk) == sums, "{to:?}: every report is what it was");
        // What is restored is backed up to the same content, and nothing is restored on top of it.
        let again = desk.run(["backup", "again.backup", "--lang", "en"]);
        assert_eq!(held(&again.stdout), held(&printed), "{to:?}: {again:?}");
        let refused = restore("again.backup");
        assert_eq!(refused.status, 2, "{to:?}: {refused:?}");
        assert!(refused.stderr.contains("already holds a record"), "{refused:?}");
    }
}

#[test]
fn a_backup_of_sqlite_restored_into_either_database_is_the_record() {
    restored_into_both(Backend::Sqlite);
}

#[test]
fn a_backup_of_postgres_restored_into_either_database_is_the_record() {
    restored_into_both(Backend::Postgres);
}
