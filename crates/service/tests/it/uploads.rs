//! Uploading: findings at their cells, first receipts, and what is not kept.

use nachweis_domain::{
    finding::{Code, Severity},
    key::{ItemKey, RoundCode},
    language::{Language, Text},
    money::Money,
    record::{Action, UploadState},
};
use nachweis_ingest::{Envelope, Reading, read_here};
use nachweis_service::{
    Column, ColumnKind, ErrorClass, Report, ServiceError, Table, Value, Verdict, check, render,
};

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
    (
        "a_workbook_that_is_none_of_ours_is_kept_and_has_nothing_to_mark",
        none_of_ours,
    ),
    ("two_uploads_at_the_same_time_are_two_revisions", at_the_same_time),
    ("a_hostile_file_leaves_only_the_note_of_its_refusal", hostile),
    ("a_workbook_with_data_about_persons_leaves_no_text", personal),
    ("a_quarter_outside_the_grant_is_refused_before_reading", outside),
    ("the_offline_check_finds_the_same_as_the_upload", offline),
    ("the_marked_copy_is_a_workbook_of_ours_again", marked),
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

fn none_of_ours(world: &World) {
    let bytes = list(["Farbe", "Größe", "Preis"], ["rot", "groß", "5,00"]);
    let verdict = world
        .service
        .receive_upload(&world.lead, &no(), quarter(), "Liste.xlsx", bytes)
        .unwrap();
    assert!(codes(&verdict).contains(&Code::Tpl01), "{:?}", verdict.findings);
    assert_eq!(verdict.upload.state, UploadState::Blocked);
    let error = world
        .service
        .marked(&world.lead, verdict.upload.id, Language::De)
        .unwrap_err();
    assert_eq!(error.code(), "nothing-to-mark");
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

fn hostile(world: &World) {
    let zip_of_nothing = b"PK\x03\x04 but no archive".to_vec();
    for (bytes, class) in [
        (b"no workbook at all".to_vec(), ErrorClass::Unsupported),
        (zip_of_nothing, ErrorClass::Malformed),
    ] {
        let events = world.actions().len();
        let error = world
            .service
            .receive_upload(&world.lead, &no(), quarter(), "böse.xlsx", bytes.clone())
            .unwrap_err();
        assert_eq!(error.class(), class, "{error}");
        assert!(matches!(error, ServiceError::Refused(_)));
        assert_eq!(world.actions().len(), events + 1);
        assert_eq!(world.actions().last(), Some(&Action::UploadRefused));
        let entry = world.store.journal(0, 10_000).unwrap().pop().unwrap();
        assert!(
            entry.detail.contains(error.code()) && !entry.detail.contains("böse"),
            "{}",
            entry.detail
        );
        let hash = nachweis_store::Original::new(bytes).sha256();
        assert_eq!(world.store.original(&hash).unwrap(), None);
    }
    assert_eq!(world.store.uploads_of(&no(), quarter()).unwrap(), []);
}

fn personal(world: &World) {
    let bytes = list_of_persons();
    let error = world
        .service
        .receive_upload(&world.lead, &no(), quarter(), "Liste.xlsx", bytes.clone())
        .unwrap_err();
    let ServiceError::PersonalData { findings } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(error.code(), "TPL-15");
    assert!(!findings.is_empty());
    for language in Language::ALL {
        assert!(
            !error.text(language).contains("Mustermann"),
            "{}",
            error.text(language)
        );
    }
    assert_eq!(world.store.uploads_of(&no(), quarter()).unwrap(), []);
    assert_eq!(
        world
            .store
            .original(&nachweis_store::Original::new(bytes).sha256())
            .unwrap(),
        None
    );
    let journal = format!("{:?}", world.store.journal(0, 10_000).unwrap());
    assert!(!journal.contains("Mustermann") && journal.contains("TPL-15"));
}

/// A workbook that lists persons.
fn list_of_persons() -> Vec<u8> {
    list(
        ["E-Mail", "Geburtsdatum", "Nachname"],
        ["erika.mustermann@example.org", "12.03.1987", "Mustermann"],
    )
}

/// A workbook with a list that is none of ours.
fn list(headers: [&str; 3], row: [&str; 3]) -> Vec<u8> {
    let report = Report {
        name: "list",
        title: Text::new("Liste", "List"),
        as_of: crate::world::moment("2024-10-15T12:00:00Z"),
        programme: Text::default(),
        round: RoundCode::new("2023-2025"),
        round_title: Text::default(),
        funding_note: Text::default(),
        parameters: Vec::new(),
        notes: Vec::new(),
        tables: vec![Table {
            key: "list",
            title: Text::new("Tabelle", "Table"),
            columns: headers
                .iter()
                .map(|header| Column::new("column", ColumnKind::Text, header, header))
                .collect(),
            rows: vec![row.into_iter().map(Value::text).collect(); 20],
            totals: None,
        }],
        head: None,
    };
    render::xlsx(&report, Language::De).unwrap()
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
