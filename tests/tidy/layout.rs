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

#[test]
fn only_the_reader_of_cells_touches_a_float() {
    let float = |line: &str| {
        let code = line.split("//").next().unwrap_or_default();
        code.split(|char: char| !char.is_alphanumeric() && char != '_')
            .any(|word| word == "f64" || word == "f32")
    };
    for (path, text) in sources() {
        let shown = path.to_string_lossy().into_owned();
        let watched = ["/domain/src/", "/store/src/"]
            .iter()
            .any(|room| shown.contains(room))
            || (shown.contains("/ingest/src/") && !shown.contains("/ingest/src/cell_value"));
        if watched {
            for (number, line) in text.lines().enumerate() {
                assert!(!float(line), "{shown}:{}: a float where money lives", number + 1);
            }
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
