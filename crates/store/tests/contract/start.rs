//! Opening and migrating: what is found is respected, what cannot be used is refused with a remedy.

use nachweis_domain::{
    language::Language,
    proof::{
        ORIGIN,
        chain::{Break, Follower},
    },
};
use nachweis_store::{
    DatabaseUrl, Store, StoreError,
    testing::{Backend, TestDatabase},
};

use crate::{attest, sample};

/// Runs a check on both databases, each time in an empty place.
fn on_both(check: impl Fn(&TestDatabase)) {
    for backend in Backend::ALL {
        check(&TestDatabase::empty(backend));
    }
}

fn refusal(database: &TestDatabase) -> StoreError {
    Store::open(database.url()).unwrap_err()
}

/// The numbers of all migrations, as their folders have them.
fn versions() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/sqlite");
    let names = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut versions: Vec<String> = names
        .map(|name| name.to_str().unwrap().split('_').next().unwrap().to_owned())
        .collect();
    versions.sort();
    assert!(versions.len() > 11);
    versions
}

#[test]
fn a_new_place_is_migrated_once_and_then_opens() {
    on_both(|database| {
        let first = Store::migrate(database.url()).unwrap();
        assert_eq!(first, versions());
        assert!(Store::migrate(database.url()).unwrap().is_empty());
        Store::open(database.url()).unwrap().ping().unwrap();
    });
}

#[test]
fn a_new_sqlite_file_and_those_beside_it_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let database = TestDatabase::empty(Backend::Sqlite);
    Store::migrate(database.url()).unwrap();
    let store = Store::open(database.url()).unwrap();
    store.ping().unwrap();
    let files = std::fs::read_dir(database.folder().unwrap()).unwrap();
    let modes: std::collections::BTreeMap<String, u32> = files
        .map(|file| {
            let file = file.unwrap();
            let mode = file.metadata().unwrap().permissions().mode() & 0o777;
            (file.file_name().to_string_lossy().into_owned(), mode)
        })
        .collect();
    assert!(modes.keys().any(|name| name.ends_with("-wal")), "{modes:?}");
    assert!(modes.values().all(|mode| *mode == 0o600), "{modes:?}");
}

#[test]
fn several_programs_that_migrate_at_once_do_it_once() {
    on_both(|database| {
        let applied: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| Store::migrate(database.url()).unwrap().len()))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(applied, versions().len());
    });
}

#[test]
fn an_unmigrated_place_is_refused_with_the_command_that_helps() {
    on_both(|database| {
        let error = refusal(database);
        assert!(
            matches!(error, StoreError::Absent { .. } | StoreError::Older { .. }),
            "{error:?}"
        );
        for language in Language::ALL {
            assert!(
                error.text(language).contains("`nachweis migrate`"),
                "{}",
                error.text(language)
            );
        }
    });
}

#[test]
fn a_missing_sqlite_file_is_not_created_by_opening() {
    let database = TestDatabase::empty(Backend::Sqlite);
    assert!(matches!(refusal(&database), StoreError::Absent { .. }));
    assert_eq!(std::fs::read_dir(database.folder().unwrap()).unwrap().count(), 0);
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    on_both(|database| {
        database.tamper("CREATE TABLE invoice (id INTEGER)");
        assert!(matches!(refusal(database), StoreError::NotOurs { .. }));
        assert!(matches!(
            Store::migrate(database.url()),
            Err(StoreError::NotOurs { .. })
        ));
        database.tamper("INSERT INTO invoice VALUES (1)");
    });
}

