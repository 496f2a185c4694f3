//! What is not kept, and what is kept although it is none of ours.

use nachweis_domain::{
    finding::Code,
    key::RoundCode,
    language::{Language, Text},
    record::{Action, UploadState},
};
use nachweis_service::{Column, ColumnKind, ErrorClass, Report, ServiceError, Table, Value, render};

use crate::{
    Story,
    world::{World, no, quarter},
};

pub(crate) const STORIES: &[Story] = &[
    ("a_hostile_file_leaves_only_the_note_of_its_refusal", hostile),
    ("a_workbook_with_data_about_persons_leaves_no_text", personal),
    (
        "a_workbook_that_is_none_of_ours_is_kept_and_has_nothing_to_mark",
        none_of_ours,
    ),
];

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

fn none_of_ours(world: &World) {
    let bytes = list(["Farbe", "Größe", "Preis"], ["rot", "groß", "5,00"]);
    let verdict = world
        .service
        .receive_upload(&world.lead, &no(), quarter(), "Liste.xlsx", bytes)
        .unwrap();
    assert!(
        verdict
            .findings
            .iter()
            .any(|rated| rated.finding.code() == Code::Tpl01),
        "{:?}",
        verdict.findings
    );
    assert_eq!(verdict.upload.state, UploadState::Blocked);
    let error = world
        .service
        .marked(&world.lead, verdict.upload.id, Language::De)
        .unwrap_err();
    assert_eq!(error.code(), "nothing-to-mark");
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
