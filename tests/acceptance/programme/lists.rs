//! Published lists of operations. The real ones stand beside the checkout where there are any; they are never copied.

use std::path::PathBuf;

use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::program::Desk;
use serde_json::Value;

/// File, operations, cents; for Niedersachsen also the operations of each category of region.
const LISTS: [(&str, usize, i64); 3] = [
    ("niedersachsen-esf-2014-2020.xlsx", 1_758, 7_038_160_242),
    ("mecklenburg-vorpommern-esf-2014-2020.xlsx", 1_445, 14_331_514_742),
    ("bremen-esf-2014-2020.xlsx", 99, 3_441_025_507),
];

/// The real list, if it is there: in the folder that `NACHWEIS_OPERATIONS_LISTS` names, or beside the checkout.
pub(super) fn real_list(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("NACHWEIS_OPERATIONS_LISTS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/operations-lists"),
        PathBuf::from,
    );
    let path = folder.join(name);
    path.is_file().then_some(path)
}

#[test]
pub(super) fn real_lists_give_their_known_counts_and_sums_on_both_databases() {
    for backend in Backend::ALL {
        for (name, operations, cents) in LISTS {
            let Some(path) = real_list(name) else { continue };
            let database = TestDatabase::empty(backend);
            let desk = Desk::on(&database.url().to_string());
            assert_eq!(desk.run(["migrate"]).status, 0);
            let path = path.to_str().expect("a path");
            let run = desk.run(["programme", "import", "--round", "esf-2014-2020", "--json", path]);
            assert_eq!(run.status, 0, "{name}: {run:?}");
            let report: Value = serde_json::from_str(&run.stdout).expect("JSON");
            assert_eq!(report["operations"], operations, "{backend:?} {name}");
            assert_eq!(report["total_cents"], cents, "{backend:?} {name}");
            assert_eq!(
                awarded(&desk),
                cents,
                "{backend:?} {name}: the report holds what was imported"
            );
        }
    }
}

fn awarded(desk: &Desk) -> i64 {
    let arguments = [
        "report",
        "burn",
        "--round",
        "esf-2014-2020",
        "--group-by",
        "region-category",
        "--format",
        "json",
    ];
    let report: Value = serde_json::from_str(&desk.run(arguments).stdout).expect("JSON");
    report["tables"][0]["totals"]["awarded_cents"]
        .as_i64()
        .expect("the awarded sum")
}
