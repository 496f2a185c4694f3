//! Waivers: a lead who is blocked gets one from a second person and goes on; everything shows it.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    access::{Reason, Role, Scope},
    finding::Code,
    language::Language,
    past_moment::PastMoment,
    record::UploadState,
    waiver::WaiverState,
};
use nachweis_service::{KnownWaiver, ServiceError, UploadFilter, Verdict, WaiverRequest};

use crate::{
    Story,
    world::{World, day, moment, no, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    (
        "a_lead_who_is_blocked_gets_a_waiver_from_another_person_and_hands_in",
        blocked,
    ),
    (
        "what_cannot_be_waived_is_refused_with_the_reason_and_nobody_else_sees_a_waiver",
        refused,
    ),
    (
        "warnings_that_are_waived_ask_for_no_comment_and_are_accepted_in_passing",
        warned,
    ),
    (
        "waivers_are_listed_as_they_were_known_at_a_past_moment",
        known_then,
    ),
];

/// The moment at which the stories are told.
fn now() -> DateTime<Utc> {
    moment("2024-10-15T12:00:00Z")
}

fn request() -> WaiverRequest {
    WaiverRequest {
        code: Code::Fin04,
        first: quarter(),
        last: quarter(),
        reason: " Die Rechnung kam verspätet. ".to_owned(),
        until: now() + TimeDelta::days(30),
    }
}

/// A workbook with one voucher that was paid after the quarter.
fn late(world: &World) -> Verdict {
    let mut figures = world.figures(3);
    figures.vouchers.rows[0].paid_on = Some(day(2024, 10, 2));
    world.upload(&figures)
}

fn granted(world: &World, asked: &KnownWaiver) -> KnownWaiver {
    world
        .service
        .grant_waiver(&world.manager, asked.waiver.id, None, "Nachgewiesen.")
        .unwrap()
}

fn blocked(world: &World) {
    let service = &world.service;
    let first = late(world);
    assert_eq!(
        (first.upload.state, first.submittable),
        (UploadState::Blocked, false)
    );
    let id = first.upload.id;
    let error = service.submit(&world.lead, id, &[]).unwrap_err();
    assert!(
        matches!(
            error,
            ServiceError::State {
                found: UploadState::Blocked,
                ..
            }
        ),
        "{error:?}"
    );

    let asked = service.ask_waiver(&world.lead, &no(), &request()).unwrap();
    assert_eq!(
        (asked.state, asked.waiver.reason.as_str()),
        (WaiverState::Asked, "Die Rechnung kam verspätet.")
    );
    let waiver = asked.waiver.id;
    let by_lead = service
        .grant_waiver(&world.lead, waiver, None, "Ja.")
        .unwrap_err();
    assert!(
        matches!(by_lead, ServiceError::Forbidden(Reason::Role)),
        "{by_lead:?}"
    );
    assert_eq!(granted(world, &asked).state, WaiverState::InForce);

    let again = late(world);
    assert_eq!(
        (again.upload.id, again.same_as_before),
        (id, true),
        "the first receipt"
    );
    assert_eq!(
        (again.upload.state, again.upload.blocking, again.submittable),
        (UploadState::Blocked, 1, true)
    );
    let marks: Vec<_> = again.findings.iter().filter_map(|rated| rated.waiver).collect();
    assert_eq!(marks.iter().map(|mark| mark.id).collect::<Vec<_>>(), [waiver]);
    let marked = service.marked(&world.lead, id, Language::De).unwrap();
    assert!(!marked.is_empty());
    assert_eq!(waived(world), (1, 0, true));

    let submitted = service.submit(&world.lead, id, &[]).unwrap();
    assert_eq!(submitted.state, UploadState::Submitted);
    let ended = service
        .withdraw_waiver(&world.manager, waiver, "Die Frist ist vorbei.")
        .unwrap();
    assert_eq!(ended.state, WaiverState::Withdrawn);
    assert_eq!(waived(world), (1, 0, true), "handed in under it");
    world.accept(id);
    let kept = service.upload(&world.manager, id).unwrap();
    assert_eq!(
        kept.upload.state,
        UploadState::Accepted,
        "what was handed in under the waiver stays"
    );
    assert_eq!(
        kept.findings
            .iter()
            .filter(|rated| rated.waiver.is_some())
            .count(),
        1
    );
}

fn refused(world: &World) {
    let service = &world.service;
    let ask = |change: &dyn Fn(&mut WaiverRequest)| {
        let mut request = request();
        change(&mut request);
        service.ask_waiver(&world.lead, &no(), &request).unwrap_err()
    };
    for (error, code) in [
        (ask(&|request| request.code = Code::Tpl02), "unwaivable"),
        (ask(&|request| request.code = Code::Fin01), "unwaivable"),
        (ask(&|request| request.code = Code::Tpl13), "unwaivable"),
        (
            ask(&|request| request.first = "2020-Q1".parse().unwrap()),
            "waiver-quarters",
        ),
        (
            ask(&|request| request.last = "2024-Q2".parse().unwrap()),
            "waiver-quarters",
        ),
        (ask(&|request| request.until = now()), "waiver-end"),
        (
            ask(&|request| request.until = now() + TimeDelta::days(2_000)),
            "waiver-end",
        ),
        (
            ask(&|request| request.reason = String::from(" ")),
            "reason-missing",
        ),
        (
            ask(&|request| request.reason = "x".repeat(3_000)),
            "reason-too-long",
        ),
    ] {
        assert_eq!(error.code(), code, "{error:?}");
    }
    let by_manager = service.ask_waiver(&world.manager, &no(), &request()).unwrap();
    let own = service
        .refuse_waiver(&world.manager, by_manager.waiver.id, "Nein.")
        .unwrap_err();
    assert!(
        matches!(own, ServiceError::Forbidden(Reason::OwnSubmission)),
        "{own:?}"
    );
    let id = by_manager.waiver.id;
    assert!(matches!(
        service.waiver(&world.other_lead, id),
        Err(ServiceError::Hidden)
    ));
    assert!(matches!(
        service.waivers_of(&world.other_lead, &no(), None),
        Err(ServiceError::Hidden)
    ));
    assert_eq!(
        service
            .waivers_of_round(&world.other_lead, &world.round.code, None)
            .unwrap(),
        []
    );
    assert_eq!(
        service
            .waivers_of_round(&world.lead, &world.round.code, None)
            .unwrap()
            .len(),
        1
    );
    let second = world.account("second", Role::Manager, Scope::All);
    let longer = service
        .grant_waiver(&second, id, Some(now() + TimeDelta::days(31)), "Ja.")
        .unwrap_err();
    assert_eq!(longer.code(), "waiver-longer-than-asked");
    assert_eq!(
        service.refuse_waiver(&second, id, "Nein.").unwrap().state,
        WaiverState::Refused
    );
    let settled = service.grant_waiver(&second, id, None, "Doch.").unwrap_err();
    assert_eq!(settled.code(), "waiver-settled");
    assert!(
        late(world).findings.iter().all(|rated| rated.waiver.is_none()),
        "a refused waiver counts for nothing"
    );
}

fn warned(world: &World) {
    let service = &world.service;
    // The plan is changed after the workbook was issued: a warning.
    let workbook = world.filled(&world.figures(3));
    world.change_plan();
    let receive = |bytes| {
        service
            .receive_upload(&world.lead, &no(), quarter(), "Q3.xlsx", bytes)
            .unwrap()
    };
    let verdict = receive(workbook);
    assert_eq!(
        (verdict.upload.blocking, verdict.upload.warnings),
        (0, 1),
        "{:?}",
        verdict.findings
    );
    let code = verdict
        .findings
        .iter()
        .find(|rated| rated.severity.as_str() == "warning")
        .unwrap()
        .finding
        .code();
    let id = verdict.upload.id;
    assert_eq!(
        service.submit(&world.lead, id, &[]).unwrap_err().code(),
        "comment-missing"
    );
    let request = WaiverRequest { code, ..request() };
    let asked = service.ask_waiver(&world.coordinator, &no(), &request).unwrap();
    assert_eq!(waived(world), (0, 0, false));
    granted(world, &asked);
    assert_eq!(waived(world), (0, 1, true), "as soon as the waiver is in force");
    service.submit(&world.lead, id, &[]).unwrap();
    service.endorse(&world.coordinator, id).unwrap();
    assert_eq!(waived(world), (0, 1, true));
    let accepted = service.accept_many(&world.manager, &[id]).unwrap();
    assert_eq!(accepted[0].state, UploadState::Accepted);
}

/// Waived blocking findings and waived warnings of the only upload, and whether it is clean, as lists say it.
fn waived(world: &World) -> (u32, u32, bool) {
    let code = &world.round.code;
    let listed = world
        .service
        .uploads_of_round(&world.lead, code, &UploadFilter::default());
    let [one] = &listed.unwrap()[..] else {
        panic!("one upload");
    };
    (one.waived_blocking, one.waived_warnings, one.is_clean())
}

fn known_then(world: &World) {
    let service = &world.service;
    let last = || world.store.last_moment().unwrap().unwrap();
    let mut then = vec![(last(), None)];
    let asked = service.ask_waiver(&world.lead, &no(), &request()).unwrap();
    then.push((last(), Some(WaiverState::Asked)));
    granted(world, &asked);
    then.push((last(), Some(WaiverState::InForce)));
    service
        .withdraw_waiver(&world.manager, asked.waiver.id, "Erledigt.")
        .unwrap();
    then.push((last(), Some(WaiverState::Withdrawn)));
    for (at, state) in then {
        let until = Some(PastMoment::from(at));
        let of_subproject = service.waivers_of(&world.lead, &no(), until).unwrap();
        let of_round = service.waivers_of_round(&world.auditor, &world.round.code, until);
        assert_eq!(of_round.unwrap(), of_subproject, "as of {at}");
        let states: Vec<WaiverState> = of_subproject.iter().map(|known| known.state).collect();
        assert_eq!(states, Vec::from_iter(state), "as of {at}");
    }
    let to_come = Some(PastMoment::from(now() + TimeDelta::days(1)));
    let error = service.waivers_of(&world.lead, &no(), to_come).unwrap_err();
    assert_eq!(error.code(), "as-of-future");
}
