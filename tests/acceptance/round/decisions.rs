//! A quarter decided on the command line: handed in, returned, endorsed, accepted, closed, reopened by two people; a finding
//! waived by two.

use nachweis_domain::{figures::QuarterlyFigures, quarter::Quarter};
use nachweis_tests::{
    program::{Desk, Run},
    workbook,
};

/// The subproject.
pub(super) const NO: &str = "IQ23-NW-017";
/// Its newest revision of the quarter.
pub(super) const NAMED: &str = "IQ23-NW-017/2023-Q2";

/// What a run printed that must have ended well.
pub(super) fn done(run: &Run) -> &str {
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout.trim()
}

/// A run that could not be done, for this reason.
pub(super) fn refused(run: &Run, words: &str) {
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.stderr.contains(words), "{run:?}");
}

/// The made-up programme with the people who decide on it.
pub(super) fn desk() -> Desk {
    let desk = Desk::embedded();
    done(&desk.run(["migrate"]));
    let programme = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/programme/2023-2025.csv");
    done(&desk.run(["programme", "import", programme]));
    for (name, role, scope) in [
        ("lena", "lead", vec!["--subproject", NO]),
        ("cora", "coordinator", vec!["--network", "RIN-NW-OST"]),
        ("mia", "manager", vec!["--all"]),
        ("max", "manager", vec!["--all"]),
    ] {
        done(&desk.run(["user", "add", name, "--generate"]));
        done(&desk.run([vec!["grant", name, role], scope].concat()));
    }
    desk
}

/// Takes in the right workbook of a quarter.
pub(super) fn taken_in(desk: &Desk) {
    done(&imported(desk, |_| {}));
}

/// Takes in a workbook of a quarter that differs from the right one.
pub(super) fn imported(desk: &Desk, change: impl FnOnce(&mut QuarterlyFigures)) -> Run {
    filled(desk, "2023-Q2", "q2.xlsx", change);
    desk.run(["import", "q2.xlsx"])
}

/// Writes a workbook of a quarter that differs from the right one.
pub(super) fn filled(desk: &Desk, quarter: &str, file: &str, change: impl FnOnce(&mut QuarterlyFigures)) {
    let issue = ["template", "--subproject", NO, "--quarter", quarter, "-o", file];
    done(&desk.run(issue));
    let (context, stamp) = workbook::issued(&std::fs::read(desk.file(file)).unwrap());
    let quarter: Quarter = quarter.parse().unwrap();
    let (_, mut figures) = workbook::right_figures(NO, quarter);
    change(&mut figures);
    let filled = workbook::filled(&context, &stamp, &workbook::seal_key(), &figures);
    std::fs::write(desk.file(file), filled).unwrap();
}

