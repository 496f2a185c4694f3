//! Importing programmes and many workbooks.

use std::{fs, path::PathBuf, sync::Mutex};

use nachweis_domain::{
    language::Language,
    record::{Action, UploadState},
};
use nachweis_service::{
    ErrorClass, FileOutcome, ImportedFile, ProgrammeChoices, Progress, Service, ServiceError, Silent,
};

use crate::{
    Story,
    world::{OURS, THEIRS, World},
};

pub(crate) const STORIES: &[Story] = &[
    ("many_workbooks_are_kept_in_the_order_of_their_files", many),
    ("files_that_are_not_kept_are_named_and_keep_no_others_out", mixed),
    ("an_import_again_keeps_nothing_twice", again),
    ("a_lead_imports_into_the_own_subproject_only", own),
    (
        "a_file_that_is_no_programme_changes_nothing_and_says_what_is_missing",
        no_programme,
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
