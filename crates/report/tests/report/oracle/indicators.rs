//! Indicators and counters, every column, computed a second time.

use std::collections::BTreeMap;

use nachweis_domain::{
    key::IndicatorCode,
    ledger::{Ledger, SubprojectState},
    quarter::Quarter,
    round::Counted,
};
use nachweis_report::{GroupBy, Report, ReportName, Value};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{OF_SUBPROJECTS, asked_quarter, cases, parts, plan_of, reference, report};
use crate::{disturbed, table};

/// Women, men, non-binary, beyond them; now, and one quarter earlier; target.
#[derive(Clone, Copy, Default)]
struct Counts {
    now: [i64; 4],
    before: [i64; 4],
    target: Option<i64>,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        for place in 0..4 {
            self.now[place] += other.now[place];
            self.before[place] += other.before[place];
        }
        if let Some(target) = other.target {
            self.target = Some(self.target.unwrap_or(0) + target);
        }
    }
}

/// The groups of a subproject with the parts of a count: persons one by one, each where the group is furthest behind.
fn persons(ledger: &Ledger, state: &SubprojectState, by: GroupBy, count: i64) -> Vec<(String, i64)> {
    if by != GroupBy::RegionCategory {
        let [(group, _)] = parts(ledger, state, by, nachweis_domain::money::Money::ZERO)
            .try_into()
            .unwrap();
        return vec![(group, count)];
    }
    let shares = state.subproject.regions.shares();
    let mut given = vec![0_i64; shares.len()];
    for _ in 0..count.abs() {
        let mut best = 0;
        for place in 1..shares.len() {
            let claim = |place: usize| {
                let (_, share) = shares[place];
                (share.fraction(), Decimal::from(2 * given[place] + 1))
            };
            let ((mine, my_next), (theirs, their_next)) = (claim(place), claim(best));
            if mine * their_next > theirs * my_next {
                best = place;
            }
        }
        given[best] += 1;
    }
    let parts = shares.iter().zip(given);
    parts
        .map(|((category, _), part)| (category.as_str().to_owned(), part * count.signum()))
        .collect()
}

fn of_subproject(ledger: &Ledger, index: usize, asked: Option<Quarter>) -> BTreeMap<String, Counts> {
    let last = reference(ledger, asked);
    let mut all: BTreeMap<String, Counts> = BTreeMap::new();
    for entry in ledger.indicators.iter().filter(|entry| entry.subproject == index) {
        if asked.is_some_and(|asked| entry.quarter > asked) {
            continue;
        }
        let counts = entry.counts;
        let beyond = counts.total - counts.women - counts.men - counts.non_binary;
        let counts = [counts.women, counts.men, counts.non_binary, beyond];
        let sum = all.entry(entry.code.to_string()).or_default();
        for (place, count) in counts.into_iter().enumerate() {
            sum.now[place] += count;
            if entry.quarter < last {
                sum.before[place] += count;
            }
        }
    }
    for (code, target) in plan_of(ledger, index, asked)
        .into_iter()
        .flat_map(|plan| &plan.targets)
    {
        all.entry(code.to_string()).or_default().target = Some(i64::try_from(*target).unwrap());
    }
    all
}

/// The counts of each group and code, reserved sums made of their parts.
fn expected(ledger: &Ledger, by: GroupBy, asked: Option<Quarter>) -> BTreeMap<(String, String), Counts> {
    let mut groups: BTreeMap<(String, String), Counts> = BTreeMap::new();
    for (index, state) in ledger.subprojects.iter().enumerate() {
        for (code, counts) in of_subproject(ledger, index, asked) {
            let mut of_groups: BTreeMap<String, Counts> = BTreeMap::new();
            for place in 0..4 {
                for (group, part) in persons(ledger, state, by, counts.now[place]) {
                    of_groups.entry(group).or_default().now[place] = part;
                }
                for (group, part) in persons(ledger, state, by, counts.before[place]) {
                    of_groups.entry(group).or_default().before[place] = part;
                }
            }
            if let Some(target) = counts.target {
                for (group, part) in persons(ledger, state, by, target) {
                    of_groups.entry(group).or_default().target = Some(part);
                }
            }
            for (group, part) in of_groups {
                groups.entry((group, code.clone())).or_default().add(&part);
            }
        }
    }
    let names: std::collections::BTreeSet<String> = groups.keys().map(|(group, _)| group.clone()).collect();
    for sum in &ledger.round.reserved_sums {
        for group in &names {
            let mut all = Counts::default();
            for part in &sum.parts {
                let counts = groups.get(&(group.clone(), part.to_string()));
                all.add(&counts.copied().unwrap_or_default());
            }
            let own = groups.entry((group.clone(), sum.code.to_string())).or_default();
            *own = Counts {
                target: own.target,
                ..all
            };
        }
    }
    groups
}

