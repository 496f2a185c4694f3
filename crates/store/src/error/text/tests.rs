//! Every error has its sentence in both languages, and a stable code.

use nachweis_domain::{
    finding::{Code, Unwaivable},
    life::{self, Endorsement, Turn},
    retention::ErasureRefusal,
    waiver::WaiverRefusal,
};

use super::*;
use crate::error::BackupFault;

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
        Conflict::Undecided { count: 2 },
        Conflict::QuarterOpen,
        Conflict::ReopeningSettled,
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
