//! Funding row by row, computed a second time.

use std::collections::BTreeMap;

use nachweis_domain::{
    key::SourceKey, ledger::Ledger, money::Money, quarter::Quarter, region::RegionCategory, round::SourceKind,
};
use nachweis_report::{GroupBy, ReportName, Value};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{asked_quarter, cases, plan_of, report};
use crate::{disturbed, table};

const KEYS: [&str; 4] = ["awarded", "called", "received", "spent"];

type Amounts = [Money; 4];

fn kind(ledger: &Ledger, source: &str) -> Option<SourceKind> {
    let source = ledger.round.source(&SourceKey::new(source));
    source.map(|source| source.kind)
}

/// The amounts of a subproject by source.
fn of_subproject(ledger: &Ledger, index: usize, asked: Option<Quarter>) -> BTreeMap<String, Amounts> {
    let mut sources: BTreeMap<String, Amounts> = BTreeMap::new();
    for (source, amount) in plan_of(ledger, index, asked)
        .into_iter()
        .flat_map(|plan| &plan.sources)
    {
        sources.entry(source.to_string()).or_default()[0] += *amount;
    }
    for entry in ledger.funds.iter().filter(|entry| entry.subproject == index) {
        if asked.is_none_or(|asked| entry.quarter <= asked) {
            let sums = sources.entry(entry.source.to_string()).or_default();
            sums[1] += entry.totals.called;
            sums[2] += entry.totals.received;
            sums[3] += entry.totals.spent;
        }
    }
    sources
}

/// The parts of the sources of a subproject by category, for one column: Union money by share × cap, own and third-party
/// money by share, and the rest so that all together follow the shares.
fn divided(
    ledger: &Ledger,
    index: usize,
    amounts: &BTreeMap<String, Money>,
) -> BTreeMap<(RegionCategory, String), Money> {
    let regions = &ledger.subprojects[index].subproject.regions;
    let categories: Vec<RegionCategory> = regions.shares().iter().map(|(category, _)| *category).collect();
    let by_share = regions.weights();
    let by_cap: Vec<u64> = regions
        .shares()
        .iter()
        .map(|(category, share)| {
            let weight = share.fraction() * ledger.round.esf_caps[category].fraction();
            (weight * Decimal::from(1_000_000_000))
                .round()
                .try_into()
                .unwrap()
        })
        .collect();
    let whole: Money = amounts.values().sum();
    let of_kinds = |kinds: &[SourceKind]| -> Money {
        let amounts = amounts.iter();
        amounts
            .filter(|(source, _)| kind(ledger, source).is_some_and(|kind| kinds.contains(&kind)))
            .map(|(_, amount)| *amount)
            .sum()
    };
    let wholes = whole.allocate(&by_share);
    let union = of_kinds(&[SourceKind::Union]).allocate(&by_cap);
    let by_key = of_kinds(&[SourceKind::Own, SourceKind::ThirdParty]).allocate(&by_share);
    let mut rest: Vec<u64> = (0..categories.len())
        .map(|place| {
            (wholes[place] - union[place] - by_key[place])
                .cents()
                .try_into()
                .unwrap_or(0)
        })
        .collect();
    if rest.iter().all(|weight| *weight == 0) {
        rest.clone_from(&by_share);
    }
    let mut parts = BTreeMap::new();
    for (source, amount) in amounts {
        let weights = match kind(ledger, source) {
            Some(SourceKind::Union) => &by_cap,
            Some(SourceKind::Own | SourceKind::ThirdParty) => &by_share,
            Some(SourceKind::Grant) | None => &rest,
        };
        for (category, part) in categories.iter().zip(amount.allocate(weights)) {
            parts.insert((*category, source.clone()), part);
        }
    }
    parts
}

/// Amounts by category and source, and the cents that rounding may have moved in each category.
fn expected(
    ledger: &Ledger,
    asked: Option<Quarter>,
) -> (
    BTreeMap<(RegionCategory, String), Amounts>,
    BTreeMap<RegionCategory, i64>,
) {
    let mut cells: BTreeMap<(RegionCategory, String), Amounts> = BTreeMap::new();
    let mut half_cents: BTreeMap<RegionCategory, i64> = BTreeMap::new();
    for (index, state) in ledger.subprojects.iter().enumerate() {
        let sources = of_subproject(ledger, index, asked);
        for column in 0..4 {
            let amounts: BTreeMap<String, Money> = sources
                .iter()
                .map(|(source, amounts)| (source.clone(), amounts[column]))
                .collect();
            for (cell, part) in divided(ledger, index, &amounts) {
                cells.entry(cell).or_default()[column] += part;
            }
        }
        let mut reports = 0;
        for entry in ledger.quarters.iter().filter(|entry| entry.subproject == index) {
            reports += i64::from(entry.is_reported && asked.is_none_or(|asked| entry.quarter <= asked));
        }
        let shares = state.subproject.regions.shares();
        for (category, _) in shares {
            *half_cents.entry(*category).or_default() +=
                reports + if reports > 0 && shares.len() > 1 { 4 } else { 0 };
        }
    }
    (cells, half_cents)
}

fn sum(
    ledger: &Ledger,
    cells: &BTreeMap<(RegionCategory, String), Amounts>,
    category: Option<RegionCategory>,
    of: Option<SourceKind>,
) -> Money {
    let cells = cells.iter().filter(|((at, source), _)| {
        category.is_none_or(|category| category == *at) && (of.is_none() || kind(ledger, source) == of)
    });
    cells.map(|(_, amounts)| amounts[3]).sum()
}

fn percent(part: Money, whole: Money) -> Value {
    if whole.is_zero() {
        Value::Empty
    } else {
        Value::Percent(part.to_decimal() / whole.to_decimal())
    }
}

