//! Why a step is not taken, and who can change that.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::turn::Turn;
use crate::{language::Text, record::UploadState};

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
    },
    /// A newer revision of the quarter was accepted.
    NewerRevision {
        /// Which.
        revision: u32,
    },
}

/// Who can lift a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// The lead, by a new revision.
    Lead,
    /// The coordinator of the network, by endorsing or returning.
    Coordinator,
    /// A manager, by accepting or returning.
    Manager,
    /// Two managers, by reopening the quarter for the subproject.
    TwoManagers,
    /// Nobody: what was asked for has no meaning here.
    Nobody,
}

impl Refusal {
    /// The stable code, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Closed { .. } => "quarter-closed",
            Self::ReopeningExpired { .. } => "reopening-expired",
            Self::State { .. } => "state",
            Self::NotEndorsed => "not-endorsed",
            Self::EndorsementNotNeeded => "endorsement-not-needed",
            Self::OpenRevision { .. } => "open-revision",
            Self::NewerRevision { .. } => "newer-revision",
        }
    }

    /// Who can lift it.
    pub const fn remedy(&self) -> Remedy {
        match self {
            Self::Closed { .. } | Self::ReopeningExpired { .. } => Remedy::TwoManagers,
            Self::State { turn, .. } => match turn {
                // What is decided is changed by a new revision only.
                Turn::Lead | Turn::Nobody => Remedy::Lead,
                Turn::Coordinator => Remedy::Coordinator,
                Turn::Manager => Remedy::Manager,
            },
            Self::NotEndorsed => Remedy::Coordinator,
            Self::EndorsementNotNeeded | Self::OpenRevision { .. } => Remedy::Manager,
            Self::NewerRevision { .. } => Remedy::Lead,
        }
    }
}

impl Remedy {
    /// Who it is, as a sentence about what they can do.
    pub fn sentence(self) -> Text {
        match self {
            Self::Lead => Text::new(
                "Weiter geht es mit einer neuen Fassung der Leitung des Teilvorhabens.",
                "The subproject lead can go on with a new revision.",
            ),
            Self::Coordinator => Text::new(
                "Am Zug ist die Koordination des Netzwerks: Sie kann befürworten oder zurückgeben.",
                "It is the network coordination's turn: it can endorse or return.",
            ),
            Self::Manager => Text::new(
                "Am Zug ist die Programmsteuerung: Sie kann annehmen oder zurückgeben.",
                "It is the programme management's turn: it can accept or return.",
            ),
            Self::TwoManagers => Text::new(
                "Zwei Personen der Programmsteuerung können das Quartal für dieses Teilvorhaben begründet wieder öffnen; sonst gehört die Berichtigung in die Arbeitsmappe des laufenden Quartals, mit Angabe des berichtigten Quartals.",
                "Two persons of the programme management can reopen the quarter for this subproject with a reason; otherwise the correction belongs in the workbook of the current quarter, naming the quarter it corrects.",
            ),
            Self::Nobody => Text::new("Hier ist nichts zu tun.", "There is nothing to do here."),
        }
    }
}
