//! Periods between two days, both included.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::quarter::Quarter;

/// A span of days, first and last included: a grant period, the time of a round.
///
/// ```
/// use nachweis_domain::period::Period;
/// let grant = Period { first: "2023-02-01".parse()?, last: "2023-04-30".parse()? };
/// assert_eq!(grant.days(), 89);
/// assert_eq!(grant.days_until("2023-02-28".parse()?), 28);
/// let quarters: Vec<String> = grant.quarters().iter().map(ToString::to_string).collect();
/// assert_eq!(quarters, ["2023-Q1", "2023-Q2"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(offset: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2010, 1, 1).unwrap() + chrono::Days::new(offset)
    }

    proptest! {
        #[test]
        fn quarters_cover_each_day_and_none_lies_outside(first in 0_u64..10_000, length in 0_u64..3_000, inside in 0_u64..3_000) {
            let period = Period { first: day(first), last: day(first + length) };
            let inside = day(first + inside % (length + 1));
            let quarters = period.quarters();
            prop_assert!(quarters.iter().any(|quarter| quarter.contains(inside)));
            let touches = |quarter: &Quarter| quarter.first_day() <= period.last && quarter.last_day() >= period.first;
            prop_assert!(quarters.iter().all(touches));
        }
    }

    #[test]
    fn days_count_from_nothing_to_the_whole_period() {
        let period = Period {
            first: day(10),
            last: day(19),
        };
        let cases = [(0, 0), (9, 0), (10, 1), (19, 10), (500, 10)];
        for (offset, days) in cases {
            assert_eq!(period.days_until(day(offset)), days);
        }
        let reversed = Period {
            first: day(5),
            last: day(1),
        };
        assert_eq!((reversed.days(), reversed.days_until(day(3))), (0, 0));
        assert!(reversed.quarters().len() <= 1 && !reversed.contains(day(3)));
    }
}
