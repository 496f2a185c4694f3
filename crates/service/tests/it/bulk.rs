//! Accepting many submissions in one step.

use nachweis_domain::{
    access::Reason,
    finding::Severity,
    key::SubprojectNo,
    record::{UploadId, UploadState, WarningComment},
};
use nachweis_service::{ErrorClass, ServiceError};
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
    service.endorse(&world.coordinator, id).unwrap();

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