#[test]
fn a_quarter_is_decided_closed_and_reopened_on_the_command_line() {
    let desk = desk();
    taken_in(&desk);
    let run = |arguments: &[&str]| desk.run(arguments);
    refused(&run(&["accept", NAMED, "--as", "mia"]), "noch nicht eingereicht");
    let submitted = run(&["submit", NAMED, "--as", "lena"]);
    assert!(done(&submitted).starts_with("IQ23-NW-017\t2023-Q2\t1\tsubmitted\t"));
    refused(
        &run(&["accept", NAMED, "--as", "mia"]),
        "Koordination des Netzwerks",
    );
    refused(
        &run(&["accept", NAMED, "--as", "lena"]),
        "Ihre Rolle erlaubt das nicht",
    );
    let endorsed = run(&["endorse", NAMED, "--as", "cora"]);
    assert!(done(&endorsed).contains("\tendorsed\t"));
    let id = done(&endorsed).rsplit('\t').next().unwrap().to_owned();
    let many = run(&[
        "accept",
        &id,
        "00000000-0000-0000-0000-000000000009",
        "--as",
        "mia",
    ]);
    refused(&many, "Keine der Einreichungen wurde angenommen");
    assert!(many.stderr.contains("00000000-0000-0000-0000-000000000009:"));
    let accepted = run(&["accept", &id, "--as", "mia"]);
    assert!(done(&accepted).contains("\taccepted\t"));
    refused(
        &run(&["return", NAMED, "--reason", "Bitte prüfen.", "--as", "mia"]),
        "bereits angenommen",
    );

    let close = ["close", "--quarter", "2023-Q2", "--as", "mia"];
    refused(&run(&close), "erwartete Berichte nicht angenommen");
    let closed = run(&[&close[..], &["--without-missing-reports"]].concat());
    assert!(done(&closed).contains("burn\txlsx\tde\t"), "{closed:?}");
    assert_eq!(done(&run(&["closings", "--quarter", "2023-Q2"])), done(&closed));
    assert!(done(&run(&["closings"])).starts_with("2023-Q2\t"));
    let report = ["report", "burn", "--quarter", "2023-Q2"];
    let frozen = run(&[&report[..], &["--frozen"]].concat());
    assert_eq!(done(&frozen), done(&run(&report)), "nothing happened since");
    refused(
        &run(&["report", "burn", "--quarter", "2023-Q1", "--frozen"]),
        "Das Quartal 2023-Q1 ist nicht abgeschlossen",
    );
    #[expect(
        clippy::disallowed_methods,
        reason = "the program under test goes by the clock of the machine"
    )]
    let until = (chrono::Utc::now() + chrono::TimeDelta::days(20)).to_rfc3339();
    let reopen = [
        "reopen",
        "--subproject",
        NO,
        "--quarter",
        "2023-Q2",
        "--reason",
        "Ein Beleg fehlt.",
        "--until",
        &until,
    ];
    let asked = run(&[&reopen[..], &["--as", "mia"]].concat());
    let reopening = done(&asked).split('\t').next().unwrap().to_owned();
    refused(&run(&["confirm", &reopening, "--as", "mia"]), "andere Person");
    let waiting = run(&["reopenings", "--as", "max"]);
    assert!(done(&waiting).starts_with(&reopening), "{waiting:?}");
    assert!(
        done(&waiting).ends_with("\trequested\tEin Beleg fehlt."),
        "{waiting:?}"
    );
    let confirmed = run(&["confirm", &reopening, "--as", "max"]);
    assert!(done(&confirmed).ends_with("\tconfirmed"));
    let withdraw = ["withdraw", &reopening, "--reason", "Erledigt.", "--as", "mia"];
    assert!(done(&run(&withdraw)).ends_with("\twithdrawn"));
    refused(&run(&withdraw), "zurückgenommen");
}

#[test]
fn a_finding_is_waived_on_the_command_line_by_two_people() {
    let desk = desk();
    let late = imported(&desk, |figures| {
        let mut own = figures.vouchers.rows.iter_mut();
        let voucher = own.find(|voucher| voucher.paid_on.is_some() && voucher.corrects.is_none());
        voucher.unwrap().paid_on = Some("2023-07-03".parse().unwrap());
    });
    assert_eq!(late.status, 1, "{late:?}");
    let run = |arguments: &[&str]| desk.run(arguments);
    refused(
        &run(&["submit", NAMED, "--as", "lena"]),
        "blockierende Feststellungen",
    );
    #[expect(
        clippy::disallowed_methods,
        reason = "the program under test goes by the clock of the machine"
    )]
    let until = (chrono::Utc::now() + chrono::TimeDelta::days(20)).to_rfc3339();
    let ask = |code| {
        let reason = "Die Rechnung kam verspätet.";
        let asked = [
            "waiver",
            "ask",
            "--subproject",
            NO,
            "--code",
            code,
            "--quarter",
            "2023-Q2",
        ];
        run(&[
            &asked[..],
            &["--reason", reason, "--until", &until, "--as", "lena"],
        ]
        .concat())
    };
    refused(&ask("FIN-01"), "Von FIN-01 kann keine Ausnahme erteilt werden");
    let asked = ask("FIN-04");
    assert!(
        done(&asked).starts_with("1\tIQ23-NW-017\t2023-Q2\tFIN-04\tasked\t"),
        "{asked:?}"
    );
    let id = done(&asked).rsplit('\t').next().unwrap().to_owned();
    let step = |step, who| {
        run(&[
            "waiver",
            step,
            &id,
            "--reason",
            "Der Kontoauszug liegt vor.",
            "--as",
            who,
        ])
    };
    refused(&step("grant", "lena"), "Ihre Rolle erlaubt das nicht");
    assert!(done(&step("grant", "mia")).contains("\tin_force\t"));
    refused(&step("refuse", "max"), "Über diese Ausnahme ist entschieden");
    let submitted = run(&["submit", NAMED, "--as", "lena"]);
    assert!(done(&submitted).contains("\tsubmitted\t"), "{submitted:?}");
    assert!(done(&step("withdraw", "max")).contains("\twithdrawn\t"));
    let listed = run(&["waiver", "list", "--subproject", NO]);
    assert_eq!(done(&listed).lines().count(), 1, "{listed:?}");
}
