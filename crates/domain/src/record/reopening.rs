//! Reopenings of closed quarters: asked for by one person, confirmed by another, withdrawn, over by themselves.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ReopeningId, UserId};
use crate::{
    key::{RoundCode, SubprojectNo},
    quarter::Quarter,
};

/// A request to open a closed quarter again for one subproject, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReopeningRecord {
    /// Its id.
    pub id: ReopeningId,
    /// The round.
    pub round: RoundCode,
    /// The quarter.
    pub quarter: Quarter,
    /// The only subproject it is for.
    pub subproject: SubprojectNo,
    /// Why.
    pub reason: String,
    /// Who asked for it.
    pub requested_by: UserId,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// The second person, and since when it counts.
    pub confirmed: Option<(UserId, DateTime<Utc>)>,
    /// That it was withdrawn, before or after it was confirmed.
    pub withdrawal: Option<ReopeningWithdrawal>,
}

/// That a reopening was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReopeningWithdrawal {
    /// Why.
    pub reason: String,
    /// Who withdrew it.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Where a reopening stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReopeningState {
    /// Asked for; it waits for a second person.
    Requested,
    /// Confirmed, and the quarter is open for the subproject.
    Confirmed,
    /// The time for it has passed, confirmed or not.
    Expired,
    /// Withdrawn.
    Withdrawn,
}

/// Why a reopening waits for nobody any longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReopeningSettled {
    /// It is confirmed and counts.
    Confirmed {
        /// Since when.
        at: DateTime<Utc>,
        /// Until when it counts.
        until: DateTime<Utc>,
    },
    /// The time for it has passed, confirmed or not.
    Expired {
        /// When it did.
        at: DateTime<Utc>,
    },
    /// It was withdrawn.
    Withdrawn {
        /// When.
        at: DateTime<Utc>,
    },
}

impl ReopeningState {
    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl ReopeningRecord {
    /// Where it stands at a moment, with everything that is known of it.
    pub fn state_at(&self, moment: DateTime<Utc>) -> ReopeningState {
        match self.settled_at(moment) {
            None => ReopeningState::Requested,
            Some(ReopeningSettled::Confirmed { .. }) => ReopeningState::Confirmed,
            Some(ReopeningSettled::Expired { .. }) => ReopeningState::Expired,
            Some(ReopeningSettled::Withdrawn { .. }) => ReopeningState::Withdrawn,
        }
    }

    /// Why it waits for nobody any longer at a moment; `None` while it does.
    pub fn settled_at(&self, moment: DateTime<Utc>) -> Option<ReopeningSettled> {
        match (&self.withdrawal, self.confirmed) {
            (Some(withdrawal), _) => Some(ReopeningSettled::Withdrawn { at: withdrawal.at }),
            _ if moment >= self.expires_at => Some(ReopeningSettled::Expired { at: self.expires_at }),
            (None, Some((_, at))) => Some(ReopeningSettled::Confirmed {
                at,
                until: self.expires_at,
            }),
            (None, None) => None,
        }
    }

    /// Why it is over at a moment; `None` while it waits or counts.
    pub fn over_at(&self, moment: DateTime<Utc>) -> Option<ReopeningSettled> {
        self.settled_at(moment)
            .filter(|settled| !matches!(settled, ReopeningSettled::Confirmed { .. }))
    }

    /// The reopening as it was known at a moment; `None` when it was not asked for by then.
    pub fn known_at(mut self, at: DateTime<Utc>) -> Option<Self> {
        if self.requested_at > at {
            return None;
        }
        self.confirmed = self.confirmed.filter(|(_, confirmed)| *confirmed <= at);
        self.withdrawal = self.withdrawal.filter(|withdrawal| withdrawal.at <= at);
        Some(self)
    }

    /// From when it no longer counts: its end, or the moment at which it was withdrawn.
    pub fn ends_at(&self) -> DateTime<Utc> {
        let withdrawn = self.withdrawal.as_ref().map(|withdrawal| withdrawal.at);
        withdrawn.map_or(self.expires_at, |at| at.min(self.expires_at))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_reopening_waits_counts_and_ends_by_itself_or_when_it_is_withdrawn() {
        let hour = |hours| DateTime::UNIX_EPOCH + TimeDelta::hours(hours);
        let person = |number| UserId(Uuid::from_u128(number));
        let mut record = ReopeningRecord {
            id: ReopeningId(Uuid::nil()),
            round: RoundCode::new("2023-2025"),
            quarter: "2024-Q3".parse().unwrap(),
            subproject: SubprojectNo::new("IQ23-NW-001"),
            reason: "Ein Beleg fehlt.".to_owned(),
            requested_by: person(1),
            requested_at: hour(0),
            expires_at: hour(10),
            confirmed: None,
            withdrawal: None,
        };
        assert_eq!(record.state_at(hour(9)), ReopeningState::Requested);
        assert_eq!(record.settled_at(hour(9)), None);
        assert_eq!(record.state_at(hour(10)), ReopeningState::Expired);
        record.confirmed = Some((person(2), hour(1)));
        assert_eq!(record.state_at(hour(9)), ReopeningState::Confirmed);
        let confirmed = ReopeningSettled::Confirmed {
            at: hour(1),
            until: hour(10),
        };
        assert_eq!(
            (record.settled_at(hour(9)), record.over_at(hour(9))),
            (Some(confirmed), None)
        );
        let expired = ReopeningSettled::Expired { at: hour(10) };
        assert_eq!(record.over_at(hour(11)), Some(expired));
        assert_eq!(
            (record.state_at(hour(10)), record.ends_at()),
            (ReopeningState::Expired, hour(10))
        );
        record.withdrawal = Some(ReopeningWithdrawal {
            reason: "Hat sich erledigt.".to_owned(),
            by: person(1),
            at: hour(3),
        });
        assert_eq!(
            (record.state_at(hour(3)), record.ends_at()),
            (ReopeningState::Withdrawn, hour(3))
        );
        let withdrawn = ReopeningSettled::Withdrawn { at: hour(3) };
        assert_eq!(record.over_at(hour(11)), Some(withdrawn));
    }
}
