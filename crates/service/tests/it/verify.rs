//! The record proves itself: whatever is changed behind its back is found, and found where it is.

use std::{collections::BTreeSet, fs};

use nachweis_domain::{
    finding::Severity,
    language::Language,
    proof::{Head, chain::Follower},
    record::{UploadId, WarningComment},
};
use nachweis_service::{
    Fault, HeadKey, Quiet, SecretKey, ServiceError, Verification, VerifyRequest, read_heads,
};
use nachweis_store::{Changes, FrozenReport, NewClosing, testing::TestDatabase};

use crate::{
    Story,
    world::{World, moment, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    ("a_sound_record_has_no_faults_and_everything_was_looked_at", sound),
    (
        "what_is_changed_behind_the_record_is_named_with_its_place",
        tampered,
    ),
    (
        "a_byte_changed_in_an_original_or_in_a_frozen_report_is_named",
        kept_bytes,
    ),
    (
        "a_journal_written_anew_does_not_grow_from_a_head_kept_outside",
        rewritten,
    ),
    ("every_head_of_a_file_is_compared_where_it_stands", many_heads),
    ("a_torn_line_of_the_file_of_heads_stops_nothing", torn),
    ("a_proof_shows_that_the_journal_only_grew", consistency),
    ("who_may_not_read_the_journal_may_not_verify_it", forbidden),
];

/// A revision returned, one accepted after comments on warnings, one accepted after it.
pub(crate) fn lived(world: &World) -> UploadId {
    let returned = world.upload(&world.figures(2)).upload.id;
    world.service.submit(&world.lead, returned, &[]).unwrap();
    world.service.endorse(&world.coordinator, returned).unwrap();
    world
        .service
        .return_to_lead(&world.manager, returned, "Bitte den Beleg 2 prüfen.")
        .unwrap();
    let mut warned = world.figures(3);
    warned.vouchers.rows[0].number = None;
    let verdict = world.upload(&warned);
    let comments: Vec<WarningComment> = (0_u32..)
        .zip(&verdict.findings)
        .filter(|(_, finding)| finding.severity == Severity::Warning)
        .map(|(finding, _)| WarningComment {
            finding,
            comment: "Der Beleg hat keine Nummer.".to_owned(),
        })
        .collect();
    let accepted = if verdict.upload.blocking == 0 {
        verdict.upload.id
    } else {
        world.upload(&world.figures(3)).upload.id
    };
    world.service.submit(&world.lead, accepted, &comments).unwrap();
    world.accept(accepted);
    world.change_plan();
    let newer = world.upload(&world.figures(4)).upload.id;
    world.service.submit(&world.lead, newer, &[]).unwrap();
    world.accept(newer);
    newer
}

pub(crate) fn verify(world: &World) -> Verification {
    verify_with(world, &VerifyRequest::default())
}

pub(crate) fn verify_with(world: &World, request: &VerifyRequest) -> Verification {
    world.service.verify(&world.auditor, request, &Quiet).unwrap()
}

fn codes(verified: &Verification) -> BTreeSet<&'static str> {
    verified
        .faults
        .told()
        .iter()
        .map(|fault| fault.place().code)
        .collect()
}

fn sound(world: &World) {
    lived(world);
    let before = world.store.journal_head().unwrap();
    let verified = verify(world);
    assert_eq!(verified.faults.told(), []);
    assert_eq!((verified.originals, verified.read), (4, 4));
    assert!(verified.groups > 40 && verified.figures > 300, "{verified:?}");
    assert_eq!(verified.head.position, before);
    assert_eq!(
        world.store.journal_head().unwrap(),
        before,
        "verifying changes nothing"
    );
    let head = verified.head;
    let expecting = |hash| VerifyRequest {
        expected: vec![hash],
        without_reading: true,
        ..VerifyRequest::default()
    };
    assert!(codes(&verify_with(world, &expecting(head.link))).is_empty());
    assert!(codes(&verify_with(world, &expecting(head.root))).is_empty());
    assert_eq!(
        codes(&verify_with(
            world,
            &expecting(nachweis_domain::record::Sha256([7; 32]))
        )),
        ["expected-head"].into()
    );
}

/// What is done, how it is undone, and what is found: code and a part of the place.
type Tampering = (&'static str, &'static str, &'static str, &'static str);

