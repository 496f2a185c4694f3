//! Burn in every grouping, every column, computed a second time by the plainest reading of the rules.

use std::collections::BTreeMap;

use nachweis_domain::{key::ItemKey, ledger::Ledger, money::Money, quarter::Quarter};
use nachweis_report::{GroupBy, Report, ReportName, Table, Value};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{OF_SUBPROJECTS, asked_quarter, cases, listed, parts, plan_of, reference, report};
use crate::{disturbed, table};

/// Awarded, planned, planned in quarters outstanding, reported, accepted, paid out, unspent, overspending.
type Sums = [Money; 8];

const KEYS: [&str; 8] = [
    "awarded",
    "planned",
    "planned_outstanding",
    "reported",
    "accepted",
    "paid_out",
    "unspent",
    "overspending",
];

/// What is expected of a subproject.
#[derive(Clone, Default)]
struct Expected {
    sums: Sums,
    forecast: Money,
    outstanding: i64,
    reported: i64,
    days_elapsed: i64,
    days_reported: i64,
    days: i64,
}

/// The quarters that a grant touches, each with the days of it that lie in the grant.
fn grant_quarters(ledger: &Ledger, index: usize) -> Vec<(Quarter, i64)> {
    let grant = ledger.subprojects[index].subproject.grant_period;
    let first = Quarter::of(grant.first).unwrap();
    let quarters = first.through(Quarter::of(grant.last).unwrap());
    let days = |quarter: Quarter| {
        let (from, to) = (
            quarter.first_day().max(grant.first),
            quarter.last_day().min(grant.last),
        );
        (to - from).num_days() + 1
    };
    quarters.map(|quarter| (quarter, days(quarter))).collect()
}

fn expected(ledger: &Ledger, index: usize, asked: Option<Quarter>) -> Expected {
    let state = &ledger.subprojects[index];
    let grant = &state.subproject.grant_period;
    let until = reference(ledger, asked);
    let plan = plan_of(ledger, index, asked);
    let planned_until = |quarter: Quarter| {
        plan.map(|plan| plan.planned_until(&ledger.round, grant, quarter))
            .unwrap_or_default()
    };
    let planned_in = |quarter: Quarter| planned_until(quarter) - planned_until(quarter.previous());
    let is_reported = |quarter: Quarter| {
        let mut quarters = ledger.quarters.iter();
        quarters.any(|entry| entry.subproject == index && entry.quarter == quarter && entry.is_reported)
    };
    let spent_in = |quarter: Quarter| -> Money {
        let entries = ledger.expenditure.iter();
        entries
            .filter(|entry| entry.subproject == index && entry.quarter == quarter)
            .map(|entry| ledger.round.signed(&entry.item, entry.reported))
            .sum()
    };
    let mut all = Expected {
        days: grant.days(),
        ..Expected::default()
    };
    let mut last_four: Vec<(Money, Money)> = Vec::new();
    for (quarter, days) in grant_quarters(ledger, index) {
        if quarter > until {
            break;
        }
        all.days_elapsed += days;
        if is_reported(quarter) {
            all.reported += 1;
            all.days_reported += days;
            last_four.push((spent_in(quarter), planned_in(quarter)));
        } else {
            all.outstanding += 1;
            all.sums[2] += planned_in(quarter);
        }
    }
    let counts = |quarter: Quarter| asked.is_none_or(|asked| quarter <= asked);
    for entry in &ledger.expenditure {
        if entry.subproject == index && counts(entry.quarter) {
            all.sums[3] += ledger.round.signed(&entry.item, entry.reported);
            all.sums[4] += ledger.round.signed(&entry.item, entry.accepted);
        }
    }
    for payment in &state.disbursements {
        if asked.is_none_or(|asked| payment.paid_on <= asked.last_day()) {
            all.sums[5] += payment.amount;
        }
    }
    all.sums[0] = plan.map(|plan| plan.awarded(&ledger.round)).unwrap_or_default();
    all.sums[1] = planned_until(until);
    let last_four = &last_four[last_four.len().saturating_sub(4)..];
    let spent: i64 = last_four.iter().map(|(spent, _)| spent.cents()).sum();
    let planned: i64 = last_four.iter().map(|(_, planned)| planned.cents()).sum();
    let to_come = all.sums[0] - all.sums[1] + all.sums[2];
    all.forecast = all.sums[3] + at_rate(to_come, spent.max(0), planned);
    let left = all.sums[0] - all.forecast;
    all.sums[if left >= Money::ZERO { 6 } else { 7 }] = left.abs();
    all
}

