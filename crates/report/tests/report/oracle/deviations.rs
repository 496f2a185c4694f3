//! Deviations row by row, computed a second time, and the same verdicts as the checks of a workbook.

use std::collections::BTreeMap;

use nachweis_domain::{
    cell::{CellRef, Located},
    context::{History, ReportingContext},
    figures::{ItemFigure, QuarterlyFigures},
    finding::Detail,
    key::ItemKey,
    ledger::Ledger,
    money::Money,
    quarter::Quarter,
    round::ItemKind,
    rules,
};
use nachweis_report::{GroupBy, ReportName, Value};
use proptest::prelude::*;

use super::{asked_quarter, cases, plan_of, reference, report};
use crate::{
    disturbed,
    made_up::{Dice, MadeUp},
    table,
};

/// Plan, planned to date, spent, over plan, saved.
type Amounts = [Money; 5];

/// A row: amounts and the key of the verdict, empty where nothing is said.
type Rows = BTreeMap<(String, String), (Amounts, String)>;

/// A disturbed ledger whose plans lie close to what was spent, so that items stand on both sides of every boundary.
fn tight(seed: u64) -> Ledger {
    let mut ledger = disturbed::ledger(seed);
    let mut dice = Dice::new(seed ^ 0x5a);
    for index in 0..ledger.subprojects.len() {
        for item in &MadeUp::round().plan_items {
            let spent = spent_on(&ledger, index, &item.key, None).cents().max(0);
            let per_cent = [90, 100, 115, 120, 130][usize::try_from(dice.below(5)).unwrap()];
            let plan = spent * 100 / per_cent + dice.between(-1, 1);
            // Most of it is planned for the first year, so that others may have saved.
            let first = plan * dice.between(50, 100) / 100;
            let years = [
                (2023, Money::from_cents(first)),
                (2025, Money::from_cents(plan - first)),
            ];
            for version in &mut ledger.subprojects[index].plans {
                version.items.insert(item.key.clone(), years.into());
            }
        }
    }
    ledger
}

fn spent_on(ledger: &Ledger, index: usize, item: &ItemKey, asked: Option<Quarter>) -> Money {
    let entries = ledger.expenditure.iter();
    entries
        .filter(|entry| entry.subproject == index && entry.item == *item)
        .filter(|entry| asked.is_none_or(|asked| entry.quarter <= asked))
        .map(|entry| entry.reported)
        .sum()
}

fn is_reported(ledger: &Ledger, index: usize, quarter: Quarter) -> bool {
    let mut reported = ledger.quarters.iter().filter(|entry| entry.is_reported);
    reported.any(|entry| entry.subproject == index && entry.quarter == quarter)
}

