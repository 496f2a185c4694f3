//! Holds and what is due, on the command line.

use nachweis_tests::program::{Desk, Run};

const NO: &str = "IQ23-NW-017";

fn done(run: &Run) -> &str {
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout.trim()
}

/// The line of a subproject.
fn line(run: &Run, no: &str) -> Vec<String> {
    let found = done(run).lines().find(|line| line.starts_with(no));
    found
        .unwrap_or_default()
        .split('\t')
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn what_need_not_be_kept_is_listed_until_a_manager_holds_it() {
    let desk = Desk::embedded();
    done(&desk.run(["migrate"]));
    let programme = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/programme/2023-2025.csv");
    done(&desk.run(["programme", "import", programme]));
    for (name, role) in [("mia", "manager"), ("axel", "auditor")] {
        done(&desk.run(["user", "add", name, "--generate"]));
        done(&desk.run(["grant", name, role, "--all"]));
    }
    assert_eq!(
        done(&desk.run(["retention", "due"])),
        "",
        "the programme still runs"
    );
    let late = || desk.run(["retention", "due", "--on", "2045-01-01"]);
    let before = line(&late(), NO);
    assert_eq!(
        (before[3].as_str(), before[6].as_str()),
        ("0", "due"),
        "{before:?}"
    );
    let place = |name| {
        let reason = ["--reason", "Verfahren beim Verwaltungsgericht."];
        desk.run([&["retention", "hold", "place", NO, "--as", name][..], &reason].concat())
    };
    let refused = place("axel");
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(
        refused.stderr.contains("Ihre Rolle erlaubt das nicht"),
        "{refused:?}"
    );
    let placed = place("mia");
    let id = done(&placed).split('\t').next().unwrap().to_owned();
    let held = line(&late(), NO);
    assert_eq!((held[3].as_str(), held[6].as_str()), ("1", "held"), "{held:?}");
    let lift = [
        "retention",
        "hold",
        "lift",
        &id,
        "--reason",
        "Beendet.",
        "--as",
        "mia",
    ];
    assert!(done(&desk.run(lift)).contains("\tlifted\t"));
    assert_eq!(desk.run(lift).status, 2, "twice is refused");
    assert_eq!(line(&late(), NO)[6], "due");
    let all = desk.run(["retention", "hold", "list"]);
    assert!(
        done(&all).contains("Verfahren beim Verwaltungsgericht."),
        "{all:?}"
    );
    done(&desk.run(["verify"]));
    let unknown = desk.run([
        "retention",
        "hold",
        "lift",
        "00000000-0000-0000-0000-000000000009",
        "--reason",
        "x",
    ]);
    assert!(
        unknown.status == 2 && unknown.stderr.contains("hold list"),
        "{unknown:?}"
    );
}
