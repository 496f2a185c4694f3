//! Why a step is not taken, and whose turn it is.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::turn::Turn;
use crate::record::UploadState;

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "reason")]
pub enum Refusal {
    /// The quarter is closed for this subproject.
    Closed {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// The quarter was reopened for this subproject, and the time for it has passed.
    ReopeningExpired {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// The state of the upload does not allow the step.
    State {
        /// The state.
        found: UploadState,
        /// Whose turn it is.
        turn: Turn,
    },
    /// The coordinator of the network has not endorsed it yet.
    NotEndorsed,
    /// Nobody endorses this subproject's reports: the manager decides directly.
    EndorsementNotNeeded,
    /// Another revision of the quarter stands for decision.
    OpenRevision {
        /// Which.
        revision: u32,
        /// Whose turn it is there.
        turn: Turn,
    },
    /// A newer revision of the quarter was accepted.
    NewerRevision {
        /// Which.
        revision: u32,
    },
}
