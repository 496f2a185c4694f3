//! What somebody who decides sees on the command line, and what becomes of the rest when one of several is refused.

use nachweis_tests::{program::Desk, workbook};
use serde_json::Value;

use super::decisions::{NAMED, NO, desk, done, filled, imported, refused, taken_in};

#[test]
fn a_manager_reads_on_the_command_line_what_is_decided_on_and_a_lead_why_it_was_returned() {
    let desk = desk();
    let run = |arguments: &[&str]| desk.run(arguments);
    let show = |arguments: &[&str]| run(&[&["upload", "show", NAMED], arguments].concat());
    let late = imported(&desk, |figures| {
        let mut own = figures.vouchers.rows.iter_mut();
        let voucher = own.find(|voucher| voucher.paid_on.is_some() && voucher.corrects.is_none());
        voucher.unwrap().paid_on = Some("2023-07-03".parse().unwrap());
    });
    assert_eq!(late.status, 1, "{late:?}");
    let blocked = show(&["--as", "mia"]);
    assert!(
        done(&blocked).contains("\n  0 Fehler  [FIN-04] Belege!"),
        "{blocked:?}"
    );
    assert!(done(&blocked).contains("\nAm Zug: Teilvorhaben\n"), "{blocked:?}");
    let json: Value = serde_json::from_str(done(&show(&["--json", "--as", "mia"]))).unwrap();
    let finding = &json["findings"][0];
    assert_eq!(
        (
            finding["index"].as_u64(),
            finding["code"].as_str(),
            json["turn"].as_str()
        ),
        (Some(0), Some("FIN-04"), Some("lead"))
    );

    done(&run(&[
        "upload",
        "original",
        NAMED,
        "-o",
        "original.xlsx",
        "--as",
        "mia",
    ]));
    let read = |file: &str| std::fs::read(desk.file(file)).unwrap();
    assert!(read("original.xlsx") == read("q2.xlsx"), "byte for byte");
    done(&run(&[
        "upload",
        "marked",
        NAMED,
        "-o",
        "marked.xlsx",
        "--as",
        "mia",
    ]));
    assert!(workbook::sheets(&read("marked.xlsx")).len() > workbook::sheets(&read("q2.xlsx")).len());

    taken_in(&desk);
    done(&run(&["submit", NAMED, "--as", "lena"]));
    assert!(done(&show(&[])).contains("\nAm Zug: Netzwerkkoordination\n"));
    done(&run(&[
        "return",
        NAMED,
        "--reason",
        "Beleg 3\nfehlt.",
        "--as",
        "cora",
    ]));
    let returned = show(&["--as", "lena"]);
    assert!(
        done(&returned).contains("\nRückgabegrund: Beleg 3 fehlt.\n"),
        "{returned:?}"
    );
    let english = show(&["--as", "lena", "--lang", "en"]);
    assert!(
        done(&english).contains("\nReason of return: Beleg 3 fehlt.\n"),
        "{english:?}"
    );
    done(&run(&["user", "add", "otto", "--generate"]));
    refused(&show(&["--as", "otto"]), "darf ihn nicht sehen");
}

#[test]
fn what_a_new_revision_changes_is_shown_on_the_command_line_voucher_by_voucher() {
    let desk = desk();
    let run = |arguments: &[&str]| desk.run(arguments);
    taken_in(&desk);
    let first = run(&["changes", NAMED, "--as", "mia"]);
    assert!(
        done(&first).contains("bisher keine andere Fassung angenommen"),
        "{first:?}"
    );
    done(&run(&["submit", NAMED, "--as", "lena"]));
    clean(&desk);
    let changed = imported(&desk, |figures| {
        figures.vouchers.rows[0].payee = Some("Neuer Empfänger".to_owned());
    });
    done(&changed);
    let shown = run(&["changes", NAMED, "--as", "mia", "--lang", "en"]);
    let lines: Vec<&str> = done(&shown).lines().collect();
    assert_eq!(lines[0], "Against 2023-Q2, revision 1:", "{shown:?}");
    assert!(
        lines[1].starts_with("  - ") && !lines[1].contains("Neuer Empfänger"),
        "{shown:?}"
    );
    assert!(
        lines[2].starts_with("  + ") && lines[2].contains("\tNeuer Empfänger\t"),
        "{shown:?}"
    );
    let json: Value = serde_json::from_str(done(&run(&["changes", NAMED, "--json"]))).unwrap();
    assert_eq!(
        json["accepted"]["vouchers"][0]["after"]["payee"],
        "Neuer Empfänger"
    );
    assert_eq!(json["accepted"]["vouchers_total"], 1);
}

