//! Where a subproject's quarter stands, and whose turn it is.

use nachweis_domain::{
    burn::TrafficLight,
    language::Text,
    life::{self, Endorsement},
    record::UploadState,
};

use crate::{Value, upload_state};

/// Where a quarter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Nothing was uploaded.
    Missing,
    /// Something was uploaded.
    Uploaded(UploadState),
}

impl Standing {
    /// The standing of a quarter whose latest revision has this state. That a newer revision was accepted is the
    /// only way to be superseded, so such a quarter is accepted.
    pub(super) const fn of(state: Option<UploadState>) -> Self {
        match state {
            None => Self::Missing,
            Some(UploadState::Superseded) => Self::Uploaded(UploadState::Accepted),
            Some(state) => Self::Uploaded(state),
        }
    }

    /// Whether the lead still has to hand something in.
    pub(super) const fn is_open_for_lead(self) -> bool {
        matches!(
            self,
            Self::Missing
                | Self::Uploaded(UploadState::Blocked | UploadState::Checked | UploadState::Returned)
        )
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Uploaded(state) => state.as_str(),
        }
    }

    pub(super) fn name(self) -> Text {
        match self {
            Self::Missing => Text::new("fehlt", "missing"),
            Self::Uploaded(state) => upload_state::name(state),
        }
    }

    /// The state with its colour: green when nothing is to do, red when overdue, yellow in between.
    pub(super) fn value(self, overdue_days: i64) -> Value {
        let light = match self {
            Self::Uploaded(UploadState::Accepted | UploadState::Superseded) => TrafficLight::Green,
            _ if overdue_days > 0 => TrafficLight::Red,
            _ => TrafficLight::Yellow,
        };
        Value::rated(self.key(), self.name(), light)
    }

    /// Whose turn it is in a quarter that takes steps or not.
    pub(super) fn turn(self, endorsement: Endorsement, quarter: life::Standing) -> Value {
        let state = match self {
            Self::Missing => None,
            Self::Uploaded(state) => Some(state),
        };
        let turn = life::turn_in(quarter, state, endorsement);
        Value::term(turn.as_str(), turn.name())
    }
}
