//! The record proves itself after the year, and one changed byte is found where it is: in the file of the database, in a
//! stored original, in the exported journal.

use std::fs;

use nachweis_tests::program::{Desk, Run};

use super::stage::Stage;

/// Verifies everything, then changes a byte in one place after the other.
pub(super) fn the_record_proves_itself(stage: Stage) {
    let sound = stage.run(&["verify", "--lang", "en"]);
    assert!(sound.contains("Differences: 0."), "{sound}");
    a_byte_of_the_exported_journal(&stage);
    let original = an_original(&stage);
    // The service ends before anything is done behind its back.
    let Stage {
        service,
        desk,
        database,
        ..
    } = stage;
    drop(service);
    if let Some(folder) = database.folder() {
        database.tamper("PRAGMA wal_checkpoint(TRUNCATE)");
        a_byte_of_the_database_file(&fs::read(folder.join("nachweis.db")).expect("the file can be read"));
    }
    let (sha256, bytes) = original;
    let hex = bytes
        .iter()
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let literal = match database.folder() {
        Some(_) => format!("x'{hex}'"),
        None => format!("'\\x{hex}'::bytea"),
    };
    database.tamper(&format!(
        "UPDATE original SET bytes = {literal} WHERE sha256 = '{sha256}'"
    ));
    found(
        &desk.run(["verify", "--lang", "en"]),
        &format!("Original {sha256}"),
    );
}

/// Something was found, and the place is named.
fn found(run: &Run, place: &str) {
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.stdout.contains(place), "{place} is not named: {run:?}");
}

/// Verified without any database, at another desk.
fn a_byte_of_the_exported_journal(stage: &Stage) {
    stage.run(&["export", "journal", "-o", "journal.jsonl"]);
    let journal = fs::read(stage.desk.file("journal.jsonl")).expect("the journal was written");
    let elsewhere = Desk::embedded();
    let verify = |bytes: &[u8]| {
        fs::write(elsewhere.file("journal.jsonl"), bytes).expect("the folder can be written");
        elsewhere.run(["verify", "--lang", "en", "--journal", "journal.jsonl"])
    };
    let sound = verify(&journal);
    assert_eq!(sound.status, 0, "{sound:?}");
    let mut changed = journal;
    let at = changed.len() / 2;
    let line = changed[..at].split(|byte| *byte == b'\n').count();
    changed[at] ^= 4;
    let run = verify(&changed);
    assert_eq!(run.status, 1, "{run:?}");
    // A changed hash is seen where the next entry builds on it.
    let named = [line, line + 1].map(|line| run.stdout.contains(&format!("Line {line}:")));
    assert!(named.contains(&true), "line {line}: {run:?}");
}

/// The hash of an accepted original, and its bytes with one changed.
fn an_original(stage: &Stage) -> (String, Vec<u8>) {
    let auditor = stage.person("anna");
    let detail = auditor.get(&format!("/subprojects/{}", stage.no(0))).json();
    let upload = detail["uploads"][0].clone();
    let id = upload["id"].as_str().expect("an id");
    let mut bytes = auditor.get(&format!("/uploads/{id}/original.xlsx")).body;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    (upload["sha256"].as_str().expect("a hash").to_owned(), bytes)
}

/// A letter in a row of the table of subprojects.
fn a_byte_of_the_database_file(sound: &[u8]) {
    let desk = Desk::embedded();
    let verify = |bytes: &[u8]| {
        fs::write(desk.file("nachweis.db"), bytes).expect("the folder can be written");
        desk.run(["verify", "--lang", "en"])
    };
    let run = verify(sound);
    assert_eq!(run.status, 0, "a copy is as sound as the record: {run:?}");
    let mut changed = sound.to_vec();
    let reason = "Zwei Belege waren doppelt erfasst.".as_bytes();
    let places: Vec<usize> = (0..changed.len() - reason.len())
        .filter(|at| changed[*at..].starts_with(reason))
        .collect();
    let at = places
        .first()
        .expect("the reason of a reopening stands in the file");
    changed[at + 5] ^= 1;
    found(&verify(&changed), "reopening/");
}
