//! The shares of the sources in a category of region against what is allowed.

use nachweis_domain::{
    burn::{TrafficLight, union_share},
    language::Text,
    money::Money,
    rate::Rate,
    region::RegionCategory,
    round::{FundingRound, SourceKind},
};

use super::Cell;
use crate::Value;

/// What was spent in a category of region, and what is allowed.
pub(super) struct Shares {
    cap: Option<Rate>,
    least: Rate,
    all: Money,
    union: Money,
    own: Money,
    /// A cent for each report, which rounds by itself.
    room: Money,
}

impl Shares {
    pub(super) fn new(round: &FundingRound, category: RegionCategory) -> Self {
        Self {
            cap: round.esf_caps.get(&category).copied(),
            least: round.own_funds_minimum,
            all: Money::ZERO,
            union: Money::ZERO,
            own: Money::ZERO,
            room: Money::ZERO,
        }
    }

    /// Adds the money of a source.
    pub(super) fn add(&mut self, kind: Option<SourceKind>, cell: Cell) {
        let [.., spent] = cell.amounts;
        self.all += spent;
        match kind {
            Some(SourceKind::Union) => {
                self.union += spent;
                self.room += Money::from_cents(cell.reports.into());
            }
            Some(SourceKind::Own) => self.own += spent,
            _ => {}
        }
    }

    /// Actual share, highest share, least share, and how they compare.
    pub(super) fn values(&self, kind: Option<SourceKind>, cell: Cell) -> [Value; 4] {
        let [.., spent] = cell.amounts;
        let actual = Value::percent(union_share(spent, self.all));
        let percent = |rate: Rate| Value::Percent(rate.fraction());
        match (kind, self.cap) {
            (Some(SourceKind::Union), Some(cap)) => {
                [actual, percent(cap), Value::Empty, self.rate_union(cap)]
            }
            (Some(SourceKind::Own), _) => [actual, Value::Empty, percent(self.least), self.rate_own()],
            _ => [actual, Value::Empty, Value::Empty, Value::Empty],
        }
    }

    fn rate_union(&self, cap: Rate) -> Value {
        if self.all.is_zero() {
            Value::Empty
        } else if self.union > self.all.share(cap) + self.room {
            Value::rated(
                "over",
                Text::new("über dem Höchstanteil", "above the highest share"),
                TrafficLight::Red,
            )
        } else {
            kept()
        }
    }

    fn rate_own(&self) -> Value {
        if self.all.is_zero() {
            Value::Empty
        } else if self.own + self.room < self.all.share(self.least) {
            Value::rated(
                "under",
                Text::new("unter dem Mindestanteil", "below the least share"),
                TrafficLight::Red,
            )
        } else {
            kept()
        }
    }
}

fn kept() -> Value {
    Value::rated("kept", Text::new("eingehalten", "kept"), TrafficLight::Green)
}
