//! Erasing on a shifted clock, at the command line: exactly what is due, by two people, and twice changes nothing.

use std::fs;

use nachweis_tests::program::{Desk, Run};

const DUE: &str = "IQ23-NW-017";
const HELD: &str = "IQ23-NW-018";

fn done(run: &Run) -> &str {
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout.trim()
}

/// A desk in 2023 with an empty workbook of each of two subprojects handed in, and its people.
fn desk() -> Desk {
    let desk = Desk::embedded().with_clock("2023-07-10T08:00:00Z".parse().unwrap());
    done(&desk.run(["migrate"]));
    let programme = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/programme/2023-2025.csv");
    done(&desk.run(["programme", "import", programme]));
    for no in [DUE, HELD] {
        let template = [
            "template",
            "--subproject",
            no,
            "--quarter",
            "2023-Q2",
            "-o",
            "q2.xlsx",
        ];
        done(&desk.run(template));
        assert_eq!(desk.run(["import", "q2.xlsx"]).status, 1, "handed in empty");
    }
    for (name, role) in [("mia", "manager"), ("max", "manager"), ("axel", "auditor")] {
        done(&desk.run(["user", "add", name, "--generate"]));
        done(&desk.run(["grant", name, role, "--all"]));
    }
    desk
}

#[test]
fn what_is_due_on_a_later_day_is_erased_by_two_people_and_nothing_else() {
    let desk = desk();
    let erase = |arguments: &[&str]| desk.run([&["retention", "erase"], arguments].concat());
    let early = erase(&["propose", DUE, "--as", "mia"]);
    assert!(
        early.status == 2 && early.stderr.contains("aufzubewahren"),
        "{early:?}"
    );
    done(&desk.run([
        "retention",
        "hold",
        "place",
        HELD,
        "--reason",
        "Verfahren.",
        "--as",
        "mia",
    ]));
    let burn = || {
        done(&desk.run([
            "report",
            "burn",
            "--format",
            "csv",
            "--as-of",
            "2023-07-10T08:00:00Z",
        ]))
        .to_owned()
    };
    let before = burn();
    desk.turn_to("2045-01-01T08:00:00Z".parse().unwrap());
    // Of those that are due only one has originals.
    let proposed = erase(&["propose", "--as", "mia"]);
    let lines: Vec<&str> = done(&proposed).lines().collect();
    assert!(lines.len() == 1 && lines[0].contains(DUE), "{proposed:?}");
    let id = lines[0].split('\t').next().unwrap();
    let own = erase(&["confirm", id, "--as", "mia"]);
    assert_eq!(own.status, 2, "{own:?}");
    let auditor = erase(&["confirm", id, "--as", "axel"]);
    assert!(
        auditor.status == 2 && auditor.stderr.contains("Rolle"),
        "{auditor:?}"
    );
    let confirmed = erase(&["confirm", "--all", "--as", "max"]);
    assert!(
        done(&confirmed).contains("\terased\t") && confirmed.stderr.contains("1 Originale"),
        "{confirmed:?}"
    );
    for again in [
        erase(&["propose", "--as", "mia"]),
        erase(&["confirm", "--all", "--as", "max"]),
    ] {
        assert_eq!(done(&again), "", "twice changes nothing");
    }
    let listed = erase(&["list"]);
    assert_eq!(done(&listed).lines().count(), 1);
    let state = |no: &str| {
        let all = desk.run(["retention", "due", "--all"]);
        let line = done(&all)
            .lines()
            .find(|line| line.starts_with(no))
            .unwrap()
            .to_owned();
        line.split('\t').nth(6).unwrap().to_owned()
    };
    assert_eq!((state(DUE).as_str(), state(HELD).as_str()), ("erased", "held"));
    let verified = desk.run(["verify"]);
    assert!(
        done(&verified).contains("1 gelöscht") && verified.stdout.contains("Abweichungen: 0"),
        "{verified:?}"
    );
    assert_eq!(burn(), before, "reports of past days stay");
    done(&desk.run(["subproject", "dossier", DUE, "-o", "akte.zip"]));
    let package = fs::read(desk.file("akte.zip")).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(package)).unwrap();
    assert!(
        zip.file_names()
            .all(|name| !name.unwrap().starts_with("originals/"))
    );
    let readme = std::io::read_to_string(zip.by_name("README.txt").unwrap()).unwrap();
    assert!(readme.contains("Gelöschte Originale"), "{readme}");
}
