//! How often something may be tried in a span of time, and how long to wait after too many tries.

use chrono::{DateTime, TimeDelta, Utc};

/// A bound on tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Throttle {
    /// Tries in the window at most; further ones wait.
    pub most: usize,
    /// The window, which ends now.
    pub window: TimeDelta,
    /// The wait after the last permitted try; each further try doubles it. It is never longer than until enough tries
    /// have left the window.
    pub first_pause: TimeDelta,
}

impl Throttle {
    /// How long to wait before the next try, with the tries so far in their order; `None` when it may be made now.
    pub fn wait(&self, tries: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<TimeDelta> {
        let begin = now - self.window;
        let recent: Vec<DateTime<Utc>> = tries.iter().copied().filter(|at| *at > begin).collect();
        let excess = recent.len().checked_sub(self.most)?;
        let (oldest, last) = (recent.get(excess)?, recent.last()?);
        let doublings = u32::try_from(excess).unwrap_or(u32::MAX).min(16);
        let pause = self
            .first_pause
            .checked_mul(1 << doublings)
            .map_or(self.window, |pause| pause.min(self.window));
        let end = (*last + pause).min(*oldest + self.window);
        (end > now).then(|| end - now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGN_IN: Throttle = Throttle {
        most: 3,
        window: TimeDelta::minutes(15),
        first_pause: TimeDelta::minutes(1),
    };

    fn minute(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn wait(throttle: &Throttle, tries: &[i64], now: i64) -> Option<i64> {
        let tries: Vec<DateTime<Utc>> = tries.iter().copied().map(minute).collect();
        throttle.wait(&tries, minute(now)).map(|wait| wait.num_minutes())
    }

    #[test]
    fn each_try_beyond_the_bound_doubles_the_wait() {
        for (tries, now, waits) in [
            (&[][..], 0, None),
            (&[0, 0], 0, None),
            (&[0, 0, 0], 0, Some(1)),
            (&[0, 0, 0], 1, None),
            (&[0, 0, 0, 1], 1, Some(2)),
            (&[0, 0, 0, 1, 3], 3, Some(4)),
            (&[0, 0, 0, 1, 3, 7], 7, Some(8)),
        ] {
            assert_eq!(wait(&SIGN_IN, tries, now), waits, "{tries:?} at {now}");
        }
    }

    #[test]
    fn tries_that_left_the_window_count_no_longer() {
        assert_eq!(wait(&SIGN_IN, &[0, 0, 0], 15), None);
        assert_eq!(wait(&SIGN_IN, &[0, 5, 14], 14), Some(1));
        assert_eq!(wait(&SIGN_IN, &[0, 5, 14], 15), None);
    }

    #[test]
    fn with_a_pause_as_long_as_the_window_a_try_is_free_when_the_oldest_has_left() {
        let uploads = Throttle {
            first_pause: SIGN_IN.window,
            ..SIGN_IN
        };
        assert_eq!(wait(&uploads, &[0, 5, 10], 12), Some(3));
        assert_eq!(wait(&uploads, &[0, 5, 10, 12], 13), Some(7));
        assert_eq!(wait(&uploads, &[0, 5, 10], 15), None);
    }
}