const TAMPERINGS: [Tampering; 13] = [
    (
        "UPDATE figure SET value = value + 1 WHERE position = 1",
        "UPDATE figure SET value = value - 1 WHERE position = 1",
        "figure-differs",
        "Ausgaben!",
    ),
    (
        "UPDATE figure SET value = value + 1 WHERE position = 1",
        "UPDATE figure SET value = value - 1 WHERE position = 1",
        "rows-changed",
        "figure/",
    ),
    (
        "UPDATE voucher SET amount_cents = amount_cents + 1",
        "UPDATE voucher SET amount_cents = amount_cents - 1",
        "figure-differs",
        "Belege!",
    ),
    (
        "UPDATE plan_row SET amount = amount + 1 WHERE kind = 'source'",
        "UPDATE plan_row SET amount = amount - 1 WHERE kind = 'source'",
        "rows-changed",
        "plan_row/IQ23-NW-001/2",
    ),
    (
        "UPDATE subproject SET title = title || 'x'",
        "UPDATE subproject SET title = substr(title, 1, length(title) - 1)",
        "rows-changed",
        "subproject/IQ23-NW-002",
    ),
    (
        "UPDATE upload SET decided_at = decided_at + 1 WHERE decided_at IS NOT NULL",
        "UPDATE upload SET decided_at = decided_at - 1 WHERE decided_at IS NOT NULL",
        "rows-changed",
        "upload_decided/",
    ),
    (
        "UPDATE upload SET return_reason = return_reason || '!' WHERE return_reason IS NOT NULL",
        "UPDATE upload SET return_reason = substr(return_reason, 1, length(return_reason) - 1) WHERE return_reason IS NOT NULL",
        "rows-changed",
        "upload_decided/",
    ),
    (
        "UPDATE journal SET at = at + 1 WHERE position = 3",
        "UPDATE journal SET at = at - 1 WHERE position = 3",
        "journal-entry",
        "journal",
    ),
    (
        "UPDATE journal SET detail = detail || ' ' WHERE position = 4",
        "UPDATE journal SET detail = substr(detail, 1, length(detail) - 1) WHERE position = 4",
        "journal-entry",
        "journal",
    ),
    (
        "UPDATE journal SET actor = upper(actor) WHERE actor IS NOT NULL",
        "UPDATE journal SET actor = lower(actor) WHERE actor IS NOT NULL",
        "journal-entry",
        "journal",
    ),
    (
        "UPDATE journal SET link = upper(link) WHERE position = 6",
        "UPDATE journal SET link = lower(link) WHERE position = 6",
        "journal-entry",
        "journal",
    ),
    (
        "UPDATE journal SET position = 100000 WHERE position = 6; UPDATE journal SET position = 6 WHERE position = 7; UPDATE journal SET position = 7 WHERE position = 100000",
        "UPDATE journal SET position = 100000 WHERE position = 6; UPDATE journal SET position = 6 WHERE position = 7; UPDATE journal SET position = 7 WHERE position = 100000",
        "journal-entry",
        "journal",
    ),
    (
        "UPDATE journal SET position = 100000 WHERE position = 5",
        "UPDATE journal SET position = 5 WHERE position = 100000",
        "journal-position",
        "journal",
    ),
];

fn tampered(world: &World) {
    lived(world);
    for (done, undone, code, place) in TAMPERINGS {
        world.database.tamper(done);
        let without_reading = VerifyRequest {
            without_reading: code != "figure-differs",
            ..VerifyRequest::default()
        };
        let verified = verify_with(world, &without_reading);
        let found = verified.faults.told().iter().any(|fault| {
            let found = fault.place();
            found.code == code && found.at.contains(place)
        });
        assert!(found, "{done}: {:?}", verified.faults);
        world.database.tamper(undone);
        assert_eq!(
            verify_with(world, &without_reading).faults.told(),
            [],
            "undone: {done}"
        );
    }
    world
        .database
        .tamper("DELETE FROM journal WHERE position = (SELECT max(position) FROM journal)");
    assert!(
        codes(&verify(world)).contains("rows-changed"),
        "a journal cut short vouches for less"
    );
    let bytes = if world.database.folder().is_some() {
        "x'504b'"
    } else {
        "'PK'::bytea"
    };
    world
        .database
        .tamper(&format!("UPDATE original SET bytes = {bytes}"));
    assert!(codes(&verify(world)).contains("original-changed"));
    world.database.tamper("DELETE FROM original");
    let verified = verify(world);
    assert_eq!(verified.originals, 0);
    assert!(codes(&verified).contains("original-missing"));
}

