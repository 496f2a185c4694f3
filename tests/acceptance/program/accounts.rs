//! Accounts at the command line, in the name of somebody: with that person's rights, and told so in the journal.

use nachweis_tests::program::{Desk, Run};
use serde_json::Value;

/// The journal as it is exported: who did what.
fn steps(desk: &Desk) -> Vec<(Value, String)> {
    assert_eq!(desk.run(["export", "journal", "-o", "journal.jsonl"]).status, 0);
    let text = std::fs::read_to_string(desk.file("journal.jsonl")).expect("written");
    let lines = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    lines
        .filter_map(|line| {
            let entry = line.get("entry")?;
            Some((entry["actor"].clone(), entry["action"].as_str()?.to_owned()))
        })
        .collect()
}

fn done(run: &Run) {
    assert_eq!(run.status, 0, "{run:?}");
}

fn refused(run: &Run) {
    assert_eq!(run.status, 2, "{run:?}");
    assert!(run.stderr.contains("Rolle"), "{run:?}");
}

#[test]
fn an_administrator_manages_accounts_in_the_own_name_and_nobody_else_does() {
    let desk = Desk::embedded();
    done(&desk.run(["migrate"]));
    // The account of the operator is there before any entry of the journal; nothing is wrong with that.
    done(&desk.run(["verify"]));
    for name in ["root", "mia"] {
        done(&desk.run(["user", "add", name, "--no-password"]));
    }
    done(&desk.run(["grant", "root", "admin", "--all"]));
    done(&desk.run(["grant", "mia", "manager", "--all"]));
    let before = steps(&desk);
    done(&desk.run(["user", "--as", "root", "add", "anna", "--no-password"]));
    done(&desk.run(["grant", "anna", "auditor", "--all", "--as", "root"]));
    done(&desk.run(["grant", "anna", "auditor", "--all", "--withdraw", "--as", "root"]));
    done(&desk.run(["user", "disable", "anna", "--as", "root"]));
    for command in [
        &["user", "add", "max", "--no-password", "--as", "mia"][..],
        &["user", "list", "--as", "mia"],
        &["user", "disable", "root", "--as", "mia"],
        &["grant", "mia", "admin", "--all", "--as", "mia"],
        &["programme", "import", "journal.jsonl", "--as", "root"],
    ] {
        refused(&desk.run(command));
    }
    let all = steps(&desk);
    let actors: Vec<&Value> = (all[before.len()..].iter())
        .filter(|(_, action)| action != "exported")
        .map(|(actor, _)| actor)
        .collect();
    assert_eq!(actors.len(), 4, "{all:?}");
    let operator = &before[before.len() - 2].0;
    assert!(
        actors
            .iter()
            .all(|actor| *actor == actors[0] && *actor != operator),
        "{actors:?} {operator}"
    );
}
