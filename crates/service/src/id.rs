//! New ids: they sort by the time of the service's clock.

use chrono::{DateTime, Utc};
use uuid::{NoContext, Timestamp, Uuid};

/// A new id of a moment. Two of the same moment differ by 74 random bits.
pub(crate) fn at(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Uuid::new_v7(Timestamp::from_unix(
        NoContext,
        seconds,
        now.timestamp_subsec_nanos(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::noon;

    #[test]
    fn ids_sort_by_time_and_none_is_given_twice() {
        let (first, second) = (at(noon()), at(noon()));
        assert_ne!(first, second);
        assert!(at(noon() + chrono::TimeDelta::milliseconds(1)) > first.max(second));
    }
}
