//! The database itself refuses to change or remove what is recorded: every column of every table of the schema is tried, but
//! for those that are named here with their reason.

use std::collections::BTreeSet;

use nachweis_domain::retention::ErasureRefusal;
use nachweis_store::{
    Conflict, OPERATOR, Store, StoreError,
    testing::{Backend, Column, TestDatabase, TestStore, columns_of, count_of, tables_of_backups},
};

use crate::{
    attest::{attested, found, with_rows},
    faults::USE_CASES,
    identities, on_both,
    sample::*,
    waivers,
};

/// Columns of tables of record that may be written again, and why. An empty name stands for all columns of the table.
const WRITTEN_AGAIN: [(&str, &str, &str); 21] = [
    (
        "upload",
        "seq",
        "a number inside the database; nothing outside names it, and the journal vouches for rows by the upload's id",
    ),
    (
        "upload",
        "state",
        "follows from the steps, each of which is written once",
    ),
    ("subproject", "kind", NEWEST),
    ("subproject", "title", NEWEST),
    ("subproject", "carrier", NEWEST),
    ("subproject", "network", NEWEST),
    ("subproject", "land", NEWEST),
    ("subproject", "nuts2", NEWEST),
    ("subproject", "regions", NEWEST),
    ("subproject", "strand", NEWEST),
    ("subproject", "action_field", NEWEST),
    ("subproject", "first_day", NEWEST),
    ("subproject", "last_day", NEWEST),
    ("subproject", "passed_on_via", NEWEST),
    ("subproject", "recorded_at", NEWEST),
    ("network", "name", NEWEST),
    ("network", "land", NEWEST),
    ("network", "recorded_at", NEWEST),
    ("user_account", "epoch", "counts changes, for sessions"),
    (
        "user_account",
        "",
        "an account as it is now; the journal says what was changed when",
    ),
    ("role_grant", "", RIGHTS),
];

const NEWEST: &str = "the newest state; earlier ones stay as versions";
const RIGHTS: &str = "rights as they are now; the journal says who granted and withdrew them when";

/// Columns of a table all of whose others may be written again.
const STAY: [(&str, &str); 2] = [("user_account", "id"), ("user_account", "created_at")];

/// Tables of record from which rows may be removed, and why.
const REMOVED: [(&str, &str); 1] = [("role_grant", RIGHTS)];

/// What the database says of its own accord.
const STAYS: &str = "nachweis: what is recorded in";
/// An identity is removed only where `former_identity` keeps it.
const UNLINKED: &str = "nachweis: an identity that is unlinked must stay in former_identity";

fn is_written_again(table: &str, column: &str) -> bool {
    let named = |(of, name, _): &(&str, &str, &str)| *of == table && (*name == column || name.is_empty());
    WRITTEN_AGAIN.iter().any(named) && !STAY.contains(&(table, column))
}

/// Tables of record, and their columns.
fn record(database: &TestDatabase) -> Vec<Column> {
    let (_, no_record) = tables_of_backups();
    let columns = columns_of(database).into_iter();
    let record: Vec<Column> = columns
        .filter(|(table, ..)| !no_record.contains(&table.as_str()))
        .collect();
    assert!(tables(&record).len() > 30);
    record
}

fn tables(columns: &[Column]) -> BTreeSet<&str> {
    columns.iter().map(|(table, ..)| table.as_str()).collect()
}

/// Two stores that between them hold a value in every column that can hold one.
fn filled(first: &TestStore, backend: Backend) -> TestStore {
    waivers::story(first);
    let second = TestStore::fresh(backend);
    for (name, work) in USE_CASES {
        work(&second).unwrap_or_else(|error| panic!("{name}: {error:?}"));
    }
    let other = nachweis_store::Identity {
        subject: "0815".into(),
        ..identities::identity()
    };
    second
        .link_identity(MANAGER, (id(0x62), &other), OPERATOR, at(400))
        .unwrap();
    second.disable_user(COORDINATOR, OPERATOR, at(401)).unwrap();
    second
}

/// A store with such rows of a table.
fn with<'a>(stores: &[&'a TestStore], table: &str, condition: &str) -> Option<&'a TestStore> {
    let mut stores = stores.iter().copied();
    stores.find(|store| count_of(&store.database, table, condition) > 0)
}

fn changed((_, column, kind, ..): &Column, backend: Backend) -> String {
    match (kind.as_str(), backend) {
        ("INTEGER", _) => format!("COALESCE({column}, 0) + 1"),
        ("BLOB", Backend::Sqlite) => "x'00'".into(),
        ("BLOB", Backend::Postgres) => "'\\x00'::bytea".into(),
        _ => format!("COALESCE({column}, '') || 'x'"),
    }
}

/// What the database says to a statement, which does not last even where it is taken: after it comes one that cannot be.
fn tried_and_undone(store: &TestStore, statement: &str) -> String {
    let refused = store
        .database
        .refuses(&format!("{statement}; SELECT 1 FROM no_such_table_to_undo_it"));
    refused.unwrap_or_else(|| panic!("{statement} could not be undone"))
}