#[test]
fn a_server_that_counts_characters_otherwise_is_left_alone() {
    let server = TestDatabase::empty(Backend::Postgres);
    let name = format!("{}_ascii", server.url().to_string().rsplit('/').next().unwrap());
    server.tamper(&format!("DROP DATABASE IF EXISTS {name}"));
    server.tamper(&format!(
        "CREATE DATABASE {name} ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
    ));
    let url: DatabaseUrl = format!("{}_ascii", server.url()).parse().unwrap();
    for refused in [Store::migrate(&url).map(drop), Store::open(&url).map(drop)] {
        assert!(
            matches!(&refused, Err(StoreError::Encoding { encoding, .. }) if encoding == "SQL_ASCII"),
            "{refused:?}"
        );
    }
    server.tamper(&format!("DROP DATABASE {name}"));
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let database = TestDatabase::empty(Backend::Sqlite);
    let file = database.folder().unwrap().join("nachweis.db");
    std::fs::write(&file, "Lebenslauf.doc ".repeat(100)).unwrap();
    assert!(matches!(refusal(&database), StoreError::NotOurs { .. }));
    assert!(matches!(
        Store::migrate(database.url()),
        Err(StoreError::NotOurs { .. })
    ));
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("Lebenslauf"));
}

#[test]
fn a_database_of_the_first_version_learns_from_its_journal_who_recorded_plans_and_payments() {
    on_both(|database| {
        Store::migrate(database.url()).unwrap();
        let store = Store::open(database.url()).unwrap();
        sample::set_up(&store, 1);
        let mut later = sample::programme(1);
        later
            .disbursements
            .push((sample::no(1), sample::paid("2024-01-05", 70)));
        later
            .subprojects
            .push((sample::subproject(1), sample::plan("2024-04-01")));
        let by = sample::MANAGER;
        store
            .import_programme(&sample::code(), "b.csv", &later, by, sample::at(60))
            .unwrap();
        let recorders = || {
            let mut recorders = Vec::new();
            store
                .audit(&sample::code(), |reader| {
                    reader.for_each_payment(&mut |row| {
                        recorders.push(row.recorded_by);
                        Ok::<(), StoreError>(())
                    })?;
                    reader.for_each_plan_row(&mut |row| {
                        recorders.push(row.recorded_by);
                        Ok::<(), StoreError>(())
                    })
                })
                .unwrap();
            recorders
        };
        let before = recorders();
        assert!(before.iter().any(Option::is_some) && before.iter().any(Option::is_none));
        for table in ["plan_version", "disbursement"] {
            database.tamper(&format!("ALTER TABLE {table} DROP COLUMN recorded_by"));
        }
        database.forget_append_only();
        database.tamper("DELETE FROM __diesel_schema_migrations WHERE version = '0005'");
        assert_eq!(Store::migrate(database.url()).unwrap(), ["0005", "0009"]);
        assert_eq!(recorders(), before);
    });
}

/// The head of the journal, when each entry fits its link.
fn followed(store: &Store) -> Result<u64, Break> {
    let mut follower = Follower::default();
    let mut broken = None;
    store
        .for_each_link(0, &mut |linked| {
            let fits = follower.follow(&linked.entry, &linked.link.unwrap_or(ORIGIN));
            broken = broken.take().or(fits.err());
            Ok::<(), StoreError>(())
        })
        .unwrap();
    broken.map_or(Ok(follower.head().position), Err)
}

#[test]
fn entries_from_before_the_chain_are_linked_with_its_migration_and_never_again() {
    on_both(|database| {
        Store::migrate(database.url()).unwrap();
        let store = Store::open(database.url()).unwrap();
        sample::set_up(&store, 2);
        let head = store.journal_head().unwrap();
        assert!(head > 2);
        database.tamper("ALTER TABLE journal DROP COLUMN link");
        database.forget_append_only();
        database.tamper("DELETE FROM __diesel_schema_migrations WHERE version = '0007'");
        assert_eq!(Store::migrate(database.url()).unwrap(), ["0007", "0009"]);
        assert_eq!(followed(&store).unwrap(), head + 1);
        // A link that is missing later is a sign of tampering: no other migration mends it.
        database.tamper("UPDATE journal SET link = NULL WHERE position = 2");
        for table in ["plan_version", "disbursement"] {
            database.tamper(&format!("ALTER TABLE {table} DROP COLUMN recorded_by"));
        }
        database.forget_append_only();
        database.tamper("DELETE FROM __diesel_schema_migrations WHERE version = '0005'");
        assert_eq!(Store::migrate(database.url()).unwrap(), ["0005", "0009"]);
        assert_eq!(followed(&store), Err(Break::Link { position: 2 }));
    });
}

