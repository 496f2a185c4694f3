//! What a plan foresees in each quarter, computed once for all that compares spending with it.

use std::collections::BTreeMap;

use super::PlanVersion;
use crate::{key::ItemKey, money::Money, period::Period, quarter::Quarter, round::FundingRound};

/// The planned amounts of a plan, or of one of its items, by quarter; income is deducted.
///
/// A year is divided in equal parts over the grant's quarters in that year (parts sum to the year exactly); a year outside
/// the grant counts in its first quarter. The same as [`PlanVersion::planned_until`], without computing it anew for each
/// quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    awarded: Money,
    quarters: BTreeMap<Quarter, Money>,
}

impl Schedule {
    /// The schedule of a whole plan.
    pub fn of_plan(plan: &PlanVersion, round: &FundingRound, grant: &Period) -> Self {
        Self::of_items(plan, plan.items.keys(), round, *grant)
    }

    /// The schedule of one item of a plan; nothing when the plan does not know it.
    pub fn of_item(plan: &PlanVersion, item: &ItemKey, round: &FundingRound, grant: &Period) -> Self {
        Self::of_items(plan, std::iter::once(item), round, *grant)
    }

    fn of_items<'a>(
        plan: &PlanVersion,
        items: impl Iterator<Item = &'a ItemKey>,
        round: &FundingRound,
        grant: Period,
    ) -> Self {
        let of_grant = grant.quarters();
        let mut schedule = Self::default();
        for item in items {
            for (year, amount) in plan.items.get(item).into_iter().flatten() {
                schedule.add_year(*year, round.signed(item, *amount), &of_grant);
            }
        }
        schedule
    }

    /// The schedules of the single rows of a plan, of one item or of all, by item and year: they sum to those of the items.
    pub fn of_rows<'a>(
        plan: &'a PlanVersion,
        only: Option<&ItemKey>,
        round: &FundingRound,
        grant: &Period,
    ) -> Vec<(&'a ItemKey, i32, Self)> {
        let of_grant = grant.quarters();
        let mut rows = Vec::new();
        for (item, years) in &plan.items {
            for (year, amount) in years.iter().filter(|_| only.is_none_or(|only| only == item)) {
                let mut schedule = Self::default();
                schedule.add_year(*year, round.signed(item, *amount), &of_grant);
                rows.push((item, *year, schedule));
            }
        }
        rows
    }

    fn add_year(&mut self, year: i32, amount: Money, of_grant: &[Quarter]) {
        self.awarded += amount;
        let in_year: Vec<Quarter> = of_grant
            .iter()
            .copied()
            .filter(|quarter| quarter.year() == year)
            .collect();
        if in_year.is_empty() {
            // Years are those of a round; one before the calendar of quarters begins counts from the start.
            if let Ok(first) = Quarter::new(year.max(2000), 1) {
                *self.quarters.entry(first).or_default() += amount;
            }
            return;
        }
        let parts = amount.allocate(&vec![1; in_year.len()]);
        for (quarter, part) in in_year.into_iter().zip(parts) {
            *self.quarters.entry(quarter).or_default() += part;
        }
    }

    /// Planned over all years.
    pub const fn awarded(&self) -> Money {
        self.awarded
    }

    /// Planned in a quarter.
    pub fn in_quarter(&self, quarter: Quarter) -> Money {
        self.quarters.get(&quarter).copied().unwrap_or_default()
    }

    /// Planned up to and including a quarter.
    pub fn until(&self, quarter: Quarter) -> Money {
        self.quarters.range(..=quarter).map(|(_, amount)| amount).sum()
    }

    /// Planned up to and including a quarter, without some quarters.
    pub fn until_without(&self, quarter: Quarter, without: &[Quarter]) -> Money {
        let quarters = self.quarters.range(..=quarter);
        quarters
            .filter(|(quarter, _)| !without.contains(quarter))
            .map(|(_, amount)| amount)
            .sum()
    }

    /// The first quarter that something is planned for.
    pub fn first(&self) -> Option<Quarter> {
        self.quarters.keys().next().copied()
    }

    /// Planned in a calendar year.
    pub fn in_year(&self, year: i32) -> Money {
        let quarters = self.quarters.iter();
        quarters
            .filter(|(quarter, _)| quarter.year() == year)
            .map(|(_, amount)| amount)
            .sum()
    }
}
