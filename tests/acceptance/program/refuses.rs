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
fn a_moment_that_cannot_be_reported_is_refused_with_what_can() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    // The first command records the rounds.
    assert_eq!(desk.run(["report", "burn"]).status, 0);
    for command in [
        vec!["report", "burn"],
        vec!["export", "audit", "-o", "audit.xlsx"],
    ] {
        let run = |as_of| desk.run(command.iter().copied().chain(["--as-of", as_of]));
        assert_refused(&run("gestern"), "2025-01-31T10:30:00+01:00");
        assert_refused(&run("2025-01-31T10:30:00"), "2025-01-31T10:30:00+01:00");
        assert_refused(&run("2999-12-31"), "Zukunft");
        assert_refused(&run("1999-12-31"), "noch nicht erfasst");
        assert!(!desk.file("audit.xlsx").exists());
    }
}

#[test]
fn what_does_not_exist_is_named_with_what_there_is() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    assert_refused(&desk.run(["report", "burn", "--round", "1999"]), "1999");
    assert_refused(&desk.run(["report", "burn", "--round", "1999"]), "esf-2014-2020");
    let export = desk.run(["export", "audit", "--round", "1999", "-o", "a.xlsx"]);
    assert_refused(&export, "1999");
    let template = [
        "template",
        "--subproject",
        "XX",
        "--quarter",
        "2024-Q1",
        "-o",
        "x.xlsx",
    ];
    assert_refused(&desk.run(template), "„XX“");
    assert_refused(&desk.run(["token", "niemand"]), "nachweis user list");
    assert_refused(&desk.run(["user", "disable", "niemand"]), "„niemand“");
    assert_refused(&desk.run(["grant", "niemand", "admin", "--all"]), "„niemand“");
}

#[test]
fn a_role_for_what_does_not_exist_is_refused() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    assert_eq!(desk.run(["user", "add", "lena", "--generate"]).status, 0);
    assert_refused(&desk.run(["grant", "lena", "lead", "--subproject", "XX"]), "„XX“");
    assert_refused(&desk.run(["grant", "lena", "lead", "--network", "NN"]), "„NN“");
    let field = desk.run(["grant", "lena", "lead", "--field", "kochen"]);
    assert_refused(&field, "qualification");
    assert_eq!(desk.run(["grant", "lena", "manager", "--all"]).status, 0);
    assert_eq!(
        desk.run(["grant", "lena", "lead", "--field", "qualification"])
            .status,
        0
    );
}

#[test]
fn a_file_that_is_no_programme_is_named_as_what_it_is() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    std::fs::write(desk.file("text.txt"), "hallo").expect("written");
    assert_refused(
        &desk.run(["programme", "import", "text.txt"]),
        "keine Liste von Vorhaben",
    );
    let workbook = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../fixtures/workbooks/2023-1-openpyxl.xlsx"
    );
    assert_refused(&desk.run(["programme", "import", workbook]), "`nachweis import`");
}

#[test]
fn a_folder_is_no_file_and_an_empty_one_no_import() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    std::fs::create_dir(desk.file("leer")).expect("a folder");
    assert_refused(&desk.run(["--config", "leer", "migrate"]), "ein Ordner");
    assert_refused(&desk.run(["programme", "import", "leer"]), "ein Ordner");
    assert_refused(&desk.run(["import", "leer"]), "keine Arbeitsmappe");
}

#[test]
fn a_report_is_what_the_name_of_its_file_says() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    let burn = |more: &[&str]| desk.run(["report", "burn"].iter().chain(more));
    assert_refused(&burn(&["-o", "x.pdf"]), "xlsx, csv, json");
    assert_refused(&burn(&["-o", "x.xlsx", "--format", "csv"]), ".xlsx");
    assert!(!desk.file("x.pdf").exists() && !desk.file("x.xlsx").exists());
    assert_eq!(burn(&["-o", "x.txt", "--format", "csv"]).status, 0);
    assert_eq!(burn(&["-o", "X.XLSX"]).status, 0);
    let written = std::fs::read(desk.file("X.XLSX")).expect("written");
    assert!(written.starts_with(b"PK"), "a workbook");
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

#[test]
fn the_language_is_that_of_the_command_line_in_either_form() {
    let desk = Desk::embedded();
    assert_refused(&desk.run(["frobnicate", "--lang=en"]), "There is no command");
    assert_refused(&desk.run(["--lang", "en", "frobnicate"]), "There is no command");
}

