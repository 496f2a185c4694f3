//! Ledgers as they should not be and sometimes are: plans missing, keys that the round does not know, negative amounts,
//! splits that do not divide evenly, figures before plans.

use nachweis_domain::{
    key::{ActionFieldKey, ItemKey, NetworkCode, SourceKey},
    ledger::Ledger,
    money::Money,
    quarter::Quarter,
    rate::Rate,
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
            0 => state.plan = None,
            1 => state.disbursements.clear(),
            2 => state.subproject.network = Some(NetworkCode::new("RIN-XX")),
            3 => state.subproject.action_field = ActionFieldKey::new("unknown_field"),
            4 => state.subproject.land = None,
            _ => {}
        }
        if dice.below(3) == 0 {
            state.subproject.regions = split(&mut dice);
        }
    }
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
