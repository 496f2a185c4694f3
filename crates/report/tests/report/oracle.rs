//! Every grouping against a straightforward second computation, over random ledgers.

use std::collections::BTreeMap;

use nachweis_domain::{
    key::ItemKey,
    ledger::{Ledger, SubprojectState},
    money::Money,
    quarter::Quarter,
    region::{Land, RegionCategory},
};
use nachweis_report::{GroupBy, Report, ReportName, ReportRequest, Value, build};
use proptest::prelude::*;

use crate::{disturbed, made_up::MadeUp, table};

/// Awarded, planned, reported, accepted, paid out.
type Sums = [Money; 5];

const KEYS: [&str; 5] = ["awarded", "planned", "reported", "accepted", "paid_out"];

fn report(ledger: &Ledger, name: ReportName, group_by: GroupBy, quarter: Option<Quarter>) -> Report {
    let request = ReportRequest {
        name,
        group_by: Some(group_by),
        quarter,
    };
    build(&request, ledger, ledger.as_of.date_naive()).unwrap()
}

/// The groups of a subproject with the parts of an amount that fall to them, by the plainest reading of the rules.
fn parts(ledger: &Ledger, state: &SubprojectState, by: GroupBy, amount: Money) -> Vec<(String, Money)> {
    let subproject = &state.subproject;
    let one = |key: &str| vec![(key.to_owned(), amount)];
    match by {
        GroupBy::Round => one(ledger.round.code.as_str()),
        GroupBy::Land => one(subproject.land.map_or("DE", Land::code)),
        GroupBy::Network => one(subproject.network.as_ref().map_or("none", |code| code.as_str())),
        GroupBy::ActionField => one(subproject.action_field.as_str()),
        GroupBy::Subproject => one(subproject.no.as_str()),
        GroupBy::RegionCategory => subproject
            .regions
            .divide(amount)
            .into_iter()
            .map(|(category, part)| (category.as_str().to_owned(), part))
            .collect(),
        GroupBy::PlanItem | GroupBy::Quarter => unreachable!("these are no groups of subprojects"),
    }
}

/// The groups that appear without figures.
fn listed(ledger: &Ledger, by: GroupBy) -> Vec<String> {
    let keys = |keys: Vec<&str>| keys.into_iter().map(str::to_owned).collect::<Vec<_>>();
    match by {
        GroupBy::Round => keys(vec![ledger.round.code.as_str()]),
        GroupBy::Land => keys(Land::ALL.iter().map(|land| land.code()).chain(["DE"]).collect()),
        GroupBy::Network => keys(
            ledger
                .networks
                .iter()
                .map(|network| network.code.as_str())
                .collect(),
        ),
        GroupBy::ActionField => keys(
            ledger
                .round
                .action_fields
                .iter()
                .map(|field| field.key.as_str())
                .collect(),
        ),
        GroupBy::RegionCategory => keys(
            RegionCategory::ALL
                .iter()
                .map(|category| category.as_str())
                .collect(),
        ),
        GroupBy::Subproject => keys(
            ledger
                .subprojects
                .iter()
                .map(|state| state.subproject.no.as_str())
                .collect(),
        ),
        GroupBy::PlanItem | GroupBy::Quarter => Vec::new(),
    }
}

/// The last quarter with any figure; every report of a made-up ledger has expenditure.
fn reference(ledger: &Ledger, asked: Option<Quarter>) -> Quarter {
    let last = ledger.expenditure.iter().map(|entry| entry.quarter).max();
    asked.or(last).unwrap_or(Quarter::new(2022, 4).unwrap())
}

