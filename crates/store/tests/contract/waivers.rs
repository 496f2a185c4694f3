//! Waivers: asked for, decided by a second person, withdrawn; what is handed in under them; all of it as it was then.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    cell::CellRef,
    finding::{Code, Detail, Finding, Severity},
    proof::rows::FIELD,
    record::{RatedFinding, Upload, UploadState, UserId, WaiverId, WarningComment},
    waiver::{Waiver, WaiverRefusal, WaiverState},
};
use nachweis_store::{Conflict, NewUpload, NewWaiver, Store, StoreError, Thing, WaiverWord};

use crate::{
    as_of,
    attest::{attested, found, with_rows},
    on_both,
    sample::*,
};

fn waiver_id(number: u128) -> WaiverId {
    WaiverId(id(9_000 + number))
}

pub(crate) fn request(number: u128, minute: i64) -> NewWaiver {
    NewWaiver {
        id: waiver_id(number),
        subproject: no(1),
        code: Code::Fin04,
        first: quarter("2024-Q1"),
        last: quarter("2024-Q2"),
        reason: "Die Rechnung kam verspätet.".into(),
        until: at(50),
        by: LEAD,
        at: at(minute),
        open_at_most: 2,
    }
}

pub(crate) fn word(number: u128, by: UserId, minute: i64) -> WaiverWord {
    WaiverWord {
        id: waiver_id(number),
        by,
        at: at(minute),
        reason: "Nachgewiesen.".into(),
    }
}

/// Asked for at a minute, granted one minute later until another.
fn granted(store: &Store, number: u128, minute: i64, until: i64) -> Waiver {
    store.ask_waiver(&request(number, minute)).unwrap();
    store
        .decide_waiver(&word(number, MANAGER, minute + 1), Some(at(until)))
        .unwrap()
}

fn rated(severity: Severity) -> RatedFinding {
    let detail = Detail::PaidOutsideQuarter {
        paid_on: day("2024-04-03"),
        quarter: quarter("2024-Q1"),
    };
    RatedFinding {
        finding: Finding::at(CellRef::at("Belege", 6, 1), detail),
        severity,
        comment: None,
        waiver: None,
    }
}

/// An upload with findings of the code that may be waived, and one notice.
fn judged(number: u128, severity: Severity) -> NewUpload {
    NewUpload {
        findings: vec![rated(severity), rated(Severity::Notice)],
        ..upload(number)
    }
}

fn numbers(store: &Store, upload: &Upload, moment: DateTime<Utc>) -> Vec<Option<u32>> {
    let findings = store.findings_at(upload.id, moment).unwrap();
    findings
        .iter()
        .map(|rated| rated.waiver.map(|waiver| waiver.number))
        .collect()
}

/// Lives the small life of the sample, and hands one upload of the next quarter in under a waiver, which is withdrawn later.
pub(crate) fn story(store: &Store) {
    crate::sample::story(store);
    granted(store, 1, 40, 50);
    let new = NewUpload {
        quarter: quarter("2024-Q2"),
        ..judged(77, Severity::Blocking)
    };
    let kept = keep(store, &new);
    store.submit(kept.id, LEAD, at(43), &[]).unwrap();
    store.withdraw_waiver(&word(1, MANAGER, 44)).unwrap();
}

fn conflict<T: std::fmt::Debug>(result: Result<T, StoreError>) -> Conflict {
    match result {
        Err(StoreError::Conflict(conflict)) => conflict,
        other => panic!("{other:?}"),
    }
}

