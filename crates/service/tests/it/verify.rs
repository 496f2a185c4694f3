//! The record proves itself: whatever is changed behind its back is found, and found where it is.

use std::{collections::BTreeSet, fs};

use nachweis_domain::{
    finding::Severity,
    proof::{Head, line},
    record::{UploadId, WarningComment},
};
use nachweis_service::{
    Clock, HeadKey, Quiet, SecretKey, Service, ServiceError, Settings, Verification, VerifyRequest,
    read_heads, verify_journal_file,
};
use nachweis_store::{DatabaseUrl, testing::TestDatabase};

use crate::{
    Story,
    world::{World, moment},
};

pub(crate) const STORIES: &[Story] = &[
    ("a_sound_record_has_no_faults_and_everything_was_looked_at", sound),
    (
        "what_is_changed_behind_the_record_is_named_with_its_place",
        tampered,
    ),
    ("any_byte_of_a_sqlite_file_that_holds_content_is_found", bytes),
    (
        "an_exported_journal_is_verified_without_the_service",
        journal_file,
    ),
    (
        "a_journal_written_anew_does_not_grow_from_a_head_kept_outside",
        rewritten,
    ),
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

fn verify(world: &World) -> Verification {
    verify_with(world, &VerifyRequest::default())
}

fn verify_with(world: &World, request: &VerifyRequest) -> Verification {
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

const TAMPERINGS: [Tampering; 10] = [
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
}

/// How many bits are flipped: more in the long run.
fn flips() -> usize {
    if std::env::var_os("NACHWEIS_TEST_LONG").is_some() {
        10_000
    } else {
        150
    }
}

fn bytes(world: &World) {
    let Some(folder) = world.database.folder() else {
        return;
    };
    lived(world);
    let first = verify_with(
        world,
        &VerifyRequest {
            without_reading: true,
            ..VerifyRequest::default()
        },
    );
    world.database.tamper("PRAGMA wal_checkpoint(TRUNCATE)");
    let sound = fs::read(folder.join("nachweis.db")).unwrap();
    let place = tempfile::tempdir().unwrap();
    let look = |bytes: &[u8]| -> Result<Verification, ServiceError> {
        for name in ["copy.db-wal", "copy.db-shm"] {
            let _ = fs::remove_file(place.path().join(name));
        }
        fs::write(place.path().join("copy.db"), bytes).unwrap();
        let settings = Settings {
            database_url: DatabaseUrl::sqlite(place.path().join("copy.db")),
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
    };
    assert_eq!(look(&sound).unwrap().faults.told(), []);
    for content in [
        "Bitte den Beleg 2",
        "Beispieltr",
        "Netzwerk West",
        "staff_employees",
        "upload_received",
        "Q3.xlsx",
    ] {
        let mut changed = sound.clone();
        let mut from = 0;
        // Some places may be left over from rows that moved; the others are content.
        while let Some(at) = find(&changed[from..], content.as_bytes()) {
            changed[from + at + 1] ^= 1;
            from += at + content.len();
        }
        assert!(from > 0, "{content}");
        let found = look(&changed).map_or(true, |verified| verified.faults.count() > 0);
        assert!(found, "{content}");
    }
    let mut dice = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..flips() {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        let bits = u64::try_from(sound.len()).unwrap() * 8;
        let bit = usize::try_from(dice % bits).unwrap();
        let mut changed = sound.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        // A bit that no content depends on (unused space, counters of the file) changes nothing at all.
        if let Ok(verified) = look(&changed)
            && verified.faults.count() == 0
        {
            let same = (verified.head, verified.groups, verified.originals);
            assert_eq!(same, (first.head, first.groups, first.originals), "bit {bit}");
        }
    }
}

fn find(bytes: &[u8], content: &[u8]) -> Option<usize> {
    bytes.windows(content.len()).position(|window| window == content)
}

fn journal_file(world: &World) {
    lived(world);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("journal.jsonl");
    let head = world.service.export_journal(&world.auditor, &file).unwrap();
    let followed = verify_journal_file(&file, &[head.link], &[head]).unwrap();
    assert!(followed.is_sound(), "{followed:?}");
    assert_eq!(followed.head, head);
    assert_eq!(verify(world).head, head, "the same head as the record's");
    let sound = fs::read(&file).unwrap();
    let step = sound.len() / 40;
    for at in (0..sound.len()).step_by(step) {
        let mut changed = sound.clone();
        changed[at] ^= 4;
        fs::write(&file, &changed).unwrap();
        let followed = verify_journal_file(&file, &[], &[]).unwrap();
        let line = u64::try_from(sound[..at].split(|byte| *byte == b'\n').count()).unwrap();
        let named = followed.faults.iter().any(|fault| match fault {
            line::Fault::Line { line: found }
            | line::Fault::Entry { line: found, .. }
            | line::Fault::Head { line: found } => *found == line || *found == line + 1,
            line::Fault::Truncated => false,
        });
        assert!(named, "byte {at} of line {line}: {:?}", followed.faults);
    }
    fs::write(&file, &sound[..sound.len() / 2]).unwrap();
    assert!(!verify_journal_file(&file, &[], &[]).unwrap().is_sound());
}

fn key() -> HeadKey {
    HeadKey::new(&SecretKey::from_bytes([9; 32])).unwrap()
}

fn rewritten(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("heads.jsonl");
    let first = world.service.note_head(&key(), &file).unwrap();
    assert!(first.is_signed_by(&key().public()));
    lived(world);
    let second = world.service.note_head(&key(), &file).unwrap();
    world.service.note_head(&key(), &file).unwrap();
    assert_eq!(
        read_heads(&file).unwrap(),
        [first.clone(), second.clone()],
        "a head is noted once"
    );
    let heads: Vec<Head> = [&first, &second].map(|signed| signed.head).into();
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
    assert!(matches!(
        world.service.note_head(&key(), &file),
        Err(ServiceError::Invalid {
            code: "journal-broken",
            ..
        })
    ));
    let mut foreign = second;
    foreign.head.position += 1;
    fs::write(&file, serde_json::to_string(&foreign).unwrap()).unwrap();
    assert!(matches!(
        world.service.note_head(&key(), &file),
        Err(ServiceError::Invalid {
            code: "head-not-signed",
            ..
        })
    ));
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
                .export_journal(caller, std::path::Path::new("/nowhere"))
                .is_err()
        );
    }
}
