//! Random uploads and decisions in a real database: every report that the service gives is what a naive recomputation from
//! the figures that were handed in gives. The dice are seeded: a failure names its seed.
//!
//! The naive side keeps lists of its own ([`told`]) and sums them from one end to the other ([`naive`]). It makes a ledger by
//! itself, whose reports stand beside a second computation in the tests of `report`; and the plain sums of several reports
//! are computed here once more, past any ledger.

use std::collections::BTreeMap;

use nachweis_domain::{money::Money, record::UploadState};
use nachweis_service::{GroupBy, Report, ReportName, ReportRequest, Value};
use nachweis_store::testing::Backend;

use crate::{Story, lineage, world::World};

mod naive;
mod told;

use told::Told;

pub(crate) const STORIES: &[Story] = &[(
    "reports_are_what_a_naive_recomputation_from_what_was_handed_in_gives",
    datasets,
)];

/// Datasets of a database: more in the long run, 500 on both together.
fn seeds(backend: Backend) -> std::ops::Range<u64> {
    let is_long = std::env::var_os("NACHWEIS_TEST_LONG").is_some();
    match (backend, is_long) {
        (Backend::Sqlite, false) => 0..6,
        (Backend::Sqlite, true) => 0..400,
        (Backend::Postgres, false) => 1_000..1_003,
        (Backend::Postgres, true) => 1_000..1_100,
    }
}

fn datasets(first: &World) {
    let backend = match first.database.folder() {
        Some(_) => Backend::Sqlite,
        None => Backend::Postgres,
    };
    let (mut counted, mut superseded) = (0, 0);
    for seed in seeds(backend) {
        let world = World::new(backend);
        let told = Told::by_chance(&world, seed);
        counted += told.counting().count();
        superseded += told.count(UploadState::Superseded);
        every_report_is_the_same(&world, &told);
        plain_sums(&world, &told);
    }
    assert!(counted > 12 && superseded > 0, "{counted} {superseded}");
}

/// Every report in every grouping, up to now and up to a quarter, against the one of the naive ledger.
fn every_report_is_the_same(world: &World, told: &Told) {
    let ledger = naive::ledger(world, told);
    for quarter in [None, Some(told.asked)] {
        for request in lineage::requests() {
            let request = ReportRequest { quarter, ..request };
            let found = report(world, &request);
            let expected = nachweis_report::build(&request, &ledger).unwrap();
            assert_eq!(found.tables, expected.tables, "seed {}: {request:?}", told.seed);
        }
    }
}

fn report(world: &World, request: &ReportRequest) -> std::sync::Arc<Report> {
    let code = &world.round.code;
    world.service.report(&world.auditor, code, request).unwrap()
}

/// The column of a report's groups.
const FIRST: &str = "";

/// The rows of a table with the values of some columns, by the keys of others.
fn rows(
    world: &World,
    (name, by): (ReportName, Option<GroupBy>),
    (table, keys, columns): (&str, &[&str], &[&str]),
) -> BTreeMap<Vec<String>, Vec<i64>> {
    let request = ReportRequest {
        name,
        group_by: by,
        quarter: None,
        on: None,
    };
    let report = report(world, &request);
    let table = report.tables.iter().find(|found| found.key == table).unwrap();
    let place = |key: &&str| {
        let mut columns = table.columns.iter();
        columns
            .position(|column| *key == FIRST || column.key == *key)
            .unwrap()
    };
    let of_row = |row: &Vec<Value>| {
        let key = keys.iter().map(|key| text(&row[place(key)])).collect();
        let values: Vec<i64> = columns.iter().map(|key| number(&row[place(key)])).collect();
        (key, values)
    };
    let rows = table.rows.iter().map(of_row);
    // A row of zeros says the same as no row.
    rows.filter(|(_, values)| values.iter().any(|value| *value != 0))
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Term(term) => term.key.clone(),
        Value::Quarter(quarter) => quarter.to_string(),
        other => panic!("{other:?}"),
    }
}

fn number(value: &Value) -> i64 {
    match value {
        Value::Money(amount) => amount.cents(),
        Value::Count(count) => *count,
        Value::Empty => 0,
        other => panic!("{other:?}"),
    }
}

