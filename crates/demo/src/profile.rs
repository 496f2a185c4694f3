//! What a subproject does, and so which figures it has.

use nachweis_domain::subproject::Subproject;

/// The kind of work of a subproject, from its action field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Advises persons: contacts and persons advised, who are no ESF participants.
    Counselling,
    /// Qualifies participants: ESF participants with results.
    Qualification,
    /// Trains and advises authorities and enterprises: entities.
    Actors,
    /// Advises on labour and social law.
    FairIntegration,
    /// Coordinates: entities and trainings.
    Networking,
    /// Activates persons in communities: ESF participants.
    Activation,
    /// Anything else: money only.
    Plain,
}

impl Profile {
    /// The profile of a subproject.
    pub(crate) fn of(subproject: &Subproject) -> Self {
        match subproject.action_field.as_str() {
            "counselling" => Self::Counselling,
            "qualification" => Self::Qualification,
            "labour_market_actors" | "immigration" => Self::Actors,
            "fair_integration" => Self::FairIntegration,
            "networking" => Self::Networking,
            "activation" => Self::Activation,
            _ => Self::Plain,
        }
    }

    /// Euro of award for each ESF participant; `None` where there are none.
    pub(crate) const fn euro_per_participant(self) -> Option<i64> {
        match self {
            Self::Qualification => Some(9_000),
            Self::Activation => Some(6_000),
            _ => None,
        }
    }

    /// Entities (administrations, enterprises) supported in a usual quarter; `None` where there are none.
    pub(crate) const fn entities_per_quarter(self) -> Option<(i64, i64)> {
        match self {
            Self::Actors => Some((2, 5)),
            Self::Networking => Some((1, 1)),
            _ => None,
        }
    }
}