fn sums_of(ledger: &Ledger, index: usize, asked: Option<Quarter>) -> Sums {
    let state = &ledger.subprojects[index];
    let counts = |quarter| asked.is_none_or(|asked| quarter <= asked);
    let entries = || {
        ledger
            .expenditure
            .iter()
            .filter(|entry| entry.subproject == index && counts(entry.quarter))
    };
    let signed = |item: &ItemKey, amount| ledger.round.signed(item, amount);
    let plan = state.plan.as_ref();
    let grant = &state.subproject.grant_period;
    [
        plan.map(|plan| plan.awarded(&ledger.round)).unwrap_or_default(),
        plan.map(|plan| plan.planned_until(&ledger.round, grant, reference(ledger, asked)))
            .unwrap_or_default(),
        entries().map(|entry| signed(&entry.item, entry.reported)).sum(),
        entries().map(|entry| signed(&entry.item, entry.accepted)).sum(),
        state
            .disbursements
            .iter()
            .filter(|payment| asked.is_none_or(|asked| payment.paid_on <= asked.last_day()))
            .map(|payment| payment.amount)
            .sum(),
    ]
}

/// The sums of every subproject, computed once for all groupings.
fn all_sums(ledger: &Ledger, asked: Option<Quarter>) -> Vec<Sums> {
    let subprojects = 0..ledger.subprojects.len();
    subprojects.map(|index| sums_of(ledger, index, asked)).collect()
}

fn expected(ledger: &Ledger, by: GroupBy, all: &[Sums]) -> BTreeMap<String, Sums> {
    let mut groups: BTreeMap<String, Sums> = BTreeMap::new();
    for key in listed(ledger, by) {
        groups.entry(key).or_default();
    }
    for (state, sums) in ledger.subprojects.iter().zip(all) {
        for (column, amount) in sums.iter().enumerate() {
            for (key, part) in parts(ledger, state, by, *amount) {
                groups.entry(key).or_default()[column] += part;
            }
        }
    }
    groups
}

fn shown(report: &Report) -> BTreeMap<String, Sums> {
    let burn = table::table(report, "burn");
    let columns = KEYS.map(|key| table::column(burn, key));
    burn.rows
        .iter()
        .map(|row| {
            (
                table::key(&row[0]),
                columns.map(|column| table::money(&row[column]).unwrap_or_default()),
            )
        })
        .collect()
}

fn check_totals(report: &Report, all: &[Sums]) {
    let burn = table::table(report, "burn");
    let row = burn.totals.as_ref().unwrap();
    for (position, key) in KEYS.into_iter().enumerate() {
        let expected: Money = all.iter().map(|sums| sums[position]).sum();
        assert_eq!(
            table::money(&row[table::column(burn, key)]),
            Some(expected),
            "{key}"
        );
    }
}

const OF_SUBPROJECTS: [GroupBy; 6] = [
    GroupBy::Round,
    GroupBy::Land,
    GroupBy::Network,
    GroupBy::ActionField,
    GroupBy::RegionCategory,
    GroupBy::Subproject,
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn burn_of_every_grouping_sums_to_what_a_second_computation_gives(seed: u64, asked in 0_i32..9) {
        let ledger = disturbed::ledger(seed);
        let asked = Quarter::from_ordinal(Quarter::new(2022, 4).unwrap().ordinal() + asked).filter(|_| asked > 0);
        let all = all_sums(&ledger, asked);
        for by in OF_SUBPROJECTS {
            let report = report(&ledger, ReportName::Burn, by, asked);
            prop_assert_eq!(shown(&report), expected(&ledger, by, &all), "{}", by);
            check_totals(&report, &all);
        }
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
            let shown = shown(&report(&ledger, ReportName::Burn, by, None));
            for (key, sums) in shown {
                prop_assert_eq!(sums[2], expected.get(&key).copied().unwrap_or_default(), "{}", key);
            }
        }
    }

    #[test]
    fn indicators_of_every_grouping_sum_to_what_a_second_computation_gives(seed: u64) {
        let ledger = disturbed::ledger(seed);
        for by in OF_SUBPROJECTS {
            let report = report(&ledger, ReportName::Indicators, by, None);
            let key = if by == GroupBy::Round { "indicators" } else { "indicators_by_group" };
            let indicators = table::table(&report, key);
            let (code, women) = (table::column(indicators, "code"), table::column(indicators, "women"));
            let mut shown: BTreeMap<(String, String), i64> = BTreeMap::new();
            for row in &indicators.rows {
                let group = if by == GroupBy::Round { ledger.round.code.to_string() } else { table::key(&row[0]) };
                *shown.entry((group, table::key(&row[code]))).or_default() += table::count(&row[women]);
            }
            shown.retain(|(_, code), count| *count != 0 && !code.contains('+'));
            prop_assert_eq!(shown, expected_women(&ledger, by), "{}", by);
        }
    }

    #[test]
    fn funding_and_deviations_agree_with_the_ledger(seed: u64) {
        let ledger = disturbed::ledger(seed);
        let funding = report(&ledger, ReportName::Funding, GroupBy::RegionCategory, None);
        let mut spent: BTreeMap<String, Money> = BTreeMap::new();
        for entry in &ledger.funds {
            *spent.entry(entry.source.to_string()).or_default() += entry.totals.spent;
        }
        let sources = table::table(&funding, "funding");
        let (source, amount) = (table::column(sources, "source"), table::column(sources, "spent"));
        let mut shown: BTreeMap<String, Money> = BTreeMap::new();
        for row in &sources.rows {
            *shown.entry(table::key(&row[source])).or_default() += table::money(&row[amount]).unwrap();
        }
        shown.retain(|key, _| spent.contains_key(key));
        prop_assert_eq!(shown, spent);
        let deviations = report(&ledger, ReportName::Deviations, GroupBy::PlanItem, None);
        let items = table::table(&deviations, "deviations");
        let all: Money = ledger.expenditure.iter().map(|entry| ledger.round.signed(&entry.item, entry.reported)).sum();
        let totals = items.totals.as_ref().unwrap();
        prop_assert_eq!(table::money(&totals[table::column(items, "spent")]), Some(all));
    }
}

