//! Every error has its sentence in both languages, and a stable code.

use nachweis_domain::{
    finding::{Code, Unwaivable},
    key::SubprojectNo,
    life::{self, Endorsement, Turn},
    record::UploadId,
    retention::ErasureRefusal,
    waiver::WaiverRefusal,
};
use uuid::Uuid;

use super::*;
use crate::error::BackupFault;

/// So many submissions that stand for decision.
fn undecided(count: u32) -> Conflict {
    let submissions = (1..=count).map(|number| OpenSubmission {
        id: UploadId(Uuid::from_u128(number.into())),
        subproject: SubprojectNo::new(format!("IQ23-NW-{number:03}")),
        revision: 2,
    });
    Conflict::Undecided {
        submissions: submissions.collect(),
    }
}

fn every_error() -> Vec<StoreError> {
    let at = DateTime::UNIX_EPOCH;
    let place = || "sqlite://nachweis.db".to_owned();
    let mut errors = vec![
        StoreError::Absent { place: place() },
        StoreError::NotOurs { place: place() },
        StoreError::Encoding {
            place: place(),
            encoding: "SQL_ASCII".into(),
        },
        StoreError::Older {
            place: place(),
            missing: vec!["0004".into()],
        },
        StoreError::Newer {
            place: place(),
            unknown: vec!["0009".into()],
        },
        StoreError::Unreachable {
            place: place(),
            reason: "timeout".into(),
        },
        StoreError::Full,
        StoreError::ReadOnly,
        StoreError::Storage {
            reason: "disk I/O error".into(),
        },
        StoreError::Damaged {
            reason: "database disk image is malformed".into(),
        },
        StoreError::Busy,
        StoreError::Erased { at },
        StoreError::Corrupt {
            table: "upload",
            id: "7".into(),
            reason: "column state cannot be read".into(),
        },
        StoreError::Query {
            operation: "keep an upload",
            source: "no such table".into(),
        },
        StoreError::NotEmpty { place: place() },
        StoreError::Backup {
            file: "nachweis.backup".into(),
            fault: BackupFault::Changed,
        },
    ];
    let things = [
        Thing::Round,
        Thing::Network,
        Thing::Subproject,
        Thing::Plan,
        Thing::Upload,
        Thing::Finding,
        Thing::Reopening,
        Thing::Waiver,
        Thing::Hold,
        Thing::Erasure,
        Thing::User,
    ];
    errors.extend(things.map(|thing| StoreError::Unknown {
        thing,
        key: "7".into(),
    }));
    errors.extend(UploadState::ALL.map(|found| StoreError::State {
        found,
        turn: life::turn(Some(found), Endorsement::Needed),
    }));
    errors
        .extend([Kind::Figure, Kind::Date, Kind::Number, Kind::Text].map(|kind| StoreError::Unfit { kind }));
    let conflicts = [
        Conflict::OpenRevision {
            revision: 2,
            turn: Turn::Coordinator,
        },
        Conflict::NewerRevision { revision: 2 },
        Conflict::NotEndorsed,
        Conflict::EndorsementNotNeeded,
        Conflict::QuarterClosed { at },
        Conflict::ReopeningExpired { at },
        undecided(2),
        Conflict::QuarterOpen,
        Conflict::ReopeningSettled(ReopeningSettled::Confirmed { at, until: at }),
        Conflict::ReopeningSettled(ReopeningSettled::Expired { at }),
        Conflict::ReopeningSettled(ReopeningSettled::Withdrawn { at }),
        Conflict::ReopeningsOpen { count: 20 },
        Conflict::WaiversOpen { count: 20 },
        Conflict::HoldLifted,
        Conflict::Erased { at },
        Conflict::FourEyes,
        Conflict::LoginTaken { name: "anna".into() },
        Conflict::IdentityTaken { name: "anna".into() },
        Conflict::OtherRound {
            subproject: "IQ23-NW-001".into(),
        },
        Conflict::Concurrent,
    ];
    errors.extend(conflicts.map(StoreError::Conflict));
    errors.extend(refused_steps().map(StoreError::Conflict));
    errors
}

fn refused_steps() -> impl Iterator<Item = Conflict> {
    let waivers = [
        WaiverRefusal::Unwaivable {
            code: Code::Fin01,
            why: Unwaivable::Arithmetic,
        },
        WaiverRefusal::OwnRequest,
        WaiverRefusal::Settled,
        WaiverRefusal::LongerThanAsked,
        WaiverRefusal::EndPassed,
    ];
    let erasures = [
        ErasureRefusal::NotDue { keep_until: None },
        ErasureRefusal::Held { holds: 1 },
        ErasureRefusal::Nothing,
        ErasureRefusal::Proposed,
        ErasureRefusal::Settled,
        ErasureRefusal::Outdated,
        ErasureRefusal::NotHere,
        ErasureRefusal::OwnProposal,
    ];
    let waivers = waivers.into_iter().map(Conflict::Waiver);
    waivers.chain(erasures.into_iter().map(Conflict::Erasure))
}

#[test]
fn every_error_says_in_both_languages_what_happened_and_what_to_do() {
    for error in every_error() {
        for (language, please) in [(Language::De, "itte"), (Language::En, "lease")] {
            let text = error.text(language);
            assert!(text.contains(please) && text.ends_with('.'), "{text}");
        }
    }
}

#[test]
fn codes_are_words_in_small_letters_with_hyphens() {
    for error in every_error() {
        let code = error.code();
        assert!(
            code.chars().all(|char| char.is_ascii_lowercase() || char == '-'),
            "{code}"
        );
    }
}

#[test]
fn undecided_submissions_are_named_by_their_subprojects_and_told_one_by_one() {
    let conflict = undecided(7);
    assert_eq!(
        conflict.german(),
        "In diesem Quartal sind 7 Einreichungen noch nicht entschieden: IQ23-NW-001, IQ23-NW-002, IQ23-NW-003, IQ23-NW-004, \
         IQ23-NW-005 und 2 weitere. Bitte sie vor dem Abschluss annehmen oder zurückgeben."
    );
    assert_eq!(
        undecided(1).english(),
        "One submission of this quarter still stands for decision: IQ23-NW-001. Please accept or return it before closing."
    );
    let Conflict::Undecided { submissions } = conflict else {
        panic!("submissions are undecided");
    };
    for language in Language::ALL {
        let text = submissions[2].text(language);
        assert!(text.contains("IQ23-NW-003") && text.ends_with('.'), "{text}");
    }
}

#[test]
fn a_settled_reopening_is_told_by_what_became_of_it_and_when() {
    let at: DateTime<Utc> = "2024-10-31T22:30:00Z".parse().unwrap();
    let confirmed = ReopeningSettled::Confirmed {
        at,
        until: "2024-11-30T23:00:00Z".parse().unwrap(),
    };
    for (settled, de, en) in [
        (
            confirmed,
            "bestätigt, seit dem 31.10.2024, und gilt bis zum 01.12.2024 00:00",
            "on 2024-10-31, and counts until 2024-12-01 00:00",
        ),
        (
            ReopeningSettled::Expired { at },
            "am 31.10.2024 abgelaufen",
            "passed on 2024-10-31",
        ),
        (
            ReopeningSettled::Withdrawn { at },
            "am 31.10.2024 zurückgenommen",
            "withdrawn on 2024-10-31",
        ),
    ] {
        let conflict = Conflict::ReopeningSettled(settled);
        assert!(conflict.german().contains(de), "{}", conflict.german());
        assert!(conflict.english().contains(en), "{}", conflict.english());
    }
}
