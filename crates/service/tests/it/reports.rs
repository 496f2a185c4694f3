//! Reports: made once for each state of the record, never older than it.

use std::sync::Arc;

use nachweis_domain::language::Language;
use nachweis_service::{GroupBy, Report, ReportName, ReportRequest, ServiceError};

use crate::{
    Story,
    world::{World, no, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    ("a_report_is_made_once_for_each_state_of_the_record", once),
    ("reading_and_signing_in_change_no_report", reading),
    ("an_upload_that_is_not_submitted_moves_no_figure", unsubmitted),
    ("every_report_is_made_in_each_of_its_groupings", every),
    ("an_unknown_grouping_names_the_known_ones", grouping),
];

fn burn(world: &World) -> Arc<Report> {
    world
        .service
        .report(
            &world.manager,
            &world.round.code,
            &request(ReportName::Burn, None),
        )
        .unwrap()
}

const fn request(name: ReportName, group_by: Option<GroupBy>) -> ReportRequest {
    ReportRequest {
        name,
        group_by,
        quarter: None,
        on: None,
    }
}

fn once(world: &World) {
    let first = burn(world);
    assert!(Arc::ptr_eq(&first, &burn(world)));
    // The clock stands still: a change at the same moment must show all the same.
    let upload = world.upload(&world.figures(2)).upload;
    world.service.submit(&world.lead, upload.id, &[]).unwrap();
    let second = burn(world);
    assert_ne!(first.tables, second.tables);
}

fn reading(world: &World) {
    let upload = world.upload(&world.figures(2)).upload;
    world.service.submit(&world.lead, upload.id, &[]).unwrap();
    let before = burn(world);
    world.hand.turn_to(crate::world::moment("2025-02-01T00:00:00Z"));
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    world
        .service
        .export_audit(&world.auditor, &world.round.code, Language::De, &to)
        .unwrap();
    world
        .service
        .issue_template(&world.lead, &no(), quarter(), Language::De)
        .unwrap();
    world
        .service
        .sign_in("lena", "not the password", None)
        .unwrap_err();
    let after = burn(world);
    assert!(Arc::ptr_eq(&before, &after));
    let since = after.as_of - crate::world::moment("2024-10-15T12:00:00Z");
    assert!((0..1_000).contains(&since.num_milliseconds()), "{}", after.as_of);
}

fn unsubmitted(world: &World) {
    let moments = || {
        [ReportName::Burn, ReportName::Completeness].map(|name| {
            let report = world
                .service
                .report(&world.manager, &world.round.code, &request(name, None));
            report.unwrap().as_of
        })
    };
    let upload = world.upload(&world.figures(2)).upload;
    world.service.submit(&world.lead, upload.id, &[]).unwrap();
    // Moments of the record grow with its entries, by a microsecond where the clock stands still.
    let [submitted, status] = moments();
    assert_eq!(submitted, status);
    let since = submitted - crate::world::moment("2024-10-15T12:00:00Z");
    assert!(
        (0..1_000).contains(&since.num_microseconds().unwrap()),
        "{submitted}"
    );
    let before = burn(world);
    let later = crate::world::moment("2024-11-20T09:00:00Z");
    world.hand.turn_to(later);
    world.upload(&world.figures(3));
    assert_eq!(moments(), [submitted, later]);
    assert!(Arc::ptr_eq(&before, &burn(world)));
}

fn every(world: &World) {
    for name in ReportName::ALL {
        for group_by in [None].into_iter().chain(GroupBy::ALL.iter().copied().map(Some)) {
            match world
                .service
                .report(&world.manager, &world.round.code, &request(*name, group_by))
            {
                Ok(report) => assert_eq!(report.name, name.as_str()),
                Err(ServiceError::Report(_)) if group_by.is_some() => {}
                Err(error) => panic!("{name} by {group_by:?}: {error:?}"),
            }
        }
    }
}

fn grouping(world: &World) {
    let odd = request(ReportName::Completeness, Some(GroupBy::PlanItem));
    let error = world
        .service
        .report(&world.manager, &world.round.code, &odd)
        .unwrap_err();
    assert_eq!(error.code(), "grouping");
    assert!(
        error.text(Language::En).contains("Please choose"),
        "{}",
        error.text(Language::En)
    );
}
