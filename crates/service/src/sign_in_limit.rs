//! A bound on failed sign-ins for each name, kept in memory.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_ingest::limits;

/// Names remembered at a time; the oldest are forgotten first.
const NAMES: usize = 10_000;

/// Counts failed sign-ins.
#[derive(Debug, Default)]
pub(crate) struct SignInLimit(Mutex<BTreeMap<String, Failures>>);

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u64,
    first: DateTime<Utc>,
}

impl SignInLimit {
    /// Seconds until the name may try again; `None` when it may now.
    pub(crate) fn wait_s(&self, name: &str, now: DateTime<Utc>) -> Option<u64> {
        let failures = self.names().get(name).copied()?;
        let end = failures.first + window();
        (failures.count >= limits::SIGN_IN_FAILURES.value && now < end)
            .then(|| u64::try_from((end - now).num_seconds()).unwrap_or(0).max(1))
    }

    /// Counts a failure of the name.
    pub(crate) fn failed(&self, name: &str, now: DateTime<Utc>) {
        let mut names = self.names();
        if names
            .get(name)
            .is_some_and(|failures| now >= failures.first + window())
        {
            names.remove(name);
        }
        if names.len() >= NAMES && !names.contains_key(name) {
            make_room(&mut names, now);
        }
        let failures = names
            .entry(name.to_owned())
            .or_insert(Failures { count: 0, first: now });
        failures.count += 1;
    }

    /// Forgets the failures of a name that has signed in.
    pub(crate) fn succeeded(&self, name: &str) {
        self.names().remove(name);
    }

    fn names(&self) -> MutexGuard<'_, BTreeMap<String, Failures>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn window() -> TimeDelta {
    TimeDelta::minutes(i64::try_from(limits::SIGN_IN_MINUTES.value).unwrap_or(1))
}

/// Forgets what no longer counts, and where that is nothing, the oldest name.
fn make_room(names: &mut BTreeMap<String, Failures>, now: DateTime<Utc>) {
    names.retain(|_, failures| now < failures.first + window());
    let oldest = names.iter().min_by_key(|(_, failures)| failures.first);
    let oldest = oldest.map(|(name, _)| name.clone());
    if let (true, Some(name)) = (names.len() >= NAMES, oldest) {
        names.remove(&name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000 + minute * 60, 0).unwrap()
    }

    #[test]
    fn the_tenth_failure_closes_the_name_for_the_rest_of_the_window() {
        let limit = SignInLimit::default();
        for _ in 0..9 {
            limit.failed("lena", minute(0));
        }
        assert_eq!(limit.wait_s("lena", minute(1)), None);
        limit.failed("lena", minute(1));
        assert_eq!(limit.wait_s("lena", minute(5)), Some(600));
        assert_eq!(limit.wait_s("otto", minute(5)), None);
        assert_eq!(limit.wait_s("lena", minute(15)), None);
    }

    #[test]
    fn a_sign_in_forgets_the_failures_before_it() {
        let limit = SignInLimit::default();
        (0..10).for_each(|_| limit.failed("lena", minute(0)));
        limit.succeeded("lena");
        assert_eq!(limit.wait_s("lena", minute(0)), None);
    }

    #[test]
    fn the_memory_of_names_is_bounded() {
        let limit = SignInLimit::default();
        for name in 0..=NAMES {
            limit.failed(&name.to_string(), minute(0));
        }
        assert_eq!(limit.names().len(), NAMES);
    }
}
