//! Our own format, on both databases.

use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::program::Desk;

#[test]
fn the_made_up_programme_is_imported_to_the_cent_and_only_once() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/programme/2023-2025.csv");
    for backend in Backend::ALL {
        let database = TestDatabase::empty(backend);
        let desk = Desk::on(&database.url().to_string());
        assert_eq!(desk.run(["migrate"]).status, 0);
        for _ in 0..2 {
            let run = desk.run(["programme", "import", file]);
            assert_eq!(run.status, 0, "{backend:?}: {run:?}");
        }
        let burn = desk.run(["report", "burn", "--group-by", "subproject", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&burn.stdout).expect("JSON");
        assert_eq!(
            report["tables"][0]["rows"].as_array().expect("rows").len(),
            270,
            "{backend:?}"
        );
        assert_eq!(
            report["tables"][0]["totals"]["awarded_cents"], 21_000_000_000_i64,
            "{backend:?}"
        );
    }
}