on_both! {
    fn what_is_asked_decided_and_withdrawn_comes_back_as_it_was_said(store) {
        set_up(store, 2);
        let asked = store.ask_waiver(&request(1, 10)).unwrap();
        assert_eq!((asked.number, asked.asked_at, asked.state_at(at(10))), (1, at(10), WaiverState::Asked));
        let second = store.ask_waiver(&NewWaiver { subproject: no(2), ..request(2, 11) }).unwrap();
        assert_eq!(second.number, 2, "numbers count within the round");
        let granted = store.decide_waiver(&word(1, MANAGER, 12), Some(at(40))).unwrap();
        let refused = store.decide_waiver(&word(2, MANAGER, 13), None).unwrap();
        let withdrawn = store.withdraw_waiver(&word(1, MANAGER, 14)).unwrap();
        assert_eq!(granted.granted_until(), Some(at(40)));
        assert_eq!((refused.state_at(at(14)), withdrawn.state_at(at(14))), (WaiverState::Refused, WaiverState::Withdrawn));
        assert_eq!(store.waiver(waiver_id(1)).unwrap(), withdrawn);
        assert_eq!(store.waivers_of(&no(1)).unwrap(), std::slice::from_ref(&withdrawn));
        assert_eq!(store.waivers_of_round(&code()).unwrap(), [withdrawn, refused]);
        assert!(matches!(store.waiver(waiver_id(3)), Err(StoreError::Unknown { thing: Thing::Waiver, .. })));
    }

    fn another_person_decides_once_in_time_and_no_longer_than_was_asked(store) {
        set_up(store, 1);
        store.ask_waiver(&request(1, 10)).unwrap();
        assert_eq!(conflict(store.decide_waiver(&word(1, LEAD, 11), Some(at(40)))), Conflict::FourEyes);
        assert_eq!(conflict(store.decide_waiver(&word(1, LEAD, 11), None)), Conflict::FourEyes);
        assert_eq!(
            conflict(store.decide_waiver(&word(1, MANAGER, 11), Some(at(51)))),
            Conflict::Waiver(WaiverRefusal::LongerThanAsked)
        );
        store.decide_waiver(&word(1, MANAGER, 12), Some(at(40))).unwrap();
        let settled = Conflict::Waiver(WaiverRefusal::Settled);
        assert_eq!(conflict(store.decide_waiver(&word(1, MANAGER, 13), None)), settled);
        assert_eq!(conflict(store.withdraw_waiver(&word(1, MANAGER, 40))), settled, "its time has passed");
        store.ask_waiver(&request(2, 41)).unwrap();
        assert_eq!(conflict(store.decide_waiver(&word(2, MANAGER, 50), None)), settled);
    }

    fn only_so_many_requests_of_a_subproject_wait_at_the_same_time(store) {
        set_up(store, 1);
        store.ask_waiver(&request(1, 10)).unwrap();
        store.ask_waiver(&request(2, 11)).unwrap();
        assert_eq!(conflict(store.ask_waiver(&request(3, 12))), Conflict::WaiversOpen { count: 2 });
        store.withdraw_waiver(&word(1, LEAD, 13)).unwrap();
        assert_eq!(store.ask_waiver(&request(3, 14)).unwrap().number, 3);
    }

    fn the_database_itself_holds_four_eyes_and_the_asked_end(store) {
        set_up(store, 1);
        store.ask_waiver(&request(1, 10)).unwrap();
        let decision = |by: UserId, asked_by: UserId, until: DateTime<Utc>| {
            let micros = |at: DateTime<Utc>| at.timestamp_micros();
            format!(
                "INSERT INTO waiver_decision (waiver, asked_by, asked_at, asked_until, until, reason, decided_by, decided_at) \
                 VALUES ('{}', '{asked_by}', {}, {}, {}, 'x', '{by}', {})",
                waiver_id(1), micros(at(10)), micros(at(50)), micros(until), micros(at(11))
            )
        };
        assert!(!store.database.takes(&decision(LEAD, LEAD, at(40))), "who asked decided");
        assert!(!store.database.takes(&decision(LEAD, MANAGER, at(40))), "the request was told otherwise");
        assert!(!store.database.takes(&decision(MANAGER, LEAD, at(51))), "longer than was asked");
        assert!(store.database.takes(&decision(MANAGER, LEAD, at(40))));
    }

    fn what_is_recorded_of_waivers_stays_and_the_journal_vouches_for_it(store) {
        set_up(store, 1);
        granted(store, 1, 10, 40);
        let kept = keep(store, &judged(1, Severity::Blocking));
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        store.withdraw_waiver(&word(1, MANAGER, 30)).unwrap();
        let found = found(store);
        assert_eq!(with_rows(attested(store)), found);
        for kind in ["waiver/", "waiver_decision/", "waiver_withdrawal/", "finding_waiver/", "upload_waived/"] {
            assert!(found.keys().any(|name| name.starts_with(kind)), "{kind}");
        }
        for (table, change) in [
            ("waiver", "reason = reason || 'x'"), ("waiver_decision", "until = until - 1"),
            ("waiver_withdrawal", "reason = reason || 'x'"), ("finding_waiver", "finding = finding + 1"),
            ("upload", "waived = NULL"),
        ] {
            assert!(!store.database.takes(&format!("UPDATE {table} SET {change}")), "{table}: {change}");
            assert!(!store.database.takes(&format!("DELETE FROM {table}")), "{table}");
        }
        let journal = store.journal(0, 1_000).unwrap();
        let told: String = journal.iter().map(|entry| entry.detail.as_str()).collect();
        assert!(told.contains(FIELD) && !told.contains("Rechnung") && !told.contains("Nachgewiesen"), "reasons are not journalled");
        store.database.tamper("UPDATE waiver_decision SET until = until + 1");
        assert_ne!(with_rows(attested(store)), crate::attest::found(store));
    }

    fn what_is_blocked_is_handed_in_only_while_all_of_it_is_waived(store) {
        set_up(store, 1);
        let kept = keep(store, &judged(1, Severity::Blocking));
        let blocked = |minute: i64| match store.submit(kept.id, LEAD, at(minute), &[]) {
            Err(StoreError::State { found, .. }) => found == UploadState::Blocked,
            other => panic!("{other:?}"),
        };
        assert!(blocked(11), "nobody asked");
        store.ask_waiver(&request(1, 12)).unwrap();
        assert!(blocked(13), "not granted yet");
        store.decide_waiver(&word(1, MANAGER, 14), Some(at(20))).unwrap();
        assert_eq!(numbers(store, &kept, at(15)), [Some(1), None], "a notice needs no waiver");
        assert!(blocked(20), "expired");
        assert_eq!(numbers(store, &kept, at(20)), [None, None]);
        granted(store, 2, 21, 40);
        let submitted = store.submit(kept.id, LEAD, at(23), &[]).unwrap();
        assert_eq!((submitted.state, submitted.blocking), (UploadState::Submitted, 1), "the verdict stays as it was");
        assert_eq!(store.findings_of(kept.id).unwrap(), judged(1, Severity::Blocking).findings);
    }

    fn what_was_handed_in_under_a_waiver_stays_lawful_when_it_ends(store) {
        set_up(store, 1);
        granted(store, 1, 10, 40);
        let kept = keep(store, &judged(1, Severity::Blocking));
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        store.withdraw_waiver(&word(1, MANAGER, 21)).unwrap();
        let accepted = store.accept(kept.id, MANAGER, at(22)).unwrap();
        assert_eq!(accepted.state, UploadState::Accepted);
        assert_eq!(numbers(store, &accepted, at(59)), [Some(1), None]);
        let next = keep(store, &judged(2, Severity::Blocking));
        assert!(matches!(store.submit(next.id, LEAD, at(24), &[]), Err(StoreError::State { .. })), "the next one is blocked");
    }

    fn the_database_itself_lets_nothing_blocked_be_handed_in_without_waivers(store) {
        set_up(store, 1);
        keep(store, &judged(1, Severity::Blocking));
        let submitted = |waived: &str| format!(
            "UPDATE upload SET state = 'submitted', submitted_by = '{LEAD}', submitted_at = 1, waived = {waived}"
        );
        assert!(!store.database.takes(&submitted("NULL")));
        assert!(!store.database.takes(&submitted("0")));
        assert!(!store.database.takes(&submitted("2")));
        assert!(store.database.takes(&submitted("1")));
    }

    fn a_waived_warning_needs_no_comment_unless_the_waiver_has_just_ended(store) {
        set_up(store, 1);
        let waiver = granted(store, 1, 10, 30);
        let kept = keep(store, &judged(1, Severity::Warning));
        assert_eq!(numbers(store, &kept, at(20)), [Some(waiver.number), None]);
        assert_eq!(conflict(store.submit(kept.id, LEAD, at(30), &[])), Conflict::Concurrent);
        let comment = WarningComment { finding: 0, comment: "Beleg folgt.".into() };
        store.submit(kept.id, LEAD, at(31), &[comment]).unwrap();
        assert_eq!(numbers(store, &kept, at(20)), [None, None], "handed in without a waiver");
    }

    fn a_waiver_is_for_its_subproject_its_quarters_and_its_code_alone(store) {
        set_up(store, 2);
        granted(store, 1, 10, 40);
        let other = NewUpload { subproject: no(2), ..judged(1, Severity::Blocking) };
        let later = NewUpload { quarter: quarter("2024-Q3"), ..judged(2, Severity::Blocking) };
        let mut detail = judged(3, Severity::Blocking);
        detail.findings[0].finding.detail = Detail::PaidOutsideGrant { paid_on: day("2024-04-03"), first: day("2023-01-01"), last: day("2024-03-31") };
        for new in [other, later, detail] {
            let kept = keep(store, &new);
            assert_eq!(numbers(store, &kept, at(20)), [None, None], "{}", kept.id);
        }
    }

    fn waivers_of_then_are_known_as_they_were(store) {
        set_up(store, 1);
        let kept = keep(store, &judged(1, Severity::Blocking));
        let mut known = Vec::new();
        let mut then = |store: &Store| {
            let last = as_of::last(store);
            known.push((last, as_of::now(store), as_of::audit(store, &as_of::known(store, last))));
        };
        store.ask_waiver(&request(1, 12)).unwrap();
        then(store);
        store.decide_waiver(&word(1, MANAGER, 13), Some(at(40))).unwrap();
        then(store);
        store.submit(kept.id, LEAD, at(20), &[]).unwrap();
        then(store);
        store.withdraw_waiver(&word(1, MANAGER, 21)).unwrap();
        then(store);
        let distinct: std::collections::BTreeSet<String> = known.iter().map(|(_, ledger, _)| format!("{ledger:?}")).collect();
        assert_eq!(distinct.len(), known.len(), "each step shows");
        for (moment, ledger, audit) in &known {
            assert_eq!(&as_of::then(store, *moment), ledger);
            assert_eq!(&as_of::audit(store, &as_of::known(store, *moment)), audit);
        }
        let (_, before, _) = &known[1];
        assert_eq!(before.quarters[0].state, UploadState::Blocked, "before it was handed in it was blocked");
        assert!(known[0].2.contains("waiver: None") && known[1].2.contains("waiver: Some"), "{}", known[1].2);
    }
}
