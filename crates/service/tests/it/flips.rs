//! A bit flipped anywhere in the database file: what it changed is found and named, or it changed nothing that is recorded.

use std::{fs, path::PathBuf};

use nachweis_domain::proof::chain::Break;
use nachweis_service::{
    Clock, Fault, Quiet, SecretKey, Service, ServiceError, Settings, Verification, VerifyRequest,
};
use nachweis_store::{
    DatabaseUrl,
    testing::{Column, Dump, columns_of, dump_of, table_of_rows},
};

use crate::{
    Story, verify,
    world::{World, moment},
};

pub(crate) const STORIES: &[Story] = &[(
    "any_bit_of_a_sqlite_file_is_found_where_it_is_or_changes_nothing_recorded",
    bits,
)];

/// How many bits are flipped: more in the long run.
fn flips() -> usize {
    if std::env::var_os("NACHWEIS_TEST_LONG").is_some() {
        10_000
    } else {
        150
    }
}

/// A copy of a database file, changed and looked at again and again.
struct Copy {
    folder: tempfile::TempDir,
    columns: Vec<Column>,
}

/// What is in a file, and what verification says of it.
struct Looked {
    contents: Result<Dump, String>,
    verified: Result<Verification, ServiceError>,
}

impl Copy {
    fn look(&self, bytes: &[u8]) -> Looked {
        let file = self.file();
        for name in ["copy.db-wal", "copy.db-shm"] {
            let _ = fs::remove_file(self.folder.path().join(name));
        }
        fs::write(&file, bytes).unwrap();
        Looked {
            contents: dump_of(&file, &self.columns),
            verified: self.verify(),
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("copy.db")
    }

    fn verify(&self) -> Result<Verification, ServiceError> {
        let settings = Settings {
            database_url: DatabaseUrl::sqlite(self.file()),
            round_files: Vec::new(),
            seal_key: SecretKey::from_bytes([7; 32]),
            program: std::env::current_exe().unwrap(),
        };
        let (clock, _hand) = Clock::turned_by_hand(moment("2024-10-15T12:00:00Z"));
        let service = Service::open_as_it_is(&settings, clock)?;
        let request = VerifyRequest {
            without_reading: true,
            ..VerifyRequest::default()
        };
        service.verify(&Service::operator(), &request, &Quiet)
    }
}

/// What came of the flipped bits.
#[derive(Debug, Default)]
struct Tally {
    /// Nothing recorded changed, and nothing was found.
    harmless: usize,
    /// Nothing recorded changed, and all the same something was found: an index, say.
    beside: usize,
    /// Something recorded changed and was named.
    named: usize,
    /// The database could not read to the end what changed, and verification said so.
    damaged: usize,
    /// The database could not be opened.
    unreadable: usize,
}

type Key = (String, String);

fn bits(world: &World) {
    let Some(folder) = world.database.folder() else {
        return;
    };
    verify::lived(world);
    verify::frozen(world);
    let copy = Copy {
        folder: tempfile::tempdir().unwrap(),
        columns: columns_of(&world.database),
    };
    world.database.tamper("PRAGMA wal_checkpoint(TRUNCATE)");
    let bytes = fs::read(folder.join("nachweis.db")).unwrap();
    let Looked { contents, verified } = copy.look(&bytes);
    let (sound, first) = (contents.unwrap(), verified.unwrap());
    assert_eq!(first.faults.told(), []);
    assert!(sound.len() > 60, "{}", sound.len());
    places(&copy, &bytes);
    let mut tally = Tally::default();
    let mut dice = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..flips() {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        let bit = usize::try_from(dice % (u64::try_from(bytes.len()).unwrap() * 8)).unwrap();
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        judge(&mut tally, (&sound, &first), copy.look(&changed), bit);
    }
    println!("{} bits of {} bytes: {tally:?}", flips(), bytes.len());
    assert!(tally.named > flips() / 6, "{tally:?}");
    assert!(
        tally.harmless > 0 && tally.damaged + tally.unreadable > 0,
        "{tally:?}"
    );
}

/// Some texts that are content, each changed wherever it stands.
fn places(copy: &Copy, bytes: &[u8]) {
    for content in [
        "Bitte den Beleg 2",
        "Beispieltr",
        "Netzwerk West",
        "staff_employees",
        "upload_received",
        "Q3.xlsx",
    ] {
        let mut changed = bytes.to_vec();
        let mut from = 0;
        // Some places may be left over from rows that moved; the others are content.
        while let Some(at) = find(&changed[from..], content.as_bytes()) {
            changed[from + at + 1] ^= 1;
            from += at + content.len();
        }
        assert!(from > 0, "{content}");
        let verified = copy.look(&changed).verified;
        assert!(
            verified.is_err() || verified.is_ok_and(|verified| verified.faults.count() > 0),
            "{content}"
        );
    }
}

fn find(bytes: &[u8], content: &[u8]) -> Option<usize> {
    bytes.windows(content.len()).position(|window| window == content)
}

/// Compares what a flipped bit changed with what was found.
fn judge(tally: &mut Tally, (sound, first): (&Dump, &Verification), looked: Looked, bit: usize) {
    let Ok(verified) = looked.verified else {
        tally.unreadable += 1;
        return;
    };
    let faults = verified.faults.told();
    let is_damaged = faults
        .iter()
        .any(|fault| matches!(fault, Fault::Damaged { .. } | Fault::Database { .. }));
    match looked.contents {
        Ok(contents) if contents == *sound && faults.is_empty() => {
            let same = (verified.head, verified.groups, verified.originals);
            assert_eq!(same, (first.head, first.groups, first.originals), "bit {bit}");
            tally.harmless += 1;
        }
        Ok(contents) if contents == *sound => tally.beside += 1,
        Ok(contents) => {
            let changed = changed(sound, &contents);
            assert!(
                !faults.is_empty(),
                "bit {bit} changed {changed:?}, and nothing was found"
            );
            if is_damaged {
                tally.damaged += 1;
            } else {
                is_named(sound, &changed, faults, bit);
                tally.named += 1;
            }
        }
        Err(error) => {
            assert!(is_damaged, "bit {bit}: {error}, and {faults:?} was found");
            tally.damaged += 1;
        }
    }
}

/// Places whose rows are not the same.
fn changed(sound: &Dump, now: &Dump) -> Vec<Key> {
    let all = sound.keys().chain(now.keys());
    let mut changed: Vec<Key> = all
        .filter(|key| sound.get(*key) != now.get(*key))
        .cloned()
        .collect();
    changed.sort_unstable();
    changed.dedup();
    changed
}

/// Every place of the sound record that changed is named, and no rows that did not change while the journal is whole.
fn is_named(sound: &Dump, changed: &[Key], faults: &[Fault], bit: usize) {
    for key in changed.iter().filter(|key| sound.contains_key(*key)) {
        let named = faults.iter().any(|fault| names(fault, key));
        assert!(named, "bit {bit} changed {key:?}, and {faults:?} was found");
    }
    if changed.iter().any(|(table, _)| table == "journal") {
        return;
    }
    for fault in faults
        .iter()
        .filter(|fault| fault.place().code.starts_with("rows-"))
    {
        let is_right = changed.iter().any(|key| names(fault, key));
        assert!(is_right, "bit {bit} changed {changed:?}, and {fault:?} was found");
    }
}

fn names(fault: &Fault, (table, key): &Key) -> bool {
    let place = fault.place();
    match (table.as_str(), fault) {
        ("journal", Fault::Journal { found }) => {
            let at: u64 = key.parse().unwrap();
            let is_there = |position: u64| position == at || position == at + 1;
            let is_expected = matches!(found, Break::Position { expected, .. } if *expected == at);
            place.position.is_some_and(is_there) || is_expected
        }
        ("original", _) => place.code.starts_with("original-") && place.at == *key,
        ("frozen_report", Fault::Frozen { name }) => name.starts_with(&format!("{key}/")),
        _ => place
            .at
            .split_once('/')
            .is_some_and(|(rows, at)| table_of_rows(rows) == Some(table.as_str()) && at == key),
    }
}
