//! Values by subproject, quarter and key, gathered in the order in which they pass.

use std::{ops::AddAssign, sync::Arc};

use nachweis_domain::{
    context::{FundTotals, GenderCounts},
    ledger::SubprojectIndex,
    money::Money,
    quarter::Quarter,
};

/// Where a value stands: whose, when, of what.
pub(super) type Place = (SubprojectIndex, Quarter, Arc<str>);

/// Values by place. Values of one place follow each other as a rule, so that the last one is looked at first.
#[derive(Clone, Debug)]
pub(super) struct Cells<T>(Vec<(Place, T)>);

impl<T> Default for Cells<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Copy + Default + AddTo> Cells<T> {
    /// Adds to the value of a place.
    pub(super) fn add(
        &mut self,
        (subproject, quarter, key): (SubprojectIndex, Quarter, &Arc<str>),
        value: T,
    ) {
        if let Some((place, sum)) = self.0.last_mut()
            && (place.0, place.1) == (subproject, quarter)
            && place.2 == *key
        {
            sum.add_to(value);
            return;
        }
        self.0.push(((subproject, quarter, Arc::clone(key)), value));
    }

    /// The values in the order of their places, each place once.
    pub(super) fn finish(mut self) -> Vec<(Place, T)> {
        self.0.sort_by(|(a, _), (b, _)| a.cmp(b));
        self.0.dedup_by(|(place, value), (before, sum)| {
            let same = place == before;
            if same {
                sum.add_to(*value);
            }
            same
        });
        self.0
    }
}

/// Counts of an indicator as they were typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Persons {
    pub(super) counts: GenderCounts,
    /// Whether a gender was typed; otherwise the total stands alone.
    pub(super) has_genders: bool,
}

/// What can be added up.
pub(super) trait AddTo {
    /// Adds another value.
    fn add_to(&mut self, other: Self);
}

impl AddTo for i64 {
    fn add_to(&mut self, other: Self) {
        self.add_assign(other);
    }
}

/// Reported, and accepted of it.
impl AddTo for [Money; 2] {
    fn add_to(&mut self, other: Self) {
        for (sum, amount) in self.iter_mut().zip(other) {
            *sum += amount;
        }
    }
}

impl AddTo for FundTotals {
    fn add_to(&mut self, other: Self) {
        self.called += other.called;
        self.received += other.received;
        self.spent += other.spent;
    }
}

impl AddTo for Persons {
    fn add_to(&mut self, other: Self) {
        self.counts.women += other.counts.women;
        self.counts.men += other.counts.men;
        self.counts.non_binary += other.counts.non_binary;
        self.counts.total += other.counts.total;
        self.has_genders |= other.has_genders;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_place_are_added_wherever_they_stand() {
        let quarter: Quarter = "2024-Q1".parse().unwrap();
        let [a, b] = ["a", "b"].map(Arc::<str>::from);
        let mut cells = Cells::default();
        for (subproject, key, value) in [(1, &a, 5), (1, &a, 2), (0, &b, 1), (1, &b, 9), (1, &a, 10)] {
            cells.add((subproject, quarter, key), value);
        }
        let places = [(0, &b, 1), (1, &a, 17), (1, &b, 9)];
        assert_eq!(
            cells.finish(),
            places.map(|(subproject, key, value)| ((subproject, quarter, Arc::clone(key)), value))
        );
    }
}
