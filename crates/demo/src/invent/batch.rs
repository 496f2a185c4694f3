//! What the made-up rounds consist of: kinds of subprojects with their numbers.

use nachweis_domain::{region::Land, subproject::SubprojectKind};

/// How many subprojects of one kind a round has, and what they are.
pub(super) struct Batch {
    pub(super) kind: SubprojectKind,
    pub(super) strand: &'static str,
    pub(super) field: &'static str,
    /// How many; one for each network when `None`.
    pub(super) count: Option<usize>,
    /// Where they work.
    pub(super) places: Places,
    /// Weight of the award against that of others, in per cent.
    pub(super) award_percent: i64,
}

/// Where the subprojects of a batch work.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Places {
    /// Shared out over Länder by their size, inside networks.
    Networks,
    /// One Land after the other, outside networks.
    EachLand,
    /// The whole federation.
    Nationwide,
}

const fn batch(
    kind: SubprojectKind,
    (strand, field): (&'static str, &'static str),
    count: Option<usize>,
    places: Places,
    award_percent: i64,
) -> Batch {
    Batch {
        kind,
        strand,
        field,
        count,
        places,
        award_percent,
    }
}

/// 23 + 60 + 132 + 35 + 16 + 1 + 3 = 270 subprojects.
pub(super) const FIRST_ROUND: [Batch; 7] = [
    batch(
        SubprojectKind::Coordination,
        ("rin", "networking"),
        None,
        Places::Networks,
        110,
    ),
    batch(
        SubprojectKind::Regional,
        ("counselling", "counselling"),
        Some(60),
        Places::Networks,
        80,
    ),
    batch(
        SubprojectKind::Regional,
        ("qualification", "qualification"),
        Some(132),
        Places::Networks,
        105,
    ),
    batch(
        SubprojectKind::Regional,
        ("rin", "labour_market_actors"),
        Some(35),
        Places::Networks,
        70,
    ),
    batch(
        SubprojectKind::Operation,
        ("fair_integration", "fair_integration"),
        Some(16),
        Places::EachLand,
        90,
    ),
    batch(
        SubprojectKind::NetworkingProject,
        ("networking_project", "networking"),
        Some(1),
        Places::Nationwide,
        400,
    ),
    batch(
        SubprojectKind::CompetenceCentre,
        ("competence_centres", "networking"),
        Some(3),
        Places::Nationwide,
        300,
    ),
];

/// 6 + 10 + 8 + 6 + 10 = 40 subprojects.
pub(super) const SECOND_ROUND: [Batch; 5] = [
    batch(
        SubprojectKind::Coordination,
        ("rin", "networking"),
        None,
        Places::Networks,
        110,
    ),
    batch(
        SubprojectKind::Regional,
        ("counselling", "counselling"),
        Some(10),
        Places::Networks,
        80,
    ),
    batch(
        SubprojectKind::Regional,
        ("rin", "qualification"),
        Some(8),
        Places::Networks,
        105,
    ),
    batch(
        SubprojectKind::Operation,
        ("supra_regional", "immigration"),
        Some(6),
        Places::Nationwide,
        150,
    ),
    batch(
        SubprojectKind::Operation,
        ("activation", "activation"),
        Some(10),
        Places::EachLand,
        60,
    ),
];

/// Länder with networks in the second round's sample.
pub(super) const SECOND_LANDS: [Land; 6] = [
    Land::Bayern,
    Land::Berlin,
    Land::Niedersachsen,
    Land::NordrheinWestfalen,
    Land::RheinlandPfalz,
    Land::Sachsen,
];
