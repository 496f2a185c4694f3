//! The counts of an indicator: genders, total, target, previous quarter.

use nachweis_domain::{audit::FigurePart, context::GenderCounts, ledger::SubprojectIndex, round::Counted};
use rust_decimal::Decimal;

use super::super::group::Groups;
use crate::Value;

/// Women, men, non-binary, and what a total holds beyond them: entities.
type ByWhom = [i64; 4];

/// Cumulative counts with target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// At the end of the reporting quarter.
    now: ByWhom,
    /// At the end of the quarter before it.
    before: ByWhom,
    target: Option<i64>,
}

impl Counts {
    pub(super) fn add_target(&mut self, target: u64) {
        let target = i64::try_from(target).unwrap_or(i64::MAX);
        self.target = Some(self.target.unwrap_or(0).saturating_add(target));
    }

    /// Adds the counts of a quarter; those of an earlier quarter than the last were there before.
    pub(super) fn add_entry(&mut self, counts: &GenderCounts, is_earlier: bool) {
        let GenderCounts {
            women,
            men,
            non_binary,
            total,
        } = *counts;
        let by_whom = [women, men, non_binary, total - women - men - non_binary];
        add(&mut self.now, by_whom);
        if is_earlier {
            add(&mut self.before, by_whom);
        }
    }

    /// Adds everything.
    pub(super) fn add(&mut self, other: &Self) {
        add(&mut self.now, other.now);
        add(&mut self.before, other.before);
        if let Some(target) = other.target {
            self.target = Some(self.target.unwrap_or(0) + target);
        }
    }

    /// The counts of the parts together, with the target of this one: a sum has a target of its own or none.
    pub(super) fn replaced_by(&self, parts: impl Iterator<Item = Self>) -> Self {
        let mut sum = Self::default();
        for part in parts {
            sum.add(&part);
        }
        Self {
            target: self.target,
            ..sum
        }
    }

    /// Divides each count over the groups of the subproject, sums kept. Totals are made of the divided genders.
    pub(super) fn divide(&self, groups: &Groups, subproject: SubprojectIndex) -> Vec<(usize, Self)> {
        let split = |count| groups.divide_count(subproject, count);
        let mut parts: Vec<(usize, Self)> = split(0)
            .into_iter()
            .map(|(group, _)| (group, Self::default()))
            .collect();
        for (place, (now, before)) in self.now.into_iter().zip(self.before).enumerate() {
            let counts = split(now).into_iter().zip(split(before));
            for ((_, part), ((_, now), (_, before))) in parts.iter_mut().zip(counts) {
                if let (Some(of_now), Some(of_before)) = (part.now.get_mut(place), part.before.get_mut(place))
                {
                    (*of_now, *of_before) = (now, before);
                }
            }
        }
        if let Some(target) = self.target {
            for ((_, part), (_, target)) in parts.iter_mut().zip(split(target)) {
                part.target = Some(target);
            }
        }
        parts
    }

    /// The count of a part, [`FigurePart::Total`] for all together; at the end of the quarter before where it is earlier.
    pub(super) fn of(&self, part: FigurePart, is_earlier: bool) -> i64 {
        let counts = if is_earlier { &self.before } else { &self.now };
        let [women, men, non_binary, _] = *counts;
        match part {
            FigurePart::Women => women,
            FigurePart::Men => men,
            FigurePart::NonBinary => non_binary,
            _ => counts.iter().sum(),
        }
    }

    /// The target; zero without one.
    pub(super) fn target(&self) -> i64 {
        self.target.unwrap_or_default()
    }

    /// Women, men, non-binary, total, target, achievement, previous, in the quarter.
    pub(super) fn values(&self, counted: Counted) -> [Value; 8] {
        let [women, men, non_binary, _] = self.now.map(|count| match counted {
            Counted::Persons => Value::Count(count),
            Counted::Entities => Value::Empty,
        });
        let total: i64 = self.now.iter().sum();
        let previous: i64 = self.before.iter().sum();
        let achievement = self
            .target
            .and_then(|target| Decimal::from(total).checked_div(Decimal::from(target)));
        [
            women,
            men,
            non_binary,
            Value::Count(total),
            self.target.map_or(Value::Empty, Value::Count),
            Value::percent(achievement),
            Value::Count(previous),
            Value::Count(total - previous),
        ]
    }
}

fn add(sums: &mut ByWhom, counts: ByWhom) {
    for (sum, count) in sums.iter_mut().zip(counts) {
        *sum += count;
    }
}
