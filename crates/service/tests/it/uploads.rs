//! Uploading: findings at their cells, first receipts, marked copies.

use nachweis_domain::{
    finding::{Code, Severity},
    key::ItemKey,
    language::Language,
    money::Money,
    record::{Action, UploadState},
};
use nachweis_ingest::{Envelope, Reading, read_here};
use nachweis_service::{ErrorClass, Verdict, check};

use crate::{
    Story,
    world::{THEIRS, World, no, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    ("a_right_workbook_is_checked_and_kept_with_its_bytes", right),
    (
        "a_wrong_workbook_is_kept_and_answered_with_every_finding_at_its_cell",
        wrong,
    ),
    (
        "an_issued_template_is_taken_back_without_complaints_about_its_form",
        issued,
    ),
    ("the_same_bytes_twice_give_the_first_receipt", twice),
    (
        "another_subprojects_workbook_is_named_and_not_checked_further",
        stranger,
    ),
    ("a_workbook_sealed_by_another_server_is_blocked", foreign_seal),
    (
        "a_plan_changed_since_issuing_is_told_and_checked_against",
        plan_changed,
    ),
    ("two_uploads_at_the_same_time_are_two_revisions", at_the_same_time),
    ("a_quarter_outside_the_grant_is_refused_before_reading", outside),
    ("the_offline_check_finds_the_same_as_the_upload", offline),
    ("the_marked_copy_is_a_workbook_of_ours_again", marked),
    ("an_original_that_is_lost_is_told_as_damage", lost),
];

fn codes(verdict: &Verdict) -> Vec<Code> {
    verdict
        .findings
        .iter()
        .map(|rated| rated.finding.code())
        .collect()
}

fn right(world: &World) {
    let verdict = world.upload(&world.figures(3));
    assert_eq!(codes(&verdict), []);
    assert_eq!(
        (verdict.upload.state, verdict.upload.revision),
        (UploadState::Checked, 1)
    );
    assert!(!verdict.same_as_before);
    let (name, bytes) = world.service.original(&world.lead, verdict.upload.id).unwrap();
    assert_eq!(name, "Q3.xlsx");
    assert_eq!(bytes, world.filled(&world.figures(3)));
    let figures = world.store.figures_of(verdict.upload.id).unwrap();
    let staff = figures
        .expenditure
        .iter()
        .find(|figure| figure.item == ItemKey::new("staff_employees"));
    assert_eq!(staff.unwrap().amount.value, Money::from_euro(300));
}

fn wrong(world: &World) {
    let mut figures = world.figures(3);
    figures.vouchers.rows[1].amount = Some(Money::from_euro(90));
    let first = figures.vouchers.rows[0].number.clone();
    figures.vouchers.rows[2].number = first;
    let verdict = world.upload(&figures);
    assert_eq!(verdict.upload.state, UploadState::Blocked);
    let found = codes(&verdict);
    assert!(
        found.contains(&Code::Fin01) && found.contains(&Code::Fin06),
        "{found:?}"
    );
    for rated in &verdict.findings {
        assert_eq!(rated.severity, Severity::Blocking);
        assert!(rated.finding.at.is_some(), "{rated:?}");
    }
    let again = world.service.upload(&world.lead, verdict.upload.id).unwrap();
    assert_eq!(again, verdict);
}

fn issued(world: &World) {
    let workbook = world
        .service
        .issue_template(&world.lead, &no(), quarter(), Language::De)
        .unwrap();
    assert_eq!(world.actions().last(), Some(&Action::TemplateIssued));
    let verdict = world
        .service
        .receive_upload(&world.lead, &no(), quarter(), "leer.xlsx", workbook)
        .unwrap();
    let found = codes(&verdict);
    assert!(found.contains(&Code::Tpl21), "{found:?}");
    let form = |code: &Code| code.as_str().starts_with("TPL") && *code != Code::Tpl21 && *code != Code::Tpl22;
    assert!(!found.iter().any(form), "{found:?}");
}

fn twice(world: &World) {
    let first = world.upload(&world.figures(3));
    let events = world.actions().len();
    let second = world.upload(&world.figures(3));
    assert!(second.same_as_before);
    assert_eq!(second.upload, first.upload);
    assert_eq!(second.findings, first.findings);
    assert_eq!(world.actions().len(), events);
    let other = world.upload(&world.figures(4));
    assert_eq!(other.upload.revision, 2);
}

fn stranger(world: &World) {
    let theirs = world.filled_for(THEIRS, &world.figures(3));
    let verdict = world
        .service
        .receive_upload(&world.lead, &no(), quarter(), "Q3.xlsx", theirs)
        .unwrap();
    assert_eq!(codes(&verdict), [Code::Tpl02]);
    assert_eq!(verdict.upload.state, UploadState::Blocked);
    let late = world
        .service
        .receive_upload(
            &world.lead,
            &no(),
            quarter().next(),
            "Q3.xlsx",
            world.filled(&world.figures(3)),
        )
        .unwrap();
    assert_eq!(codes(&late), [Code::Tpl03]);
}

fn foreign_seal(world: &World) {
    let context = world.context(crate::world::OURS, quarter());
    let key = nachweis_ingest::SealKey::from_bytes([8; 32]);
    let bytes = crate::workbook::filled(&world.round, &context, &world.figures(3), &key);
    let verdict = world
        .service
        .receive_upload(&world.lead, &no(), quarter(), "Q3.xlsx", bytes)
        .unwrap();
    assert_eq!(codes(&verdict), [Code::Tpl16]);
    assert_eq!(verdict.upload.state, UploadState::Blocked);
}

fn plan_changed(world: &World) {
    let bytes = world.filled(&world.figures(3));
    world.change_plan();
    let verdict = world
        .service
        .receive_upload(&world.lead, &no(), quarter(), "Q3.xlsx", bytes)
        .unwrap();
    assert_eq!(codes(&verdict), [Code::Tpl20]);
    assert_eq!(verdict.findings[0].severity, Severity::Warning);
    assert_eq!(
        (verdict.upload.state, verdict.upload.plan_version),
        (UploadState::Checked, 2)
    );
}

fn at_the_same_time(world: &World) {
    let mut revisions: Vec<u32> = std::thread::scope(|scope| {
        let uploads: Vec<_> = (1..=4)
            .map(|vouchers| scope.spawn(move || world.upload(&world.figures(vouchers)).upload.revision))
            .collect();
        uploads.into_iter().map(|upload| upload.join().unwrap()).collect()
    });
    revisions.sort_unstable();
    assert_eq!(revisions, [1, 2, 3, 4]);
}

fn outside(world: &World) {
    let quarter = "2026-Q1".parse().unwrap();
    let bytes = world.filled(&world.figures(1));
    let error = world
        .service
        .receive_upload(&world.lead, &no(), quarter, "Q.xlsx", bytes)
        .unwrap_err();
    assert_eq!(error.code(), "quarter-outside-grant");
    assert!(
        error.text(Language::De).contains("01.01.2023"),
        "{}",
        error.text(Language::De)
    );
}

fn offline(world: &World) {
    let mut figures = world.figures(3);
    figures.vouchers.rows[1].amount = Some(Money::from_euro(90));
    let bytes = world.filled(&figures);
    let rounds = world.service.rounds(&world.lead).unwrap();
    let reader = nachweis_service::ConfinedReader::new(std::env::current_exe().unwrap(), rounds.clone());
    let outcome = check(&rounds, &reader, &bytes).unwrap();
    assert!(outcome.is_blocked());
    assert_eq!(outcome.findings, world.upload(&figures).findings);
    assert!(outcome.marked(&rounds, Language::En, None).unwrap().is_some());
}

fn marked(world: &World) {
    let mut figures = world.figures(3);
    figures.vouchers.rows[1].amount = Some(Money::from_euro(90));
    let verdict = world.upload(&figures);
    let copy = world
        .service
        .marked(&world.lead, verdict.upload.id, Language::De)
        .unwrap();
    let reading: Reading = read_here(&world.service.rounds(&world.lead).unwrap(), &copy).unwrap();
    let envelope: &Envelope = reading.envelope.as_ref().unwrap();
    assert_eq!(envelope.context.subproject.no, no());
    assert_eq!(reading.figures.vouchers.rows.len(), 3);
    let again = world
        .service
        .receive_upload(&world.lead, &no(), quarter(), "markiert.xlsx", copy)
        .unwrap();
    assert_eq!(codes(&again), codes(&verdict));
}

fn lost(world: &World) {
    let verdict = world.upload(&world.figures(3));
    let (id, sha256) = (verdict.upload.id, verdict.upload.sha256);
    world.database.tamper("DELETE FROM original");
    let folder = tempfile::TempDir::new().unwrap();
    let to = folder.path().join("dossier.zip");
    let service = &world.service;
    for error in [
        service.original(&world.lead, id).unwrap_err(),
        service.marked(&world.lead, id, Language::De).unwrap_err(),
        service
            .export_dossier(
                &world.auditor,
                &verdict.upload.subproject,
                None,
                Language::De,
                &to,
            )
            .unwrap_err(),
    ] {
        assert_eq!(
            (error.class(), error.code()),
            (ErrorClass::Internal, "record-damaged")
        );
        assert!(error.text(Language::En).contains(&sha256.to_string()), "{error}");
    }
    assert!(!to.exists());
}
