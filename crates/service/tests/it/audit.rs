//! The audit workbook and the journal.

use std::fs;

use nachweis_domain::{language::Language, record::Action};

use crate::{Story, world::World};

pub(crate) const STORIES: &[Story] = &[
    ("the_control_totals_of_the_audit_agree_with_the_reports", agree),
    (
        "exporting_twice_gives_the_same_bytes_and_two_entries_in_the_journal",
        twice,
    ),
    ("the_journal_is_read_page_by_page_without_gaps", journal),
    ("an_export_that_cannot_be_written_says_where", unwritable),
];

fn agree(world: &World) {
    let upload = world.upload(&world.figures(700)).upload;
    world.service.submit(&world.lead, upload.id, &[]).unwrap();
    world.accept(upload.id);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    let totals = world
        .service
        .export_audit(&world.auditor, &world.round.code, Language::De, &to)
        .unwrap();
    assert!(totals.agree(), "{:?}", totals.differences().collect::<Vec<_>>());
    assert_eq!(totals.rows.vouchers, 700);
    assert!(fs::metadata(&to).unwrap().len() > 10_000);
}

fn twice(world: &World) {
    let upload = world.upload(&world.figures(3)).upload;
    world.service.submit(&world.lead, upload.id, &[]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let export = |name: &str| {
        let to = folder.path().join(name);
        world
            .service
            .export_audit(&world.auditor, &world.round.code, Language::De, &to)
            .unwrap();
        fs::read(to).unwrap()
    };
    let first = export("first.xlsx");
    world.hand.turn_to(crate::world::moment("2025-02-01T00:00:00Z"));
    assert!(
        first == export("second.xlsx"),
        "the same record gives the same bytes"
    );
    let exported = world
        .actions()
        .into_iter()
        .filter(|action| *action == Action::Exported)
        .count();
    assert_eq!(exported, 2);
}

fn journal(world: &World) {
    world.upload(&world.figures(1));
    let whole = world.service.journal(&world.auditor, 0, 1_000).unwrap();
    let mut paged = Vec::new();
    while let Some(entry) = world
        .service
        .journal(&world.auditor, u64::try_from(paged.len()).unwrap(), 1)
        .unwrap()
        .pop()
    {
        paged.push(entry);
    }
    assert_eq!(paged, whole);
    assert!(
        (1..)
            .zip(&whole)
            .all(|(position, entry)| entry.position == position)
    );
}

fn unwritable(world: &World) {
    let to = std::path::Path::new("/nowhere/at/all/audit.xlsx");
    let error = world
        .service
        .export_audit(&world.auditor, &world.round.code, Language::De, to)
        .unwrap_err();
    assert!(
        error.text(Language::De).contains("/nowhere/at/all"),
        "{}",
        error.text(Language::De)
    );
}