#[test]
fn a_wrong_quarter_is_refused_with_an_example() {
    let desk = Desk::embedded();
    assert_refused(&desk.run(["report", "burn", "--quarter", "2024-Q5"]), "2024-Q3");
}

#[test]
fn settings_that_cannot_be_used_are_named_with_their_place_and_no_secret() {
    let desk = Desk::embedded();
    for (content, words) in [
        ("listen = [", "Zeile 1, Zeichen"),
        ("farbe = 1", "„farbe“ gibt es nicht"),
        ("lang = \"fr\"", "möglich sind de, en"),
        ("listen = 5", "„listen“ hat nicht die erwartete Form"),
        ("token_key = \"geheim", "settings.toml"),
        ("token_key = 4711", "„token_key“"),
    ] {
        std::fs::write(desk.file("settings.toml"), content).expect("written");
        let output = desk
            .command()
            // The environment comes before the file.
            .env_remove("NACHWEIS_TOKEN_KEY")
            .args(["--config", "settings.toml", "migrate"])
            .output()
            .expect("starts");
        let run = Run::from(output);
        assert_refused(&run, words);
        assert!(run.stderr.contains("settings.toml"), "{run:?}");
        assert!(
            !run.stderr.contains("geheim") && !run.stderr.contains("4711"),
            "{run:?}"
        );
    }
    std::fs::write(desk.file("settings.toml"), [0xFF, 0xFE]).expect("written");
    assert_refused(&desk.run(["--config", "settings.toml", "migrate"]), "TOML");
    let output = desk
        .command()
        .env("NACHWEIS_LANG", "fr")
        .arg("migrate")
        .output()
        .expect("starts");
    assert_refused(&output.into(), "NACHWEIS_LANG");
}

#[test]
fn a_round_file_that_cannot_be_used_is_named_with_its_first_faults() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    let round = include_str!("../../../crates/domain/rounds/2023-2025.toml");
    for (content, words) in [
        ("code = ".to_owned(), "Zeile 1, Zeichen 8"),
        (
            round.replace("code = \"EECO", "code = \"eeco"),
            "weitere Widersprüche",
        ),
    ] {
        std::fs::write(desk.file("runde.toml"), content).expect("written");
        let run = desk.run(["report", "burn", "--round-file", "runde.toml"]);
        assert_refused(&run, words);
        assert!(run.stderr.len() < 1_000, "{run:?}");
    }
    let missing = desk.run(["report", "burn", "--round-file", "nirgends.toml"]);
    assert_refused(
        &missing,
        "nirgends.toml kann nicht gelesen werden (gibt es nicht)",
    );
}

#[test]
fn what_the_system_says_is_said_in_the_language_of_the_message() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    std::fs::write(desk.file("datei"), "x").expect("written");
    std::fs::create_dir(desk.file("ordner")).expect("a folder");
    for (to, words) in [
        ("datei/x.csv", "ein Teil des Pfades ist eine Datei"),
        ("ordner", "das ist ein Ordner"),
        ("/dev/full", "kein freier Platz"),
    ] {
        assert_refused(&desk.run(["report", "burn", "--format", "csv", "-o", to]), words);
    }
    let address = desk.run(["serve", "--listen", "203.0.113.1:8080"]);
    assert_refused(&address, "keine Adresse dieses Rechners");
    let url = desk.run(["--database-url", "mysql://nachweis:geheim@db", "migrate"]);
    assert_refused(&url, "sqlite://PFAD");
    assert!(
        !url.stderr.contains("geheim") && !url.stderr.contains("must look"),
        "{url:?}"
    );
}

#[test]
fn a_damaged_database_is_named_and_a_password_that_is_piped_in_is_not_asked_for() {
    let desk = Desk::embedded();
    assert_eq!(desk.run(["migrate"]).status, 0);
    assert_refused(&desk.run(["user", "add", "lena"]), "mindestens 12");
    let mut bytes = std::fs::read(desk.file("nachweis.db")).expect("read");
    bytes.truncate(8_192);
    std::fs::write(desk.file("nachweis.db"), bytes).expect("written");
    for file in ["nachweis.db-wal", "nachweis.db-shm"] {
        drop(std::fs::remove_file(desk.file(file)));
    }
    assert_refused(&desk.run(["report", "burn"]), "beschädigt");
}
