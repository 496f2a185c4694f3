//! The shares of the sources in a category of region against what is allowed.
//!
//! A limit holds for all money of a kind together, never for a single source: own funds can be public and private. So what
//! is compared with the limit stands in a column of its own, beside the share of the source.

use nachweis_domain::{
    burn::union_share,
    money::Money,
    rate::Rate,
    region::RegionCategory,
    round::{FundingRound, SourceKind},
};

use super::{super::rated, Amounts};
use crate::Value;

/// How far sums of rounded amounts may lie from the exact ones.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Room {
    /// Quarterly reports: each rounds to the nearest cent by itself, half a cent at most.
    pub(super) reports: usize,
    /// Subprojects whose amounts are divided over categories: the part and the limit of each lie less than a cent off.
    pub(super) divided: usize,
}

impl Room {
    pub(super) fn amount(self) -> Money {
        let cents = self.reports.div_ceil(2) + 2 * self.divided;
        Money::from_cents(i64::try_from(cents).unwrap_or(i64::MAX))
    }
}

/// What was spent in all and of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spent {
    pub(super) all: Money,
    pub(super) union: Money,
    pub(super) own: Money,
}

impl Spent {
    /// What the sources spent together.
    pub(super) fn of(sources: impl Iterator<Item = (Option<SourceKind>, Amounts)>) -> Self {
        let mut spent = Self::default();
        for (kind, [.., amount]) in sources {
            spent.all += amount;
            match kind {
                Some(SourceKind::Union) => spent.union += amount,
                Some(SourceKind::Own) => spent.own += amount,
                _ => {}
            }
        }
        spent
    }

    /// The share of a source, and that of all sources of its kind together where a limit holds for them.
    pub(super) fn shares(&self, kind: Option<SourceKind>, amounts: Amounts) -> [Value; 2] {
        let [.., spent] = amounts;
        let share = |amount| Value::percent(union_share(amount, self.all));
        let of_kind = match kind {
            Some(SourceKind::Union) => share(self.union),
            Some(SourceKind::Own) => share(self.own),
            _ => Value::Empty,
        };
        [share(spent), of_kind]
    }
}

/// What is allowed in a category of region.
pub(super) struct Limits {
    cap: Option<Rate>,
    least: Rate,
    room: Room,
}

impl Limits {
    pub(super) fn of(round: &FundingRound, category: RegionCategory, room: Room) -> Self {
        Self {
            cap: round.esf_caps.get(&category).copied(),
            least: round.own_funds_minimum,
            room,
        }
    }

    /// Highest share, least share, and how the money of the kind compares.
    pub(super) fn values(&self, kind: Option<SourceKind>, spent: &Spent) -> [Value; 3] {
        let percent = |rate: Rate| Value::Percent(rate.fraction());
        match (kind, self.cap) {
            (Some(SourceKind::Union), Some(cap)) => [
                percent(cap),
                Value::Empty,
                rated::union(spent.union, spent.all, cap, self.room.amount()),
            ],
            (Some(SourceKind::Own), _) => [
                Value::Empty,
                percent(self.least),
                rated::own(spent.own, spent.all, self.least, self.room.amount()),
            ],
            _ => [Value::Empty, Value::Empty, Value::Empty],
        }
    }
}
