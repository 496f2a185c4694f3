//! Importing programmes and many workbooks.

use std::{fs, path::PathBuf, sync::Mutex};

use nachweis_domain::{
    language::Language,
    record::{Action, UploadState},
};
use nachweis_service::{
    ErrorClass, FileOutcome, ImportedFile, Keep, ProgrammeChoices, ProgrammeReport, Progress, Service,
    ServiceError, Silent,
};

use crate::{
    Story,
    world::{OURS, THEIRS, World, moment, no},
};

pub(crate) const STORIES: &[Story] = &[
    ("many_workbooks_are_kept_in_the_order_of_their_files", many),
    ("files_that_are_not_kept_are_named_and_keep_no_others_out", mixed),
    ("an_import_again_keeps_nothing_twice", again),
    ("a_lead_imports_into_the_own_subproject_only", own),
    (
        "what_several_leads_hand_in_together_is_kept_in_their_names",
        several,
    ),
    (
        "a_file_that_is_no_programme_changes_nothing_and_says_what_is_missing",
        no_programme,
    ),
    (
        "payments_and_change_notices_alone_are_recorded_on_the_day_they_come",
        alone,
    ),
    (
        "payments_and_change_notices_of_unknown_subprojects_change_nothing_and_are_all_named",
        alone_unknown,
    ),
];

fn write(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn many(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<PathBuf> = (1..=40)
        .map(|vouchers| {
            let no = if vouchers % 2 == 0 { OURS } else { THEIRS };
            let bytes = world.filled_for(no, &world.figures(vouchers));
            write(&folder, &format!("{vouchers:02}.xlsx"), &bytes)
        })
        .collect();
    let told = Told::default();
    let summary = world
        .service
        .import_workbooks(&Service::operator(), &files, &told)
        .unwrap();
    assert_eq!(
        (summary.count().kept, summary.count().findings),
        (40, 0),
        "{summary:?}"
    );
    assert_eq!(*told.0.lock().unwrap(), files);
    let revisions: Vec<u32> = summary
        .files
        .iter()
        .map(|file| match &file.outcome {
            FileOutcome::Kept(upload) => upload.revision,
            other => panic!("{other:?}"),
        })
        .collect();
    let expected: Vec<u32> = (1..=20).flat_map(|revision| [revision, revision]).collect();
    assert_eq!(revisions, expected);
}

/// Remembers which files were done, in their order.
#[derive(Default)]
struct Told(Mutex<Vec<PathBuf>>);

impl Progress for Told {
    fn begin(&self, _files: usize) {}
    fn done(&self, file: &ImportedFile) {
        self.0.lock().unwrap().push(file.path.clone());
    }
}

fn mixed(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        write(&folder, "right.xlsx", &world.filled(&world.figures(2))),
        write(&folder, "text.xlsx", b"no workbook"),
        folder.path().join("missing.xlsx"),
        write(&folder, "late.xlsx", &world.filled_for(THEIRS, &world.figures(4))),
    ];
    let summary = world
        .service
        .import_workbooks(&Service::operator(), &files, &Silent)
        .unwrap();
    let codes: Vec<&str> = summary
        .files
        .iter()
        .map(|file| match &file.outcome {
            FileOutcome::Kept(upload) => {
                assert_eq!(upload.state, UploadState::Checked);
                "kept"
            }
            FileOutcome::Same(_) => "same",
            FileOutcome::NotKept(error) => error.code(),
        })
        .collect();
    assert_eq!((codes[0], codes[2], codes[3]), ("kept", "file", "kept"));
    assert!(codes[1].starts_with("FILE-"), "{codes:?}");
    assert_eq!(summary.count().not_kept, 2);
}

fn again(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let files = [write(&folder, "right.xlsx", &world.filled(&world.figures(2)))];
    let import = || {
        world
            .service
            .import_workbooks(&Service::operator(), &files, &Silent)
            .unwrap()
            .count()
    };
    assert_eq!((import().kept, import().same), (1, 1));
    let received = world
        .actions()
        .into_iter()
        .filter(|action| *action == Action::UploadReceived)
        .count();
    assert_eq!(received, 1);
}

fn own(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        write(&folder, "ours.xlsx", &world.filled(&world.figures(2))),
        write(
            &folder,
            "theirs.xlsx",
            &world.filled_for(THEIRS, &world.figures(2)),
        ),
    ];
    let summary = world
        .service
        .import_workbooks(&world.lead, &files, &Silent)
        .unwrap();
    assert!(matches!(summary.files[0].outcome, FileOutcome::Kept(_)));
    assert!(matches!(
        &summary.files[1].outcome,
        FileOutcome::NotKept(ServiceError::Invalid {
            code: "unknown-subproject",
            ..
        })
    ));
}