/// An amount times a fraction, rounded half away from zero.
fn at_rate(amount: Money, spent: i64, planned: i64) -> Money {
    if planned <= 0 {
        return amount;
    }
    let twice = i128::from(amount.cents()) * i128::from(spent) * 2;
    let planned = i128::from(planned);
    let rounded = (twice.abs() + planned) / (2 * planned) * twice.signum();
    Money::from_cents(i64::try_from(rounded).unwrap())
}

/// Group, amounts, forecast, outstanding.
type Row = (Sums, Money, i64);

fn groups(ledger: &Ledger, by: GroupBy, all: &[Expected]) -> BTreeMap<String, Row> {
    let mut groups: BTreeMap<String, Row> = BTreeMap::new();
    for key in listed(ledger, by) {
        groups.entry(key).or_default();
    }
    for (state, expected) in ledger.subprojects.iter().zip(all) {
        for (column, amount) in expected.sums.iter().enumerate() {
            for (key, part) in parts(ledger, state, by, *amount) {
                groups.entry(key).or_default().0[column] += part;
            }
        }
        for (key, _) in parts(ledger, state, by, Money::ZERO) {
            groups.entry(key).or_default().2 += expected.outstanding;
        }
    }
    for (sums, forecast, _) in groups.values_mut() {
        *forecast = sums[0] - sums[6] + sums[7];
    }
    groups
}

fn amounts(burn: &Table, row: &[Value]) -> Row {
    let at = |key: &str| &row[table::column(burn, key)];
    let money = |key: &str| table::money(at(key)).unwrap_or_default();
    (
        KEYS.map(money),
        money("forecast"),
        table::count(at("outstanding")),
    )
}

fn shown(report: &Report) -> BTreeMap<String, Row> {
    let burn = table::table(report, "burn");
    let rows = burn.rows.iter();
    rows.map(|row| (table::key(&row[0]), amounts(burn, row)))
        .collect()
}

/// Checks the totals row, and what every row says of its own amounts.
fn check_totals(report: &Report, all: &[Expected]) {
    let burn = table::table(report, "burn");
    let row = burn.totals.as_ref().unwrap();
    let sum = |of: fn(&Expected) -> Money| all.iter().map(of).sum::<Money>();
    let mut expected = Sums::default();
    for one in all {
        for (sum, amount) in expected.iter_mut().zip(one.sums) {
            *sum += amount;
        }
    }
    let outstanding = all.iter().map(|one| one.outstanding).sum();
    assert_eq!(
        amounts(burn, row),
        (expected, sum(|one| one.forecast), outstanding)
    );
    for row in burn.rows.iter().chain([row]) {
        let at = |key: &str| table::money(&row[table::column(burn, key)]);
        if let (Some(awarded), Some(reported)) = (at("awarded"), at("reported")) {
            assert_eq!(at("remaining"), Some(awarded - reported));
        }
        if let (Some(awarded), Some(forecast)) = (at("awarded"), at("forecast")) {
            let (unspent, above) = (at("unspent").unwrap(), at("overspending").unwrap());
            assert_eq!(awarded, forecast + unspent - above);
            assert!(unspent >= Money::ZERO && above >= Money::ZERO);
        }
    }
}

fn close(value: &Value, expected: Option<Decimal>) {
    let found = match value {
        Value::Empty => None,
        Value::Percent(value) | Value::Points(value) => Some(*value),
        other => panic!("{other:?}"),
    };
    match (found, expected) {
        (Some(found), Some(expected)) => {
            assert!(
                (found - expected).abs() < Decimal::new(1, 15),
                "{found} {expected}"
            );
        }
        (found, expected) => assert_eq!(found, expected),
    }
}

