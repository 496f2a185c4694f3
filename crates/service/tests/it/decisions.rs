//! Submitting, accepting, returning: who may, when, and what it does to the figures.

use nachweis_domain::{
    access::Caller,
    access::Reason,
    finding::Severity,
    language::Language,
    life::Turn,
    money::Money,
    record::{UploadState, WarningComment},
};
use nachweis_service::{Changed, Comparison, Decided, ErrorClass, Quantity, Service, ServiceError, Verdict};

use crate::{
    Story, closed,
    workbook::{self, VOUCHER, total},
    world::{OURS, World, amount, no, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    ("an_accepted_upload_changes_burn_by_exactly_its_amount", accepted),
    ("a_blocked_upload_cannot_be_submitted", blocked),
    ("every_warning_needs_a_comment_and_the_comment_is_kept", warnings),
    (
        "a_returned_submission_tells_its_reason_and_a_new_revision_is_possible",
        returned,
    ),
    (
        "the_coordinator_of_the_network_endorses_before_the_manager_decides",
        endorsed,
    ),
    ("nobody_accepts_what_they_handed_in_or_endorsed", four_eyes),
    (
        "only_one_revision_is_open_and_a_newer_accepted_one_supersedes",
        superseded,
    ),
    (
        "the_change_preview_shows_what_differs_from_the_accepted_revision",
        preview,
    ),
    (
        "the_change_preview_shows_what_differs_from_the_revision_that_counts_for_the_quarter_before",
        preview_of_quarters,
    ),
    (
        "the_change_preview_names_the_voucher_with_another_payee_though_count_and_sum_are_the_same",
        preview_of_vouchers,
    ),
    ("many_decisions_happen_together_or_not_at_all", many),
];

fn submitted(world: &World, vouchers: u32) -> Verdict {
    let verdict = world.upload(&world.figures(vouchers));
    world.service.submit(&world.lead, verdict.upload.id, &[]).unwrap();
    verdict
}

fn accepted(world: &World) {
    let before = world.burn(&world.manager);
    let verdict = submitted(world, 3);
    let between = world.burn(&world.manager);
    assert_eq!(
        amount(&between, "reported") - amount(&before, "reported"),
        total(3)
    );
    assert_eq!(amount(&between, "accepted"), amount(&before, "accepted"));
    let upload = world.accept(verdict.upload.id);
    assert_eq!(upload.state, UploadState::Accepted);
    let after = world.burn(&world.manager);
    assert_eq!(amount(&after, "accepted") - amount(&before, "accepted"), total(3));
    assert_eq!(amount(&after, "reported"), amount(&between, "reported"));
    let error = world
        .service
        .accept(&world.manager, verdict.upload.id)
        .unwrap_err();
    assert_eq!(error.class(), ErrorClass::Conflict);
}

fn blocked(world: &World) {
    let mut figures = world.figures(3);
    figures.vouchers.rows[1].amount = Some(Money::from_euro(90));
    let verdict = world.upload(&figures);
    let error = world
        .service
        .submit(&world.lead, verdict.upload.id, &[])
        .unwrap_err();
    assert_eq!((error.code(), error.class()), ("state", ErrorClass::Conflict));
    assert!(error.text(Language::De).contains("blockierende Feststellungen"));
}

fn warnings(world: &World) {
    let mut figures = world.figures(3);
    // Own funds of 4.3 % instead of 5 %; federal money makes up for it.
    for (source, euro) in [("federal", 234), ("own_private", 18)] {
        let fund = figures
            .funds
            .iter_mut()
            .find(|fund| fund.source.as_str() == source)
            .unwrap();
        for cell in [&mut fund.called, &mut fund.received, &mut fund.spent] {
            cell.as_mut().unwrap().value = Money::from_euro(euro);
        }
    }
    let verdict = world.upload(&figures);
    let warned: Vec<u32> = (0_u32..)
        .zip(&verdict.findings)
        .filter(|(_, rated)| rated.severity == Severity::Warning)
        .map(|(position, _)| position)
        .collect();
    assert!(!warned.is_empty(), "{:?}", verdict.findings);
    let error = world
        .service
        .submit(&world.lead, verdict.upload.id, &[])
        .unwrap_err();
    assert_eq!(
        (error.code(), error.class()),
        ("comment-missing", ErrorClass::Invalid)
    );
    let comments: Vec<WarningComment> = warned
        .iter()
        .map(|finding| WarningComment {
            finding: *finding,
            comment: " Zahlung folgt im Oktober. ".to_owned(),
        })
        .collect();
    let upload = world
        .service
        .submit(&world.lead, verdict.upload.id, &comments)
        .unwrap();
    assert_eq!(upload.state, UploadState::Submitted);
    let kept = world.service.upload(&world.manager, verdict.upload.id).unwrap();
    let first = usize::try_from(warned[0]).unwrap();
    assert_eq!(
        kept.findings[first].comment.as_deref(),
        Some("Zahlung folgt im Oktober.")
    );
    assert_eq!(kept.submitted.unwrap().0, world.lead.user);
}

fn returned(world: &World) {
    let verdict = submitted(world, 3);
    let id = verdict.upload.id;
    let error = world
        .service
        .return_to_lead(&world.manager, id, "  ")
        .unwrap_err();
    assert_eq!(error.code(), "reason-missing");
    let upload = world
        .service
        .return_to_lead(&world.manager, id, "Beleg 2 fehlt.")
        .unwrap();
    assert_eq!(upload.state, UploadState::Returned);
    let seen = world.service.upload(&world.lead, id).unwrap();
    assert_eq!(seen.return_reason.as_deref(), Some("Beleg 2 fehlt."));
    assert_eq!(
        (seen.decided.map(|(user, _)| user), seen.turn),
        (Some(world.manager.user), Turn::Lead)
    );
    let error = world.service.submit(&world.lead, id, &[]).unwrap_err();
    assert!(
        matches!(
            error,
            ServiceError::State {
                found: UploadState::Returned,
                ..
            }
        ),
        "{error:?}"
    );
    let second = submitted(world, 4);
    assert_eq!(second.upload.revision, 2);
    let turn = |id| world.service.upload(&world.lead, id).unwrap().turn;
    assert_eq!(
        (turn(id), turn(second.upload.id)),
        (Turn::Nobody, Turn::Coordinator)
    );
}

fn endorsed(world: &World) {
    let id = submitted(world, 3).upload.id;
    let early = world.service.accept(&world.manager, id).unwrap_err();
    assert_eq!(
        (early.code(), early.class()),
        ("not-endorsed", ErrorClass::Conflict)
    );
    assert!(early.text(Language::De).contains("Koordination des Netzwerks"));
    for stranger in [&world.lead, &world.manager, &world.auditor] {
        let error = world.service.endorse(stranger, id).unwrap_err();
        assert!(
            matches!(error, ServiceError::Forbidden(Reason::Role)),
            "{error:?}"
        );
    }
    let upload = world.service.endorse(&world.coordinator, id).unwrap();
    assert_eq!(upload.state, UploadState::Endorsed);
    let reported = amount(&world.burn(&world.manager), "reported");
    assert_eq!(reported, total(3), "what is endorsed still counts as reported");
    let again = world.service.endorse(&world.coordinator, id).unwrap_err();
    assert_eq!(again.class(), ErrorClass::Conflict);
    let second = world.upload(&world.figures(5));
    let beside = world
        .service
        .submit(&world.lead, second.upload.id, &[])
        .unwrap_err();
    assert_eq!(beside.code(), "open-revision");
    let upload = world.service.accept(&world.manager, id).unwrap();
    assert_eq!(upload.state, UploadState::Accepted);
}

fn four_eyes(world: &World) {
    let mut both = world.manager.clone();
    both.grants.extend(world.lead.grants.clone());
    let bytes = world.filled(&world.figures(3));
    let verdict = world
        .service
        .receive_upload(&both, &no(), quarter(), "Q3.xlsx", bytes)
        .unwrap();
    let id = verdict.upload.id;
    world.service.submit(&world.lead, id, &[]).unwrap();
    for error in [
        world.service.accept(&both, id).unwrap_err(),
        world.service.return_to_lead(&both, id, "Nein.").unwrap_err(),
    ] {
        assert!(
            matches!(error, ServiceError::Forbidden(Reason::OwnSubmission)),
            "{error:?}"
        );
    }
    let endorser = {
        let mut both = world.coordinator.clone();
        both.grants.extend(world.manager.grants.clone());
        both
    };
    world.service.endorse(&endorser, id).unwrap();
    let error = world.service.accept(&endorser, id).unwrap_err();
    assert!(
        matches!(error, ServiceError::Forbidden(Reason::OwnSubmission)),
        "{error:?}"
    );
    let submitter = {
        let mut lead = world.lead.clone();
        lead.grants.extend(world.manager.grants.clone());
        lead
    };
    let error = world.service.accept(&submitter, id).unwrap_err();
    assert!(
        matches!(error, ServiceError::Forbidden(Reason::OwnSubmission)),
        "{error:?}"
    );
    assert!(matches!(
        world.service.accept(&world.lead, id).unwrap_err(),
        ServiceError::Forbidden(Reason::Role)
    ));
}

fn superseded(world: &World) {
    let first = submitted(world, 3);
    let second = world.upload(&world.figures(5));
    let error = world
        .service
        .submit(&world.lead, second.upload.id, &[])
        .unwrap_err();
    assert_eq!(error.class(), ErrorClass::Conflict, "{error:?}");
    world.accept(first.upload.id);
    world.service.submit(&world.lead, second.upload.id, &[]).unwrap();
    world.accept(second.upload.id);
    let old = world.service.upload(&world.lead, first.upload.id).unwrap();
    assert_eq!(old.upload.state, UploadState::Superseded);
    assert_eq!(amount(&world.burn(&world.manager), "accepted"), total(5));
}

fn preview(world: &World) {
    let first = submitted(world, 3);
    world.accept(first.upload.id);
    let second = world.upload(&world.figures(5));
    let preview = world.service.changes(&world.lead, second.upload.id).unwrap();
    assert_eq!(preview.last_quarter, None);
    let accepted = preview.accepted.unwrap();
    assert_eq!((accepted.upload, accepted.revision), (first.upload.id, 1));
    let staff = accepted
        .changes
        .iter()
        .find(|change| change.item == "staff_employees")
        .unwrap();
    assert_eq!(
        staff.difference,
        Quantity::AmountCents(Money::from_cents(VOUCHER.cents() * 2))
    );
    let vouchers = accepted
        .changes
        .iter()
        .find(|change| change.what == Changed::Vouchers)
        .unwrap();
    assert_eq!(vouchers.difference, Quantity::Count(2));
}

fn preview_of_quarters(world: &World) {
    let before = quarter().previous();
    let of_before = |vouchers| workbook::figures(&world.round, before, vouchers);
    let counts = closed::accepted(world, before, &of_before(3));
    let undecided = closed::submitted(world, (&world.lead, OURS), before, &of_before(4));
    let id = world.upload(&world.figures(5)).upload.id;
    let last = || {
        world
            .service
            .changes(&world.lead, id)
            .unwrap()
            .last_quarter
            .unwrap()
    };
    let staff = |comparison: &Comparison| {
        let mut changes = comparison.changes.iter();
        changes
            .find(|change| change.item == "staff_employees")
            .unwrap()
            .difference
    };
    let euro = |vouchers: i64| Quantity::AmountCents(Money::from_cents(VOUCHER.cents() * vouchers));
    let found = last();
    assert_eq!(
        (found.upload, found.quarter, found.revision, staff(&found)),
        (counts, before, 1, euro(2)),
        "an undecided revision takes no place"
    );
    assert_eq!(found.vouchers, None, "another quarter has other vouchers");
    world.accept(undecided);
    let found = last();
    assert_eq!(
        (found.upload, found.revision, staff(&found)),
        (undecided, 2, euro(1))
    );
}

fn preview_of_vouchers(world: &World) {
    let first = submitted(world, 3);
    world.accept(first.upload.id);
    let mut figures = world.figures(3);
    figures.vouchers.rows[1].payee = Some("Neuer Träger".to_owned());
    let second = world.upload(&figures).upload.id;
    let preview = world.service.changes(&world.lead, second).unwrap();
    let accepted = preview.accepted.unwrap();
    assert_eq!(accepted.changes, []);
    let vouchers = accepted.vouchers.unwrap();
    let payees: Vec<_> = vouchers
        .listed
        .iter()
        .map(|change| [&change.before, &change.after].map(|one| one.as_ref()?.payee.as_deref()))
        .collect();
    assert_eq!(
        (vouchers.total, payees),
        (1, vec![[Some("Lohnkonto"), Some("Neuer Träger")]])
    );
}

fn many(world: &World) {
    let id = world.upload(&world.figures(3)).upload.id;
    let operator = Service::operator();
    let by = |manager: &Caller| {
        [
            (operator.clone(), id, Decided::Submit(Vec::new())),
            (manager.clone(), id, Decided::Accept),
        ]
    };
    // The same person would submit and accept: neither happens.
    let error = world.service.decide_many(&by(&operator)).unwrap_err();
    assert!(
        matches!(error, ServiceError::Forbidden(Reason::OwnSubmission)),
        "{error:?}"
    );
    assert_eq!(
        world.service.upload(&world.lead, id).unwrap().upload.state,
        UploadState::Checked
    );
    let [submit, accept] = by(&world.manager);
    let endorse = (world.coordinator.clone(), id, Decided::Endorse);
    world.service.decide_many(&[submit, endorse, accept]).unwrap();
    assert_eq!(
        world.service.upload(&world.lead, id).unwrap().upload.state,
        UploadState::Accepted
    );
}