fn items(ledger: &Ledger, index: usize, asked: Option<Quarter>) -> Vec<ItemKey> {
    let mut items: Vec<ItemKey> = ledger
        .round
        .plan_items
        .iter()
        .map(|item| item.key.clone())
        .collect();
    let planned = plan_of(ledger, index, asked).into_iter();
    let entries = ledger
        .expenditure
        .iter()
        .filter(|entry| entry.subproject == index);
    let reported = entries.filter(|entry| asked.is_none_or(|asked| entry.quarter <= asked));
    for item in planned
        .flat_map(|plan| plan.items.keys())
        .chain(reported.map(|entry| &entry.item))
    {
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
    items
}

fn expected(ledger: &Ledger, asked: Option<Quarter>) -> Rows {
    let mut rows = Rows::new();
    let until = reference(ledger, asked);
    for (index, state) in ledger.subprojects.iter().enumerate() {
        let plan = plan_of(ledger, index, asked);
        let grant = &state.subproject.grant_period;
        let planned_until = |item: &ItemKey, quarter| {
            plan.map(|plan| plan.item_planned_until(item, grant, quarter))
                .unwrap_or_default()
        };
        let mut of_one: Vec<(ItemKey, Amounts)> = Vec::new();
        for item in items(ledger, index, asked) {
            let total = plan.map(|plan| plan.item_total(&item)).unwrap_or_default();
            let spent = spent_on(ledger, index, &item, asked);
            let planned = planned_until(&item, until);
            let mut covered = planned;
            for quarter in grant.quarters() {
                if quarter <= until && !is_reported(ledger, index, quarter) {
                    covered =
                        covered - planned_until(&item, quarter) + planned_until(&item, quarter.previous());
                }
            }
            let (is_free, is_spending) = match ledger.round.plan_item(&item).map(|spec| &spec.kind) {
                None | Some(ItemKind::Actual) => (true, true),
                Some(ItemKind::FlatRate { .. }) => (false, true),
                Some(ItemKind::Income) => (false, false),
            };
            let over = if is_spending {
                (spent - total).max(Money::ZERO)
            } else {
                Money::ZERO
            };
            let saved = if is_free {
                (covered - spent).max(Money::ZERO)
            } else {
                Money::ZERO
            };
            of_one.push((item, [total, planned, spent, over, saved]));
        }
        let over: Money = of_one.iter().map(|(_, amounts)| amounts[3]).sum();
        let saved: Money = of_one.iter().map(|(_, amounts)| amounts[4]).sum();
        for (item, amounts) in of_one {
            let verdict = verdict(ledger, &item, amounts, over <= saved);
            rows.insert(
                (state.subproject.no.to_string(), item.to_string()),
                (amounts, verdict.to_owned()),
            );
        }
    }
    rows
}

/// By 15 % and 20 % in whole cents.
fn verdict(ledger: &Ledger, item: &ItemKey, amounts: Amounts, is_offset: bool) -> &'static str {
    match ledger.round.plan_item(item).map(|spec| &spec.kind) {
        Some(ItemKind::FlatRate { .. }) => return "flat_rate",
        Some(ItemKind::Income) => return "income",
        _ => {}
    }
    let (plan, spent) = (amounts[0].cents(), amounts[2].cents());
    let over = spent - plan;
    match (plan, spent) {
        (0, 0) => "",
        (0, 1..) if is_offset => "unplanned_consent",
        (0, 1..) => "unplanned",
        _ if over <= 0 => "within",
        _ if over * 100 > plan * 20 && is_offset => "consent",
        _ if over * 100 > plan * 20 => "limit",
        _ if !is_offset => "not_offset",
        _ if over * 100 >= plan * 15 => "warning",
        _ => "over",
    }
}

fn shown(ledger: &Ledger, asked: Option<Quarter>) -> Rows {
    let report = report(ledger, ReportName::Deviations, GroupBy::PlanItem, asked);
    let items = table::table(&report, "deviations");
    let mut sums = [Money::ZERO; 2];
    let mut rows = Rows::new();
    for row in &items.rows {
        let at = |key: &str| &row[table::column(items, key)];
        let amounts = ["plan", "planned", "spent", "over", "saved"].map(|key| table::money(at(key)).unwrap());
        let verdict = match at("state") {
            Value::Empty => String::new(),
            state => table::key(state),
        };
        assert_eq!(table::money(at("remaining")), Some(amounts[0] - amounts[2]));
        sums[0] += amounts[3];
        sums[1] += amounts[4];
        let key = (table::key(at("no")), table::key(at("item")));
        assert!(
            rows.insert(key, (amounts, verdict)).is_none(),
            "one row for each item"
        );
    }
    let totals = items.totals.as_ref().unwrap();
    let total = |key: &str| table::money(&totals[table::column(items, key)]).unwrap();
    assert_eq!([total("over"), total("saved")], sums);
    rows
}

