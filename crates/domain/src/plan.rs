//! Plan versions (financing plan and targets) and money paid out.
//!
//! A plan version has two times: the day from which it takes effect and the moment at which it was recorded.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    key::{IndicatorCode, ItemKey, SourceKey},
    money::Money,
    period::Period,
    quarter::Quarter,
    round::{FundingRound, ItemKind},
};

mod in_effect;
mod schedule;

pub use in_effect::{in_effect, in_effect_or_first};
pub use schedule::Schedule;

/// A version of a subproject's financing plan with its targets. Never changed; a new version follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanVersion {
    /// 1, 2, 3 … within the subproject.
    pub number: u32,
    /// The day from which it takes effect (date of the grant notice or amendment).
    pub effective_from: NaiveDate,
    /// When it was recorded here.
    pub recorded_at: DateTime<Utc>,
    /// The planned amount of each plan item per calendar year.
    pub items: BTreeMap<ItemKey, BTreeMap<i32, Money>>,
    /// The planned amount of each source over the whole grant period.
    pub sources: BTreeMap<SourceKey, Money>,
    /// Targets of indicators over the whole grant period, all genders together.
    pub targets: BTreeMap<IndicatorCode, u64>,
}

impl PlanVersion {
    /// Whether two versions plan the same from the same day, whatever their numbers and moments.
    pub fn plans_the_same(&self, other: &Self) -> bool {
        self.effective_from == other.effective_from
            && self.items == other.items
            && self.sources == other.sources
            && self.targets == other.targets
    }

    /// The planned amount of an item in a calendar year.
    pub fn item_year(&self, item: &ItemKey, year: i32) -> Money {
        self.items
            .get(item)
            .and_then(|years| years.get(&year))
            .copied()
            .unwrap_or_default()
    }

    /// The planned amount of an item over all years.
    pub fn item_total(&self, item: &ItemKey) -> Money {
        self.items
            .get(item)
            .map(|years| years.values().sum())
            .unwrap_or_default()
    }

    /// The awarded amount: total eligible expenditure over all years; income is deducted.
    pub fn awarded(&self, round: &FundingRound) -> Money {
        self.items
            .keys()
            .map(|item| round.signed(item, self.item_total(item)))
            .sum()
    }

    /// What is planned up to and including a quarter: the sum of [`PlanVersion::item_planned_until`] over all items;
    /// income is deducted.
    pub fn planned_until(&self, round: &FundingRound, grant: &Period, quarter: Quarter) -> Money {
        self.items
            .keys()
            .map(|item| round.signed(item, self.item_planned_until(item, grant, quarter)))
            .sum()
    }

    /// What is planned of an item up to and including a quarter: whole past years, and the current year in equal parts
    /// over the grant's quarters in that year (parts sum to the year exactly, domain.md gives yearly plans only).
    /// A year outside the grant counts from its first quarter.
    pub fn item_planned_until(&self, item: &ItemKey, grant: &Period, quarter: Quarter) -> Money {
        let quarters = grant.quarters();
        let in_year = |year: i32| quarters.iter().filter(move |of_year| of_year.year() == year);
        let years = self.items.get(item).into_iter().flatten();
        years
            .map(|(year, amount)| {
                let count = in_year(*year).count();
                if count == 0 {
                    return if *year <= quarter.year() {
                        *amount
                    } else {
                        Money::ZERO
                    };
                }
                let passed = in_year(*year).filter(|of_year| **of_year <= quarter).count();
                amount.allocate(&vec![1; count]).into_iter().take(passed).sum()
            })
            .sum()
    }

    /// Whether an item is a flat rate in the round.
    pub fn is_flat_rate(round: &FundingRound, item: &ItemKey) -> bool {
        matches!(
            round.plan_item(item).map(|spec| &spec.kind),
            Some(ItemKind::FlatRate { .. })
        )
    }
}

/// Money paid out to a subproject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disbursement {
    /// The day of the payment.
    pub paid_on: NaiveDate,
    /// The source the money came from.
    pub source: SourceKey,
    /// The amount; negative for money paid back.
    pub amount: Money,
}

#[cfg(test)]
mod tests;
