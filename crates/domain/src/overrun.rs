//! Plan items above their plan: the 20 % rule (ANBest-P Nr. 1.2), for the rules FIN-07 and FIN-08 and for reports.
//!
//! The financing plan is binding in its total; a single item may exceed its plan by up to 20 % as far as savings in other
//! items offset it, and by more only with consent. Read here as:
//! - The plan of an item is its sum over all years of the grant, because the notice awards the whole.
//! - Only items of actual expenditure are free items. A flat rate follows its base, so it neither exceeds its plan on its
//!   own account nor saves; but what it grows with its base must be offset too, because the total must not rise.
//! - Savings are what other items have left of what was planned for the quarters that are reported. What is planned for
//!   later is still needed; what a quarter that is not reported has cost is not known. Neither saves anything.
//! - Offset is all or nothing for a subproject: as long as savings cover less than all overruns, none of them is offset.

use std::iter::Sum;

use crate::{money::Money, rate::Rate, round::ItemKind, round::Thresholds};

/// What a plan item is under the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freedom {
    /// Actual expenditure: a free item.
    Free,
    /// A flat rate: must be offset, offsets nothing.
    FlatRate,
    /// Income: takes no part.
    Income,
}

impl Freedom {
    /// Of a kind of plan item; an item that the round does not know is a free one.
    pub const fn of(kind: Option<&ItemKind>) -> Self {
        match kind {
            None | Some(ItemKind::Actual) => Self::Free,
            Some(ItemKind::FlatRate { .. }) => Self::FlatRate,
            Some(ItemKind::Income) => Self::Income,
        }
    }
}

/// A plan item of a subproject with its amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// What it is under the rule.
    pub freedom: Freedom,
    /// Planned over the whole grant.
    pub plan: Money,
    /// Planned for the quarters that are reported.
    pub planned_reported: Money,
    /// Spent in them.
    pub spent: Money,
}

impl Position {
    /// What it lies above its plan, and what must be offset; nothing for income.
    pub fn over(&self) -> Money {
        match self.freedom {
            Freedom::Free | Freedom::FlatRate => (self.spent - self.plan).max(Money::ZERO),
            Freedom::Income => Money::ZERO,
        }
    }

    /// What it has saved; nothing for flat rates and income.
    pub fn saved(&self) -> Money {
        match self.freedom {
            Freedom::Free => (self.planned_reported - self.spent).max(Money::ZERO),
            Freedom::FlatRate | Freedom::Income => Money::ZERO,
        }
    }

    /// Where it stands among the items of its subproject; `None` for what is no free item.
    pub fn standing(&self, balance: Balance, thresholds: &Thresholds) -> Option<Standing> {
        if self.freedom != Freedom::Free {
            return None;
        }
        let (plan, spent) = (self.plan, self.spent);
        Some(if spent <= plan {
            Standing::Within
        } else {
            match (exceeds(plan, spent, thresholds.item_limit), balance.is_offset()) {
                (true, true) => Standing::NeedsConsent,
                (true, false) => Standing::OverLimit,
                (false, false) => Standing::NotOffset,
                (false, true) if reaches(plan, spent, thresholds.item_warning) => Standing::Warned,
                (false, true) => Standing::Offset,
            }
        })
    }
}

/// What the items of a subproject lie above their plans, and what others have saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// What must be offset.
    pub over: Money,
    /// What offsets it.
    pub saved: Money,
}

impl Balance {
    /// Whether savings cover all overruns.
    pub fn is_offset(self) -> bool {
        self.over <= self.saved
    }
}

impl<'a> Sum<&'a Position> for Balance {
    fn sum<I: Iterator<Item = &'a Position>>(positions: I) -> Self {
        positions.fold(Self::default(), |balance, position| Self {
            over: balance.over + position.over(),
            saved: balance.saved + position.saved(),
        })
    }
}

/// Where a free plan item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// At most its plan.
    Within,
    /// Above its plan, below the warning threshold, offset.
    Offset,
    /// At or above the warning threshold, not above the limit, offset.
    Warned,
    /// Not above the limit, but not offset.
    NotOffset,
    /// Above the limit, offset: allowed with consent.
    NeedsConsent,
    /// Above the limit and not offset.
    OverLimit,
}

/// Whether spending exceeds a plan by more than a share of it.
///
/// ```
/// use nachweis_domain::{money::Money, overrun::exceeds, rate::Rate};
/// let (plan, limit) = (Money::from_euro(100), Rate::from_percent(20));
/// assert!(!exceeds(plan, Money::from_cents(120_00), limit));
/// assert!(exceeds(plan, Money::from_cents(120_01), limit));
/// assert!(exceeds(Money::ZERO, Money::from_cents(1), limit));
/// ```
pub fn exceeds(plan: Money, spent: Money, share: Rate) -> bool {
    (spent - plan).to_decimal() > plan.to_decimal() * share.fraction()
}

/// Whether spending exceeds a plan by a share of it or more.
///
/// ```
/// use nachweis_domain::{money::Money, overrun::reaches, rate::Rate};
/// let (plan, warning) = (Money::from_euro(100), Rate::from_percent(15));
/// assert!(!reaches(plan, Money::from_cents(114_99), warning));
/// assert!(reaches(plan, Money::from_cents(115_00), warning));
/// ```
pub fn reaches(plan: Money, spent: Money, share: Rate) -> bool {
    spent > plan && (spent - plan).to_decimal() >= plan.to_decimal() * share.fraction()
}

#[cfg(test)]
mod tests;