/// Most, least, verdict.
fn limits(
    ledger: &Ledger,
    cells: &BTreeMap<(RegionCategory, String), Amounts>,
    category: RegionCategory,
    of: Option<SourceKind>,
    half_cents: i64,
) -> (Value, Value, &'static str) {
    let whole = sum(ledger, cells, Some(category), None);
    let part = sum(ledger, cells, Some(category), of);
    let room = (half_cents + 1) / 2;
    let exact = |share: Decimal| {
        let cents = Decimal::from(whole.cents()) * share;
        i64::try_from(cents.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero))
            .unwrap()
    };
    let verdict = |holds: bool, broken| match (whole.is_zero(), holds) {
        (true, _) => "",
        (false, true) => "kept",
        (false, false) => broken,
    };
    match of {
        Some(SourceKind::Union) => {
            let cap = ledger.round.esf_caps[&category].fraction();
            let holds = part.cents() <= exact(cap) + room;
            (Value::Percent(cap), Value::Empty, verdict(holds, "over"))
        }
        Some(SourceKind::Own) => {
            let least = ledger.round.own_funds_minimum.fraction();
            let holds = part.cents() + room >= exact(least);
            (Value::Empty, Value::Percent(least), verdict(holds, "under"))
        }
        _ => (Value::Empty, Value::Empty, ""),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(128), ..ProptestConfig::default() })]

    #[test]
    fn funding_is_what_a_second_computation_gives(seed: u64, asked in 0_i32..9) {
        let ledger = disturbed::ledger(seed);
        let asked = asked_quarter(asked);
        let report = report(&ledger, ReportName::Funding, GroupBy::RegionCategory, asked);
        let (mut cells, half_cents) = expected(&ledger, asked);
        let all = cells.clone();
        let funding = table::table(&report, "funding");
        for row in &funding.rows {
            let at = |key: &str| &row[table::column(funding, key)];
            let category: RegionCategory = table::key(at("region_category")).parse().unwrap();
            let source = table::key(at("source"));
            let of = kind(&ledger, &source);
            let amounts = cells.remove(&(category, source.clone())).unwrap_or_default();
            prop_assert_eq!(KEYS.map(|key| table::money(at(key)).unwrap()), amounts);
            let whole = sum(&ledger, &all, Some(category), None);
            prop_assert_eq!(at("share"), &percent(amounts[3], whole));
            let rated = of.filter(|of| matches!(of, SourceKind::Union | SourceKind::Own));
            let together = rated.map_or(Value::Empty, |of| percent(sum(&ledger, &all, Some(category), Some(of)), whole));
            prop_assert_eq!(at("share_kind"), &together);
            let half_cents = half_cents.get(&category).copied().unwrap_or_default();
            let (most, least, verdict) = limits(&ledger, &all, category, of, half_cents);
            prop_assert_eq!((at("share_most"), at("share_least")), (&most, &least));
            let shown = match at("state") { Value::Empty => String::new(), state => table::key(state) };
            prop_assert_eq!(shown, verdict, "{} {}", category, source);
        }
        prop_assert!(cells.is_empty(), "a row is missing");
        let totals = funding.totals.as_ref().unwrap();
        let in_total = table::table(&report, "funding_total");
        for (column, key) in KEYS.into_iter().enumerate() {
            let expected: Money = all.values().map(|amounts| amounts[column]).sum();
            prop_assert_eq!(table::money(&totals[table::column(funding, key)]), Some(expected));
            let of_sources = in_total.totals.as_ref().unwrap();
            prop_assert_eq!(table::money(&of_sources[table::column(in_total, key)]), Some(expected));
            for row in &in_total.rows {
                let source = table::key(&row[0]);
                let of_source = all.iter().filter(|((_, of), _)| *of == source);
                let expected: Money = of_source.map(|(_, amounts)| amounts[column]).sum();
                prop_assert_eq!(table::money(&row[table::column(in_total, key)]), Some(expected));
            }
        }
    }
}

/// Public and private own funds reach the minimum only together: each row says so, and no row contradicts its verdict.
#[test]
fn own_funds_are_rated_together_and_the_rated_share_stands_beside_the_limit() {
    let mut ledger = crate::made_up::MadeUp {
        subprojects: 1,
        last: Some((2023, 1)),
        seed: 3,
    }
    .ledger();
    ledger.funds.truncate(1);
    let mut give = |source: &str, euro: i64| {
        let mut entry = ledger.funds[0].clone();
        entry.source = SourceKey::new(source);
        entry.totals.spent = Money::from_euro(euro);
        ledger.funds.push(entry);
    };
    for (source, euro) in [
        ("esf_plus", 40),
        ("federal", 55),
        ("own_public", 2),
        ("own_private", 3),
    ] {
        give(source, euro);
    }
    ledger.funds.remove(0);
    let report = report(&ledger, ReportName::Funding, GroupBy::RegionCategory, None);
    let funding = table::table(&report, "funding");
    let shown = |source: &str| {
        let row = funding
            .rows
            .iter()
            .find(|row| table::key(&row[1]) == source)
            .unwrap();
        ["share", "share_kind", "share_most", "share_least"]
            .map(|key| row[table::column(funding, key)].clone())
    };
    let percent = |percent: i64| Value::Percent(Decimal::new(percent, 2));
    assert_eq!(
        shown("own_public"),
        [percent(2), percent(5), Value::Empty, percent(5)]
    );
    assert_eq!(
        shown("own_private"),
        [percent(3), percent(5), Value::Empty, percent(5)]
    );
    assert_eq!(
        shown("esf_plus"),
        [percent(40), percent(40), percent(40), Value::Empty]
    );
    assert_eq!(
        shown("federal"),
        [percent(55), Value::Empty, Value::Empty, Value::Empty]
    );
}
