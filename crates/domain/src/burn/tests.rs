//! Burn by worked examples: every figure below is computed by hand.

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::*;
use crate::{key::ItemKey, round::shipped};

static ROUND: LazyLock<FundingRound> = LazyLock::new(|| shipped().remove(0));

fn round() -> &'static FundingRound {
    &ROUND
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

fn whole_round() -> Period {
    round().period
}

/// A plan of so many euro for each year, on one item.
fn plan(years: &[(i32, i64)]) -> PlanVersion {
    let years = years
        .iter()
        .map(|(year, euro)| (*year, Money::from_euro(*euro)))
        .collect();
    PlanVersion {
        number: 1,
        effective_from: day("2023-01-01"),
        recorded_at: DateTime::UNIX_EPOCH,
        items: BTreeMap::from([(ItemKey::new("staff_employees"), years)]),
        sources: BTreeMap::new(),
        targets: BTreeMap::new(),
    }
}

fn burn(plan: Option<&PlanVersion>, grant: Period, at: &str, spent: &[(&str, i64)]) -> BurnFigures {
    let spent = spent
        .iter()
        .map(|(of, euro)| (quarter(of), Money::from_euro(*euro)))
        .collect();
    BurnFigures::of_subproject(&BurnBasis {
        round: round(),
        grant,
        plan,
        quarter: quarter(at),
        spent: &spent,
        accepted: Money::from_euro(1),
        paid_out: Money::from_euro(2),
    })
}

fn rounded(value: Option<Decimal>) -> Option<String> {
    value.map(|value| value.round_dp(4).normalize().to_string())
}

#[test]
fn a_running_grant_shows_burn_gap_and_forecast() {
    let plan = plan(&[(2023, 120_000), (2024, 120_000), (2025, 120_000)]);
    let spent = [
        ("2023-Q1", 20_000),
        ("2023-Q2", 20_000),
        ("2023-Q3", 20_000),
        ("2023-Q4", 20_000),
        ("2024-Q1", 30_000),
        ("2024-Q2", 20_000),
        ("2024-Q3", 99_999),
    ];
    let figures = burn(Some(&plan), whole_round(), "2024-Q2", &spent);
    assert_eq!(figures.awarded, Money::from_euro(360_000));
    assert_eq!(figures.planned_to_date, Money::from_euro(180_000));
    assert_eq!(
        figures.spent,
        Money::from_euro(130_000),
        "later quarters are left out"
    );
    assert_eq!(figures.spent_year, Money::from_euro(50_000));
    assert_eq!(figures.remaining(), Money::from_euro(230_000));
    assert_eq!(rounded(figures.burn_awarded()).as_deref(), Some("0.3611"));
    assert_eq!(rounded(figures.burn_year()).as_deref(), Some("0.4167"));
    // 365 + 182 of 1,096 days.
    assert_eq!(rounded(figures.time_elapsed()).as_deref(), Some("0.4991"));
    assert_eq!(rounded(figures.gap_pp()).as_deref(), Some("-13.7976"));
    // Last four quarters: 90,000 of 120,000 planned; 180,000 remain.
    assert_eq!(figures.forecast, Money::from_euro(130_000 + 135_000));
    assert_eq!(figures.expected_unspent(), Money::from_euro(95_000));
    assert_eq!(figures.light(&round().thresholds), Some(TrafficLight::Yellow));
}

#[test]
fn a_grant_without_award_has_no_ratio_and_no_light() {
    let zero = plan(&[(2023, 0)]);
    for plan in [Some(&zero), None] {
        let figures = burn(plan, whole_round(), "2023-Q2", &[("2023-Q1", 5)]);
        assert_eq!(figures.burn_awarded(), None);
        assert_eq!(figures.time_elapsed(), None);
        assert_eq!(figures.gap_pp(), None);
        assert_eq!(figures.light(&round().thresholds), None);
        assert_eq!(figures.forecast, Money::from_euro(5));
        assert_eq!(figures.expected_unspent(), Money::from_euro(-5));
    }
}

#[test]
fn a_grant_that_has_not_started_is_green_and_expected_to_spend_its_award() {
    let plan = plan(&[(2025, 100_000)]);
    let grant = Period {
        first: day("2025-01-01"),
        last: day("2025-12-31"),
    };
    let figures = burn(Some(&plan), grant, "2024-Q4", &[]);
    assert_eq!(figures.time_elapsed(), Some(Decimal::ZERO));
    assert_eq!(figures.forecast, Money::from_euro(100_000));
    assert_eq!(figures.expected_unspent(), Money::ZERO);
    assert_eq!(figures.light(&round().thresholds), Some(TrafficLight::Green));
}

#[test]
fn a_finished_grant_forecasts_what_it_has_spent() {
    let plan = plan(&[(2023, 100_000)]);
    let grant = Period {
        first: day("2023-01-01"),
        last: day("2023-12-31"),
    };
    let figures = burn(Some(&plan), grant, "2024-Q4", &[("2023-Q2", 60_000)]);
    assert_eq!(figures.time_elapsed(), Some(Decimal::ONE));
    assert_eq!(figures.forecast, Money::from_euro(60_000));
    assert_eq!(figures.light(&round().thresholds), Some(TrafficLight::Red));
}

