//! What cannot be done gets one sentence with a remedy and exit status 2.

use nachweis_tests::program::{Desk, Run};

/// One sentence on standard error, nothing on standard output, exit status 2.
fn assert_refused(run: &Run, words: &str) {
    assert_eq!(run.status, 2, "{run:?}");
    assert_eq!(run.stdout, "", "{run:?}");
    assert!(run.stderr.contains(words), "{run:?}");
    assert!(
        run.stderr.trim_end().lines().count() <= 1,
        "one sentence, not {run:?}"
    );
    assert!(!run.stderr.contains("panicked"), "{run:?}");
}

#[test]
fn an_unknown_command_is_refused_with_a_remedy() {
    assert_refused(&Desk::embedded().run(["frobnicate"]), "nachweis --help");
}

#[test]
fn a_missing_file_is_named() {
    assert_refused(&Desk::embedded().run(["check", "nowhere.xlsx"]), "nowhere.xlsx");
}

#[test]
fn a_missing_database_names_the_command_that_makes_it() {
    assert_refused(&Desk::embedded().run(["report", "burn"]), "nachweis migrate");
}

#[test]
fn a_foreign_database_is_left_alone() {
    let desk = Desk::embedded();
    let foreign = b"SQLite format 3\0 but not really a database of ours";
    std::fs::write(desk.file("nachweis.db"), foreign).expect("written");
    assert_refused(&desk.run(["migrate"]), "nachweis.db");
    assert_eq!(std::fs::read(desk.file("nachweis.db")).expect("read"), foreign);
}

#[test]
fn an_unknown_report_names_those_there_are() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    assert_refused(&desk.run(["report", "burndown"]), "completeness");
}

#[test]
fn a_short_key_is_refused() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    let output = desk
        .command()
        .env("NACHWEIS_TOKEN_KEY", "1234")
        .arg("serve")
        .output()
        .expect("starts");
    assert_refused(&output.into(), "NACHWEIS_TOKEN_KEY");
}

#[test]
fn a_taken_port_is_named() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("its address").to_string();
    assert_refused(&desk.run(["serve", "--listen", &address]), &address);
}
