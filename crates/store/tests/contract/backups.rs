//! A backup of either database can be restored into either; what is not whole is refused before anything is kept.

use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    thread,
};

use nachweis_store::{
    BackupFault, BackupManifest, NewUpload, Store, StoreError,
    testing::{Backend, TestDatabase, TestStore, columns_of, tables_of_backups},
};
use tempfile::TempDir;

use crate::{
    as_of,
    attest::{attested, found, with_rows},
    identities, on_both,
    sample::*,
    waivers,
};

fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("record.backup");
    (folder, file)
}

/// Everything that reports and exports are made of, now and at each moment of the journal.
fn everything(store: &Store) -> String {
    let entries = store.journal(0, 10_000).unwrap();
    let mut all = vec![format!("{entries:?}"), format!("{:?}", as_of::now(store))];
    all.push(as_of::audit(store, &as_of::known(store, as_of::last(store))));
    for entry in entries.iter().filter(|entry| entry.figures_of.is_some()) {
        all.push(format!("{:?}", as_of::then(store, entry.at)));
    }
    all.join("\n")
}

fn fault(result: Result<BackupManifest, StoreError>) -> BackupFault {
    match result {
        Err(StoreError::Backup { fault, .. }) => fault,
        other => panic!("{other:?}"),
    }
}