/// Closes the quarter with two reports of a few bytes.
pub(crate) fn frozen(world: &World) {
    let report = |format| FrozenReport {
        name: "burn".into(),
        language: Language::De,
        format,
        bytes: b"Gruppe;Bewilligt;Gemeldet".to_vec(),
    };
    let new = NewClosing {
        round: world.round.code.clone(),
        quarter: quarter(),
        by: world.manager.user,
        at: moment("2024-11-20T12:00:00Z"),
        missing: 1,
        reports: vec![report("csv"), report("json")],
        mark: world.store.last_change(&world.round.code, Changes::Any).unwrap(),
    };
    world.store.close_quarter(&new).unwrap();
}

/// Sets one byte of a column behind the record.
fn set_byte(world: &World, (table, row): (&str, &str), at: usize, byte: u8) {
    let (before, after) = (2 * at, 2 * at + 3);
    let bytes = if world.database.folder().is_some() {
        format!("unhex(substr(hex(bytes), 1, {before}) || '{byte:02X}' || substr(hex(bytes), {after}))")
    } else {
        format!("set_byte(bytes, {at}, {byte})")
    };
    world
        .database
        .tamper(&format!("UPDATE {table} SET bytes = {bytes} WHERE {row}"));
}

fn kept_bytes(world: &World) {
    lived(world);
    frozen(world);
    let hashes = || VerifyRequest {
        without_reading: true,
        ..VerifyRequest::default()
    };
    let found = || verify_with(world, &hashes()).faults.told().to_vec();
    assert_eq!(found(), []);
    let mut originals = Vec::new();
    world
        .store
        .for_each_kept_file(&mut |file| {
            originals.push(file.sha256);
            Ok::<(), ServiceError>(())
        })
        .unwrap();
    assert_eq!(originals.len(), 4);
    for sha256 in &originals {
        let bytes = world.store.original(sha256).unwrap().unwrap();
        let row = ("original", &*format!("sha256 = '{sha256}'"));
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            set_byte(world, row, at, bytes[at] ^ 1);
            assert_eq!(found(), [Fault::Original { sha256: *sha256 }], "byte {at}");
            set_byte(world, row, at, bytes[at]);
        }
    }
    let row = ("frozen_report", "format = 'csv'");
    set_byte(world, row, 3, b'x');
    let name = "2023-2025/8098/burn_de.csv".to_owned();
    assert_eq!(found(), [Fault::Frozen { name }]);
    set_byte(world, row, 3, b'p');
    assert_eq!(found(), []);
    let gone = originals[1];
    world
        .database
        .tamper(&format!("DELETE FROM original WHERE sha256 = '{gone}'"));
    assert_eq!(found(), [Fault::OriginalMissing { sha256: gone }]);
}

fn key() -> HeadKey {
    HeadKey::new(&SecretKey::from_bytes([9; 32])).unwrap()
}

fn rewritten(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("heads.jsonl");
    let note = || world.service.note_head(&key(), &file);
    let first = note().unwrap();
    assert!(first.signed.is_signed_by(&key().public()));
    lived(world);
    let second = note().unwrap();
    let third = note().unwrap();
    assert_eq!(third.signed, second.signed);
    let found = [&first, &second, &third].map(|noted| (noted.found, noted.kept));
    assert_eq!(found, [(0, 1), (1, 2), (2, 2)], "a head is noted once");
    let kept = read_heads(&file).unwrap();
    assert!(kept.heads().eq([&first.signed, &second.signed]));
    let heads: Vec<Head> = kept.heads().map(|signed| signed.head).collect();
    let request = VerifyRequest {
        heads,
        without_reading: true,
        ..VerifyRequest::default()
    };
    assert!(codes(&verify_with(world, &request)).is_empty());
    forge(&world.database, world);
    let verified = verify_with(world, &request);
    assert!(codes(&verified).contains("head"), "{:?}", verified.faults);
    assert!(
        !codes(&verified).contains("journal-entry"),
        "the chain itself fits again"
    );
    let refused = |wanted| {
        let error = note().unwrap_err();
        assert!(
            matches!(error, ServiceError::Invalid { code, .. } if code == wanted),
            "{error:?}"
        );
    };
    refused("journal-broken");
    let mut foreign = second.signed;
    foreign.head.position += 1;
    fs::write(&file, serde_json::to_string(&foreign).unwrap()).unwrap();
    refused("head-not-signed");
}

