//! Accepting many submissions in one step.

use nachweis_domain::{
    access::{Caller, Reason},
    finding::Severity,
    key::SubprojectNo,
    life::Turn,
    record::{UploadId, UploadState, WarningComment},
};
use nachweis_service::{CleanStep, ErrorClass, ServiceError, UploadFilter};
use uuid::Uuid;

use crate::{
    Story,
    world::{THEIRS, World, no, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    (
        "many_clean_submissions_are_accepted_in_one_step_or_none_with_the_reason_for_each",
        many,
    ),
    (
        "a_submission_with_a_warning_is_accepted_by_itself_only",
        with_a_warning,
    ),
];

fn theirs(world: &World) -> UploadId {
    let bytes = world.filled_for(THEIRS, &world.figures(2));
    let verdict = world
        .service
        .receive_upload(
            &world.other_lead,
            &SubprojectNo::new(THEIRS),
            quarter(),
            "Q3.xlsx",
            bytes,
        )
        .unwrap();
    let id = verdict.upload.id;
    world.service.submit(&world.other_lead, id, &[]).unwrap();
    id
}

fn many(world: &World) {
    let service = &world.service;
    let ours = world.upload(&world.figures(3)).upload.id;
    service.submit(&world.lead, ours, &[]).unwrap();
    service.endorse(&world.coordinator, ours).unwrap();
    let theirs = theirs(world);
    let missing = UploadId(Uuid::from_u128(7));
    waiting(world, ours, theirs);

    let error = service
        .accept_many(&world.manager, &[theirs, ours, missing, ours])
        .unwrap_err();
    assert_eq!((error.code(), error.class()), ("prevented", ErrorClass::Conflict));
    let ServiceError::Prevented(prevented) = error else {
        panic!("{error:?}");
    };
    let named: Vec<_> = prevented.iter().map(|(id, error)| (*id, error.code())).collect();
    assert_eq!(named, [(theirs, "not-endorsed"), (missing, "not-found")]);
    let state = |id| service.upload(&world.manager, id).unwrap().upload.state;
    assert_eq!(state(ours), UploadState::Endorsed, "none is accepted");

    let error = service.accept_many(&world.lead, &[ours, theirs]).unwrap_err();
    assert!(
        matches!(error, ServiceError::Forbidden(Reason::Role)),
        "who may accept none of them is told so: {error:?}"
    );
    let error = service.accept_many(&world.manager, &[]).unwrap_err();
    assert_eq!(error.code(), "submissions-number");

    service.endorse(&world.coordinator, theirs).unwrap();
    let accepted = service.accept_many(&world.manager, &[theirs, ours]).unwrap();
    let ids: Vec<UploadId> = accepted.iter().map(|upload| upload.id).collect();
    assert_eq!(ids, [theirs, ours]);
    assert_eq!(
        (state(ours), state(theirs)),
        (UploadState::Accepted, UploadState::Accepted)
    );
    let newest = service.newest_upload(&world.manager, &no(), quarter()).unwrap();
    assert_eq!(newest.id, ours);

    let error = service.accept_many(&world.manager, &[ours]).unwrap_err();
    let ServiceError::Prevented(prevented) = error else {
        panic!("{error:?}");
    };
    assert_eq!(prevented[0].1.code(), "state");
}

/// Of two clean submissions ours is endorsed and theirs is not.
fn waiting(world: &World, ours: UploadId, theirs: UploadId) {
    let found = |caller: &Caller, step| clean(world, caller, step).unwrap();
    assert_eq!(
        found(&world.manager, CleanStep::Accept),
        (vec![ours], vec![(theirs, "not-endorsed")])
    );
    assert_eq!(
        found(&world.coordinator, CleanStep::Endorse),
        (vec![theirs], Vec::new())
    );
    let both = Caller {
        user: world.lead.user,
        ..world.manager.clone()
    };
    let (ready, left_out) = found(&both, CleanStep::Accept);
    assert_eq!(
        (ready, left_out),
        (
            Vec::new(),
            vec![(ours, "own-submission"), (theirs, "not-endorsed")]
        )
    );
    for caller in [&world.lead, &world.coordinator, &world.auditor, &world.admin] {
        let error = clean(world, caller, CleanStep::Accept).unwrap_err();
        assert!(
            matches!(error, ServiceError::Forbidden(Reason::Role)),
            "{error:?}"
        );
    }

    let turn = |turn| UploadFilter {
        turn: Some(turn),
        clean: Some(true),
        ..UploadFilter::default()
    };
    assert_eq!(listed(world, &world.manager, &turn(Turn::Manager)), [ours]);
    assert_eq!(listed(world, &world.manager, &turn(Turn::Coordinator)), [theirs]);
    let all = UploadFilter::default();
    for (caller, seen) in [
        (&world.auditor, vec![ours, theirs]),
        (&world.lead, vec![ours]),
        (&world.other_lead, vec![theirs]),
        (&world.admin, Vec::new()),
    ] {
        assert_eq!(listed(world, caller, &all), seen);
    }
    let mistyped = "2032-Q4".parse().unwrap();
    let error = world
        .service
        .clean_submissions(&world.manager, &world.round.code, mistyped, CleanStep::Accept)
        .unwrap_err();
    assert_eq!(error.code(), "quarter-outside-round");
}

/// An upload that is left out, with the code of why.
type LeftOut = (UploadId, &'static str);

/// The ids of the clean submissions that wait for a caller's decision, and of those that are left out with the code of why.
fn clean(
    world: &World,
    caller: &Caller,
    step: CleanStep,
) -> Result<(Vec<UploadId>, Vec<LeftOut>), ServiceError> {
    let found = world
        .service
        .clean_submissions(caller, &world.round.code, quarter(), step)?;
    assert_eq!(found.beyond, 0);
    let ready = found.ready.iter().map(|listed| listed.upload.id);
    let left_out = found.left_out.iter();
    let left_out = left_out.map(|(listed, error)| (listed.upload.id, error.code()));
    Ok((ready.collect(), left_out.collect()))
}

/// The ids of the uploads that fit, as a caller sees them.
fn listed(world: &World, caller: &Caller, filter: &UploadFilter) -> Vec<UploadId> {
    let listed = world
        .service
        .uploads_of_round(caller, &world.round.code, filter)
        .unwrap();
    listed.iter().map(|listed| listed.upload.id).collect()
}

fn with_a_warning(world: &World) {
    let service = &world.service;
    let clean = theirs(world);
    service.endorse(&world.coordinator, clean).unwrap();
    // The plan is changed after the workbook was issued: a warning.
    let workbook = world.filled(&world.figures(3));
    world.change_plan();
    let verdict = service
        .receive_upload(&world.lead, &no(), quarter(), "Q3.xlsx", workbook)
        .unwrap();
    let id = verdict.upload.id;
    assert_eq!((verdict.upload.blocking, verdict.upload.warnings), (0, 1));
    let warning = (0_u32..)
        .zip(&verdict.findings)
        .find(|(_, rated)| rated.severity == Severity::Warning);
    let comment = WarningComment {
        finding: warning.unwrap().0,
        comment: "Die Mappe kam vor dem Bescheid.".to_owned(),
    };
    service.submit(&world.lead, id, &[comment]).unwrap();
    assert_eq!(
        self::clean(world, &world.coordinator, CleanStep::Endorse).unwrap(),
        (Vec::new(), vec![(id, "with-warnings")])
    );
    service.endorse(&world.coordinator, id).unwrap();
    assert_eq!(
        self::clean(world, &world.manager, CleanStep::Accept).unwrap(),
        (vec![clean], vec![(id, "with-warnings")])
    );
    let unclean = UploadFilter {
        quarter: Some(quarter()),
        state: Some(UploadState::Endorsed),
        clean: Some(false),
        turn: None,
    };
    assert_eq!(listed(world, &world.manager, &unclean), [id]);

    let error = service.accept_many(&world.manager, &[clean, id]).unwrap_err();
    let ServiceError::Prevented(prevented) = error else {
        panic!("{error:?}");
    };
    let named: Vec<_> = prevented.iter().map(|(id, error)| (*id, error.code())).collect();
    assert_eq!(named, [(id, "with-warnings")]);
    let state = |id| service.upload(&world.manager, id).unwrap().upload.state;
    assert_eq!(
        (state(clean), state(id)),
        (UploadState::Endorsed, UploadState::Endorsed),
        "none is accepted"
    );
    assert_eq!(
        service.accept(&world.manager, id).unwrap().state,
        UploadState::Accepted
    );
}
