//! Corrections in both views, and what of a closed quarter is no longer as it was frozen.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    access::{Caller, Role, Scope},
    figures::QuarterlyFigures,
    finding::Severity,
    key::SubprojectNo,
    language::{Language, Text},
    life::Turn,
    money::Money,
    past_moment::PastMoment,
    quarter::Quarter,
    record::{Closing, ReopeningId, UploadId, UploadState, WarningComment},
};
use nachweis_ingest::SealKey;
use nachweis_service::{
    ErrorClass, GroupBy, Missing, ReportName, ReportRequest, Service, ServiceError, Table, UploadFilter,
    Value, View, render,
};

use crate::{
    Story,
    workbook::{self, total},
    world::{OURS, THEIRS, World, moment, no, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    (
        "a_correction_counts_in_its_workbook_s_quarter_or_in_the_one_it_corrects_with_the_same_sum",
        views,
    ),
    (
        "what_a_reopening_changed_stands_beside_what_was_frozen_with_reason_and_people",
        differences,
    ),
    (
        "a_quarter_in_which_nothing_happened_after_its_end_does_not_close_without_a_word_on_missing_reports",
        quiet,
    ),
    (
        "an_accepted_report_is_not_missing_because_its_lead_uploads_a_newer_draft",
        newer_drafts,
    ),
    (
        "what_was_frozen_is_listed_with_its_hashes_as_closing_answered",
        listed,
    ),
    ("a_quarter_is_over_when_its_last_day_is_in_berlin", over),
    ("a_reopening_ends_within_ninety_days", reopened_until),
    (
        "the_second_person_finds_the_reopening_that_waits_and_who_is_concerned_sees_what_became_of_it",
        found_by_the_second,
    ),
    (
        "differences_of_each_past_moment_come_out_as_they_were_issued",
        differences_again,
    ),
];

/// Closes a quarter as the manager.
fn close(world: &World, quarter: Quarter, missing: Missing) -> Result<Closing, ServiceError> {
    let closed = world
        .service
        .close_quarter(&world.manager, &world.round.code, quarter, missing);
    closed.map(|closed| closed.closing)
}

fn quiet(world: &World) {
    let running: Quarter = "2024-Q4".parse().unwrap();
    world.hand.turn_to(moment("2024-12-31T20:00:00Z"));
    accepted(world, running, &workbook::figures(&world.round, running, 3));
    world.hand.turn_to(moment("2025-02-01T12:00:00Z"));
    let refused = close(world, running, Missing::Refused).unwrap_err();
    assert_eq!(refused.code(), "reports-missing");
    let text = refused.text(Language::De);
    assert!(
        text.contains("ist ein erwarteter Bericht nicht angenommen: IQ23-NW-002."),
        "{text}"
    );
    assert_eq!(close(world, running, Missing::Acknowledged).unwrap().missing, 1);
}

fn newer_drafts(world: &World) {
    accepted(world, quarter(), &world.figures(3));
    let theirs = submitted(world, (&world.other_lead, THEIRS), quarter(), &world.figures(3));
    world.accept(theirs);
    let draft = world.upload(&world.figures(4)).upload;
    assert_eq!(draft.state, UploadState::Checked);
    world.upload(&world.figures(5));
    let submittable = || world.service.upload(&world.lead, draft.id).unwrap().submittable;
    assert!(submittable(), "also with a newer draft beside it");
    let mut wrong = world.figures(4);
    wrong.expenditure[0].amount.value += Money::from_euro(1);
    let bytes = world.filled_for(THEIRS, &wrong);
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
    assert_eq!(verdict.upload.state, UploadState::Blocked);
    let turns = || {
        let (service, all) = (&world.service, UploadFilter::default());
        let listed = service.uploads_of_round(&world.auditor, &world.round.code, &all);
        let turns = listed.unwrap().into_iter().map(|one| one.turn);
        turns.collect::<Vec<_>>()
    };
    let (nobody, lead, closed) = (Turn::Nobody, Turn::Lead, Turn::Closed);
    assert_eq!(turns(), [nobody, nobody, lead, nobody, lead]);
    assert_eq!(close(world, quarter(), Missing::Refused).unwrap().missing, 0);
    assert_eq!(turns(), [nobody, nobody, closed, nobody, closed]);
    assert!(!submittable());
}

fn over(world: &World) {
    let before: Quarter = "2022-Q4".parse().unwrap();
    world.hand.turn_to(moment("2024-09-30T21:59:59Z"));
    for quarter in [quarter(), before] {
        let refused = close(world, quarter, Missing::Acknowledged).unwrap_err();
        assert_eq!(
            (refused.code(), refused.class()),
            ("quarter-not-over", ErrorClass::Invalid)
        );
    }
    world.hand.turn_to(moment("2024-09-30T22:00:00Z"));
    assert_eq!(close(world, quarter(), Missing::Acknowledged).unwrap().missing, 2);
}

fn reopened_until(world: &World) {
    close(world, quarter(), Missing::Acknowledged).unwrap();
    let now = moment("2024-10-20T12:00:00Z");
    world.hand.turn_to(now);
    let ask = |until| {
        world
            .service
            .request_reopening(&world.manager, &no(), quarter(), "Ein Beleg fehlt.", until)
    };
    let longest = now + TimeDelta::days(90);
    for until in [now, longest + TimeDelta::microseconds(1)] {
        let refused = ask(until).unwrap_err();
        assert_eq!(
            (refused.code(), refused.class()),
            ("expiry-unfitting", ErrorClass::Invalid)
        );
    }
    assert_eq!(ask(longest).unwrap().record.expires_at, longest);
}

/// Hands in a quarter with a comment on each warning, and has it accepted.
pub(crate) fn accepted(world: &World, quarter: Quarter, figures: &QuarterlyFigures) -> UploadId {
    let id = submitted(world, (&world.lead, OURS), quarter, figures);
    world.accept(id);
    id
}

/// Hands in a quarter of a subproject with a comment on each warning.
pub(crate) fn submitted(
    world: &World,
    (lead, no): (&Caller, &str),
    quarter: Quarter,
    figures: &QuarterlyFigures,
) -> UploadId {
    let context = world.context(no, quarter);
    let bytes = workbook::filled(&world.round, &context, figures, &SealKey::from_bytes([7; 32]));
    let verdict = world
        .service
        .receive_upload(lead, &SubprojectNo::new(no), quarter, "Mappe.xlsx", bytes)
        .unwrap();
    assert_eq!(verdict.upload.blocking, 0, "{:?}", verdict.findings);
    let warnings = (0_u32..)
        .zip(&verdict.findings)
        .filter(|(_, rated)| rated.severity == Severity::Warning);
    let comments: Vec<WarningComment> = warnings
        .map(|(finding, _)| WarningComment {
            finding,
            comment: "Abgestimmt.".to_owned(),
        })
        .collect();
    let id = verdict.upload.id;
    world.service.submit(lead, id, &comments).unwrap();
    id
}

fn money(table: &Table, row: &str, column: &str) -> Money {
    let place = table.columns.iter().position(|each| each.key == column).unwrap();
    match table.row(row).expect(row)[place] {
        Value::Money(amount) => amount,
        ref other => panic!("{other:?}"),
    }
}

fn views(world: &World) {
    let before: Quarter = "2024-Q2".parse().unwrap();
    accepted(world, before, &workbook::figures(&world.round, before, 3));
    let mut figures = world.figures(3);
    figures.vouchers.rows[2].corrects = Some(before);
    accepted(world, quarter(), &figures);
    let request = |name, quarter| ReportRequest {
        name,
        group_by: (name == ReportName::Burn).then_some(GroupBy::Quarter),
        quarter,
        on: None,
    };
    let report = |request: &ReportRequest, view| {
        world
            .service
            .report_in_view(&world.manager, &world.round.code, request, None, view)
    };
    let correction = Money::from_euro(100);
    for (view, moved) in [
        (None, Money::ZERO),
        (Some(View::Reported), Money::ZERO),
        (Some(View::Corrected), correction),
    ] {
        let burn = report(&request(ReportName::Burn, None), view).unwrap();
        let table = &burn.tables[0];
        for column in ["reported", "accepted"] {
            assert_eq!(
                money(table, "2024-Q2", column),
                total(3) + moved,
                "{view:?} {column}"
            );
            assert_eq!(
                money(table, "2024-Q3", column),
                total(3) - moved,
                "{view:?} {column}"
            );
            assert_eq!(money(table, "total", column), total(6), "{view:?} {column}");
        }
        let words = if moved == Money::ZERO {
            "as reported"
        } else {
            "as corrected"
        };
        let named = |(name, value): &(Text, Text)| name.en == "Corrections" && value.en.starts_with(words);
        assert!(burn.parameters.iter().any(named), "{:?}", burn.parameters);
        let until = report(&request(ReportName::Burn, Some(before)), view).unwrap();
        assert_eq!(money(&until.tables[0], "total", "reported"), total(3) + moved);
    }
    let error = report(&request(ReportName::Funding, None), Some(View::Corrected)).unwrap_err();
    assert_eq!(
        (error.code(), error.class()),
        ("view-unfitting", ErrorClass::Invalid)
    );
}

fn differences(world: &World) {
    let service = &world.service;
    let found = || service.differences(&world.auditor, &world.round.code, quarter(), None);
    accepted(world, quarter(), &world.figures(3));
    assert_eq!(found().unwrap_err().code(), "quarter-not-closed");
    service
        .close_quarter(
            &world.manager,
            &world.round.code,
            quarter(),
            Missing::Acknowledged,
        )
        .unwrap();
    let unchanged = found().unwrap();
    assert!(unchanged.tables.iter().all(|table| table.rows.is_empty()));

    let now = moment("2024-10-20T12:00:00Z");
    world.hand.turn_to(now);
    let second = world.account("max", Role::Manager, Scope::All);
    let asked = service
        .request_reopening(
            &world.manager,
            &no(),
            quarter(),
            "Zwei Belege fehlten.",
            now + TimeDelta::days(10),
        )
        .unwrap();
    service.confirm_reopening(&second, asked.record.id).unwrap();
    accepted(world, quarter(), &world.figures(5));

    let report = found().unwrap();
    let reopening = &report.tables[0].rows[0];
    for text in [OURS, "Zwei Belege fehlten.", "mia", "max"] {
        assert!(reopening.contains(&Value::text(text)), "{text}: {reopening:?}");
    }
    let expenditure = &report.tables[1];
    for (row, frozen, later) in [
        ("IQ23-NW-001/staff_employees", 300, 500),
        ("IQ23-NW-001/remaining_costs", 120, 200),
        ("total", 420, 700),
    ] {
        let euro = Money::from_euro;
        assert_eq!(money(expenditure, row, "frozen"), euro(frozen));
        assert_eq!(money(expenditure, row, "now"), euro(later));
        assert_eq!(money(expenditure, row, "difference"), euro(later - frozen));
    }
    assert_eq!(expenditure.rows.len(), 2);
    assert_eq!(
        report.tables[2].rows.len(),
        9,
        "three sources: called, received, spent"
    );
    for language in Language::ALL {
        assert!(!render::csv(&report, language).is_empty());
        assert!(render::xlsx(&report, language).unwrap().starts_with(b"PK"));
    }
    let error = service
        .differences(&world.lead, &world.round.code, quarter(), None)
        .unwrap_err();
    assert_eq!(error.class(), ErrorClass::Forbidden);
}

fn found_by_the_second(world: &World) {
    let service = &world.service;
    close(world, quarter(), Missing::Acknowledged).unwrap();
    let now = moment("2024-10-20T12:00:00Z");
    world.hand.turn_to(now);
    let until = now + TimeDelta::days(10);
    let ask = |no: &str| {
        service
            .request_reopening(
                &world.manager,
                &SubprojectNo::new(no),
                quarter(),
                "Ein Beleg fehlt.",
                until,
            )
            .unwrap()
            .record
            .id
    };
    let (ours, theirs) = (ask(OURS), ask(THEIRS));
    let seen = |caller: &Caller| -> Vec<(ReopeningId, &'static str)> {
        let found = service.reopenings(caller, &world.round.code).unwrap().into_iter();
        found
            .map(|known| (known.record.id, known.state.as_str()))
            .collect()
    };
    let second = world.account("max", Role::Manager, Scope::All);
    let both = [(ours, "requested"), (theirs, "requested")];
    for caller in [&second, &world.auditor, &world.coordinator] {
        assert_eq!(seen(caller), both);
    }
    assert_eq!(seen(&world.lead), both[..1]);
    assert!(seen(&world.admin).is_empty());
    service.confirm_reopening(&second, ours).unwrap();
    let early = |caller| service.withdraw_reopening(caller, ours, "Hat sich erledigt.");
    assert_eq!(early(&world.lead).unwrap_err().class(), ErrorClass::Forbidden);
    assert_eq!(
        early(&world.other_lead).unwrap_err().class(),
        ErrorClass::NotFound
    );
    world.hand.turn_to(now + TimeDelta::days(1));
    early(&world.manager).unwrap();
    assert_eq!(seen(&world.lead), [(ours, "withdrawn")]);
    let late = service.receive_upload(
        &world.lead,
        &no(),
        quarter(),
        "Q3.xlsx",
        world.filled(&world.figures(3)),
    );
    assert_eq!(late.unwrap_err().code(), "reopening-expired");
    world.hand.turn_to(until);
    assert_eq!(seen(&world.other_lead), [(theirs, "expired")]);
    let report = service
        .differences(&world.auditor, &world.round.code, quarter(), None)
        .unwrap();
    let rows = &report.tables[0].rows;
    for text in [&ours.to_string(), "Hat sich erledigt."] {
        assert!(rows[0].contains(&Value::text(text)), "{text}: {rows:?}");
    }
    assert!(rows[1].contains(&Value::text(theirs.to_string())), "{rows:?}");
}

fn listed(world: &World) {
    let service = &world.service;
    let code = &world.round.code;
    let answered = service
        .close_quarter(&world.manager, code, quarter(), Missing::Acknowledged)
        .unwrap();
    // Five reports, each as workbook and CSV in two languages and as JSON with both.
    assert_eq!(answered.reports.len(), ReportName::ALL.len() * 5);
    assert_eq!(service.closed_quarters(&world.auditor, code).unwrap(), [answered]);
    let refused = service.closed_quarters(&world.lead, code).unwrap_err();
    assert_eq!(refused.class(), ErrorClass::Forbidden);
}

fn differences_again(world: &World) {
    let service = &world.service;
    let of = |service: &Service, until: Option<DateTime<Utc>>| {
        let until = until.map(PastMoment::from);
        service.differences(&world.auditor, &world.round.code, quarter(), until)
    };
    let last = || world.store.last_moment().unwrap().unwrap();
    accepted(world, quarter(), &world.figures(3));
    let open = last();
    let second = world.account("max", Role::Manager, Scope::All);
    let round = &world.round.code;
    let mut kept = Vec::new();
    let mut keep = || kept.push((last(), of(service, None).unwrap()));
    service
        .close_quarter(&world.manager, round, quarter(), Missing::Acknowledged)
        .unwrap();
    keep();
    let now = moment("2024-10-20T12:00:00Z");
    world.hand.turn_to(now);
    let (reason, until) = ("Zwei Belege fehlten.", now + TimeDelta::days(10));
    let asked = service
        .request_reopening(&world.manager, &no(), quarter(), reason, until)
        .unwrap();
    keep();
    world.hand.turn_to(now + TimeDelta::days(1));
    service.confirm_reopening(&second, asked.record.id).unwrap();
    keep();
    let id = submitted(world, (&world.lead, OURS), quarter(), &world.figures(5));
    keep();
    world.accept(id);
    keep();

    let later = world.started_anew(moment("2027-01-01T00:00:00Z"));
    assert_eq!(
        of(&later, Some(open)).unwrap_err().code(),
        "quarter-not-closed",
        "it was not closed by then"
    );
    for (step, (at, report)) in kept.iter().enumerate() {
        for until in [*at, report.as_of] {
            assert_eq!(of(&later, Some(until)).unwrap(), *report, "{step} as of {until}");
        }
        let before = of(&later, Some(report.as_of - TimeDelta::microseconds(1)));
        assert_ne!(before.ok().as_ref(), Some(report), "{step}");
    }
    let marks: Vec<_> = kept.iter().map(|(_, report)| &report.head).collect();
    assert!(marks.windows(2).all(|pair| pair[0] != pair[1]), "{marks:?}");
}
