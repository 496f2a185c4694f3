//! Documents and scripts: links lead somewhere, commands in README exist.

use std::fs;

use crate::layout::root;

const DOCUMENTS: [&str; 5] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "DECISIONS.md",
    "CHANGELOG.md",
];

#[test]
fn links_between_documents_lead_somewhere() {
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).expect(document);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") {
                continue;
            }
            assert!(
                root().join(path).exists(),
                "{document} links to {path}, which is not there"
            );
        }
    }
}

#[test]
fn the_readme_names_the_two_commands() {
    let text = fs::read_to_string(root().join("README.md")).expect("README.md");
    for command in ["./deploy/demo", "./tests/run"] {
        assert!(text.contains(command), "README.md does not name {command}");
        assert!(root().join(command).exists(), "{command} is not there");
    }
}

#[test]
fn scripts_can_be_run() {
    use std::os::unix::fs::PermissionsExt;
    for script in [
        "deploy/demo",
        "deploy/restore-check",
        "deploy/setup",
        "tests/run",
        "tests/postgres",
        "tests/bench/run",
        ".ci/run",
    ] {
        let mode = fs::metadata(root().join(script))
            .expect(script)
            .permissions()
            .mode();
        assert!(mode & 0o111 != 0, "{script} has no run bit");
    }
}
