//! Whose turn it is.

use serde::{Deserialize, Serialize};

use super::Endorsement;
use crate::{language::Text, record::UploadState};

/// Who has to do something next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The subproject lead.
    Lead,
    /// The coordinator of the network.
    Coordinator,
    /// The programme manager.
    Manager,
    /// Nobody: it is decided.
    Nobody,
}

impl Turn {
    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Coordinator => "coordinator",
            Self::Manager => "manager",
            Self::Nobody => "nobody",
        }
    }

    /// The name for people.
    pub fn name(self) -> Text {
        match self {
            Self::Lead => Text::new("Teilvorhaben", "subproject lead"),
            Self::Coordinator => Text::new("Netzwerkkoordination", "network coordination"),
            Self::Manager => Text::new("BAMF", "BAMF"),
            Self::Nobody => Text::new("–", "–"),
        }
    }
}

/// Whose turn it is when the latest revision of a quarter has this state; `None`: nothing was uploaded.
pub const fn turn(state: Option<UploadState>, endorsement: Endorsement) -> Turn {
    match (state, endorsement) {
        (Some(UploadState::Accepted | UploadState::Superseded), _) => Turn::Nobody,
        (Some(UploadState::Submitted), Endorsement::Needed) => Turn::Coordinator,
        (Some(UploadState::Submitted | UploadState::Endorsed), _) => Turn::Manager,
        (None | Some(UploadState::Blocked | UploadState::Checked | UploadState::Returned), _) => Turn::Lead,
    }
}
