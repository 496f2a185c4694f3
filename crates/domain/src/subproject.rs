//! Subprojects (Teilvorhaben), the networks they belong to and the carriers that deliver them.

use serde::{Deserialize, Serialize};

use crate::{
    key::{ActionFieldKey, NetworkCode, RoundCode, StrandKey, SubprojectNo},
    period::Period,
    region::{Land, Nuts2, RegionSplit},
};

/// The organisation that delivers a subproject (Teilvorhabenträger). A legal person, never a natural one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carrier {
    /// Its name.
    pub name: String,
}

/// A regional integration network with its coordination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionalNetwork {
    /// The round it belongs to.
    pub round: RoundCode,
    /// The code: `RIN-NW-OST`.
    pub code: NetworkCode,
    /// The name.
    pub name: String,
    /// Its Land; a Land can have two networks.
    pub land: Option<Land>,
}

/// What a subproject is in the programme (domain.md §1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubprojectKind {
    /// A subproject of a regional network.
    Regional,
    /// The coordination of a regional network.
    Coordination,
    /// The networking project (Vernetzungsprojekt).
    NetworkingProject,
    /// A competence centre (Fachstelle).
    CompetenceCentre,
    /// A supra-regional offer or any other operation.
    Operation,
}

impl SubprojectKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Regional,
        Self::Coordination,
        Self::NetworkingProject,
        Self::CompetenceCentre,
        Self::Operation,
    ];

    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Regional => "regional",
            Self::Coordination => "coordination",
            Self::NetworkingProject => "networking_project",
            Self::CompetenceCentre => "competence_centre",
            Self::Operation => "operation",
        }
    }
}

/// How the grant reaches the carrier (domain.md §1.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AwardPath {
    /// An own grant notice.
    #[default]
    Direct,
    /// Passed on by a first recipient (Weiterleitung).
    PassedOn {
        /// The network whose coordination is the first recipient.
        via: NetworkCode,
    },
}

/// A subproject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subproject {
    /// The number people use.
    pub no: SubprojectNo,
    /// The round it belongs to.
    pub round: RoundCode,
    /// What it is in the programme.
    pub kind: SubprojectKind,
    /// The title.
    pub title: String,
    /// Who delivers it.
    pub carrier: Carrier,
    /// Its network, if it belongs to one.
    pub network: Option<NetworkCode>,
    /// Its Land; nationwide subprojects have none.
    pub land: Option<Land>,
    /// The place of implementation; nationwide subprojects have none.
    pub nuts2: Option<Nuts2>,
    /// Its categories of region.
    pub regions: RegionSplit,
    /// Its funding strand.
    pub strand: StrandKey,
    /// Its action field.
    pub action_field: ActionFieldKey,
    /// From the first to the last day of the grant.
    pub grant_period: Period,
    /// How the grant reaches it.
    pub award_path: AwardPath,
}
