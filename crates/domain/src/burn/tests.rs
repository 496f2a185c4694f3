//! Burn by worked examples: every figure below is computed by hand.

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::{DateTime, NaiveDate};
use rust_decimal::Decimal;

use super::*;
use crate::{key::ItemKey, plan::PlanVersion, round::FundingRound, round::shipped};

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

/// The burn of a subproject that has reported these quarters, in euro.
fn burn(plan: Option<&PlanVersion>, grant: Period, at: &str, spent: &[(&str, i64)]) -> BurnFigures {
    let spent = spent
        .iter()
        .map(|(of, euro)| (quarter(of), Money::from_euro(*euro)))
        .collect();
    let schedule = plan.map(|plan| Schedule::of_plan(plan, round(), &grant));
    BurnFigures::of_subproject(&BurnBasis {
        grant,
        schedule: schedule.as_ref(),
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
    assert_eq!(unspent_and_over(&figures), (95_000, 0));
    assert_eq!(
        figures.time_reported(),
        figures.time_elapsed(),
        "nothing is outstanding"
    );
    assert_eq!((figures.reported_quarters, figures.outstanding_quarters), (6, 0));
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
        assert_eq!(unspent_and_over(&figures), (0, 5));
    }
}

#[test]
fn a_quarter_that_is_not_reported_counts_neither_as_spending_nor_as_time() {
    let plan = plan(&[(2023, 120_000), (2024, 120_000), (2025, 120_000)]);
    let on_pace = |text| (text, 30_000);
    let spent = ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1"].map(on_pace);
    let figures = burn(Some(&plan), whole_round(), "2024-Q3", &spent);
    assert_eq!((figures.reported_quarters, figures.outstanding_quarters), (5, 2));
    assert_eq!(figures.planned_to_date, Money::from_euro(210_000));
    assert_eq!(figures.planned_outstanding, Money::from_euro(60_000));
    // 365 + 274 and 365 + 91 of 1,096 days.
    assert_eq!(rounded(figures.time_elapsed()).as_deref(), Some("0.583"));
    assert_eq!(rounded(figures.time_reported()).as_deref(), Some("0.4161"));
    assert_eq!(rounded(figures.gap_pp()).as_deref(), Some("0.0608"));
    assert_eq!(figures.light(&round().thresholds), Some(TrafficLight::Green));
    assert_eq!(figures.forecast, Money::from_euro(360_000));
    assert_eq!(unspent_and_over(&figures), (0, 0));
}

#[test]
fn a_gap_in_the_middle_is_outstanding_and_the_rate_is_that_of_the_last_four_reported() {
    let plan = plan(&[(2023, 120_000), (2024, 120_000), (2025, 120_000)]);
    let spent = [
        ("2023-Q1", 30_000),
        ("2023-Q2", 15_000),
        ("2023-Q3", 15_000),
        ("2024-Q1", 15_000),
        ("2024-Q2", 15_000),
    ];
    let figures = burn(Some(&plan), whole_round(), "2024-Q2", &spent);
    assert_eq!(figures.outstanding_quarters, 1);
    assert_eq!(figures.planned_outstanding, Money::from_euro(30_000));
    // 365 + 182 days without the 92 of 2023-Q4.
    assert_eq!(rounded(figures.time_reported()).as_deref(), Some("0.4151"));
    // 60,000 of 120,000 in the last four reported; 180,000 to come and 30,000 outstanding.
    assert_eq!(figures.forecast, Money::from_euro(90_000 + 105_000));
    assert_eq!(unspent_and_over(&figures), (165_000, 0));
}

#[test]
fn before_the_first_report_there_is_no_light_and_the_plan_is_expected() {
    let plan = plan(&[(2023, 100_000), (2024, 100_000), (2025, 100_000)]);
    let figures = burn(Some(&plan), whole_round(), "2023-Q2", &[]);
    assert_eq!((figures.reported_quarters, figures.outstanding_quarters), (0, 2));
    assert_eq!(figures.planned_outstanding, figures.planned_to_date);
    assert_eq!(figures.forecast, figures.awarded);
    assert_eq!(figures.light(&round().thresholds), None);
}

#[test]
fn a_grant_that_has_not_started_expects_nothing_and_has_no_light() {
    let plan = plan(&[(2025, 100_000)]);
    let grant = Period {
        first: day("2025-01-01"),
        last: day("2025-12-31"),
    };
    let figures = burn(Some(&plan), grant, "2024-Q4", &[]);
    assert_eq!(figures.time_elapsed(), Some(Decimal::ZERO));
    assert_eq!(figures.outstanding_quarters, 0);
    assert_eq!(figures.forecast, Money::from_euro(100_000));
    assert_eq!(unspent_and_over(&figures), (0, 0));
    assert_eq!(figures.light(&round().thresholds), None);
}

#[test]
fn spending_before_the_grant_counts_without_time_and_without_rate() {
    let plan = plan(&[(2024, 100_000), (2025, 100_000)]);
    let grant = Period {
        first: day("2024-02-01"),
        last: day("2025-12-31"),
    };
    let early = burn(Some(&plan), grant, "2024-Q1", &[("2023-Q4", 7_000)]);
    assert_eq!((early.reported_quarters, early.outstanding_quarters), (0, 1));
    assert_eq!(early.spent, Money::from_euro(7_000));
    assert_eq!(early.forecast, Money::from_euro(207_000));
    assert_eq!(unspent_and_over(&early), (0, 7_000));
    assert_eq!(early.light(&round().thresholds), None);
    let spent = [("2023-Q4", 7_000), ("2024-Q1", 20_000)];
    let reported = burn(Some(&plan), grant, "2024-Q1", &spent);
    // 60 of 700 days; 20,000 of 25,000 planned in the first quarter.
    assert_eq!(rounded(reported.time_reported()).as_deref(), Some("0.0857"));
    assert_eq!(reported.forecast, Money::from_euro(27_000 + 140_000));
}

#[test]
fn a_finished_grant_forecasts_what_it_has_spent_and_what_is_outstanding() {
    let plan = plan(&[(2023, 100_000)]);
    let grant = Period {
        first: day("2023-01-01"),
        last: day("2023-12-31"),
    };
    let quarters = ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"].map(|text| (text, 15_000));
    let all = burn(Some(&plan), grant, "2024-Q4", &quarters);
    assert_eq!(all.time_reported(), Some(Decimal::ONE));
    assert_eq!(all.forecast, Money::from_euro(60_000));
    assert_eq!(all.light(&round().thresholds), Some(TrafficLight::Red));
    let without_last = burn(Some(&plan), grant, "2024-Q4", &quarters[..3]);
    assert_eq!(without_last.time_elapsed(), Some(Decimal::ONE));
    assert_eq!(without_last.outstanding_quarters, 1);
    // 15,000 of each 25,000 were realised, so 15,000 are expected of the last.
    assert_eq!(without_last.forecast, Money::from_euro(60_000));
}

#[test]
fn corrections_below_zero_do_not_forecast_money_back() {
    let plan = plan(&[(2023, 100_000), (2024, 100_000), (2025, 100_000)]);
    let figures = burn(Some(&plan), whole_round(), "2023-Q1", &[("2023-Q1", -500)]);
    assert_eq!(figures.forecast, Money::from_euro(-500));
    assert_eq!(unspent_and_over(&figures), (300_500, 0));
}

#[test]
fn a_group_does_not_hide_money_that_will_lapse_behind_overspending() {
    let of = |spent: i64| {
        let grant = Period {
            first: day("2023-01-01"),
            last: day("2023-03-31"),
        };
        burn(
            Some(&plan(&[(2023, 100)])),
            grant,
            "2023-Q1",
            &[("2023-Q1", spent)],
        )
    };
    let group: BurnFigures = [of(70), of(130)].into_iter().sum();
    assert_eq!(
        (group.awarded, group.forecast),
        (Money::from_euro(200), Money::from_euro(200))
    );
    assert_eq!(unspent_and_over(&group), (30, 30));
}

/// In whole euro.
fn unspent_and_over(figures: &BurnFigures) -> (i64, i64) {
    assert_eq!(
        figures.awarded,
        figures.forecast + figures.unspent - figures.overspending
    );
    (figures.unspent.cents() / 100, figures.overspending.cents() / 100)
}

#[test]
fn the_light_changes_above_its_thresholds_and_not_at_them() {
    let thresholds = &round().thresholds;
    let at = |gap: i64| {
        BurnFigures {
            awarded: Money::from_euro(100),
            spent: Money::from_euro(50) + Money::from_cents(gap),
            awarded_reported: Decimal::from(50),
            reported_quarters: 1,
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
        proptest::prop_assert_eq!(group.unspent, total(|one| one.unspent));
        proptest::prop_assert_eq!(group.awarded, group.forecast + group.unspent - group.overspending);
        proptest::prop_assert!(group.unspent >= Money::ZERO && group.overspending >= Money::ZERO);
        proptest::prop_assert_eq!(group.planned_to_date, total(|one| one.planned_to_date));
        if let Some(elapsed) = group.time_elapsed() {
            proptest::prop_assert!(elapsed >= Decimal::ZERO && elapsed <= Decimal::ONE);
        }
    }
}