on_both! {
    fn no_column_of_the_record_can_be_written_again_and_no_row_removed(store) {
        let backend = if store.database.folder().is_some() { Backend::Sqlite } else { Backend::Postgres };
        let second = filled(store, backend);
        let stores = [store, &second];
        let columns = record(&store.database);
        let mut tried = 0;
        for column in &columns {
            let (table, name, ..) = column;
            let is_filled = format!("{name} IS NOT NULL");
            let (at, condition) = match with(&stores, table, &is_filled) {
                Some(at) => (at, is_filled),
                None => (with(&stores, table, "1 = 1").unwrap_or_else(|| panic!("{table} is empty")), "1 = 1".into()),
            };
            let update = format!("UPDATE {table} SET {name} = {}", changed(column, backend));
            assert!(at.database.takes(&format!("{update} WHERE 1 = 0")), "{update}");
            let refused = tried_and_undone(at, &format!("{update} WHERE {condition}"));
            let stays = refused.contains(STAYS);
            if is_written_again(table, name) {
                assert!(!stays, "{update}: it stays, and is said to be written again");
            } else {
                assert!(stays, "{update} WHERE {condition}: {refused}");
                tried += 1;
            }
        }
        assert!(tried > 190, "only {tried} columns stay");
        for table in tables(&columns) {
            let at = with(&stores, table, "1 = 1").unwrap();
            let deleted = tried_and_undone(at, &format!("DELETE FROM {table}"));
            let stays = deleted.contains(STAYS) || deleted.contains(UNLINKED);
            let is_removed = REMOVED.iter().any(|(removed, _)| *removed == table);
            assert_eq!(stays, !is_removed, "{table}: {deleted}");
            if backend == Backend::Postgres && !is_removed && table != "identity" {
                let emptied = tried_and_undone(at, &format!("TRUNCATE {table} CASCADE"));
                assert!(emptied.contains(STAYS), "{table}: {emptied}");
            }
        }
    }
}

/// What the restricted role may write again, and remove: the columns for which `deploy/postgres-roles.sql` says why.
const ROLE_WRITES: [(&str, &[&str]); 6] = [
    (
        "upload",
        &[
            "state",
            "submitted_by",
            "submitted_at",
            "endorsed_by",
            "endorsed_at",
            "decided_by",
            "decided_at",
            "return_reason",
            "superseded_at",
            "waived",
        ],
    ),
    ("reopening", &["confirmed_by", "confirmed_at"]),
    ("subproject", &[]),
    ("network", &[]),
    ("user_account", &["password_hash", "disabled_at", "epoch"]),
    ("coordination", &["until"]),
];
const ROLE_REMOVES: [&str; 2] = ["role_grant", "identity"];

/// The address of a test database under the restricted role.
fn as_restricted(address: &str) -> String {
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}options=-crole%3Dnachweis_app")
}

#[test]
fn a_role_of_postgresql_can_do_the_work_of_the_service_and_change_nothing_that_is_recorded() {
    let store = TestStore::fresh(Backend::Postgres);
    let roles = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../deploy/postgres-roles.sql"
    ))
    .unwrap();
    store.database.tamper(&roles);
    let refused = |statement: &str| {
        let refused = store
            .database
            .refuses(&format!("SET LOCAL ROLE nachweis_app; {statement}"));
        refused.is_some_and(|refused| refused.contains("permission denied"))
    };
    let address = as_restricted(&store.url().to_string());
    let restricted = Store::open(&address.parse().unwrap()).unwrap();
    for (name, work) in USE_CASES {
        match work(&restricted) {
            // Whoever migrates erases; the service's role cannot.
            Err(StoreError::Conflict(Conflict::Erasure(ErasureRefusal::NotHere))) => {
                assert_eq!(*name, "erase originals");
            }
            done => {
                assert_ne!(*name, "erase originals");
                done.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            }
        }
    }
    assert_eq!(with_rows(attested(&restricted)), found(&restricted));
    assert!(!refused("LOCK TABLE nachweis IN EXCLUSIVE MODE"));
    let columns = record(&store.database);
    for (table, name, ..) in &columns {
        let may = ROLE_WRITES
            .iter()
            .any(|(of, columns)| of == table && (columns.is_empty() || columns.contains(&name.as_str())));
        let update = format!("UPDATE {table} SET {name} = {name} WHERE 1 = 0");
        assert_eq!(refused(&update), !may, "{update}");
        assert!(
            !refused(&format!("SELECT {name} FROM {table} WHERE 1 = 0")),
            "{table} {name}"
        );
    }
    for table in tables(&columns) {
        let may = ROLE_REMOVES.contains(&table);
        assert_eq!(
            refused(&format!("DELETE FROM {table} WHERE 1 = 0")),
            !may,
            "{table}"
        );
        assert!(refused(&format!("TRUNCATE {table} CASCADE")), "{table}");
    }
    for statement in [
        "INSERT INTO nachweis (id) VALUES (2)",
        "DELETE FROM nachweis WHERE 1 = 0",
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')",
        "SET session_replication_role = 'replica'",
        "INSERT INTO reopening (id, confirmed_by, confirmed_at) SELECT id, requested_by, 1 FROM reopening",
    ] {
        assert!(refused(statement), "{statement}");
    }
    for statement in [
        "DROP TRIGGER journal_stays ON journal",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
    ] {
        let as_role = format!("SET LOCAL ROLE nachweis_app; {statement}");
        let said = store.database.refuses(&as_role).unwrap_or_default();
        assert!(said.contains("must be owner"), "{statement}: {said}");
    }
}
