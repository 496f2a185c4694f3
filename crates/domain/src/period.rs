//! Periods between two days, both included.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::quarter::Quarter;

/// A span of days, first and last included: a grant period, the time of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

impl Period {
    /// Whether a date lies in the period.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.first <= date && date <= self.last
    }

    /// The number of days, zero when the last day is before the first.
    pub fn days(&self) -> i64 {
        ((self.last - self.first).num_days() + 1).max(0)
    }

    /// The days of the period that have passed at the end of `date`, from 0 to [`Period::days`].
    pub fn days_until(&self, date: NaiveDate) -> i64 {
        ((date - self.first).num_days() + 1).clamp(0, self.days())
    }

    /// The quarters that the period touches, in order.
    pub fn quarters(&self) -> Vec<Quarter> {
        match (Quarter::of(self.first), Quarter::of(self.last)) {
            (Some(first), Some(last)) => first.through(last).collect(),
            _ => Vec::new(),
        }
    }
}
