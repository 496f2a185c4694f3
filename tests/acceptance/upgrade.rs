//! A record that an earlier version wrote is brought to this version: every figure is what it was, the record proves
//! itself, and a migration that is killed leaves the old record or the new one.

use std::{
    fs,
    path::Path,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::{often, program::Desk};

/// What the version of migration 0005 printed in the last row of its burn report up to 2023-Q2, in the columns that the
/// report has kept.
const SUM_OF_BURN: &str = "Summe;;2;1;1706719,00;287374,50;81774,00;155394,85;85806,81;88311,28;1551324,15;9,1 %;16,5 %;12,0 %;-2,9;";
/// The migrations that the record lacks begin with this one.
const FIRST_MISSING: &str = "0006";

/// The record of version 0005 in a database of its own.
struct Earlier {
    desk: Desk,
    /// Outlives everything.
    _database: TestDatabase,
}

impl Earlier {
    fn record(backend: Backend) -> Self {
        let name = match backend {
            Backend::Sqlite => "0005.sqlite.sql",
            Backend::Postgres => "0005.postgres.sql",
        };
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../fixtures/records")
            .join(name);
        let dump = fs::read_to_string(file).expect("the dump is there");
        let database = TestDatabase::empty(backend);
        database.tamper(&dump);
        Self {
            desk: Desk::on(&database.url().to_string()),
            _database: database,
        }
    }

    fn migrate(&self) {
        let run = self.desk.run(["migrate"]);
        assert_eq!(run.status, 0, "{run:?}");
    }

    /// Whether the record is of this version; otherwise it must be wholly the earlier one.
    fn is_of_this_version(&self) -> bool {
        let run = self.burn();
        if run.status == 0 {
            return true;
        }
        assert!(
            run.stderr.contains(&format!("es fehlt: {FIRST_MISSING}, ")),
            "{run:?}"
        );
        false
    }

    fn burn(&self) -> nachweis_tests::program::Run {
        self.desk
            .run(["report", "burn", "--round", "2023-2025", "--quarter", "2023-Q2"])
    }

    /// Every figure is what it was, and the record proves itself.
    fn is_whole(&self) {
        let burn = self.burn();
        assert!(burn.stdout.contains(&format!("\n{SUM_OF_BURN}")), "{burn:?}");
        let verified = self.desk.run(["verify", "--lang", "en"]);
        assert_eq!(verified.status, 0, "{verified:?}");
        for said in ["Differences: 0.", "4 hashed, 4 read again"] {
            assert!(verified.stdout.contains(said), "{said}: {verified:?}");
        }
        let again = self.desk.run(["migrate", "--lang", "en"]);
        assert_eq!(again.status, 0, "{again:?}");
    }
}

fn brought_to_this_version(backend: Backend) {
    let earlier = Earlier::record(backend);
    assert!(!earlier.is_of_this_version());
    earlier.migrate();
    assert!(earlier.is_of_this_version());
    earlier.is_whole();
    let users = earlier.desk.run(["user", "list"]);
    for name in ["leitung", "steuerung", "pruefung"] {
        assert!(users.stdout.contains(name), "{users:?}");
    }
    let token = earlier.desk.run(["token", "steuerung"]);
    assert_eq!(token.status, 0, "{token:?}");
}

/// How long a migration takes when nothing comes between.
fn undisturbed(backend: Backend) -> Duration {
    let earlier = Earlier::record(backend);
    let begun = Instant::now();
    earlier.migrate();
    begun.elapsed()
}

fn killed_at_any_moment(backend: Backend, points: u32) {
    let work = undisturbed(backend);
    let mut left_old = 0;
    for point in 0..points {
        let earlier = Earlier::record(backend);
        let mut command = earlier.desk.command();
        let mut child = command
            .arg("migrate")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        thread::sleep(work * point / points);
        child.kill().expect("it can be killed");
        child.wait().expect("it has ended");
        left_old += u32::from(!earlier.is_of_this_version());
        earlier.migrate();
        earlier.is_whole();
    }
    assert!(left_old > 0, "no migration was killed before its end");
}

#[test]
fn a_record_of_an_earlier_version_keeps_every_figure_on_sqlite() {
    brought_to_this_version(Backend::Sqlite);
}

#[test]
fn a_record_of_an_earlier_version_keeps_every_figure_on_postgres() {
    brought_to_this_version(Backend::Postgres);
}

#[test]
fn a_migration_killed_at_any_moment_leaves_the_old_record_or_the_new_one_on_sqlite() {
    killed_at_any_moment(Backend::Sqlite, often(4, 50));
}

#[test]
fn a_migration_killed_at_any_moment_leaves_the_old_record_or_the_new_one_on_postgres() {
    killed_at_any_moment(Backend::Postgres, often(4, 50));
}
