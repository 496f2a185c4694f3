//! Imports run one way only (design.md §4): `domain ← ingest, store, report ← service ← api, cli`.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// What each room may import of the others.
const ALLOWED: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("ingest", &["domain"]),
    ("store", &["domain"]),
    ("report", &["domain"]),
    ("service", &["domain", "ingest", "store", "report"]),
    ("api", &["domain", "service"]),
    ("demo", &["domain", "ingest"]),
    ("cli", &["domain", "service", "api", "demo"]),
];

/// Heavy libraries and the rooms that own them.
const OWNED: [(&str, &[&str]); 7] = [
    ("calamine", &["ingest"]),
    ("diesel", &["store"]),
    ("libsqlite3-sys", &["store"]),
    ("actix-web", &["api"]),
    ("jsonwebtoken", &["api"]),
    ("ureq", &["api"]),
    ("rust_xlsxwriter", &["ingest", "report"]),
];

fn rooms() -> Vec<Package> {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata");
    metadata
        .packages
        .into_iter()
        .filter(|package| package.name.as_str() != "nachweis-tests")
        .collect()
}

fn room(package: &Package) -> &str {
    package
        .name
        .as_str()
        .strip_prefix("nachweis-")
        .expect("every package is called nachweis-<room>")
}

fn imports(package: &Package) -> BTreeSet<&str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind == DependencyKind::Normal)
        .map(|dependency| dependency.name.as_str())
        .collect()
}

#[test]
fn rooms_import_only_along_the_arrows() {
    let allowed: BTreeMap<_, _> = ALLOWED.into_iter().collect();
    let rooms = rooms();
    assert_eq!(
        rooms.iter().map(room).collect::<BTreeSet<_>>(),
        allowed.keys().copied().collect(),
        "the house has exactly these rooms"
    );
    for package in &rooms {
        for import in imports(package)
            .into_iter()
            .filter_map(|name| name.strip_prefix("nachweis-"))
        {
            assert!(
                allowed[room(package)].contains(&import),
                "{} must not import {import}",
                room(package)
            );
        }
    }
}

#[test]
fn heavy_libraries_have_one_owner() {
    for package in &rooms() {
        for (library, owners) in OWNED {
            let uses = imports(package).contains(library);
            assert!(
                !uses || owners.contains(&room(package)),
                "{} must not import {library}",
                room(package)
            );
        }
    }
}

#[test]
fn versions_stand_in_one_place() {
    for package in &rooms() {
        let text = std::fs::read_to_string(&package.manifest_path).expect("manifest");
        let stated = text.lines().find(|line| line.contains("version = \""));
        assert_eq!(
            stated, None,
            "{}: versions stand in [workspace.dependencies] only",
            package.manifest_path
        );
    }
}
