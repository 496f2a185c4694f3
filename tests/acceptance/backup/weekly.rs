//! The weekly check that a backup can be restored (`deploy/restore-check`).

use std::{fs, path::Path, process::Command, time::Duration};

use nachweis_store::testing::Backend;
use nachweis_tests::program::{Desk, Run, program};

use super::backed_up;

/// Runs the script on the backups of a folder, as the systemd unit does.
fn checked(desk: &Desk, folder: &Path) -> Run {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/restore-check");
    let mut command = Command::new(script);
    command.current_dir(desk.folder()).env_clear();
    for (name, value) in desk.command().get_envs() {
        if let (true, Some(value)) = (name.to_string_lossy().ends_with("_KEY"), value) {
            command.env(name, value);
        }
    }
    command
        .env("PATH", "/usr/bin:/bin")
        .env("NACHWEIS", program())
        .env("NACHWEIS_LANG", "en")
        .env("TMPDIR", desk.folder())
        .arg(folder);
    command.output().expect("the script starts").into()
}

fn left_over(desk: &Desk) -> usize {
    let files = fs::read_dir(desk.folder()).expect("the folder is there");
    let names = files.map(|file| file.expect("a file").file_name());
    names
        .filter(|name| name.to_string_lossy().contains("restore-check"))
        .count()
}

#[test]
fn the_newest_backup_is_restored_every_week_and_anything_wrong_with_it_is_told() {
    let (place, _printed) = backed_up(Backend::Postgres);
    let desk = &place.desk;
    let folder = desk.file("backups");
    fs::create_dir(&folder).expect("a folder");
    let run = checked(desk, &folder);
    assert_eq!(run.status, 2, "there is none: {run:?}");
    assert!(run.stderr.contains("no backup"), "{run:?}");

    let newest = folder.join("2025-02-04T00-00.backup");
    fs::write(
        folder.join("2025-02-03T00-00.backup"),
        "an older one, which nobody looks at",
    )
    .expect("written");
    fs::copy(desk.file("record.backup"), &newest).expect("copied");
    let run = checked(desk, &folder);
    assert_eq!(run.status, 0, "{run:?}");
    for said in [
        "2025-02-04T00-00.backup",
        "control totals agree",
        "Differences: 0.",
    ] {
        assert!(run.stdout.contains(said), "{said}: {run:?}");
    }

    let mut bytes = fs::read(&newest).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&newest, &bytes).expect("written");
    let run = checked(desk, &folder);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.stderr.contains("is not as it was written"), "{run:?}");

    // Backups that are no longer written are as bad as damaged ones.
    let file = fs::File::options().write(true).open(&newest).expect("opened");
    let days_ago = std::time::SystemTime::now() - Duration::from_hours(49);
    file.set_modified(days_ago).expect("set");
    fs::remove_file(folder.join("2025-02-03T00-00.backup")).expect("removed");
    let run = checked(desk, &folder);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.stderr.contains("older than a day"), "{run:?}");
    assert_eq!(left_over(desk), 0, "nothing of the record is left behind");
}