/// What is clean is endorsed and accepted without being named; who decides on it sees before what would happen.
fn clean(desk: &Desk) {
    let clean = |command: &str, who: &str, more: &[&str]| {
        let fixed = [command, "--clean", "--quarter", "2023-Q2", "--as", who];
        desk.run([&fixed[..], more].concat())
    };
    let row = |state: &str| format!("{NO}\t2023-Q2\t1\t{state}\t");
    let early = clean("accept", "mia", &[]);
    assert_eq!(done(&early), "", "{early:?}");
    assert!(
        early
            .stderr
            .contains("IQ23-NW-017/2023-Q2, Fassung 1: Die Koordination des Netzwerks"),
        "{early:?}"
    );
    assert!(
        early
            .stderr
            .contains("Einreichungen angenommen: 0; ausgelassen: 1."),
        "{early:?}"
    );
    refused(&clean("accept", "lena", &[]), "Ihre Rolle erlaubt das nicht");
    let endorsed = clean("endorse", "cora", &[]);
    assert!(done(&endorsed).starts_with(&row("endorsed")), "{endorsed:?}");

    let list = [
        "upload",
        "list",
        "--quarter",
        "2023-Q2",
        "--turn",
        "manager",
        "--clean",
    ];
    let listed = desk.run([&list[..], &["--as", "mia"]].concat());
    assert!(done(&listed).starts_with(&row("endorsed")), "{listed:?}");
    assert!(done(&listed).contains("\tmanager\t0\t0\t"), "{listed:?}");
    let json = desk.run([&list[..], &["--json"]].concat());
    let json: Value = serde_json::from_str(done(&json)).unwrap();
    assert_eq!(
        (&json["total"], &json["uploads"][0]["clean"]),
        (&1.into(), &true.into())
    );
    refused(
        &desk.run(["upload", "list", "--state", "open"]),
        "blocked, checked, submitted",
    );

    let shown = clean("accept", "mia", &["--dry-run"]);
    assert!(done(&shown).starts_with(&row("endorsed")), "{shown:?}");
    assert!(shown.stderr.contains("Geändert wurde nichts."), "{shown:?}");
    let accepted = clean("accept", "mia", &[]);
    assert!(done(&accepted).starts_with(&row("accepted")), "{accepted:?}");
    assert!(
        accepted
            .stderr
            .contains("Einreichungen angenommen: 1; ausgelassen: 0."),
        "{accepted:?}"
    );
    refused(&desk.run(["accept", "--clean", "--as", "mia"]), "--quarter");
}

#[test]
fn one_of_several_that_is_refused_keeps_the_others_from_nothing_and_is_named() {
    let desk = desk();
    let run = |arguments: &[&str]| desk.run(arguments);
    filled(&desk, "2023-Q2", "q2.xlsx", |_| {});
    done(&run(&["import", "q2.xlsx", "--submit"]));
    filled(&desk, "2023-Q2", "q2-neu.xlsx", |figures| {
        figures.narrative[0].text.value.push_str(" Ergänzt.");
    });
    filled(&desk, "2023-Q3", "q3.xlsx", |_| {});
    let imported = run(&["import", "q2-neu.xlsx", "q3.xlsx", "--submit"]);
    assert_eq!(imported.status, 1, "{imported:?}");
    assert!(imported.stderr.contains("q2-neu.xlsx: "), "{imported:?}");
    assert!(imported.stderr.contains("Nicht eingereicht: 1."), "{imported:?}");
    let later = format!("{NO}/2023-Q3");
    let shown = run(&["upload", "show", &later]);
    assert!(
        done(&shown).starts_with(&format!("{NO}\t2023-Q3\t1\tsubmitted\t")),
        "{shown:?}"
    );

    let missing = "00000000-0000-0000-0000-000000000009";
    let endorsed = run(&["endorse", missing, &later, "--as", "cora"]);
    refused(&endorsed, "1 von 2 Einreichungen wurden nicht befürwortet");
    assert!(endorsed.stderr.contains(&format!("{missing}: ")), "{endorsed:?}");
    assert!(endorsed.stdout.contains("\tendorsed\t"), "{endorsed:?}");
}
