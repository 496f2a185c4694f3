//! Which plan version counts: the one in effect at the end of the quarter asked for, in every report that shows plans.

use nachweis_domain::{
    key::{IndicatorCode, ItemKey},
    ledger::Ledger,
    money::Money,
    period::Period,
    quarter::Quarter,
};
use nachweis_report::{ReportName, ReportRequest, build};

use crate::{made_up::MadeUp, table};

/// One subproject whose plan doubles from 1 July 2024 and trebles from 1 January 2025; the data are of November 2024.
fn amended() -> Ledger {
    let mut ledger = MadeUp {
        subprojects: 1,
        ..MadeUp::default()
    }
    .ledger();
    let plans = &mut ledger.subprojects[0].plans;
    for (number, effective_from) in [(2_u32, "2024-07-01"), (3, "2025-01-01")] {
        let mut plan = plans[0].clone();
        plan.number = number;
        plan.effective_from = effective_from.parse().unwrap();
        let times = |amount: Money| Money::from_cents(amount.cents() * i64::from(number));
        for amount in plan.items.values_mut().flat_map(|years| years.values_mut()) {
            *amount = times(*amount);
        }
        for amount in plan.sources.values_mut() {
            *amount = times(*amount);
        }
        for target in plan.targets.values_mut() {
            *target *= u64::from(number);
        }
        plans.push(plan);
    }
    ledger
}

/// The amount or count in the total or the first row that is asked for, of a report up to a quarter.
fn shown(ledger: &Ledger, name: ReportName, column: &str, quarter: Option<&str>) -> i64 {
    let request = ReportRequest {
        name,
        group_by: None,
        quarter: quarter.map(|quarter| quarter.parse().unwrap()),
        on: None,
    };
    let report = build(&request, ledger).unwrap();
    let table = &report.tables[0];
    let row = table.totals.as_ref().unwrap_or(&table.rows[0]);
    let value = &row[table::column(table, column)];
    match name {
        ReportName::Indicators => table::count(value),
        _ => table::money(value).unwrap().cents(),
    }
}

#[test]
fn a_report_up_to_a_quarter_counts_the_plan_in_effect_at_its_end() {
    let ledger = amended();
    let first = &ledger.subprojects[0].plans[0];
    let awarded = first.awarded(&ledger.round).cents();
    let sources: Money = first.sources.values().sum();
    let target = i64::try_from(first.targets[&IndicatorCode::new("EECO01")]).unwrap();
    for (name, column, once) in [
        (ReportName::Burn, "awarded", awarded),
        (ReportName::Deviations, "plan", awarded),
        (ReportName::Funding, "awarded", sources.cents()),
        (ReportName::Indicators, "target", target),
    ] {
        let cases = [
            (Some("2024-Q2"), 1),
            (Some("2024-Q3"), 2),
            (Some("2025-Q1"), 3),
            (None, 2),
        ];
        for (quarter, times) in cases {
            assert_eq!(
                shown(&ledger, name, column, quarter),
                once * times,
                "{name} {quarter:?}"
            );
        }
    }
}

#[test]
fn what_is_planned_to_date_follows_the_plan_that_counts() {
    let ledger = amended();
    let state = &ledger.subprojects[0];
    let item = ItemKey::new("staff_employees");
    for (quarter, plan) in [("2024-Q2", &state.plans[0]), ("2024-Q3", &state.plans[1])] {
        let until: Quarter = quarter.parse().unwrap();
        let grant = &state.subproject.grant_period;
        assert_eq!(
            shown(&ledger, ReportName::Burn, "planned", Some(quarter)),
            plan.planned_until(&ledger.round, grant, until).cents()
        );
        assert!(!plan.item_planned_until(&item, grant, until).is_zero());
    }
}

#[test]
fn a_notice_that_comes_after_the_start_counts_and_one_before_the_start_does_not() {
    let mut ledger = amended();
    let state = &mut ledger.subprojects[0];
    state.plans.truncate(1);
    state.plans[0].effective_from = "2024-05-15".parse().unwrap();
    let awarded = state.plans[0].awarded(&ledger.round).cents();
    let burn = |ledger: &Ledger, quarter| shown(ledger, ReportName::Burn, "awarded", quarter);
    assert_eq!(
        burn(&ledger, Some("2024-Q1")),
        awarded,
        "the grant runs since 2023"
    );
    let state = &mut ledger.subprojects[0];
    state.subproject.grant_period = Period {
        first: "2024-05-15".parse().unwrap(),
        last: "2025-12-31".parse().unwrap(),
    };
    assert_eq!(burn(&ledger, Some("2024-Q1")), 0, "neither begun nor awarded");
    assert_eq!(burn(&ledger, Some("2024-Q2")), awarded);
    state_effective(&mut ledger, "2026-01-01");
    assert_eq!(
        burn(&ledger, None),
        awarded,
        "without a quarter the first plan counts"
    );
}

fn state_effective(ledger: &mut Ledger, day: &str) {
    ledger.subprojects[0].plans[0].effective_from = day.parse().unwrap();
}

#[test]
fn the_head_says_which_plans_count() {
    let ledger = amended();
    for (quarter, expected) in [
        (Some("2024-Q2"), "in Kraft am 30.06.2024 (Ende des Quartals)"),
        (None, "in Kraft am 04.11.2024 (Tag des Datenstands)"),
    ] {
        for name in ReportName::ALL.iter().copied() {
            let request = ReportRequest {
                name,
                group_by: None,
                quarter: quarter.map(|quarter| quarter.parse().unwrap()),
                on: None,
            };
            let report = build(&request, &ledger).unwrap();
            let plans = report
                .parameters
                .iter()
                .find(|(title, _)| title.de == "Planstand");
            let shows_plans = name != ReportName::Completeness;
            assert_eq!(
                plans.map(|(_, day)| day.de.as_str()),
                shows_plans.then_some(expected)
            );
        }
    }
}
