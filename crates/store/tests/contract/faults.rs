//! A fault at every step: each use case runs again and again, and the database fails at the first row that is written,
//! at the second, and so on until none is left. Each time nothing of it is kept, and the next attempt may succeed.
//!
//! The database itself fails, by a trigger on every table that counts down. On PostgreSQL a last fault comes with the
//! commit; full disks at the commit of SQLite are among the steps of `simulation`. Reads fail by a table that is not there
//! while the use case runs.

use std::{collections::BTreeMap, ops::Deref};

use nachweis_store::{
    Store, StoreError,
    testing::{Backend, TestDatabase, rows_of, tables_of_backups},
};

use crate::attest::{attested, found, with_rows};

mod use_cases;

pub(crate) use use_cases::USE_CASES;

/// The most rows that one of the use cases below writes; more faults than rows would be a test that never ends.
const MOST_ROWS: u32 = 2_000;

/// A store on a database that no other test gets afterwards: its triggers stay.
struct Failing {
    store: Store,
    database: TestDatabase,
}

impl Failing {
    fn fresh(backend: Backend) -> Self {
        let database = TestDatabase::empty(backend);
        Store::migrate(database.url()).unwrap();
        let store = Store::open(database.url()).unwrap();
        Self { store, database }
    }
}

impl Deref for Failing {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// Puts a trigger on every table. With `remaining` at 0 they only count.
fn arm(store: &Failing) {
    let (kept, others) = tables_of_backups();
    let takes = |statement: &str| assert!(store.database.takes(statement), "{statement}");
    takes("CREATE TABLE fault (remaining BIGINT NOT NULL)");
    takes("INSERT INTO fault VALUES (0)");
    if backend(store) == Backend::Postgres {
        takes(
            "CREATE FUNCTION fault() RETURNS TRIGGER AS $$ DECLARE was BIGINT; BEGIN \
             UPDATE fault SET remaining = remaining - 1 RETURNING remaining INTO was; \
             IF was = 0 THEN RAISE EXCEPTION 'the disk fails' USING ERRCODE = '58030'; END IF; \
             IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$ LANGUAGE plpgsql",
        );
        takes(
            "CREATE FUNCTION fault_at_commit() RETURNS TRIGGER AS $$ BEGIN \
             RAISE EXCEPTION 'the disk fails' USING ERRCODE = '58030'; END $$ LANGUAGE plpgsql",
        );
    }
    for table in kept
        .into_iter()
        .chain(others)
        .filter(|table| *table != "nachweis")
    {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            let head = format!("CREATE TRIGGER fault_{table}_{event} BEFORE {event} ON {table}");
            takes(&match backend(store) {
                Backend::Postgres => format!("{head} FOR EACH ROW EXECUTE FUNCTION fault()"),
                Backend::Sqlite => format!(
                    "{head} BEGIN UPDATE fault SET remaining = remaining - 1; \
                     SELECT RAISE(ABORT, 'the disk fails') FROM fault WHERE remaining = 0; END"
                ),
            });
        }
    }
}

/// Tables of which every use case writes one.
const WRITTEN: [&str; 6] = [
    "journal",
    "session",
    "refresh_token",
    "idempotent_request",
    "attempt",
    "begun_sign_in",
];

/// Does it while the database refuses every commit of what was written.
fn at_the_commit(store: &Failing, work: &dyn Fn(&Store) -> Result<(), StoreError>) -> Result<(), StoreError> {
    let takes = |statement: &str| assert!(store.database.takes(statement), "{statement}");
    let triggers = WRITTEN.map(|table| {
        format!(
            "CREATE CONSTRAINT TRIGGER fault_at_commit AFTER INSERT OR UPDATE OR DELETE ON {table} \
             DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fault_at_commit();"
        )
    });
    takes(&triggers.concat());
    let done = work(store);
    takes(
        &WRITTEN
            .map(|table| format!("DROP TRIGGER fault_at_commit ON {table};"))
            .concat(),
    );
    done
}

fn backend(store: &Failing) -> Backend {
    match store.database.folder() {
        Some(_) => Backend::Sqlite,
        None => Backend::Postgres,
    }
}

fn fail_at(store: &Failing, row: u32) {
    let statement = format!("UPDATE fault SET remaining = {row}");
    assert!(store.database.takes(&statement), "{statement}");
}

/// Everything that can be seen: the journal's head, digests of all rows of record, names of all files, and the rows of tables
/// that are no record.
type Seen = (
    u64,
    BTreeMap<String, Option<String>>,
    Vec<String>,
    Vec<Vec<String>>,
);

