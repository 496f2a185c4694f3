//! Plans over time: what is planned until a quarter never falls and ends at the award.

use proptest::prelude::*;

use super::*;
use crate::round::shipped;

fn plan(years: &[(i32, i64)], item: &str) -> PlanVersion {
    let amounts = years
        .iter()
        .map(|(year, cents)| (*year, Money::from_cents(*cents)));
    PlanVersion {
        number: 1,
        effective_from: NaiveDate::default(),
        recorded_at: DateTime::UNIX_EPOCH,
        items: BTreeMap::from([(ItemKey::new(item), amounts.collect())]),
        sources: BTreeMap::new(),
        targets: BTreeMap::new(),
    }
}

/// What is planned for a calendar year as the plan has it, income deducted.
fn year_total(plan: &PlanVersion, round: &FundingRound, year: i32) -> Money {
    let items = plan.items.keys();
    items
        .map(|item| round.signed(item, plan.item_year(item, year)))
        .sum()
}

/// A grant from one quarter to a later one, both of 2023 to 2026.
fn any_grant() -> impl Strategy<Value = Period> {
    (0_i32..16, 0_i32..16).prop_map(|(a, b)| {
        let quarter = |index: i32| Quarter::from_ordinal(2023 * 4 + index).unwrap();
        Period {
            first: quarter(a.min(b)).first_day(),
            last: quarter(a.max(b)).last_day(),
        }
    })
}

proptest! {
    #[test]
    fn what_is_planned_never_falls_and_ends_at_the_total(
        grant in any_grant(),
        amounts in prop::collection::vec(0_i64..100_000_000, 4),
    ) {
        let years: Vec<(i32, i64)> = (2023..).zip(amounts).collect();
        let plan = plan(&years, "staff_employees");
        let item = ItemKey::new("staff_employees");
        let quarters = (0..16).map(|index| Quarter::from_ordinal(2023 * 4 + index).unwrap());
        let planned: Vec<Money> = quarters.map(|quarter| plan.item_planned_until(&item, &grant, quarter)).collect();
        prop_assert!(planned.is_sorted());
        prop_assert_eq!(planned.last().copied(), Some(plan.item_total(&item)));
    }

    #[test]
    fn a_schedule_is_what_is_planned_until_each_quarter(
        grant in any_grant(),
        amounts in prop::collection::vec(0_i64..100_000_000, 4),
        income in 0_i64..1_000_000,
    ) {
        let round = &shipped()[0];
        let years: Vec<(i32, i64)> = (2023..).zip(amounts).collect();
        let mut plan = plan(&years, "staff_employees");
        plan.items.insert(ItemKey::new("income"), BTreeMap::from([(2024, Money::from_cents(income))]));
        let schedule = Schedule::of_plan(&plan, round, &grant);
        let of_items = plan.items.keys().map(|item| Schedule::of_item(&plan, item, round, &grant));
        let of_items: Vec<Schedule> = of_items.collect();
        prop_assert_eq!(schedule.awarded(), plan.awarded(round));
        let mut sum = Money::ZERO;
        for index in 0..16 {
            let quarter = Quarter::from_ordinal(2023 * 4 + index).unwrap();
            sum += schedule.in_quarter(quarter);
            prop_assert_eq!(schedule.until(quarter), plan.planned_until(round, &grant, quarter));
            prop_assert_eq!(schedule.until(quarter), sum);
            prop_assert_eq!(schedule.until(quarter), of_items.iter().map(|item| item.until(quarter)).sum::<Money>());
            prop_assert_eq!(schedule.in_year(quarter.year()), year_total(&plan, round, quarter.year()));
        }
    }
}

#[test]
fn income_is_deducted_from_year_and_award() {
    let round = &shipped()[0];
    let mut plan = plan(&[(2023, 1_000), (2024, 500)], "staff_employees");
    plan.items.insert(
        ItemKey::new("income"),
        BTreeMap::from([(2024, Money::from_cents(100))]),
    );
    let schedule = Schedule::of_plan(&plan, round, &round.period);
    assert_eq!(schedule.in_year(2024), Money::from_cents(400));
    assert_eq!(plan.awarded(round), Money::from_cents(1_400));
    assert_eq!(plan.item_year(&ItemKey::new("income"), 2023), Money::ZERO);
}

#[test]
fn a_year_divides_over_the_quarters_of_the_grant_only() {
    let grant = Period {
        first: NaiveDate::from_ymd_opt(2023, 10, 1).unwrap(),
        last: NaiveDate::from_ymd_opt(2024, 6, 30).unwrap(),
    };
    let plan = plan(&[(2023, 700), (2024, 101)], "staff_employees");
    let item = ItemKey::new("staff_employees");
    let until = |text: &str| {
        plan.item_planned_until(&item, &grant, text.parse().unwrap())
            .cents()
    };
    let expected = [
        ("2023-Q3", 0),
        ("2023-Q4", 700),
        ("2024-Q1", 751),
        ("2024-Q2", 801),
        ("2024-Q4", 801),
    ];
    for (quarter, cents) in expected {
        assert_eq!(until(quarter), cents, "{quarter}");
    }
}

#[test]
fn a_flat_rate_is_known_as_one() {
    let round = &shipped()[0];
    let is_flat = |item: &str| PlanVersion::is_flat_rate(round, &ItemKey::new(item));
    assert!(is_flat("remaining_costs"));
    assert!(!is_flat("staff_employees") && !is_flat("unknown"));
}
