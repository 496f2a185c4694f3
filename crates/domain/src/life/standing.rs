//! Whether a quarter takes steps: open, closed, or reopened for one subproject until a moment.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Refusal;

/// Whether a quarter takes uploads and steps of a subproject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Open,
    /// It was closed for everybody.
    Closed {
        /// When.
        at: DateTime<Utc>,
    },
    /// It was closed, and is open again for this subproject.
    Reopened {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// It was closed and reopened for this subproject, and the time for it has passed.
    Expired {
        /// When it passed.
        at: DateTime<Utc>,
    },
}

/// A reopening that a second person confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// From when it counts.
    pub from: DateTime<Utc>,
    /// From when it no longer counts.
    pub until: DateTime<Utc>,
}

impl Standing {
    /// The standing at a moment; `closed_at` is when the quarter was closed, `reopenings` are those of the subproject.
    ///
    /// ```
    /// use chrono::{DateTime, TimeDelta};
    /// use nachweis_domain::life::{Reopening, Standing};
    /// let closed = DateTime::UNIX_EPOCH;
    /// let hour = |hours| closed + TimeDelta::hours(hours);
    /// let reopened = [Reopening { from: hour(2), until: hour(4) }];
    /// assert_eq!(Standing::at(hour(1), None, &[]), Standing::Open);
    /// assert_eq!(Standing::at(hour(1), Some(closed), &reopened), Standing::Closed { at: closed });
    /// assert_eq!(Standing::at(hour(3), Some(closed), &reopened), Standing::Reopened { until: hour(4) });
    /// assert_eq!(Standing::at(hour(4), Some(closed), &reopened), Standing::Expired { at: hour(4) });
    /// ```
    pub fn at(moment: DateTime<Utc>, closed_at: Option<DateTime<Utc>>, reopenings: &[Reopening]) -> Self {
        let Some(closed) = closed_at.filter(|closed| *closed <= moment) else {
            return Self::Open;
        };
        let begun = || reopenings.iter().filter(|reopening| reopening.from <= moment);
        match begun().map(|reopening| reopening.until).max() {
            Some(until) if moment < until => Self::Reopened { until },
            Some(at) => Self::Expired { at },
            None => Self::Closed { at: closed },
        }
    }

    /// The stable name in files and JSON.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed { .. } => "closed",
            Self::Reopened { .. } => "reopened",
            Self::Expired { .. } => "expired",
        }
    }

    /// Until when it is, or was last, open again for the subproject.
    pub const fn reopened_until(&self) -> Option<DateTime<Utc>> {
        match *self {
            Self::Open | Self::Closed { .. } => None,
            Self::Reopened { until } => Some(until),
            Self::Expired { at } => Some(at),
        }
    }

    /// Why nothing can be done in it; `None` while something can.
    pub const fn refusal(&self) -> Option<Refusal> {
        match *self {
            Self::Open | Self::Reopened { .. } => None,
            Self::Closed { at } => Some(Refusal::Closed { at }),
            Self::Expired { at } => Some(Refusal::ReopeningExpired { at }),
        }
    }
}
