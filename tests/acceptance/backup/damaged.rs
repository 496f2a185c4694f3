//! A backup that is not as it was written is refused by name, and nothing of it is restored.

use std::fs;

use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::program::Desk;

use super::backed_up;

/// What can happen to a file, each with a name.
fn damages(sound: &[u8]) -> Vec<(String, Vec<u8>)> {
    let length = sound.len();
    let flipped = [0, 20, length / 3, length / 2, length - 40, length - 1].map(|at| {
        let mut bytes = sound.to_vec();
        bytes[at] ^= 1;
        (format!("byte {at} changed"), bytes)
    });
    let cut = [length - 1, length - 100, length / 2, 4096, 10, 0]
        .map(|end| (format!("cut at {end}"), sound[..end].to_vec()));
    let longer = ("a byte more".to_owned(), [sound, b"\n"].concat());
    flipped.into_iter().chain(cut).chain([longer]).collect()
}

#[test]
fn a_damaged_backup_is_refused_by_name_and_nothing_is_restored() {
    let (place, _printed) = backed_up(Backend::Sqlite);
    let sound = fs::read(place.desk.file("record.backup")).expect("the backup was written");
    for to in Backend::ALL {
        let database = TestDatabase::empty(to);
        let desk = Desk::on(&database.url().to_string());
        for (name, bytes) in damages(&sound) {
            fs::write(desk.file("damaged.backup"), bytes).expect("the folder can be written");
            let run = desk.run(["restore", "damaged.backup", "--lang", "en"]);
            assert_eq!(run.status, 2, "{to:?}: {name}: {run:?}");
            assert_eq!(run.stdout, "", "{to:?}: {name}: {run:?}");
            let says = ["is not as it was written", "is no backup"].map(|said| run.stderr.contains(said));
            assert!(
                run.stderr.contains("damaged.backup") && says.contains(&true),
                "{to:?}: {name}: {run:?}"
            );
        }
        // Not even a table was made.
        let report = desk.run(["report", "burn"]);
        assert_eq!(report.status, 2, "{to:?}: {report:?}");
        assert!(report.stderr.contains("nachweis migrate"), "{to:?}: {report:?}");
        if let Some(folder) = database.folder() {
            assert_eq!(fs::read_dir(folder).expect("the folder is there").count(), 0);
        }
        fs::write(desk.file("sound.backup"), &sound).expect("the folder can be written");
        let run = desk.run(["restore", "sound.backup"]);
        assert_eq!(run.status, 0, "{to:?}: the undamaged copy is taken: {run:?}");
    }
}
