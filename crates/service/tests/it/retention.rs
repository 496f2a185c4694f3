//! Retention: when originals need not be kept any longer, and what holds them.

use chrono::NaiveDate;
use nachweis_domain::{
    key::{SourceKey, SubprojectNo},
    money::Money,
    plan::Disbursement,
    record::{Action, HoldId},
    retention::{Kept, RetentionState},
};
use nachweis_service::{ErrorClass, Quiet, ServiceError, VerifyRequest};
use nachweis_store::OPERATOR;

use crate::{
    Story,
    world::{OURS, THEIRS, World, day, moment, no, programme},
};

pub(crate) const STORIES: &[Story] = &[
    (
        "originals_are_due_after_the_last_day_and_never_without_a_payment",
        due,
    ),
    ("a_hold_keeps_originals_until_it_is_lifted_with_a_reason", held),
    ("holds_are_for_managers_and_seen_by_auditors", for_whom),
];

/// Pays out to us on a day.
pub(crate) fn pay(world: &World, on: NaiveDate) {
    pay_to(world, OURS, on);
}

/// Pays out to a subproject on a day.
pub(crate) fn pay_to(world: &World, no: &str, on: NaiveDate) {
    let mut paid = programme(&world.round);
    let payment = Disbursement {
        paid_on: on,
        source: SourceKey::new("federal"),
        amount: Money::from_euro(1_000),
    };
    paid.disbursements.push((SubprojectNo::new(no), payment));
    world
        .store
        .import_programme(
            &world.round.code,
            "paid.csv",
            &paid,
            OPERATOR,
            moment("2024-10-15T12:00:00Z"),
        )
        .unwrap();
}

pub(crate) fn kept(world: &World, no: &str) -> Kept {
    let (_, all) = world.service.kept(&world.auditor, &world.round.code).unwrap();
    let no = SubprojectNo::new(no);
    all.into_iter().find(|kept| kept.subproject == no).unwrap()
}

fn due(world: &World) {
    world.upload(&world.figures(3));
    let upload = world.upload(&world.figures(4)).upload;
    world.service.submit(&world.lead, upload.id, &[]).unwrap();
    world.accept(upload.id);
    let unpaid = kept(world, OURS);
    assert_eq!((unpaid.keep_until, unpaid.originals), (None, 2));
    assert!(unpaid.size_bytes > upload.size_bytes);
    assert!(unpaid.state(day(2999, 1, 1)) == RetentionState::Kept);
    pay(world, day(2024, 9, 30));
    // The grant ends with 2025: its use is proved until 30 June 2026.
    let paid = kept(world, OURS);
    assert_eq!(paid.keep_until, Some(day(2031, 6, 30)));
    assert_eq!(paid.events.report, Some(day(2024, 10, 15)));
    assert!(
        paid.state(day(2031, 6, 30)) == RetentionState::Kept
            && paid.state(day(2031, 7, 1)) == RetentionState::Due
    );
    pay(world, day(2026, 2, 28));
    assert_eq!(kept(world, OURS).keep_until, Some(day(2031, 12, 31)));
    let theirs = kept(world, THEIRS);
    assert_eq!(
        (theirs.keep_until, theirs.originals, theirs.size_bytes),
        (None, 0, 0)
    );
    world.hand.turn_to(moment("2031-12-31T23:30:00Z"));
    let (today, _) = world.service.kept(&world.manager, &world.round.code).unwrap();
    assert_eq!(today, day(2032, 1, 1), "days count in Europe/Berlin");
}