/// What the checks of the workbook of a quarter say of items against the plan of the grant, as the report would.
fn checked(ledger: &Ledger, index: usize, quarter: Quarter) -> BTreeMap<String, &'static str> {
    let Some(plan) = plan_of(ledger, index, Some(quarter)) else {
        return BTreeMap::new();
    };
    let entries = || {
        ledger
            .expenditure
            .iter()
            .filter(|entry| entry.subproject == index)
    };
    let mut history = History::default();
    let mut reported = std::collections::BTreeSet::new();
    for state in ledger.quarters.iter().filter(|state| state.subproject == index) {
        if state.is_reported && state.quarter < quarter {
            reported.insert(state.quarter);
        }
    }
    history.reported_quarters = Some(reported);
    for entry in entries().filter(|entry| entry.quarter < quarter) {
        *history.spent.entry(entry.item.clone()).or_default() += entry.reported;
    }
    let mut of_quarter: BTreeMap<ItemKey, Money> = BTreeMap::new();
    for entry in entries().filter(|entry| entry.quarter == quarter) {
        *of_quarter.entry(entry.item.clone()).or_default() += entry.reported;
    }
    let figures = QuarterlyFigures {
        expenditure: (4..)
            .zip(of_quarter)
            .map(|(row, (item, amount))| ItemFigure {
                item,
                amount: Located::new(amount, CellRef::at("Ausgaben", row, 4)),
            })
            .collect(),
        ..QuarterlyFigures::default()
    };
    let context = ReportingContext {
        subproject: ledger.subprojects[index].subproject.clone(),
        network_name: None,
        quarter,
        template_version: ledger.round.template_version.clone(),
        plan: plan.clone(),
        history,
    };
    let findings = rules::check(&ledger.round, &context, &figures);
    let verdicts = findings.iter().filter_map(|finding| {
        let (item, verdict) = match &finding.detail {
            Detail::ItemOverWarning { item, year: None, .. } => (item, "warning"),
            Detail::ItemNotOffset { item, .. } => (item, "not_offset"),
            Detail::ItemNeedsConsent { item, .. } => (item, "consent"),
            Detail::ItemOverLimit { item, .. } => (item, "limit"),
            _ => return None,
        };
        Some((item.de.clone(), verdict))
    });
    verdicts.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(128), ..ProptestConfig::default() })]

    #[test]
    fn deviations_are_what_a_second_computation_gives(seed: u64, asked in 0_i32..9) {
        let asked = asked_quarter(asked);
        for ledger in [disturbed::ledger(seed), tight(seed)] {
            prop_assert_eq!(shown(&ledger, asked), expected(&ledger, asked));
        }
    }

    #[test]
    fn the_report_says_of_an_item_what_the_check_of_its_workbook_says(seed: u64) {
        let mut ledger = tight(seed);
        // Items that the round does not know are not checked.
        let known = ledger.round.clone();
        ledger.expenditure.retain(|entry| known.plan_item(&entry.item).is_some());
        for index in 0..ledger.subprojects.len() {
            let mut reported = ledger.quarters.iter().filter(|state| state.subproject == index && state.is_reported);
            let Some(quarter) = reported.next_back().map(|state| state.quarter) else { continue };
            let no = ledger.subprojects[index].subproject.no.to_string();
            let found = checked(&ledger, index, quarter);
            for ((of, item), (_, verdict)) in shown(&ledger, Some(quarter)) {
                let spec = ledger.round.plan_item(&ItemKey::new(&item)).unwrap();
                let in_quarter: Money = ledger
                    .expenditure
                    .iter()
                    .filter(|entry| entry.subproject == index && entry.quarter == quarter && entry.item.as_str() == item)
                    .map(|entry| entry.reported)
                    .sum();
                // A check says nothing of items without spending in its quarter.
                if of == no && in_quarter > Money::ZERO {
                    let expected = match verdict.as_str() {
                        "unplanned" => Some("limit"),
                        "unplanned_consent" => Some("consent"),
                        "warning" | "not_offset" | "consent" | "limit" => Some(verdict.as_str()),
                        _ => None,
                    };
                    let expected = expected.filter(|_| plan_of(&ledger, index, Some(quarter)).is_some());
                    prop_assert_eq!(found.get(&spec.name.de).copied(), expected, "{} {} {}", no, item, quarter);
                }
            }
        }
    }
}

#[test]
fn the_second_computation_meets_every_verdict() {
    let mut met = std::collections::BTreeSet::new();
    for seed in 0..40 {
        met.extend(
            shown(&tight(seed), None)
                .into_values()
                .map(|(_, verdict)| verdict),
        );
    }
    for verdict in [
        "within",
        "over",
        "warning",
        "not_offset",
        "consent",
        "limit",
        "flat_rate",
        "income",
    ] {
        assert!(met.contains(verdict), "{verdict} is not among {met:?}");
    }
}
