//! The money of a quarter: expenditure by item at the subproject's own pace, and the sources that paid for it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use nachweis_domain::{
    key::{ItemKey, SourceKey, SubprojectNo},
    money::Money,
    plan::{Disbursement, PlanVersion, in_effect_or_first},
    programme::ProgrammeImport,
    quarter::Quarter,
    rate::Rate,
    region::RegionSplit,
    round::{FundingRound, ItemKind, SourceKind},
    subproject::Subproject,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::dice::Dice;

use super::quirk::Quirk;

/// The last quarter for which the made-up programme holds payments.
const PAID_UNTIL: (i32, u32) = (2024, 4);

/// The money of one quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct QuarterMoney {
    /// Expenditure by item, flat rates and income included.
    pub(crate) items: BTreeMap<ItemKey, Money>,
    /// Spent by source.
    pub(crate) sources: BTreeMap<SourceKey, Money>,
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
    total: Money,
    sources: BTreeMap<SourceKey, Money>,
}

impl<'a> Purse<'a> {
    /// An empty purse with the subproject's pace: most keep pace, some lag, few are far behind or ahead.
    pub(crate) fn new(round: &'a FundingRound, subproject: &'a Subproject, seed: u64, quirk: Quirk) -> Self {
        let mut dice = Dice::new(seed, &[subproject.no.as_str(), "pace"]);
        let pace_permille = match dice.between(0, 99) {
            0..68 => dice.between(900, 1030),
            68..82 => dice.between(700, 850),
            82..92 => dice.between(350, 650),
            _ => dice.between(1050, 1120),
        };
        Self {
            round,
            subproject,
            seed,
            quirk,
            pace_permille,
            spent: BTreeMap::new(),
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
        let mut items: BTreeMap<ItemKey, Money> = BTreeMap::new();
        for spec in &self.round.plan_items {
            let amount = match &spec.kind {
                ItemKind::FlatRate { base, rate, .. } => {
                    let base: Money = base.iter().filter_map(|item| items.get(item)).sum();
                    base.share(*rate)
                }
                ItemKind::Actual | ItemKind::Income => self.actual(plan, quarter, &spec.key, &mut dice),
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
        }
        for (item, amount) in &items {
            *self.spent.entry(item.clone()).or_default() += *amount;
            self.total += self.round.signed(item, *amount);
        }
        let sources = self.pay(plan, quarter);
        QuarterMoney { items, sources }
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
        let extra = self.quirk.overspending_permille(item, quarter);
        let permille = self.pace_permille * start * noise * extra / 1_000_000_000;
        let amount = planned.share(Rate::from_fraction(Decimal::new(permille, 3)));
        let ceiling = plan
            .item_total(item)
            .share(Rate::from_fraction(Decimal::new(extra.max(1_000), 3)));
        let left = ceiling - self.spent.get(item).copied().unwrap_or_default();
        amount.min(left).max(Money::ZERO)
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

/// Money called for a quarter, and when it was paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// The quarter in which it was called.
    pub(super) quarter: Quarter,
    /// The source.
    pub(super) source: SourceKey,
    /// The amount.
    pub(super) amount: Money,
    /// The day of the payment.
    pub(super) paid_on: NaiveDate,
}

/// What a subproject calls: ESF Plus and federal money, in arrears, paid five to eight weeks after each quarter. With
/// [`Quirk::EarlyCalls`] once more than two quarters' money in advance, and then nothing for two quarters.
pub(super) fn claims(
    round: &FundingRound,
    subproject: &Subproject,
    plans: &[&PlanVersion],
    seed: u64,
) -> Vec<Claim> {
    let mut purse = Purse::new(round, subproject, seed, Quirk::None);
    let mut dice = Dice::new(seed, &[subproject.no.as_str(), "payments"]);
    let early = Quirk::of(seed, subproject.no.as_str()) == Quirk::EarlyCalls;
    let quarters = subproject.grant_period.quarters();
    let advance = usize::try_from(dice.between(2, 6)).ok().filter(|_| early);
    let mut claims = Vec::new();
    for (index, quarter) in quarters.into_iter().enumerate() {
        let Some(plan) = in_effect_or_first(plans.iter().copied(), quarter.last_day()) else {
            continue;
        };
        let money = purse.spend(plan, quarter);
        let days = dice.between(35, 60).unsigned_abs();
        let (permille, paid_on) = match advance {
            Some(of) if index == of => (2_200, quarter.first_day() + Days::new(9)),
            Some(of) if index == of + 1 => (0, quarter.last_day()),
            _ => (1_000, quarter.last_day() + Days::new(days)),
        };
        for (source, spent) in money.sources {
            let kind = round.source(&source).map(|source| source.kind);
            let amount = spent.share(Rate::from_fraction(Decimal::new(permille, 3)));
            if matches!(kind, Some(SourceKind::Union | SourceKind::Grant)) && amount > Money::ZERO {
                claims.push(Claim {
                    quarter,
                    source,
                    amount,
                    paid_on,
                });
            }
        }
    }
    claims
}

/// Payments of the made-up programme up to the end of 2024.
pub(crate) fn disbursements(
    round: &FundingRound,
    import: &ProgrammeImport,
    seed: u64,
) -> Vec<(SubprojectNo, Disbursement)> {
    let Some(until) = Quarter::new(PAID_UNTIL.0, PAID_UNTIL.1)
        .ok()
        .map(Quarter::last_day)
    else {
        return Vec::new();
    };
    let mut payments = Vec::new();
    for (subproject, plans) in super::subprojects_with_plans(import) {
        let paid = claims(round, subproject, &plans, seed)
            .into_iter()
            .filter(|claim| claim.paid_on <= until);
        payments.extend(paid.map(|claim| {
            let Claim {
                source,
                amount,
                paid_on,
                ..
            } = claim;
            (
                subproject.no.clone(),
                Disbursement {
                    paid_on,
                    source,
                    amount,
                },
            )
        }));
    }
    payments
}
