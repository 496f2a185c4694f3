//! Every grouping against a straightforward second computation, over random ledgers.

mod burn;
mod completeness;
mod deviations;
mod funding;
mod indicators;

use nachweis_domain::{
    ledger::{Ledger, SubprojectState},
    money::Money,
    plan::PlanVersion,
    quarter::Quarter,
    region::{Land, RegionCategory},
};
use nachweis_report::{GroupBy, Report, ReportName, ReportRequest, Value, build};

use crate::{disturbed, made_up::MadeUp, table};

/// Random ledgers of one test: as many as the goal names in the long run.
fn cases(short: u32) -> u32 {
    if std::env::var_os("NACHWEIS_TEST_LONG").is_some() {
        500
    } else {
        short
    }
}

fn report(ledger: &Ledger, name: ReportName, group_by: GroupBy, quarter: Option<Quarter>) -> Report {
    let request = ReportRequest {
        name,
        group_by: Some(group_by),
        quarter,
        on: None,
    };
    build(&request, ledger).unwrap()
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

/// The last quarter that is reported, or the one asked for.
fn reference(ledger: &Ledger, asked: Option<Quarter>) -> Quarter {
    let reported = ledger.quarters.iter().filter(|entry| entry.is_reported);
    let last = reported.map(|entry| entry.quarter).max();
    asked.or(last).unwrap_or(Quarter::new(2022, 4).unwrap())
}

/// The plan of a subproject that counts.
fn plan_of(ledger: &Ledger, index: usize, asked: Option<Quarter>) -> Option<&PlanVersion> {
    let state = &ledger.subprojects[index];
    let day = asked.map_or(ledger.as_of.date_naive(), Quarter::last_day);
    let latest = |day| {
        let versions = state.plans.iter().filter(|plan| plan.effective_from <= day);
        versions.max_by_key(|plan| (plan.effective_from, plan.number))
    };
    let may_be_first = asked.is_none() || state.subproject.grant_period.first <= day;
    let first = state.plans.iter().map(|plan| plan.effective_from).min();
    latest(day).or_else(|| first.filter(|_| may_be_first).and_then(latest))
}

/// No quarter for 0, then 2023-Q1 and those after it.
fn asked_quarter(number: i32) -> Option<Quarter> {
    let before = Quarter::new(2022, 4).unwrap().ordinal();
    Quarter::from_ordinal(before + number).filter(|_| number > 0)
}

const OF_SUBPROJECTS: [GroupBy; 6] = [
    GroupBy::Round,
    GroupBy::Land,
    GroupBy::Network,
    GroupBy::ActionField,
    GroupBy::RegionCategory,
    GroupBy::Subproject,
];

#[test]
fn a_report_says_which_groupings_it_has() {
    let request = ReportRequest {
        name: ReportName::Funding,
        group_by: Some(GroupBy::Land),
        quarter: None,
        on: None,
    };
    let ledger = disturbed::ledger(1);
    let error = build(&request, &ledger).unwrap_err();
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
        on: None,
    };
    let error = build(&request, &ledger).unwrap_err();
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