#[test]
fn the_light_changes_above_its_thresholds_and_not_at_them() {
    let thresholds = &round().thresholds;
    let at = |gap: i64| {
        BurnFigures {
            awarded: Money::from_euro(100),
            spent: Money::from_euro(50) + Money::from_cents(gap),
            awarded_elapsed: Decimal::from(50),
            ..BurnFigures::default()
        }
        .light(thresholds)
    };
    let cases = [
        (0, TrafficLight::Green),
        (1_000, TrafficLight::Green),
        (-1_000, TrafficLight::Green),
        (1_001, TrafficLight::Yellow),
        (-2_000, TrafficLight::Yellow),
        (-2_001, TrafficLight::Red),
    ];
    for (gap, light) in cases {
        assert_eq!(at(gap), Some(light), "gap of {gap} hundredths");
    }
}

#[test]
fn a_group_adds_amounts_and_weighs_time_by_award() {
    let long = burn(
        Some(&plan(&[(2023, 300)])),
        whole_round(),
        "2023-Q4",
        &[("2023-Q1", 30)],
    );
    let short = Period {
        first: day("2023-01-01"),
        last: day("2023-12-31"),
    };
    let short = burn(Some(&plan(&[(2023, 100)])), short, "2023-Q4", &[("2023-Q1", 50)]);
    let group: BurnFigures = [long, short].into_iter().sum();
    assert_eq!(group.awarded, Money::from_euro(400));
    assert_eq!(group.spent, Money::from_euro(80));
    assert_eq!(group.forecast, long.forecast + short.forecast);
    // (300 × 365/1096 + 100 × 1) ÷ 400
    assert_eq!(rounded(group.time_elapsed()).as_deref(), Some("0.4998"));
    assert_eq!(rounded(group.burn_awarded()).as_deref(), Some("0.2"));
}

#[test]
fn items_planned_until_a_quarter_sum_to_the_plan() {
    let round = round();
    let mut plan = plan(&[(2023, 10), (2024, 10), (2025, 10)]);
    let income = BTreeMap::from([(2023, Money::from_cents(7)), (2025, Money::from_cents(5))]);
    plan.items.insert(ItemKey::new("income"), income);
    let grant = whole_round();
    for quarter in grant.quarters() {
        let staff = plan.item_planned_until(&ItemKey::new("staff_employees"), &grant, quarter);
        let income = plan.item_planned_until(&ItemKey::new("income"), &grant, quarter);
        assert_eq!(plan.planned_until(round, &grant, quarter), staff - income);
    }
    let end = quarter("2025-Q4");
    assert_eq!(plan.planned_until(round, &grant, end), plan.awarded(round));
}

#[test]
fn money_planned_outside_the_grant_counts_from_its_year() {
    let grant = Period {
        first: day("2023-01-01"),
        last: day("2023-12-31"),
    };
    let plan = plan(&[(2023, 4), (2024, 8)]);
    let until = |text| plan.planned_until(round(), &grant, quarter(text));
    assert_eq!(until("2023-Q2"), Money::from_euro(2));
    assert_eq!(until("2023-Q4"), Money::from_euro(4));
    assert_eq!(until("2024-Q1"), Money::from_euro(12));
}

#[test]
fn shares_and_gaps_follow_their_definitions() {
    let euro = Money::from_euro;
    assert_eq!(rounded(union_share(euro(40), euro(100))).as_deref(), Some("0.4"));
    assert_eq!(union_share(euro(40), Money::ZERO), None);
    assert_eq!(drawdown_gap(euro(50), euro(30)), euro(20));
    assert_eq!(
        rounded(item_deviation(euro(85), euro(100))).as_deref(),
        Some("-0.15")
    );
}

proptest::proptest! {
    #[test]
    fn a_group_of_subprojects_adds_up_in_every_figure(
        awards in proptest::collection::vec((0_i64..1_000_000, 0_i64..1_000_000), 1..6),
    ) {
        let each: Vec<BurnFigures> = awards
            .iter()
            .map(|(award, spent)| burn(Some(&plan(&[(2023, *award)])), whole_round(), "2023-Q3", &[("2023-Q2", *spent)]))
            .collect();
        let group: BurnFigures = each.iter().copied().sum();
        let total = |of: fn(&BurnFigures) -> Money| each.iter().map(of).sum::<Money>();
        proptest::prop_assert_eq!(group.remaining(), total(BurnFigures::remaining));
        proptest::prop_assert_eq!(group.expected_unspent(), total(BurnFigures::expected_unspent));
        proptest::prop_assert_eq!(group.planned_to_date, total(|one| one.planned_to_date));
        if let Some(elapsed) = group.time_elapsed() {
            proptest::prop_assert!(elapsed >= Decimal::ZERO && elapsed <= Decimal::ONE);
        }
    }
}