fn several(world: &World) {
    let folder = tempfile::tempdir().unwrap();
    let ours = write(&folder, "ours.xlsx", &world.filled(&world.figures(2)));
    let theirs = write(
        &folder,
        "theirs.xlsx",
        &world.filled_for(THEIRS, &world.figures(2)),
    );
    let more = write(&folder, "more.xlsx", &world.filled(&world.figures(3)));
    let handed_in = [
        (world.lead.clone(), ours),
        (world.other_lead.clone(), theirs),
        (world.other_lead.clone(), more),
    ];
    let summary = world.service.import_handed_in(&handed_in, &Silent);
    let senders: Vec<_> = summary
        .files
        .iter()
        .map(|file| match &file.outcome {
            FileOutcome::Kept(upload) => Some(upload.uploaded_by),
            _ => None,
        })
        .collect();
    let expected = [Some(world.lead.user), Some(world.other_lead.user), None];
    assert_eq!(senders, expected, "{summary:?}");
}

fn no_programme(world: &World) {
    let events = world.actions().len();
    let csv = "Farbe;Größe\nrot;5\n";
    let error = world
        .service
        .import_programme(
            &world.manager,
            &world.round.code,
            "liste.csv",
            csv.as_bytes(),
            &ProgrammeChoices::default(),
        )
        .unwrap_err();
    assert_eq!(error.class(), ErrorClass::Invalid, "{error:?}");
    assert!(
        error.text(Language::De).contains("Bitte"),
        "{}",
        error.text(Language::De)
    );
    assert_eq!(world.actions().len(), events);
    let error = world
        .service
        .import_programme(
            &world.lead,
            &world.round.code,
            "liste.csv",
            csv.as_bytes(),
            &ProgrammeChoices::default(),
        )
        .unwrap_err();
    assert!(matches!(error, ServiceError::Forbidden(_)), "{error:?}");
}

/// A change notice from July 2024 and a payment for our subproject.
const ALONE: &str = "\
[plan]
no;version;effective_from;item;year;amount
IQ23-NW-001;2;2024-07-01;staff_employees;2024;300000,00
IQ23-NW-001;2;2024-07-01;remaining_costs;2024;120000,00

[sources]
no;version;source;amount
IQ23-NW-001;2;federal;420000,00

[disbursements]
no;paid_on;source;amount
IQ23-NW-001;2024-05-02;federal;1234,56
";

fn import(world: &World, text: &str, keep: Keep) -> Result<ProgrammeReport, ServiceError> {
    let choices = ProgrammeChoices {
        keep,
        ..ProgrammeChoices::default()
    };
    world.service.import_programme(
        &world.manager,
        &world.round.code,
        "nachtrag.csv",
        text.as_bytes(),
        &choices,
    )
}

fn alone(world: &World) {
    let (day, later) = (moment("2024-11-20T08:00:00Z"), moment("2024-12-01T08:00:00Z"));
    for (keep, plans, payments) in [(Keep::Nothing, 1, 1), (Keep::Record, 1, 1), (Keep::Record, 0, 0)] {
        world.hand.turn_to(if plans == 0 { later } else { day });
        let report = import(world, ALONE, keep).unwrap();
        let found = &report.changes;
        assert_eq!((found.plans, found.payments.count), (plans, payments), "{keep:?}");
        assert_eq!(found.is_nothing(), plans == 0);
        assert_eq!((found.new, found.others), (0, 2));
    }
    let versions = world.store.plan_versions(&no()).unwrap();
    let days: Vec<_> = versions.iter().map(|version| version.recorded_at).collect();
    assert_eq!((days.len(), days[1]), (2, day));
    let paid = world.store.disbursements(&no()).unwrap();
    assert_eq!(
        paid.iter().map(|one| one.amount.to_string()).collect::<Vec<_>>(),
        ["1234.56"]
    );
}

fn alone_unknown(world: &World) {
    let events = world.actions().len();
    let error = import(world, &ALONE.replace("NW-001", "NW-999"), Keep::Record).unwrap_err();
    let text = error.text(Language::De);
    assert!(
        text.contains("IQ23-NW-999: Planfassung 2 nennt dieses Teilvorhaben"),
        "{text}"
    );
    assert!(
        text.contains("IQ23-NW-999: Die Auszahlung vom 02.05.2024 nennt"),
        "{text}"
    );
    assert!(error.text(Language::En).contains("Please correct the number"));
    assert_eq!(world.actions().len(), events);
}
