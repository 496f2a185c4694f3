//! The money of a quarter: expenditure by item at the subproject's own pace, and the sources that paid for it.

use std::collections::BTreeMap;

use nachweis_domain::{
    key::{ItemKey, SourceKey},
    money::Money,
    plan::PlanVersion,
    quarter::Quarter,
    rate::Rate,
    region::RegionSplit,
    round::{FundingRound, ItemKind, SourceKind},
    subproject::Subproject,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::dice::Dice;

use super::{correction::Correction, quirk::Quirk};

/// The money of one quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct QuarterMoney {
    /// Expenditure by item, flat rates and income included.
    pub(crate) items: BTreeMap<ItemKey, Money>,
    /// Spent by source.
    pub(crate) sources: BTreeMap<SourceKey, Money>,
    /// What the quarter corrects; its amount is part of the item's.
    pub(crate) correction: Option<Correction>,
}

/// A subproject's spending up to some quarter; each call of [`Purse::spend`] adds the next quarter.
#[derive(Clone, Debug)]
pub(crate) struct Purse<'a> {
    round: &'a FundingRound,
    subproject: &'a Subproject,
    seed: u64,
    quirk: Quirk,
    pace_permille: i64,
    spent: BTreeMap<ItemKey, Money>,
    quarter_before: BTreeMap<ItemKey, Money>,
    total: Money,
    sources: BTreeMap<SourceKey, Money>,
}

impl<'a> Purse<'a> {
    /// An empty purse with the subproject's pace: most keep pace, some lag, few are far behind or ahead.
    pub(crate) fn new(round: &'a FundingRound, subproject: &'a Subproject, seed: u64, quirk: Quirk) -> Self {
        let mut dice = Dice::new(seed, &[subproject.no.as_str(), "pace"]);
        let pace_permille = match (quirk, dice.between(0, 99)) {
            (Quirk::Over(overrun), _) => overrun.pace_of_others(),
            (_, 0..75) => dice.between(920, 1030),
            (_, 75..86) => dice.between(720, 860),
            (_, 86..92) => dice.between(350, 650),
            _ => dice.between(1050, 1120),
        };
        Self {
            round,
            subproject,
            seed,
            quirk,
            pace_permille,
            spent: BTreeMap::new(),
            quarter_before: BTreeMap::new(),
            total: Money::ZERO,
            sources: BTreeMap::new(),
        }
    }

    /// The money of the next quarter under the plan in effect.
    pub(crate) fn spend(&mut self, plan: &PlanVersion, quarter: Quarter) -> QuarterMoney {
        let mut dice = Dice::new(
            self.seed,
            &[self.subproject.no.as_str(), &quarter.to_string(), "money"],
        );
        let mut correction = self.correction(quarter);
        let mut items: BTreeMap<ItemKey, Money> = BTreeMap::new();
        for spec in &self.round.plan_items {
            let amount = match &spec.kind {
                ItemKind::FlatRate { base, rate, .. } => {
                    let base: Money = base.iter().filter_map(|item| items.get(item)).sum();
                    base.share(*rate)
                }
                ItemKind::Actual | ItemKind::Income => {
                    let amount = self.actual(plan, quarter, &spec.key, &mut dice);
                    corrected(amount, &spec.key, &mut correction)
                }
            };
            items.insert(spec.key.clone(), amount);
        }
        let of_quarter: Money = items
            .iter()
            .map(|(item, amount)| self.round.signed(item, *amount))
            .sum();
        if of_quarter.is_negative() || self.total + of_quarter > plan.awarded(self.round) {
            for amount in items.values_mut() {
                *amount = Money::ZERO;
            }
            correction = None;
        }
        for (item, amount) in &items {
            *self.spent.entry(item.clone()).or_default() += *amount;
            self.total += self.round.signed(item, *amount);
        }
        self.quarter_before.clone_from(&items);
        let sources = self.pay(plan, quarter);
        QuarterMoney {
            items,
            sources,
            correction,
        }
    }

    /// What the quarter corrects; subprojects whose items go by a script of their own correct nothing.
    fn correction(&self, quarter: Quarter) -> Option<Correction> {
        if matches!(self.quirk, Quirk::Over(_)) {
            return None;
        }
        let no = self.subproject.no.as_str();
        Correction::of((self.seed, no), quarter, &self.quarter_before)
    }

