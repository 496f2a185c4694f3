//! Keeps the readers of an import from running far ahead of its writer: a bound on the workbooks in memory.

use std::sync::{
    Condvar, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

/// Files that may be read, or wait in memory to be written, at a time.
const AHEAD: usize = 48;

/// Gives out the places of the files to be read, in order, and waits while too many are under way.
#[derive(Debug)]
pub(super) struct Turnstile {
    files: usize,
    next: AtomicUsize,
    written: Mutex<usize>,
    moved: Condvar,
}

impl Turnstile {
    /// For so many files.
    pub(super) const fn new(files: usize) -> Self {
        Self {
            files,
            next: AtomicUsize::new(0),
            written: Mutex::new(0),
            moved: Condvar::new(),
        }
    }

    /// The place of the next file to read; `None` when there is none left.
    pub(super) fn next(&self) -> Option<usize> {
        let place = self.next.fetch_add(1, Ordering::Relaxed);
        if place >= self.files {
            return None;
        }
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let written = self
            .moved
            .wait_while(written, |written| place >= written.saturating_add(AHEAD))
            .unwrap_or_else(PoisonError::into_inner);
        (*written <= self.files).then_some(place)
    }

    /// So many files are done, counted from the first.
    pub(super) fn written(&self, files: usize) {
        *self.written.lock().unwrap_or_else(PoisonError::into_inner) = files;
        self.moved.notify_all();
    }

    /// No further file is to be read: those who wait go home.
    pub(super) fn close(&self) {
        self.written(usize::MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_given_once_in_order() {
        let turnstile = Turnstile::new(3);
        let places: Vec<_> = std::iter::from_fn(|| turnstile.next()).collect();
        assert_eq!(places, [0, 1, 2]);
    }

    #[test]
    fn readers_wait_until_the_writer_has_caught_up() {
        let turnstile = Turnstile::new(AHEAD + 1);
        (0..AHEAD).for_each(|place| assert_eq!(turnstile.next(), Some(place)));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| turnstile.next());
            turnstile.written(1);
            assert_eq!(waiting.join().unwrap(), Some(AHEAD));
        });
    }

    #[test]
    fn a_closed_turnstile_lets_nobody_in() {
        let turnstile = Turnstile::new(AHEAD * 2);
        (0..AHEAD).for_each(|_| {
            turnstile.next();
        });
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| turnstile.next());
            turnstile.close();
            assert_eq!(waiting.join().unwrap(), None);
        });
        assert_eq!(turnstile.next(), None);
    }
}
