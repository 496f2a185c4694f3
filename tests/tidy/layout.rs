//! The layout: what may stand at the top, what every file of code begins with, what may not occur.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests stand in the workspace")
        .to_owned()
}

/// All Rust files of the rooms, `src` only.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join("crates")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)
            .expect("folder")
            .map(|entry| entry.expect("entry").path())
        {
            if entry.is_dir() && entry.file_name().is_some_and(|name| name != "target") {
                open.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                found.push((entry.clone(), fs::read_to_string(&entry).expect("text")));
            }
        }
    }
    found.sort();
    assert!(found.len() > 50, "the walk found the code");
    found
}

fn is_production(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.contains("/src/") && !text.contains("/tests") && !text.contains("/testing")
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        assert!(
            text.starts_with("//!") || text.starts_with("#!["),
            "{} begins without a module doc",
            path.display()
        );
    }
}

#[test]
fn there_is_no_mod_rs_and_no_room_for_everything() {
    for (path, _) in sources() {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        assert!(
            !["mod", "utils", "util", "common", "helpers", "misc"].contains(&name.as_str()),
            "{}: name the noun",
            path.display()
        );
    }
}

#[test]
fn files_stay_small_enough_to_read() {
    for (path, text) in sources().into_iter().filter(|(path, _)| is_production(path)) {
        let lines = text.lines().count();
        assert!(
            lines <= 450,
            "{} has {lines} lines; split it by noun",
            path.display()
        );
    }
}

/// The files that read and write the numbers of cells; ARCHITECTURE.md names them.
const FLOATS: [&str; 3] = [
    "crates/ingest/src/cell_value.rs",
    "crates/ingest/src/issue/number.rs",
    "crates/report/src/render/xlsx/number.rs",
];

#[test]
fn only_readers_and_writers_of_cells_touch_a_float() {
    let float = |line: &str, words: &[&str]| {
        let code = line.split("//").next().unwrap_or_default();
        code.split(|char: char| !char.is_alphanumeric() && char != '_')
            .any(|word| words.contains(&word))
    };
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("text");
    for file in FLOATS {
        assert!(
            architecture.contains(file),
            "ARCHITECTURE.md does not name {file}"
        );
        assert!(root().join(file).is_file(), "{file}");
    }
    let rooms = ["domain", "store", "ingest", "report"].map(|room| format!("crates/{room}/src/"));
    for (path, text) in sources() {
        let shown = path.to_string_lossy().into_owned();
        let watched = rooms.iter().any(|room| shown.contains(room))
            && !FLOATS.iter().any(|file| shown.ends_with(file))
            && !shown.contains("/ingest/src/cell_value/tests");
        // Tests may compare with what a cell holds.
        let words: &[&str] = if is_production(&path) {
            &["f64", "f32", "to_f64", "to_f32", "from_f64", "from_f32"]
        } else {
            &["f64", "f32"]
        };
        for (number, line) in text.lines().enumerate().filter(|_| watched) {
            assert!(
                !float(line, words),
                "{shown}:{}: a float where money lives",
                number + 1
            );
        }
    }
}

#[test]
fn the_top_level_holds_only_what_the_design_draws() {
    const TOP: [&str; 10] = [
        "Cargo.toml",
        "Cargo.lock",
        "crates",
        "migrations",
        "fixtures",
        "tests",
        "deploy",
        "target",
        "demo",
        "clippy.toml",
    ];
    for entry in fs::read_dir(root()).expect("folder") {
        let name = entry.expect("entry").file_name().to_string_lossy().into_owned();
        let fits = name.starts_with('.')
            || TOP.contains(&name.as_str())
            || Path::new(&name)
                .extension()
                .is_some_and(|ending| ending == "md" || ending == "toml" || ending == "db");
        assert!(fits, "`{name}` is not part of the layout");
    }
}

#[test]
fn release_builds_check_arithmetic_and_no_room_allows_unsafe() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("manifest");
    assert!(manifest.contains("overflow-checks = true"));
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    for (path, _) in sources().iter().filter(|(path, _)| path.ends_with("src/lib.rs")) {
        let cargo = path
            .parent()
            .and_then(Path::parent)
            .expect("room")
            .join("Cargo.toml");
        let text = fs::read_to_string(cargo).expect("manifest");
        assert!(
            text.contains("[lints]\nworkspace = true"),
            "{} takes the workspace's lints",
            path.display()
        );
    }
}

#[test]
fn readers_of_dense_grids_are_never_called() {
    const BANNED: [&str; 5] = [
        "worksheet_range(",
        "worksheet_formula(",
        "load_tables(",
        "open_workbook_auto(",
        ".worksheets()",
    ];
    for (path, text) in sources().into_iter().filter(|(path, _)| is_production(path)) {
        for banned in BANNED {
            assert!(!text.contains(banned), "{} calls {banned}", path.display());
        }
    }
}