#[test]
fn rows_from_before_the_journal_vouched_for_rows_are_taken_into_it_once() {
    on_both(|database| {
        Store::migrate(database.url()).unwrap();
        let store = Store::open(database.url()).unwrap();
        sample::set_up(&store, 2);
        let attested = || attest::with_rows(attest::attested(&store));
        database.tamper("UPDATE plan_row SET amount = amount + 1");
        assert_ne!(attested(), attest::found(&store));
        database.forget_append_only();
        assert_eq!(Store::migrate(database.url()).unwrap(), ["0009"]);
        assert_eq!(attested(), attest::found(&store));
        database.tamper("UPDATE plan_row SET amount = amount + 1");
        assert!(Store::migrate(database.url()).unwrap().is_empty());
        assert_ne!(attested(), attest::found(&store));
    });
}

#[test]
fn a_newer_database_is_refused_and_an_older_one_names_what_it_lacks() {
    on_both(|database| {
        Store::migrate(database.url()).unwrap();
        database.tamper("DELETE FROM __diesel_schema_migrations WHERE version = '0005'");
        assert!(matches!(refusal(database), StoreError::Older { missing, .. } if missing == ["0005"]));
        database.tamper("INSERT INTO __diesel_schema_migrations (version) VALUES ('0005'), ('9999')");
        assert!(matches!(refusal(database), StoreError::Newer { unknown, .. } if unknown == ["9999"]));
        assert!(matches!(
            Store::migrate(database.url()),
            Err(StoreError::Newer { .. })
        ));
    });
}

#[test]
fn a_server_that_does_not_answer_is_named_without_its_password() {
    let url: DatabaseUrl = "postgres://nachweis:geheim@127.0.0.1:1/nachweis".parse().unwrap();
    let error = Store::open(&url).unwrap_err();
    assert!(matches!(error, StoreError::Unreachable { .. }), "{error:?}");
    for text in [error.to_string(), format!("{error:?}"), error.text(Language::De)] {
        assert!(!text.contains("geheim"), "{text}");
    }
    assert!(error.to_string().contains("127.0.0.1:1"));
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let url = DatabaseUrl::sqlite("/proc/nachweis/nachweis.db");
    assert!(matches!(
        Store::migrate(&url),
        Err(StoreError::Unreachable { .. })
    ));
}

#[test]
fn a_path_with_unusual_letters_works() {
    let folder = tempfile::tempdir().unwrap();
    let url = DatabaseUrl::sqlite(folder.path().join("Förder programm #1 50%?.db"));
    Store::migrate(&url).unwrap();
    Store::open(&url).unwrap().ping().unwrap();
    assert!(folder.path().join("Förder programm #1 50%?.db").exists());
}

#[test]
fn a_sqlite_file_is_marked_as_ours_and_survives_a_power_cut() {
    let database = TestDatabase::migrated(Backend::Sqlite);
    let head = std::fs::read(database.folder().unwrap().join("nachweis.db")).unwrap();
    assert_eq!(&head[68..72], b"NchW", "the application id");
    assert_eq!(head[18..20], [2, 2], "write-ahead log");
}

#[test]
fn a_full_disk_is_said_to_be_full_and_nothing_is_kept() {
    use crate::sample::{set_up, upload};
    let database = TestDatabase::migrated(Backend::Sqlite);
    let store = Store::open(database.url()).unwrap();
    set_up(&store, 1);
    let before = store.journal_head().unwrap();
    let mut large = upload(1);
    large.original = nachweis_store::Original::new(vec![7; 300_000]);
    let error = nachweis_store::testing::with_page_limit(&store, || store.record_upload(&large).unwrap_err());
    assert!(matches!(error, StoreError::Full), "{error:?}");
    assert_eq!(store.journal_head().unwrap(), before);
    assert_eq!(store.uploads_of(&large.subproject, large.quarter).unwrap(), []);
    store.record_upload(&large).unwrap();
}