fn files_of(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_backup_of_either_database_restores_into_either() {
    for from in Backend::ALL {
        let store = TestStore::fresh(from);
        waivers::story(&store);
        identities::sign_in_at_issuer(&store);
        let before = everything(&store);
        let (_folder, file) = place();
        let written = store.backup(&file, at(100)).unwrap();
        assert_eq!(written.head_position, store.journal_head().unwrap());
        assert!(
            written
                .totals
                .iter()
                .any(|total| total.quarter > 0 && total.amount != 0)
        );
        for to in Backend::ALL {
            let database = TestDatabase::migrated(to);
            let restored = Store::restore(database.url(), &file).unwrap();
            assert_eq!(restored, written, "{from:?} to {to:?}");
            let copy = Store::open(database.url()).unwrap();
            assert_eq!(everything(&copy), before, "{from:?} to {to:?}");
            assert_eq!(
                with_rows(attested(&copy)),
                found(&copy),
                "the journal vouches for every row"
            );
            let again = file.with_extension(format!("{to:?}"));
            assert_eq!(
                copy.backup(&again, at(100)).unwrap(),
                written,
                "{from:?} to {to:?}"
            );
            assert_eq!(
                fs::read(&again).unwrap(),
                fs::read(&file).unwrap(),
                "the same bytes"
            );
            let owner = copy.user_of_identity(&identities::identity()).unwrap();
            assert_eq!(owner.unwrap().id, LEAD);
            accepted(&copy, &upload(4));
        }
    }
}

#[test]
fn a_restored_file_that_was_missing_is_there() {
    let store = TestStore::fresh(Backend::Sqlite);
    waivers::story(&store);
    let (_folder, file) = place();
    store.backup(&file, at(100)).unwrap();
    let database = TestDatabase::empty(Backend::Sqlite);
    Store::restore(database.url(), &file).unwrap();
    let copy = Store::open(database.url()).unwrap();
    assert_eq!(everything(&copy), everything(&store));
}

#[test]
fn every_table_is_carried_or_said_not_to_be() {
    let (carried, left_out) = tables_of_backups();
    let all: BTreeSet<String> = columns_of(&TestDatabase::migrated(Backend::Sqlite))
        .into_iter()
        .map(|(table, ..)| table)
        .collect();
    let named: Vec<&str> = carried.iter().chain(&left_out).copied().collect();
    assert_eq!(
        named.iter().map(ToString::to_string).collect::<BTreeSet<_>>(),
        all
    );
    assert_eq!(named.len(), all.len(), "none is named twice");
}

#[test]
fn a_backup_with_any_byte_changed_or_cut_off_is_refused_and_nothing_kept() {
    let store = TestStore::fresh(Backend::Sqlite);
    waivers::story(&store);
    let (folder, file) = place();
    store.backup(&file, at(100)).unwrap();
    let bytes = fs::read(&file).unwrap();
    let broken = folder.path().join("broken");
    let database = TestDatabase::empty(Backend::Sqlite);
    let refused = |bytes: &[u8]| {
        fs::write(&broken, bytes).unwrap();
        let fault = fault(Store::restore(database.url(), &broken));
        assert!(
            matches!(fault, BackupFault::Changed | BackupFault::NoBackup),
            "{fault:?}"
        );
    };
    let step = bytes.len() / 40;
    let tail = bytes.len() - 100..bytes.len();
    for place in (0..120)
        .step_by(10)
        .chain((120..bytes.len()).step_by(step))
        .chain(tail.step_by(7))
    {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1;
        refused(&flipped);
    }
    for length in [0, 1, 89, 4096, bytes.len() / 2, bytes.len() - 90, bytes.len() - 1] {
        refused(&bytes[..length]);
    }
    refused(&[bytes.as_slice(), b"\n"].concat());
    assert!(
        matches!(Store::open(database.url()), Err(StoreError::Absent { .. })),
        "nothing was created"
    );
}

on_both! {
    fn a_backup_is_for_its_owner_only_and_replaces_nothing(store) {
        waivers::story(store);
        let (folder, file) = place();
        store.backup(&file, at(100)).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(files_of(folder.path()), ["record.backup"]);
        let bytes = fs::read(&file).unwrap();
        assert!(matches!(fault(store.backup(&file, at(101))), BackupFault::Exists));
        assert_eq!(fs::read(&file).unwrap(), bytes);
        let nowhere = folder.path().join("missing/record.backup");
        assert!(matches!(fault(store.backup(&nowhere, at(101))), BackupFault::File { .. }));
        assert_eq!(files_of(folder.path()), ["record.backup"]);
    }

    fn a_record_is_not_written_over(store) {
        waivers::story(store);
        let (_folder, file) = place();
        store.backup(&file, at(100)).unwrap();
        let before = everything(store);
        let refused = Store::restore(store.database.url(), &file);
        assert!(matches!(refused, Err(StoreError::NotEmpty { .. })), "{refused:?}");
        assert_eq!(everything(store), before);
    }

    fn what_does_not_agree_with_the_manifest_is_not_kept(store) {
        waivers::story(store);
        let (_folder, file) = place();
        store.backup(&file, at(100)).unwrap();
        let database = TestDatabase::migrated(Backend::Sqlite);
        // Somebody changed a row and sealed the file anew.
        nachweis_store::testing::reseal_backup(&file, "UPDATE figure SET value = value + 1 WHERE position = 3");
        assert!(matches!(fault(Store::restore(database.url(), &file)), BackupFault::Differs { table } if table == "figure"));
        let kept = Store::open(database.url()).unwrap();
        assert_eq!((kept.journal_head().unwrap(), kept.rounds().unwrap().len()), (0, 0));
        nachweis_store::testing::reseal_backup(&file, "UPDATE backup SET value = '0001 0002' WHERE name = 'migrations'");
        assert!(matches!(fault(Store::restore(database.url(), &file)), BackupFault::OtherVersion { written_by: Some(_) }));
    }

    fn a_backup_is_no_database_of_the_service(store) {
        waivers::story(store);
        let (_folder, file) = place();
        store.backup(&file, at(100)).unwrap();
        let opened = Store::open(&nachweis_store::DatabaseUrl::sqlite(&file));
        assert!(matches!(opened, Err(StoreError::NotOurs { .. })), "{opened:?}");
    }

    fn a_backup_during_writes_is_of_one_moment(store) {
        set_up(store, 2);
        let (folder, _file) = place();
        thread::scope(|scope| {
            let writer = scope.spawn(|| {
                for number in 1..=20 {
                    let minutes = i64::try_from(number).unwrap() * 10;
                    let later = NewUpload { uploaded_at: at(minutes), ..upload(number) };
                    accepted(store, &later);
                }
            });
            let mut number = 0;
            while !writer.is_finished() || number < 3 {
                number += 1;
                let file = folder.path().join(number.to_string());
                let manifest = store.backup(&file, at(1_000)).unwrap();
                let database = TestDatabase::empty(Backend::Sqlite);
                assert_eq!(Store::restore(database.url(), &file).unwrap(), manifest);
                let copy = Store::open(database.url()).unwrap();
                let entries = copy.journal(0, 10_000).unwrap();
                assert_eq!(u64::try_from(entries.len()).unwrap(), manifest.head_position);
                assert_eq!(store.journal(0, u32::try_from(entries.len()).unwrap()).unwrap(), entries);
                let submitted = entries.iter().any(|entry| entry.action.as_str() == "submitted");
                let figures = as_of::now(&copy).quarters.iter().filter(|quarter| quarter.is_reported).count();
                assert_eq!(figures, usize::from(submitted));
            }
        });
    }
}
