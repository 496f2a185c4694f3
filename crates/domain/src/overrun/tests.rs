//! The boundaries of the 20 % rule, to the cent and in both directions.

use super::*;
use crate::round::shipped;

fn thresholds() -> Thresholds {
    shipped().remove(0).thresholds
}

fn free(plan: i64, planned_reported: i64, spent: i64) -> Position {
    Position {
        freedom: Freedom::Free,
        plan: Money::from_cents(plan),
        planned_reported: Money::from_cents(planned_reported),
        spent: Money::from_cents(spent),
    }
}

/// Where an item of EUR 100 stands that has spent so many cents, while another has saved so many.
fn standing(spent: i64, saved: i64) -> Standing {
    let item = free(10_000, 10_000, spent);
    let balance = [item, free(90_000, saved, 0)].iter().sum();
    item.standing(balance, &thresholds()).unwrap()
}

#[test]
fn each_boundary_is_exact_to_the_cent() {
    let enough = 100_000;
    for (spent, saved, expected) in [
        (9_999, 0, Standing::Within),
        (10_000, 0, Standing::Within),
        (10_001, 1, Standing::Offset),
        (10_001, 0, Standing::NotOffset),
        (11_499, enough, Standing::Offset),
        (11_500, enough, Standing::Warned),
        (11_500, 1_500, Standing::Warned),
        (11_500, 1_499, Standing::NotOffset),
        (12_000, 2_000, Standing::Warned),
        (12_000, 1_999, Standing::NotOffset),
        (12_001, 2_001, Standing::NeedsConsent),
        (12_001, 2_000, Standing::OverLimit),
    ] {
        assert_eq!(
            standing(spent, saved),
            expected,
            "{spent} spent of 10000, {saved} saved"
        );
    }
}

#[test]
fn a_threshold_between_two_cents_is_not_rounded() {
    // 15 % of 100.01 is 15.0015.
    let [below, above] = [11_501, 11_502].map(|spent| {
        let warning = thresholds().item_warning;
        reaches(Money::from_cents(10_001), Money::from_cents(spent), warning)
    });
    assert!(!below && above);
    // 20 % of 100.01 is 20.002.
    let [below, above] = [12_001, 12_002].map(|spent| {
        let limit = thresholds().item_limit;
        exceeds(Money::from_cents(10_001), Money::from_cents(spent), limit)
    });
    assert!(!below && above);
}

#[test]
fn an_item_without_plan_is_above_the_limit_from_the_first_cent() {
    let item = free(0, 0, 1);
    let thresholds = thresholds();
    let alone = [item].iter().sum();
    assert_eq!(item.standing(alone, &thresholds), Some(Standing::OverLimit));
    let offset = [item, free(10, 1, 0)].iter().sum();
    assert_eq!(item.standing(offset, &thresholds), Some(Standing::NeedsConsent));
}

#[test]
fn a_flat_rate_must_be_offset_saves_nothing_and_does_not_stand() {
    let flat = |spent| Position {
        freedom: Freedom::FlatRate,
        ..free(100, 100, spent)
    };
    let balance: Balance = [flat(0), flat(101)].iter().sum();
    assert_eq!(balance.over, Money::from_cents(1));
    assert_eq!(balance.saved, Money::ZERO);
    assert!(!balance.is_offset());
    assert_eq!(flat(101).standing(balance, &thresholds()), None);
}

#[test]
fn income_takes_no_part() {
    let income = Position {
        freedom: Freedom::Income,
        ..free(100, 100, 500)
    };
    let balance: Balance = [
        income,
        Position {
            spent: Money::ZERO,
            ..income
        },
    ]
    .iter()
    .sum();
    assert_eq!(balance, Balance::default());
    assert_eq!(income.standing(balance, &thresholds()), None);
}

#[test]
fn what_is_planned_for_later_saves_nothing() {
    let item = free(1_000, 400, 300);
    assert_eq!(item.saved(), Money::from_cents(100));
    assert_eq!(free(1_000, 400, 401).saved(), Money::ZERO);
}