/// Women, men, non-binary, total, target, achievement, previous, in the quarter.
fn values(ledger: &Ledger, code: &str, counts: &Counts) -> Vec<Value> {
    let of_round = ledger.round.indicator(&IndicatorCode::new(code));
    let is_entities = of_round.is_some_and(|indicator| indicator.counts == Counted::Entities);
    let total: i64 = counts.now.iter().sum();
    let previous: i64 = counts.before.iter().sum();
    let mut values: Vec<Value> = counts.now[..3]
        .iter()
        .map(|count| {
            if is_entities {
                Value::Empty
            } else {
                Value::Count(*count)
            }
        })
        .collect();
    let achievement = counts.target.filter(|target| *target != 0);
    values.extend([
        Value::Count(total),
        counts.target.map_or(Value::Empty, Value::Count),
        achievement.map_or(Value::Empty, |target| {
            Value::Percent(Decimal::from(total) / Decimal::from(target))
        }),
        Value::Count(previous),
        Value::Count(total - previous),
    ]);
    values
}

fn check(ledger: &Ledger, report: &Report, by: GroupBy, asked: Option<Quarter>) {
    let key = if by == GroupBy::Round {
        "indicators"
    } else {
        "indicators_by_group"
    };
    let indicators = table::table(report, key);
    let code = table::column(indicators, "code");
    let first = table::column(indicators, "women");
    let mut expected = expected(ledger, by, asked);
    for row in &indicators.rows {
        let group = if by == GroupBy::Round {
            ledger.round.code.to_string()
        } else {
            table::key(&row[0])
        };
        let code = table::key(&row[code]);
        let counts = expected
            .remove(&(group.clone(), code.clone()))
            .unwrap_or_default();
        assert_eq!(
            row[first..],
            values(ledger, &code, &counts),
            "{by} {group} {code}"
        );
    }
    assert!(expected.is_empty(), "a row is missing");
}

fn check_counters(ledger: &Ledger, report: &Report, by: GroupBy, asked: Option<Quarter>) {
    let key = if by == GroupBy::Round {
        "counters"
    } else {
        "counters_by_group"
    };
    let counters = table::table(report, key);
    let last = reference(ledger, asked);
    let mut groups: BTreeMap<(String, String), [i64; 2]> = BTreeMap::new();
    for (index, state) in ledger.subprojects.iter().enumerate() {
        for counter in &ledger.round.counters {
            let until = |last: Quarter| -> i64 {
                let entries = ledger.counters.iter();
                entries
                    .filter(|entry| entry.subproject == index && entry.counter == counter.key)
                    .filter(|entry| entry.quarter <= last)
                    .map(|entry| entry.count)
                    .sum()
            };
            for (place, count) in [until(last), until(last.previous())].into_iter().enumerate() {
                for (group, part) in persons(ledger, state, by, count) {
                    groups.entry((group, counter.key.to_string())).or_default()[place] += part;
                }
            }
        }
    }
    let at = |key| table::column(counters, key);
    for row in &counters.rows {
        let group = if by == GroupBy::Round {
            ledger.round.code.to_string()
        } else {
            table::key(&row[0])
        };
        let counter = table::key(&row[at("counter")]);
        let [now, before] = groups.remove(&(group, counter)).unwrap_or_default();
        let shown = ["count", "previous", "in_quarter"].map(|key| table::count(&row[at(key)]));
        assert_eq!(shown, [now, before, now - before]);
    }
    assert!(groups.is_empty(), "a row is missing");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(64), ..ProptestConfig::default() })]

    #[test]
    fn indicators_and_counters_of_every_grouping_are_what_a_second_computation_gives(seed: u64, asked in 0_i32..9) {
        let ledger = disturbed::ledger(seed);
        let asked = asked_quarter(asked);
        for by in OF_SUBPROJECTS {
            let report = report(&ledger, ReportName::Indicators, by, asked);
            check(&ledger, &report, by, asked);
            check_counters(&ledger, &report, by, asked);
        }
    }

    #[test]
    fn no_group_loses_persons_where_none_were_corrected(seed: u64) {
        let ledger = disturbed::ledger(seed);
        for by in OF_SUBPROJECTS {
            let report = report(&ledger, ReportName::Indicators, by, None);
            for table in &report.tables {
                let in_quarter = table::column(table, "in_quarter");
                prop_assert!(table.rows.iter().all(|row| table::count(&row[in_quarter]) >= 0), "{} {}", by, table.key);
            }
        }
    }
}