fn seen(store: &Failing) -> Seen {
    let mut files = Vec::new();
    store
        .for_each_kept_file(&mut |file| {
            files.push(format!("{file:?}"));
            Ok::<(), StoreError>(())
        })
        .unwrap();
    let (_, others) = tables_of_backups();
    let others = rows_of(&store.database, &others);
    (store.journal_head().unwrap(), found(store), files, others)
}

/// Does it with a fault at every row it writes, then without. Gives the number of faults.
fn at_every_row(store: &Failing, name: &str, work: &dyn Fn(&Store) -> Result<(), StoreError>) -> u32 {
    let before = seen(store);
    for row in 1..MOST_ROWS {
        fail_at(store, row);
        let done = work(store);
        fail_at(store, 0);
        if done.is_ok() {
            assert!(row > 1, "{name} wrote nothing");
            return row - 1;
        }
        assert_eq!(
            seen(store),
            before,
            "{name}: a fault at row {row} left something: {done:?}"
        );
        assert!(
            matches!(done, Err(StoreError::Query { .. } | StoreError::Storage { .. })),
            "{name}, row {row}: {done:?}"
        );
        if backend(store) == Backend::Postgres && row == 1 {
            let done = at_the_commit(store, work);
            assert!(done.is_err(), "{name}: the commit did not fail");
            assert_eq!(
                seen(store),
                before,
                "{name}: a fault at the commit left something"
            );
        }
    }
    panic!("{name} writes more than {MOST_ROWS} rows");
}

/// Does everything with a fault at every row; the rows that each use case writes.
fn rows_of_use_cases(store: &Failing) -> Vec<u32> {
    USE_CASES
        .iter()
        .map(|(name, work)| at_every_row(store, name, work))
        .collect()
}

/// Tables that are taken away from use cases: every one.
fn taken_away() -> impl Iterator<Item = &'static str> {
    let (kept, others) = tables_of_backups();
    let all = kept.into_iter().chain(others);
    // Whoever takes a table away takes the turn of writers with the mark.
    all.filter(|table| *table != "nachweis")
}

/// Does it without one table after the other. That it is not done for the rows alone, it fails at the last one as well.
/// Gives how many tables it asked for.
fn without_tables(store: &Failing, name: &str, rows: u32, work: fn(&Store) -> Result<(), StoreError>) -> u32 {
    let takes = |statement: &str| assert!(store.database.takes(statement), "{statement}");
    let before = seen(store);
    let mut asked = 0;
    for table in taken_away() {
        takes(&format!(
            "ALTER TABLE {table} RENAME TO taken_away; UPDATE fault SET remaining = {rows}"
        ));
        let done = work(store);
        takes(&format!(
            "ALTER TABLE taken_away RENAME TO {table}; UPDATE fault SET remaining = 0"
        ));
        let Err(error) = done else {
            panic!("{name} is done without {table}");
        };
        let error = format!("{error:?}");
        asked += u32::from(
            ["no such table", "does not exist"]
                .iter()
                .any(|text| error.contains(text)),
        );
    }
    assert_eq!(seen(store), before, "{name}: a table taken away left something");
    fail_at(store, 0);
    work(store).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    asked
}

fn a_fault_at_any_row_of_a_use_case_leaves_nothing_of_it(backend: Backend) {
    let store = &Failing::fresh(backend);
    arm(store);
    let rows = rows_of_use_cases(store);
    let faults: u32 = rows.iter().sum();
    assert!(faults > 240, "only {faults} faults");
    is_whole(store);
    if std::env::var_os("NACHWEIS_TEST_LONG").is_some() {
        without_any_table(backend, rows);
    }
}

/// Every use case without any of the tables, on a store of its own.
fn without_any_table(backend: Backend, rows: Vec<u32>) {
    let store = &Failing::fresh(backend);
    arm(store);
    let mut asked = 0;
    for ((name, work), rows) in USE_CASES.iter().zip(rows) {
        asked += without_tables(store, name, rows, *work);
    }
    assert!(asked > 60, "only {asked} tables were asked for");
    is_whole(store);
}

fn is_whole(store: &Failing) {
    assert_eq!(with_rows(attested(store)), found(store));
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn a_fault_at_any_row_of_a_use_case_leaves_nothing_of_it_on_sqlite() {
    a_fault_at_any_row_of_a_use_case_leaves_nothing_of_it(Backend::Sqlite);
}

#[test]
fn a_fault_at_any_row_of_a_use_case_leaves_nothing_of_it_on_postgres() {
    a_fault_at_any_row_of_a_use_case_leaves_nothing_of_it(Backend::Postgres);
}
