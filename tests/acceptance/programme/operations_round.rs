//! From a published list of operations to the sums of a report: import the list, issue workbooks, fill them, take them in,
//! and find in `burn` to the cent what was filled in, for each category of region.

use std::{collections::BTreeMap, io::Write as _, path::Path};

use nachweis_demo::fill;
use nachweis_domain::{figures::QuarterlyFigures, money::Money, round::FundingRound};
use nachweis_store::testing::{Backend, TestDatabase};
use nachweis_tests::{
    operations_list::made_up,
    program::{Desk, Run},
    workbook,
};
use serde_json::Value;

use super::lists::real_list;

const ROUND: &str = "esf-2014-2020";
const QUARTER: &str = "2016-Q1";
/// Workbooks issued and filled.
const WORKBOOKS: usize = 50;
/// Operations asked at most: some of a real list do not run in the quarter.
const ASKED: usize = 250;

/// What was filled in, by the key of the category of region.
type Filled = BTreeMap<String, Money>;

#[test]
fn sums_by_category_of_region_are_what_was_filled_in_from_a_made_up_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = made_up(60);
    let path = folder.path().join("liste.xlsx");
    std::fs::write(&path, &list.bytes).expect("written");
    for backend in Backend::ALL {
        let taken = the_round_is_lived(backend, &path);
        assert_eq!(taken["operations"], 60, "{backend:?}");
        assert_eq!(taken["total_cents"], list.total_cents, "{backend:?}");
    }
}

#[test]
fn sums_by_category_of_region_are_what_was_filled_in_from_the_published_list() {
    let Some(path) = real_list("niedersachsen-esf-2014-2020.xlsx") else {
        let said =
            "Skipped: the published list is not beside the checkout; the made-up list proves the same.";
        writeln!(std::io::stderr(), "{said}").expect("standard error");
        return;
    };
    for backend in Backend::ALL {
        the_round_is_lived(backend, &path);
    }
}

/// The whole way on one database; gives what the import said.
fn the_round_is_lived(backend: Backend, list: &Path) -> Value {
    let database = TestDatabase::empty(backend);
    let desk = Desk::on(&database.url().to_string());
    done(&desk.run(["migrate"]));
    let path = list.to_str().expect("a path");
    let taken = json(&desk.run(["programme", "import", "--round", ROUND, "--json", path]));

    let filled = fill_workbooks(&desk, &taken);
    assert_eq!(
        filled.len(),
        2,
        "{backend:?}: both categories of region are among the workbooks"
    );
    let import = desk.run(["import", "--submit", "filled"]);
    done(&import);
    assert!(
        import.stdout.contains("50 Arbeitsmappen"),
        "{backend:?}: {import:?}"
    );

    let arguments = ["report", "burn", "--round", ROUND, "--quarter", QUARTER];
    let arguments = arguments
        .into_iter()
        .chain(["--group-by", "region-category", "--format", "json"]);
    let report = json(&desk.run(arguments));
    assert_eq!(reported(&report), filled, "{backend:?}");
    let all: Money = filled.values().copied().sum();
    assert_eq!(
        report["tables"][0]["totals"]["reported_cents"],
        all.cents(),
        "{backend:?}"
    );
    taken
}

/// Issues and fills the workbooks of operations spread over the whole list.
fn fill_workbooks(desk: &Desk, taken: &Value) -> Filled {
    let round = nachweis_domain::round::shipped()
        .into_iter()
        .find(|round| round.code.as_str() == ROUND)
        .expect("the round ships");
    std::fs::create_dir(desk.file("filled")).expect("a folder");
    let rows = taken["taken"].as_array().expect("rows");
    let step = (rows.len() / ASKED).max(1);
    let mut filled = Filled::new();
    let mut count = 0;
    for row in rows.iter().step_by(step) {
        let no = row["no"].as_str().expect("a number");
        let issue = desk.run([
            "template",
            "--subproject",
            no,
            "--quarter",
            QUARTER,
            "-o",
            "issued.xlsx",
        ]);
        if issue.status != 0 {
            continue;
        }
        let issued = std::fs::read(desk.file("issued.xlsx")).expect("issued");
        let (context, stamp) = workbook::issued(&issued);
        if context.subproject.grant_period.last <= context.quarter.last_day() {
            continue;
        }
        let figures = workbook::figures_of_issued(&round, &context);
        let bytes = fill::fill(&round, &context, &stamp, &workbook::seal_key(), &figures).expect("filled");
        std::fs::write(desk.file(&format!("filled/{count:02}.xlsx")), bytes).expect("written");
        for (category, part) in context.subproject.regions.divide(spent(&round, &figures)) {
            *filled.entry(category.as_str().to_owned()).or_default() += part;
        }
        count += 1;
        if count == WORKBOOKS {
            return filled;
        }
    }
    panic!("{count} operations only run in {QUARTER}");
}

fn spent(round: &FundingRound, figures: &QuarterlyFigures) -> Money {
    let amounts = figures.expenditure.iter();
    let spent: Money = amounts.map(|one| round.signed(&one.item, one.amount.value)).sum();
    assert!(spent > Money::ZERO, "something is spent");
    spent
}

/// The reported sums of the report, by category; the report also lists categories without operations.
fn reported(report: &Value) -> Filled {
    let rows = report["tables"][0]["rows"].as_array().expect("rows");
    let sums = rows.iter().map(|row| {
        let cents = row["reported_cents"].as_i64().expect("cents");
        let category = row["region_category"]["key"].as_str().expect("a category");
        (category.to_owned(), Money::from_cents(cents))
    });
    sums.filter(|(_, sum)| !sum.is_zero()).collect()
}

fn done(run: &Run) {
    assert_eq!(run.status, 0, "{run:?}");
}

fn json(run: &Run) -> Value {
    done(run);
    serde_json::from_str(&run.stdout).expect("JSON")
}