fn held(world: &World) {
    pay(world, day(2024, 9, 30));
    let late = day(2040, 1, 1);
    let place = |reason: &str| world.service.place_hold(&world.manager, &no(), reason);
    assert_eq!(place("  ").unwrap_err().class(), ErrorClass::Invalid);
    let first = place("Verfahren beim Verwaltungsgericht.").unwrap();
    let second = place("Anfrage der Kommission.").unwrap();
    assert_eq!(kept(world, OURS).holds, 2);
    let lift = |id, reason| world.service.lift_hold(&world.manager, id, reason);
    assert_eq!(lift(first.id, "").unwrap_err().class(), ErrorClass::Invalid);
    let lifted = lift(first.id, "Rechtskräftig.").unwrap();
    let (step, reason) = lifted.lifted.unwrap();
    assert_eq!(
        (step.by.login.as_str(), reason.as_str()),
        ("mia", "Rechtskräftig.")
    );
    let twice = lift(first.id, "Noch einmal.").unwrap_err();
    assert_eq!(
        (twice.class(), twice.code()),
        (ErrorClass::Conflict, "hold-lifted")
    );
    let state = || kept(world, OURS).state(late);
    assert_eq!(state(), RetentionState::Held, "the second one holds");
    lift(second.id, "Beantwortet.").unwrap();
    assert_eq!(state(), RetentionState::Due);
    let unknown = lift(HoldId(uuid::Uuid::from_u128(9)), "Warum nicht.");
    assert!(matches!(unknown, Err(ServiceError::Hidden)));
    let holds = world.service.holds(&world.auditor).unwrap();
    assert_eq!(holds.len(), 2);
    assert!(
        holds
            .iter()
            .all(|hold| hold.lifted.is_some() && hold.placed.by.login == "mia")
    );
    let actions = world.actions();
    for (action, times) in [(Action::HoldPlaced, 2), (Action::HoldLifted, 2)] {
        assert_eq!(actions.iter().filter(|done| **done == action).count(), times);
    }
    let verified = world
        .service
        .verify(&world.auditor, &VerifyRequest::default(), &Quiet)
        .unwrap();
    assert_eq!(verified.faults.told(), []);
    for statement in [
        "UPDATE retention_hold SET reason = 'x'",
        "DELETE FROM retention_hold_lift",
        "DELETE FROM retention_hold",
        "UPDATE retention_hold_lift SET reason = 'x'",
    ] {
        assert!(!world.database.takes(statement), "{statement}");
    }
    world
        .database
        .tamper("UPDATE retention_hold SET reason = 'Anders.' WHERE reason = 'Anfrage der Kommission.'");
    let verified = world
        .service
        .verify(&world.auditor, &VerifyRequest::default(), &Quiet)
        .unwrap();
    assert!(verified.faults.count() > 0, "a reason that was changed is found");
}

fn for_whom(world: &World) {
    let hold = world
        .service
        .place_hold(&world.manager, &no(), "Verfahren.")
        .unwrap();
    for caller in [&world.auditor, &world.lead, &world.coordinator] {
        let place = world.service.place_hold(caller, &no(), "Verfahren.");
        assert_eq!(place.unwrap_err().class(), ErrorClass::Forbidden);
        let lift = world.service.lift_hold(caller, hold.id, "Erledigt.");
        assert_eq!(lift.unwrap_err().class(), ErrorClass::Forbidden);
    }
    for caller in [&world.other_lead, &world.admin] {
        let place = world.service.place_hold(caller, &no(), "Verfahren.");
        assert_eq!(place.unwrap_err().class(), ErrorClass::NotFound);
        let lift = world.service.lift_hold(caller, hold.id, "Erledigt.");
        assert_eq!(lift.unwrap_err().class(), ErrorClass::NotFound);
    }
    for caller in [&world.lead, &world.coordinator, &world.admin] {
        let list = world.service.holds(caller);
        assert_eq!(list.unwrap_err().class(), ErrorClass::Forbidden);
        let kept = world.service.kept(caller, &world.round.code);
        assert_eq!(kept.unwrap_err().class(), ErrorClass::Forbidden);
    }
    for caller in [&world.auditor, &world.manager] {
        assert_eq!(world.service.holds(caller).unwrap().len(), 1);
    }
}
