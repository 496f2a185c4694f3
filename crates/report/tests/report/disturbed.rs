//! Ledgers as they should not be and sometimes are: plans missing or amended, grants that begin later or end sooner, quarters
//! not reported in the middle, keys that the round does not know, negative amounts, splits that do not divide evenly,
//! figures before plans.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use nachweis_domain::{
    key::{ActionFieldKey, ItemKey, NetworkCode, SourceKey},
    ledger::{Ledger, SubprojectState},
    money::Money,
    period::Period,
    quarter::Quarter,
    rate::Rate,
    record::UploadState,
    region::{RegionCategory, RegionSplit},
};
use rust_decimal::Decimal;

use crate::made_up::{Dice, MadeUp};

/// A ledger of up to twelve subprojects and up to six quarters, disturbed by the seed.
pub(crate) fn ledger(seed: u64) -> Ledger {
    let mut dice = Dice::new(seed);
    let quarters = dice.below(7);
    let last = quarters
        .checked_sub(1)
        .map(|last| Quarter::new(2023, 1).unwrap().ordinal() + i32::try_from(last).unwrap());
    let last = last
        .and_then(Quarter::from_ordinal)
        .map(|last| (last.year(), last.number()));
    let mut ledger = MadeUp {
        subprojects: u32::try_from(dice.below(13)).unwrap(),
        last,
        seed,
    }
    .ledger();
    for state in &mut ledger.subprojects {
        match dice.below(8) {
            0 => state.plans.clear(),
            1 => state.disbursements.clear(),
            2 => state.subproject.network = Some(NetworkCode::new("RIN-XX")),
            3 => state.subproject.action_field = ActionFieldKey::new("unknown_field"),
            4 => state.subproject.land = None,
            _ => {}
        }
        if dice.below(3) == 0 {
            state.subproject.regions = split(&mut dice);
        }
        if dice.below(3) == 0 {
            amend(state, &mut dice);
        }
        if dice.below(3) == 0 {
            state.subproject.grant_period = grant(&mut dice);
        }
    }
    leave_gaps(&mut ledger, &mut dice);
    for entry in &mut ledger.expenditure {
        match dice.below(12) {
            0 => entry.item = ItemKey::new("unknown_item"),
            1 => (entry.reported, entry.accepted) = (-entry.reported, -entry.accepted),
            2 => entry.reported += Money::from_cents(dice.between(-1, 1)),
            _ => {}
        }
    }
    for entry in &mut ledger.funds {
        if dice.below(12) == 0 {
            entry.source = SourceKey::new("unknown_source");
        }
    }
    ledger
}

fn split(dice: &mut Dice) -> RegionSplit {
    let first = dice.between(1, 9_998);
    let second = dice.between(1, 9_999 - first);
    let share = |ten_thousandths| Rate::from_fraction(Decimal::new(ten_thousandths, 4));
    RegionSplit::new(vec![
        (RegionCategory::Transition, share(first)),
        (RegionCategory::MoreDeveloped, share(second)),
        (RegionCategory::FormerTransition, share(10_000 - first - second)),
    ])
    .unwrap()
}

/// A day so many days at most after another.
fn after(first: (i32, u32, u32), days: u64, dice: &mut Dice) -> NaiveDate {
    let (year, month, day) = first;
    NaiveDate::from_ymd_opt(year, month, day).unwrap() + Days::new(dice.below(days))
}

/// A grant period that begins between October 2022 and November 2023 and ends between December 2023 and September 2026.
fn grant(dice: &mut Dice) -> Period {
    Period {
        first: after((2022, 10, 20), 400, dice),
        last: after((2023, 12, 1), 1_000, dice),
    }
}

/// Further plan versions, some of them taking effect before those recorded earlier, some with another first day.
fn amend(state: &mut SubprojectState, dice: &mut Dice) {
    let Some(first) = state.plans.first_mut() else {
        return;
    };
    if dice.below(3) == 0 {
        first.effective_from = after((2022, 12, 1), 500, dice);
    }
    let first = first.clone();
    for number in 2..2 + u32::try_from(dice.below(3)).unwrap() {
        let mut plan = first.clone();
        plan.number = number;
        plan.effective_from = after((2022, 12, 1), 900, dice);
        for amount in plan.items.values_mut().flat_map(|years| years.values_mut()) {
            *amount = Money::from_cents(amount.cents() * dice.between(50, 150) / 100);
        }
        for amount in plan.sources.values_mut() {
            *amount = Money::from_cents(amount.cents() * dice.between(50, 150) / 100);
        }
        for target in plan.targets.values_mut() {
            *target = target.saturating_sub(dice.below(40));
        }
        state.plans.push(plan);
    }
}

/// Some reports were never submitted, wherever they stand.
fn leave_gaps(ledger: &mut Ledger, dice: &mut Dice) {
    let mut gone = BTreeSet::new();
    for state in &mut ledger.quarters {
        if state.is_reported && dice.below(6) == 0 {
            state.is_reported = false;
            state.counting = None;
            state.is_accepted = false;
            state.state = UploadState::Checked;
            gone.insert((state.subproject, state.quarter));
        }
    }
    let stays = |subproject, quarter| !gone.contains(&(subproject, quarter));
    ledger
        .expenditure
        .retain(|entry| stays(entry.subproject, entry.quarter));
    ledger
        .funds
        .retain(|entry| stays(entry.subproject, entry.quarter));
    ledger
        .indicators
        .retain(|entry| stays(entry.subproject, entry.quarter));
    ledger
        .counters
        .retain(|entry| stays(entry.subproject, entry.quarter));
}