    /// Spent of an item in a quarter: its plan at the subproject's pace, slower in the first two quarters.
    fn actual(&self, plan: &PlanVersion, quarter: Quarter, item: &ItemKey, dice: &mut Dice) -> Money {
        let grant = self.subproject.grant_period;
        let planned = plan.item_planned_until(item, &grant, quarter)
            - plan.item_planned_until(item, &grant, quarter.previous());
        let since_start = Quarter::of(grant.first).map_or(0, |first| quarter.ordinal() - first.ordinal());
        let start = match since_start {
            0 => 700,
            1 => 900,
            _ => 1000,
        };
        let noise = dice.between(960, 1040);
        let spent = self.spent.get(item).copied().unwrap_or_default();
        let whole = plan.item_total(item);
        if let Some(amount) = self
            .quirk
            .overrun_of(item)
            .and_then(|overrun| overrun.amount(quarter, whole, spent))
        {
            return amount;
        }
        let amount = if self.makes_good(quarter) {
            plan.item_planned_until(item, &grant, quarter) - spent
        } else {
            let permille = self.pace_permille * start * noise / 1_000_000;
            planned.share(Rate::from_fraction(Decimal::new(permille, 3)))
        };
        amount.min(whole - spent).max(Money::ZERO)
    }

    /// Whether the subproject spends far less than planned all the time.
    pub(super) const fn is_far_behind(&self) -> bool {
        self.pace_permille < 700
    }

    fn makes_good(&self, quarter: Quarter) -> bool {
        matches!(self.quirk, Quirk::Over(overrun) if overrun.makes_good(quarter))
    }

    /// Divides what was spent up to now over the sources and gives what this quarter adds to each.
    fn pay(&mut self, plan: &PlanVersion, quarter: Quarter) -> BTreeMap<SourceKey, Money> {
        let awarded = plan.awarded(self.round);
        let planned = |source: &SourceKey| plan.sources.get(source).copied().unwrap_or_default();
        let part = |source: &SourceKey| {
            self.total
                .in_proportion(planned(source), awarded)
                .unwrap_or_default()
        };
        let allowed = union_allowed(self.round, &self.subproject.regions, self.total);
        let mut up_to_now: BTreeMap<SourceKey, Money> = BTreeMap::new();
        let mut rest = self.total;
        let remainder = remainder_source(self.round);
        for spec in self
            .round
            .sources
            .iter()
            .filter(|spec| Some(&spec.key) != remainder)
        {
            let amount = match spec.kind {
                SourceKind::Union => part(&spec.key).min(allowed),
                SourceKind::Own if planned(&spec.key).is_zero() || self.total.is_zero() => Money::ZERO,
                SourceKind::Own => {
                    // One cent more than the share, so that rounding never falls below the least share.
                    let own = part(&spec.key) + Money::from_cents(1);
                    own.share(Rate::from_percent(self.quirk.own_funds_percent(quarter)))
                }
                SourceKind::Grant | SourceKind::ThirdParty => part(&spec.key),
            }
            .min(rest);
            rest -= amount;
            up_to_now.insert(spec.key.clone(), amount);
        }
        if let Some(remainder) = remainder {
            up_to_now.insert(remainder.clone(), rest);
        }
        let added = up_to_now
            .iter()
            .map(|(source, now)| {
                let before = self.sources.get(source).copied().unwrap_or_default();
                (source.clone(), *now - before)
            })
            .collect();
        self.sources = up_to_now;
        added
    }
}

/// An amount with its correction; one that would leave less than half of it is dropped.
fn corrected(amount: Money, item: &ItemKey, correction: &mut Option<Correction>) -> Money {
    let Some(found) = correction.as_ref().filter(|found| found.item == *item) else {
        return amount;
    };
    if amount + found.amount + found.amount < Money::ZERO || amount.is_zero() {
        *correction = None;
        return amount;
    }
    amount + found.amount
}

/// The source that pays what others leave: the first grant of the round.
fn remainder_source(round: &FundingRound) -> Option<&SourceKey> {
    let grant = round
        .sources
        .iter()
        .find(|source| source.kind == SourceKind::Grant);
    grant.or(round.sources.last()).map(|source| &source.key)
}

/// The Union contribution that the caps allow on an amount, rounded down for each category of region.
pub(crate) fn union_allowed(round: &FundingRound, regions: &RegionSplit, amount: Money) -> Money {
    regions
        .divide(amount)
        .into_iter()
        .map(|(category, part)| {
            let cap = round.esf_caps.get(&category).copied().unwrap_or_default();
            let cents = (Decimal::from(part.cents()) * cap.fraction()).floor();
            Money::from_cents(cents.to_i64().unwrap_or_default())
        })
        .sum()
}
