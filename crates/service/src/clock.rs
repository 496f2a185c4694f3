//! The only place that reads the time. Everything else takes moments as arguments.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Utc};

/// Where the service takes the time from.
///
/// Moments are whole microseconds, which both databases keep exactly.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Microseconds since 1970.
    Set(Arc<AtomicI64>),
}

/// Turns a clock that stands still, for the demonstration and for tests.
#[derive(Clone, Debug)]
pub struct ClockHand(Arc<AtomicI64>);

impl Clock {
    /// The clock of the machine.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that always shows this moment.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::turned_by_hand(at).0
    }

    /// A clock that shows this moment until its hand is turned.
    pub fn turned_by_hand(at: DateTime<Utc>) -> (Self, ClockHand) {
        let micros = Arc::new(AtomicI64::new(at.timestamp_micros()));
        (Self(Source::Set(Arc::clone(&micros))), ClockHand(micros))
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        let micros = match &self.0 {
            Source::System => system_now().timestamp_micros(),
            Source::Set(micros) => micros.load(Ordering::Acquire),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }
}

impl ClockHand {
    /// Sets the clock to a moment.
    pub fn turn_to(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp_micros(), Ordering::Release);
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn system_now() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn a_fixed_clock_shows_its_moment() {
        assert_eq!(Clock::fixed(moment(1_700_000_000)).now(), moment(1_700_000_000));
    }

    #[test]
    fn a_turned_hand_shows_on_every_copy_of_the_clock() {
        let (clock, hand) = Clock::turned_by_hand(moment(1));
        let copy = clock.clone();
        hand.turn_to(moment(2));
        assert_eq!(copy.now(), moment(2));
    }

    #[test]
    fn the_system_clock_keeps_whole_microseconds() {
        let now = Clock::system().now();
        assert_eq!(now.timestamp_subsec_nanos() % 1_000, 0);
        assert!(now > moment(1_700_000_000));
    }
}
