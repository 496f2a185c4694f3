//! Who sees what: foreign things do not exist, visible ones may be forbidden.

use nachweis_domain::{
    access::{Caller, Reason},
    language::Language,
    record::UploadId,
};
use nachweis_service::ServiceError;
use uuid::Uuid;

use crate::{
    Story,
    workbook::total,
    world::{OURS, World, amount, no, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    ("a_foreign_lead_sees_neither_subproject_nor_upload", foreign),
    ("a_foreign_upload_is_answered_like_one_that_never_was", alike),
    (
        "what_a_role_does_not_do_is_forbidden_on_visible_things",
        forbidden,
    ),
    ("lists_leave_out_what_is_hidden", lists),
    ("a_lead_sees_the_own_figures_only_in_reports", own_figures),
];

fn foreign(world: &World) {
    let upload = world.upload(&world.figures(2)).upload;
    let (service, other, no, quarter) = (&world.service, &world.other_lead, no(), quarter());
    let errors = [
        service.subproject(other, &no).err(),
        service.issue_template(other, &no, quarter, Language::De).err(),
        service
            .receive_upload(other, &no, quarter, "x.xlsx", Vec::new())
            .err(),
        service.upload(other, upload.id).err(),
        service.original(other, upload.id).err(),
        service.marked(other, upload.id, Language::De).err(),
        service.changes(other, upload.id).err(),
        service.submit(other, upload.id, &[]).err(),
        service.accept(other, upload.id).err(),
        service.return_to_lead(other, upload.id, "Nein.").err(),
    ];
    for error in errors {
        assert!(matches!(error, Some(ServiceError::Hidden)), "{error:?}");
    }
}

fn alike(world: &World) {
    let upload = world.upload(&world.figures(2)).upload;
    let never = UploadId(Uuid::from_u128(42));
    let foreign = world.service.upload(&world.other_lead, upload.id).unwrap_err();
    let missing = world.service.upload(&world.other_lead, never).unwrap_err();
    for language in Language::ALL {
        assert_eq!(foreign.text(language), missing.text(language));
    }
    assert_eq!(foreign.code(), missing.code());
}

fn forbidden(world: &World) {
    let upload = world.upload(&world.figures(2)).upload;
    let (service, no, quarter) = (&world.service, no(), quarter());
    let is_forbidden = |error: Option<ServiceError>| {
        assert!(
            matches!(error, Some(ServiceError::Forbidden(Reason::Role))),
            "{error:?}"
        );
    };
    is_forbidden(service.accept(&world.lead, upload.id).err());
    is_forbidden(service.submit(&world.manager, upload.id, &[]).err());
    is_forbidden(service.accept(&world.auditor, upload.id).err());
    is_forbidden(
        service
            .receive_upload(&world.manager, &no, quarter, "x", Vec::new())
            .err(),
    );
    is_forbidden(service.journal(&world.manager, 0, 10).err());
    is_forbidden(service.users(&world.manager).err());
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    is_forbidden(
        service
            .export_audit(&world.manager, &world.round.code, Language::De, &to)
            .err(),
    );
    assert!(!to.exists());
    assert!(service.users(&world.admin).is_ok());
    assert!(matches!(
        service.upload(&world.admin, upload.id),
        Err(ServiceError::Hidden)
    ));
}

fn lists(world: &World) {
    let numbers = |caller: &Caller| {
        let seen = world.service.subprojects(caller, None).unwrap();
        seen.into_iter()
            .map(|subproject| subproject.no.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(&world.lead), [OURS]);
    assert_eq!(numbers(&world.manager).len(), 2);
    assert!(numbers(&world.admin).is_empty());
    assert_eq!(world.service.rounds(&world.lead).unwrap().len(), 3);
    let view = world.service.subproject(&world.lead, &no()).unwrap();
    assert_eq!((view.plans.len(), view.uploads.len()), (1, 0));
}

fn own_figures(world: &World) {
    let upload = world.upload(&world.figures(3)).upload;
    world.service.submit(&world.lead, upload.id, &[]).unwrap();
    assert_eq!(amount(&world.burn(&world.lead), "reported"), total(3));
    assert!(amount(&world.burn(&world.other_lead), "reported").is_zero());
    let awarded = |caller: &Caller| amount(&world.burn(caller), "awarded").cents();
    assert_eq!(awarded(&world.lead) * 2, awarded(&world.manager));
}