type Sums = BTreeMap<Vec<String>, Vec<i64>>;

fn add(sums: &mut Sums, key: &[&str], values: &[i64]) {
    let key = key.iter().map(|&part| part.to_owned()).collect();
    let sum = sums.entry(key).or_insert_with(|| vec![0; values.len()]);
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += value;
    }
}

/// The sums of several reports, from what was handed in and counts.
fn plain_sums(world: &World, told: &Told) {
    let [
        mut by_subproject,
        mut by_network,
        mut by_quarter,
        mut spent,
        mut funds,
        mut counters,
        mut indicators,
    ] = std::array::from_fn(|_| Sums::new());
    for payment in &told.payments {
        let paid = payment.1.amount.cents();
        let (no, network) = told.names(&payment.0);
        add(&mut by_subproject, &[no], &[0, 0, paid]);
        add(&mut by_network, &[network], &[0, 0, paid]);
    }
    for one in told.counting() {
        let (no, network) = told.names(&one.no);
        for figure in &one.figures.expenditure {
            let amount = figure.amount.value;
            let reported = world.round.signed(&figure.item, amount).cents();
            let accepted = if one.state == UploadState::Accepted {
                reported
            } else {
                0
            };
            add(&mut by_subproject, &[no], &[reported, accepted, 0]);
            add(&mut by_network, &[network], &[reported, accepted, 0]);
            add(
                &mut by_quarter,
                &[&one.quarter.to_string()],
                &[reported, accepted],
            );
            add(&mut spent, &[no, figure.item.as_str()], &[amount.cents()]);
        }
        for figure in &one.figures.funds {
            let cells = [&figure.called, &figure.received, &figure.spent];
            let amounts = cells.map(|cell| cell.as_ref().map_or(Money::ZERO, |cell| cell.value).cents());
            add(&mut funds, &[figure.source.as_str()], &amounts);
        }
        for figure in &one.figures.counters {
            let count = figure.count.as_ref().map_or(0, |count| count.value);
            add(&mut counters, &[figure.counter.as_str()], &[count]);
        }
        for figure in &one.figures.indicators {
            let counts = naive::counts(figure);
            add(
                &mut indicators,
                &[figure.code.as_str()],
                &[counts.women, counts.men, counts.non_binary, counts.total],
            );
        }
    }
    // Sums that the round reserves are made of their parts, not of what stands in their row.
    for sum in &world.round.reserved_sums {
        indicators.remove(&vec![sum.code.to_string()]);
    }
    let burn = |by| (ReportName::Burn, Some(by));
    let amounts: &[&str] = &["reported", "accepted", "paid_out"];
    let is = |found: Sums, mut expected: Sums, what: &str| {
        expected.retain(|_, values| values.iter().any(|value| *value != 0));
        assert_eq!(found, expected, "seed {}: {what}", told.seed);
    };
    let found = rows(world, burn(GroupBy::Subproject), ("burn", &[FIRST], amounts));
    is(found, by_subproject, "burn by subproject");
    let found = rows(world, burn(GroupBy::Network), ("burn", &[FIRST], amounts));
    is(found, by_network, "burn by network");
    let found = rows(world, burn(GroupBy::Quarter), ("burn", &[FIRST], &amounts[..2]));
    is(found, by_quarter, "burn by quarter");
    let found = rows(
        world,
        (ReportName::Deviations, None),
        ("deviations", &["no", "item"], &["spent"]),
    );
    is(found, spent, "deviations");
    let columns: &[&str] = &["called", "received", "spent"];
    let found = rows(
        world,
        (ReportName::Funding, None),
        ("funding_total", &[FIRST], columns),
    );
    is(found, funds, "funding");
    let of_round = (ReportName::Indicators, Some(GroupBy::Round));
    let found = rows(world, of_round, ("counters", &["counter"], &["count"]));
    is(found, counters, "counters");
    let columns: &[&str] = &["women", "men", "non_binary", "total"];
    let mut found = rows(world, of_round, ("indicators", &["code"], columns));
    for sum in &world.round.reserved_sums {
        found.remove(&vec![sum.code.to_string()]);
    }
    is(found, indicators, "indicators");
}
