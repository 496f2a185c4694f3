//! Lets a few in at a time, a few more wait, and turns everyone else away at once.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::failure::ReadFailure;

/// Counts who is at work and who waits.
#[derive(Debug)]
pub(super) struct Turnstile {
    counts: Mutex<Counts>,
    left: Condvar,
    parallel: u64,
    queue: u64,
    patience: Duration,
}

#[derive(Debug, Default)]
struct Counts {
    at_work: u64,
    waiting: u64,
}

/// A place at work, given back when dropped.
#[derive(Debug)]
pub(super) struct Turn<'a> {
    turnstile: &'a Turnstile,
}

impl Turnstile {
    /// A turnstile for so many at work and so many waiting, each for so long.
    pub(super) fn new(parallel: u64, queue: u64, patience: Duration) -> Self {
        Self {
            counts: Mutex::default(),
            left: Condvar::new(),
            parallel,
            queue,
            patience,
        }
    }

    /// Waits for a place, as long as its patience lasts.
    pub(super) fn enter(&self) -> Result<Turn<'_>, ReadFailure> {
        let mut counts = self.lock();
        if counts.at_work >= self.parallel {
            if counts.waiting >= self.queue {
                return Err(ReadFailure::Busy);
            }
            counts.waiting += 1;
            let is_full = |counts: &mut Counts| counts.at_work >= self.parallel;
            let waited = self.left.wait_timeout_while(counts, self.patience, is_full);
            let (after, outcome) = waited.unwrap_or_else(PoisonError::into_inner);
            counts = after;
            counts.waiting -= 1;
            if outcome.timed_out() {
                return Err(ReadFailure::Busy);
            }
        }
        counts.at_work += 1;
        Ok(Turn { turnstile: self })
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        // The counts are whole between any two lines above, so a panic elsewhere does not spoil them.
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turnstile.lock().at_work -= 1;
        self.turnstile.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn one_works_one_waits_and_the_third_is_turned_away() {
        let turnstile = Turnstile::new(1, 1, Duration::MAX);
        let first = turnstile.enter().expect("a place");
        thread::scope(|scope| {
            let second = scope.spawn(|| turnstile.enter().is_ok());
            while turnstile.lock().waiting == 0 {
                thread::yield_now();
            }
            assert!(matches!(turnstile.enter(), Err(ReadFailure::Busy)));
            drop(first);
            assert!(second.join().expect("no panic"));
        });
        assert!(turnstile.enter().is_ok());
    }

    #[test]
    fn who_waits_too_long_is_turned_away_and_leaves_the_queue() {
        let turnstile = Turnstile::new(1, 1, Duration::ZERO);
        let first = turnstile.enter().expect("a place");
        assert!(matches!(turnstile.enter(), Err(ReadFailure::Busy)));
        assert_eq!(turnstile.lock().waiting, 0);
        drop(first);
        assert!(turnstile.enter().is_ok());
    }
}