/// Every head of a file is compared at its position, though the journal is followed once; one beyond its end is not of it.
fn many_heads(world: &World) {
    lived(world);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("heads.jsonl");
    let mut heads: Vec<Head> = Vec::new();
    let mut follower = Follower::default();
    let last = world.service.head(&world.auditor).unwrap().position;
    heads.push(follower.head());
    world
        .store
        .for_each_link_up_to(last - 1, &mut |linked| {
            follower.follow(&linked.entry, &linked.link.unwrap()).unwrap();
            heads.push(follower.head());
            Ok::<(), ServiceError>(())
        })
        .unwrap();
    assert_eq!(
        heads.last().unwrap().position,
        last - 1,
        "later entries are not read"
    );
    let note = |heads: &[Head]| {
        let lines = heads.iter().rev().chain(heads);
        let lines = lines.map(|head| serde_json::to_string(&key().sign(*head)).unwrap() + "\n");
        fs::write(&file, lines.collect::<String>()).unwrap();
        world.service.note_head(&key(), &file)
    };
    let noted = note(&heads).unwrap();
    assert_eq!((noted.signed.head.position, noted.found), (last, 2 * heads.len()));
    for at in 0..heads.len() {
        let mut forged = heads.clone();
        forged[at].root = nachweis_domain::record::Sha256([1; 32]);
        let text = note(&forged).unwrap_err().text(Language::En);
        assert!(text.contains(&format!("entry {at}.")), "{text}");
    }
    let mut beyond = heads.clone();
    beyond[2].position = last + 1;
    let text = note(&beyond).unwrap_err().text(Language::En);
    assert!(text.contains(&format!("entry {}.", last + 1)), "{text}");
}

/// A crash can tear the last line of the file. Heads are noted on behind it, and nobody mends it by hand.
fn torn(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("heads.jsonl");
    let first = world.service.note_head(&key(), &file).unwrap();
    let sound = fs::read(&file).unwrap();
    world.change_plan();
    for kept in (1..sound.len()).step_by(20).chain([sound.len() - 1]) {
        let mut bytes = sound.clone();
        bytes.extend_from_slice(&sound[..kept]);
        fs::write(&file, &bytes).unwrap();
        let noted = world.service.note_head(&key(), &file).unwrap();
        let is_whole = kept == sound.len() - 1;
        assert_eq!(noted.torn, (!is_whole).then_some(2), "{kept} bytes");
        let read = read_heads(&file).unwrap();
        assert_eq!(read.heads().last(), Some(&noted.signed), "{kept} bytes");
        assert_eq!(read.heads().next(), Some(&first.signed));
        let again = world.service.note_head(&key(), &file).unwrap();
        assert_eq!(
            (again.torn, again.kept),
            (None, noted.kept),
            "told once, noted once"
        );
    }
    fs::write(&file, b"{\"position\":1}\n").unwrap();
    assert!(
        world.service.note_head(&key(), &file).is_err(),
        "something else than a head"
    );
}

/// Changes one entry and links all that follow anew, as somebody would who knows how the chain is made.
fn forge(database: &TestDatabase, world: &World) {
    database.tamper("UPDATE journal SET object = object || 'x' WHERE position = 2");
    let mut before = nachweis_domain::proof::ORIGIN;
    let mut statements: Vec<String> = Vec::new();
    world
        .store
        .for_each_link(0, &mut |linked| {
            before = linked.entry.link(&before);
            statements.push(format!(
                "UPDATE journal SET link = '{before}' WHERE position = {};",
                linked.entry.position
            ));
            Ok::<(), ServiceError>(())
        })
        .unwrap();
    database.tamper(&statements.concat());
}

fn consistency(world: &World) {
    lived(world);
    let last = world.service.head(&world.auditor).unwrap().position;
    for from in [1, 2, 3, last / 2, last - 1, last] {
        let proof = world.service.consistency(&world.auditor, from, last).unwrap();
        assert!(proof.holds(), "{from}");
        let mut forged = proof.clone();
        forged.from.root = nachweis_domain::record::Sha256([1; 32]);
        assert!(!forged.holds(), "{from}");
    }
    for (from, to) in [(0, last), (last, last - 1), (1, last + 1)] {
        assert!(
            world.service.consistency(&world.auditor, from, to).is_err(),
            "{from} {to}"
        );
    }
}

fn forbidden(world: &World) {
    for caller in [&world.lead, &world.coordinator, &world.manager, &world.admin] {
        let refused = world
            .service
            .verify(caller, &VerifyRequest::default(), &Quiet)
            .unwrap_err();
        assert!(matches!(refused, ServiceError::Forbidden(_)), "{refused:?}");
        assert!(world.service.head(caller).is_err());
        assert!(world.service.consistency(caller, 1, 2).is_err());
        assert!(
            world
                .service
                .export_journal(caller, None, std::path::Path::new("/nowhere"))
                .is_err()
        );
    }
}
