//! Whose turn it is.

use serde::{Deserialize, Serialize};

use super::{Endorsement, Standing};
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
    /// Nobody until two managers reopen the quarter, which is closed.
    Closed,
}

impl Turn {
    /// All turns.
    pub const ALL: [Self; 5] = [
        Self::Lead,
        Self::Coordinator,
        Self::Manager,
        Self::Nobody,
        Self::Closed,
    ];

    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Coordinator => "coordinator",
            Self::Manager => "manager",
            Self::Nobody => "nobody",
            Self::Closed => "closed",
        }
    }

    /// The name for people.
    pub fn name(self) -> Text {
        match self {
            Self::Lead => Text::new("Teilvorhaben", "subproject lead"),
            Self::Coordinator => Text::new("Netzwerkkoordination", "network coordination"),
            Self::Manager => Text::new("Programmsteuerung", "programme management"),
            Self::Nobody => Text::new("–", "–"),
            Self::Closed => Text::new("niemand: erst wieder öffnen", "nobody: reopen first"),
        }
    }

    /// Who can go on with an upload of a state, and how: a whole sentence that follows one about the state.
    pub fn sentence(self, found: UploadState) -> Text {
        match (self, found) {
            (Self::Lead, UploadState::Checked) => Text::new(
                "Am Zug ist die Leitung des Teilvorhabens, die sie einreicht.",
                "It is the subproject lead's turn to submit it.",
            ),
            (Self::Lead, UploadState::Blocked) => Text::new(
                "Am Zug ist die Leitung des Teilvorhabens, die eine berichtigte Fassung hochlädt oder eine Ausnahme beantragt, wo es sie gibt.",
                "It is the subproject lead's turn to upload a corrected revision, or to ask for a waiver where there is one.",
            ),
            (Self::Lead, _) => Text::new(
                "Am Zug ist die Leitung des Teilvorhabens, die eine berichtigte Fassung hochlädt.",
                "It is the subproject lead's turn to upload a corrected revision.",
            ),
            (Self::Coordinator, _) => Text::new(
                "Am Zug ist die Koordination des Netzwerks, die sie befürwortet oder zurückgibt.",
                "It is the network coordination's turn to endorse or return it.",
            ),
            (Self::Manager, _) => Text::new(
                "Am Zug ist die Programmsteuerung, die sie annimmt oder zurückgibt.",
                "It is the programme management's turn to accept or return it.",
            ),
            (Self::Closed, _) => Text::new(
                "Am Zug ist niemand, bis zwei Personen der Programmsteuerung das Quartal für dieses Teilvorhaben wieder öffnen.",
                "It is nobody's turn until two persons of the programme management reopen the quarter for this subproject.",
            ),
            (Self::Nobody, _) => Text::new(
                "Berichtigungen nimmt die Leitung des Teilvorhabens mit einer neuen Fassung vor.",
                "The subproject lead makes corrections with a new revision.",
            ),
        }
    }
}

/// Whose turn it is in a quarter that takes steps when the latest revision of a quarter has this state; `None`: nothing was uploaded.
pub const fn turn(state: Option<UploadState>, endorsement: Endorsement) -> Turn {
    match (state, endorsement) {
        (Some(UploadState::Accepted | UploadState::Superseded), _) => Turn::Nobody,
        (Some(UploadState::Submitted), Endorsement::Needed) => Turn::Coordinator,
        (Some(UploadState::Submitted | UploadState::Endorsed), _) => Turn::Manager,
        (None | Some(UploadState::Blocked | UploadState::Checked | UploadState::Returned), _) => Turn::Lead,
    }
}

/// Whose turn it is in a quarter that takes steps or not: in one that takes none it is nobody's, unless nothing is to do anyway.
///
/// ```
/// use chrono::DateTime;
/// use nachweis_domain::{life::*, record::UploadState};
/// let at = DateTime::UNIX_EPOCH;
/// let turn = |state, standing| turn_in(standing, Some(state), Endorsement::NotNeeded);
/// assert_eq!(turn(UploadState::Submitted, Standing::Open), Turn::Manager);
/// assert_eq!(turn(UploadState::Submitted, Standing::Reopened { until: at }), Turn::Manager);
/// assert_eq!(turn(UploadState::Submitted, Standing::Closed { at }), Turn::Closed);
/// assert_eq!(turn(UploadState::Submitted, Standing::Expired { at }), Turn::Closed);
/// assert_eq!(turn(UploadState::Accepted, Standing::Closed { at }), Turn::Nobody);
/// ```
pub const fn turn_in(standing: Standing, state: Option<UploadState>, endorsement: Endorsement) -> Turn {
    match turn(state, endorsement) {
        Turn::Nobody => Turn::Nobody,
        _ if standing.refusal().is_some() => Turn::Closed,
        open => open,
    }
}

/// Where a revision stands among those of its quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// None is newer.
    Newest,
    /// A newer one was uploaded.
    Older,
}

/// Whose turn it is with one of the revisions of a quarter: nobody's where a newer one takes the lead's attention.
///
/// ```
/// use chrono::DateTime;
/// use nachweis_domain::{life::*, record::UploadState};
/// let turn = |place, state| turn_with(place, Standing::Open, state, Endorsement::NotNeeded);
/// assert_eq!(turn(Place::Newest, UploadState::Returned), Turn::Lead);
/// assert_eq!(turn(Place::Older, UploadState::Returned), Turn::Nobody);
/// assert_eq!(turn(Place::Older, UploadState::Submitted), Turn::Manager);
/// let closed = Standing::Closed { at: DateTime::UNIX_EPOCH };
/// assert_eq!(turn_with(Place::Newest, closed, UploadState::Checked, Endorsement::NotNeeded), Turn::Closed);
/// ```
pub const fn turn_with(
    place: Place,
    standing: Standing,
    state: UploadState,
    endorsement: Endorsement,
) -> Turn {
    match (place, turn(Some(state), endorsement)) {
        (Place::Older, Turn::Lead) => Turn::Nobody,
        _ => turn_in(standing, Some(state), endorsement),
    }
}
