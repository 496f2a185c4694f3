//! The dossier of a subproject in the hands of somebody who has neither the program nor the database.

use std::{fs, io, path::Path, process::Command};

use nachweis_tests::program::{Desk, Run};
use zip::ZipArchive;

const NO: &str = "IQ23-NW-017";

fn done(run: &Run) -> &str {
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout.trim()
}

/// Unpacks a package into a folder of the desk.
fn unpack(package: &Path, to: &Path) {
    let mut zip = ZipArchive::new(fs::File::open(package).unwrap()).unwrap();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let path = to.join(file.enclosed_name().expect("a path inside the package"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        io::copy(&mut file, &mut fs::File::create(path).unwrap()).unwrap();
    }
}

/// Whether `sha256sum -c` passes in a folder, and what it says.
fn checked(folder: &Path) -> (bool, String) {
    let output = Command::new("sha256sum")
        .args(["-c", "SHA256SUMS"])
        .current_dir(folder)
        .env("LC_ALL", "C")
        .output()
        .expect("coreutils are there");
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    )
}

#[test]
fn a_dossier_is_checked_with_sha256sum_alone_and_one_changed_byte_is_named() {
    let desk = Desk::embedded();
    done(&desk.run(["migrate"]));
    let programme = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/programme/2023-2025.csv");
    done(&desk.run(["programme", "import", programme]));
    let template = [
        "template",
        "--subproject",
        NO,
        "--quarter",
        "2023-Q2",
        "-o",
        "q2.xlsx",
    ];
    done(&desk.run(template));
    // Handed in empty: kept with what is wrong.
    assert_eq!(desk.run(["import", "q2.xlsx"]).status, 1);
    let first = desk.run(["subproject", "dossier", NO, "-o", "first.zip"]);
    done(&first);
    done(&desk.run(["user", "add", "axel", "--generate"]));
    done(&desk.run(["grant", "axel", "auditor", "--all"]));
    let second = desk.run(["subproject", "dossier", NO, "-o", "second.zip", "--as", "axel"]);
    done(&second);
    assert!(fs::read(desk.file("first.zip")).unwrap() == fs::read(desk.file("second.zip")).unwrap());
    assert!(first.stderr.contains("SHA256SUMS: "), "{first:?}");

    let folder = desk.file("unpacked");
    unpack(&desk.file("first.zip"), &folder);
    let (passes, said) = checked(&folder);
    assert!(passes, "{said}");
    assert_eq!(
        said.lines().filter(|line| line.ends_with(": OK")).count(),
        5,
        "{said}"
    );
    let original = folder.join("originals/2023-Q2-r1-q2.xlsx");
    assert!(fs::read(&original).unwrap() == fs::read(desk.file("q2.xlsx")).unwrap());
    let readme = fs::read_to_string(folder.join("README.txt")).unwrap();
    for words in [
        "sha256sum -c SHA256SUMS",
        "AKTE DES TEILVORHABENS IQ23-NW-017",
        "FILE OF THE SUBPROJECT",
    ] {
        assert!(readme.contains(words), "{readme}");
    }
    let mut bytes = fs::read(&original).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&original, bytes).unwrap();
    let (passes, said) = checked(&folder);
    assert!(
        !passes && said.contains("originals/2023-Q2-r1-q2.xlsx: FAILED"),
        "{said}"
    );
}

#[test]
fn a_dossier_of_nobody_is_refused_with_a_remedy() {
    let desk = Desk::embedded();
    done(&desk.run(["migrate"]));
    let run = desk.run(["subproject", "dossier", "IQ23-XX-999", "-o", "nothing.zip"]);
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.stderr.contains("IQ23-XX-999"), "{run:?}");
    assert!(!desk.file("nothing.zip").exists() && !desk.file("nothing.zip.part").exists());
}