/// Checks ratios and light of single subprojects.
fn check_ratios(ledger: &Ledger, report: &Report, all: &[Expected]) {
    let burn = table::table(report, "burn");
    let thresholds = &ledger.round.thresholds;
    for (row, one) in burn.rows.iter().zip(all) {
        let at = |key: &str| &row[table::column(burn, key)];
        let awarded = one.sums[0].to_decimal();
        let has_award = !awarded.is_zero();
        let of_days = |days: i64| has_award.then(|| Decimal::from(days) / Decimal::from(one.days.max(1)));
        let burned = has_award.then(|| one.sums[3].to_decimal() / awarded);
        close(at("burn"), burned);
        close(at("elapsed"), of_days(one.days_elapsed));
        close(at("elapsed_reported"), of_days(one.days_reported));
        let gap = burned
            .zip(of_days(one.days_reported))
            .map(|(burned, time)| (burned - time) * Decimal::ONE_HUNDRED);
        close(at("gap"), gap);
        let light = match (one.reported, gap) {
            (0, _) | (_, None) => None,
            (_, Some(gap)) if gap.abs() <= thresholds.light_green_pp.into() => Some("green"),
            (_, Some(gap)) if gap.abs() <= thresholds.light_yellow_pp.into() => Some("yellow"),
            _ => Some("red"),
        };
        let found = match at("light") {
            Value::Empty => None,
            Value::Light(light) => Some(light.as_str()),
            other => panic!("{other:?}"),
        };
        assert_eq!(found, light);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(128), ..ProptestConfig::default() })]

    #[test]
    fn burn_of_every_grouping_is_what_a_second_computation_gives(seed: u64, asked in 0_i32..9) {
        let ledger = disturbed::ledger(seed);
        let asked = asked_quarter(asked);
        let subprojects = 0..ledger.subprojects.len();
        let all: Vec<Expected> = subprojects.map(|index| expected(&ledger, index, asked)).collect();
        for by in OF_SUBPROJECTS {
            let report = report(&ledger, ReportName::Burn, by, asked);
            prop_assert_eq!(shown(&report), groups(&ledger, by, &all), "{}", by);
            check_totals(&report, &all);
        }
        check_ratios(&ledger, &report(&ledger, ReportName::Burn, GroupBy::Subproject, asked), &all);
        for by in [GroupBy::PlanItem, GroupBy::Quarter] {
            check_totals(&report(&ledger, ReportName::Burn, by, asked), &all);
        }
    }

    #[test]
    fn burn_by_plan_item_and_quarter_shows_each_entry_once(seed: u64) {
        let ledger = disturbed::ledger(seed);
        let mut by_item: BTreeMap<String, Money> = BTreeMap::new();
        let mut by_quarter: BTreeMap<String, Money> = BTreeMap::new();
        for entry in &ledger.expenditure {
            let amount = ledger.round.signed(&entry.item, entry.reported);
            *by_item.entry(entry.item.to_string()).or_default() += amount;
            *by_quarter.entry(entry.quarter.to_string()).or_default() += amount;
        }
        for (by, expected) in [(GroupBy::PlanItem, by_item), (GroupBy::Quarter, by_quarter)] {
            for (key, (sums, ..)) in shown(&report(&ledger, ReportName::Burn, by, None)) {
                prop_assert_eq!(sums[3], expected.get(&key).copied().unwrap_or_default(), "{}", key);
            }
        }
    }

    #[test]
    fn burn_by_quarter_counts_each_outstanding_quarter_with_its_plan(seed: u64) {
        let ledger = disturbed::ledger(seed);
        let mut expected: BTreeMap<String, (i64, Money)> = BTreeMap::new();
        for (index, state) in ledger.subprojects.iter().enumerate() {
            let plan = plan_of(&ledger, index, None);
            let grant = &state.subproject.grant_period;
            for (quarter, _) in grant_quarters(&ledger, index) {
                let mut reported = ledger.quarters.iter().filter(|entry| entry.is_reported);
                let here = |subproject, of| (subproject, of) == (index, quarter);
                if quarter <= reference(&ledger, None) && !reported.any(|entry| here(entry.subproject, entry.quarter)) {
                    let until = |quarter| plan.map_or(Money::ZERO, |plan| plan.planned_until(&ledger.round, grant, quarter));
                    let (count, planned) = expected.entry(quarter.to_string()).or_default();
                    *count += 1;
                    *planned += until(quarter) - until(quarter.previous());
                }
            }
        }
        for (key, (sums, _, outstanding)) in shown(&report(&ledger, ReportName::Burn, GroupBy::Quarter, None)) {
            prop_assert_eq!((outstanding, sums[2]), expected.remove(&key).unwrap_or_default(), "{}", key);
        }
        prop_assert!(expected.is_empty(), "{:?}", expected);
    }

    #[test]
    fn burn_by_plan_item_adds_up_to_the_plan_and_its_part_outstanding(seed: u64, asked in 0_i32..9) {
        let ledger = disturbed::ledger(seed);
        let asked = asked_quarter(asked);
        let until = reference(&ledger, asked);
        for (key, (sums, ..)) in shown(&report(&ledger, ReportName::Burn, GroupBy::PlanItem, asked)) {
            let item = ItemKey::new(&key);
            let mut planned = Money::ZERO;
            for (index, state) in ledger.subprojects.iter().enumerate() {
                if let Some(plan) = plan_of(&ledger, index, asked) {
                    let grant = &state.subproject.grant_period;
                    planned += ledger.round.signed(&item, plan.item_planned_until(&item, grant, until));
                }
            }
            prop_assert_eq!(sums[1], planned, "{}", key);
        }
    }
}
