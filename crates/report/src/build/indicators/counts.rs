//! The counts of an indicator: genders, total, target, previous quarter.

use nachweis_domain::{context::GenderCounts, ledger::SubprojectIndex, round::Counted};
use rust_decimal::Decimal;

use super::super::group::Groups;
use crate::Value;

/// Cumulative counts with target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    women: i64,
    men: i64,
    non_binary: i64,
    /// What the total holds beyond women, men and non-binary persons: entities.
    other: i64,
    /// The total at the end of the previous quarter.
    previous: i64,
    target: Option<i64>,
}

impl Counts {
    pub(super) fn add_target(&mut self, target: u64) {
        let target = i64::try_from(target).unwrap_or(i64::MAX);
        self.target = Some(self.target.unwrap_or(0).saturating_add(target));
    }

    /// Adds the counts of a quarter; an earlier quarter than the last also counts as previous.
    pub(super) fn add_entry(&mut self, counts: &GenderCounts, is_earlier: bool) {
        self.women += counts.women;
        self.men += counts.men;
        self.non_binary += counts.non_binary;
        self.other += counts.total - counts.women - counts.men - counts.non_binary;
        if is_earlier {
            self.previous += counts.total;
        }
    }

    /// Adds everything.
    pub(super) fn add(&mut self, other: &Self) {
        self.women += other.women;
        self.men += other.men;
        self.non_binary += other.non_binary;
        self.other += other.other;
        self.previous += other.previous;
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

    /// Divides each count over the groups of the subproject, sums kept.
    pub(super) fn divide(&self, groups: &Groups, subproject: SubprojectIndex) -> Vec<(usize, Self)> {
        let split = |count| groups.divide_count(subproject, count);
        let mut parts: Vec<(usize, Self)> = split(self.women)
            .into_iter()
            .map(|(group, women)| {
                let part = Self {
                    women,
                    ..Self::default()
                };
                (group, part)
            })
            .collect();
        let mut set = |counts: Vec<(usize, i64)>, put: fn(&mut Self, i64)| {
            for ((_, part), (_, count)) in parts.iter_mut().zip(counts) {
                put(part, count);
            }
        };
        set(split(self.men), |part, count| part.men = count);
        set(split(self.non_binary), |part, count| part.non_binary = count);
        set(split(self.other), |part, count| part.other = count);
        set(split(self.previous), |part, count| part.previous = count);
        if let Some(target) = self.target {
            set(split(target), |part, count| part.target = Some(count));
        }
        parts
    }

    const fn total(&self) -> i64 {
        self.women + self.men + self.non_binary + self.other
    }

    /// Women, men, non-binary, total, target, achievement, previous.
    pub(super) fn values(&self, counted: Counted) -> [Value; 7] {
        let person = |count| match counted {
            Counted::Persons => Value::Count(count),
            Counted::Entities => Value::Empty,
        };
        let achievement = self
            .target
            .and_then(|target| Decimal::from(self.total()).checked_div(Decimal::from(target)));
        [
            person(self.women),
            person(self.men),
            person(self.non_binary),
            Value::Count(self.total()),
            self.target.map_or(Value::Empty, Value::Count),
            Value::percent(achievement),
            Value::Count(self.previous),
        ]
    }
}
