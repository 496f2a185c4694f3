//! A bound on failed sign-ins for each name, kept in memory.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_ingest::limits;

use crate::error::ServiceError;

/// Names remembered at a time; the oldest are forgotten first.
const NAMES: usize = 10_000;

/// Counts failed sign-ins.
#[derive(Debug, Default)]
pub(crate) struct SignInLimit {
    names: Mutex<BTreeMap<String, Failures>>,
    turn: Mutex<()>,
    waiting: AtomicUsize,
}

/// Sign-ins that wait for their turn; more are told to try again in a moment.
const WAITING: usize = 16;

#[derive(Clone, Copy, Debug)]
struct Failures {
    count: u64,
    first: DateTime<Utc>,
}

impl SignInLimit {
    /// Does one check of a password at a time: each takes 19 MiB and 20 ms on purpose, and tries that are made at the
    /// same time must be counted one after the other.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when too many wait already.
    pub(crate) fn one_at_a_time<T>(
        &self,
        check: impl FnOnce() -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        if self.waiting.fetch_add(1, Ordering::AcqRel) >= WAITING {
            self.waiting.fetch_sub(1, Ordering::AcqRel);
            return Err(ServiceError::Busy);
        }
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.waiting.fetch_sub(1, Ordering::AcqRel);
        let checked = check();
        drop(turn);
        checked
    }

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
        self.names.lock().unwrap_or_else(PoisonError::into_inner)
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

    #[test]
    fn tries_made_at_the_same_time_take_turns_and_too_many_are_sent_away() {
        let limit = SignInLimit::default();
        let inside = AtomicUsize::new(0);
        let sent_away = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| {
                    let checked = limit.one_at_a_time(|| {
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "one at a time");
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        Ok(())
                    });
                    if matches!(checked, Err(ServiceError::Busy)) {
                        sent_away.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(sent_away.load(Ordering::SeqCst) < 64, "somebody was let in");
        assert_eq!(limit.waiting.load(Ordering::SeqCst), 0, "nobody is forgotten");
    }
}