fn expected_women(ledger: &Ledger, by: GroupBy) -> BTreeMap<(String, String), i64> {
    let mut of_subprojects: BTreeMap<(usize, String), i64> = BTreeMap::new();
    for entry in &ledger.indicators {
        *of_subprojects
            .entry((entry.subproject, entry.code.to_string()))
            .or_default() += entry.counts.women;
    }
    let mut groups: BTreeMap<(String, String), i64> = BTreeMap::new();
    for ((index, code), women) in of_subprojects {
        let state = &ledger.subprojects[index];
        for (key, part) in parts(ledger, state, by, Money::from_cents(women)) {
            *groups.entry((key, code.clone())).or_default() += part.cents();
        }
    }
    groups.retain(|(_, code), count| *count != 0 && !code.contains('+'));
    groups
}

#[test]
fn a_report_says_which_groupings_it_has() {
    let request = ReportRequest {
        name: ReportName::Funding,
        group_by: Some(GroupBy::Land),
        quarter: None,
    };
    let ledger = disturbed::ledger(1);
    let error = build(&request, &ledger, ledger.as_of.date_naive()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the report `funding` cannot be grouped by `land`; it knows: region-category"
    );
}

#[test]
fn a_figure_of_an_unknown_subproject_is_never_lost_in_silence() {
    let mut ledger = MadeUp::default().ledger();
    ledger.expenditure[0].subproject = ledger.subprojects.len();
    let request = ReportRequest {
        name: ReportName::Burn,
        group_by: None,
        quarter: None,
    };
    let error = build(&request, &ledger, ledger.as_of.date_naive()).unwrap_err();
    assert!(
        error.to_string().starts_with("the rows of `burn` sum to"),
        "{error}"
    );
}

#[test]
fn nothing_reported_yet_gives_zeros_and_no_light() {
    let ledger = MadeUp {
        subprojects: 2,
        last: None,
        seed: 1,
    }
    .ledger();
    let report = report(&ledger, ReportName::Burn, GroupBy::Land, None);
    let burn = table::table(&report, "burn");
    assert_eq!(burn.rows.len(), 17, "sixteen Länder and the nationwide line");
    let light = table::column(burn, "light");
    assert!(
        burn.rows[3..].iter().all(|row| row[light] == Value::Empty),
        "no award, no light"
    );
    assert_eq!(
        table::money(&burn.rows[0][table::column(burn, "planned")]),
        Some(Money::ZERO)
    );
}
