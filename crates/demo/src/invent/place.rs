//! Where the made-up subprojects work: shared out over networks, with their categories of region.

use nachweis_domain::{
    money::Money,
    rate::Rate,
    region::{Land, Nuts2, RegionCategory, RegionSplit},
    subproject::RegionalNetwork,
};

/// The weight of a Land, roughly by inhabitants.
const fn weight(land: Land) -> u64 {
    match land {
        Land::NordrheinWestfalen => 36,
        Land::Bayern => 26,
        Land::BadenWuerttemberg => 22,
        Land::Niedersachsen => 16,
        Land::Hessen => 13,
        Land::Sachsen | Land::Berlin => 9,
        Land::RheinlandPfalz => 8,
        Land::SchleswigHolstein | Land::Brandenburg => 6,
        Land::SachsenAnhalt | Land::Thueringen | Land::Hamburg => 5,
        Land::MecklenburgVorpommern => 4,
        Land::Bremen | Land::Saarland => 3,
    }
}

/// So many places shared out over networks by the size of their Land.
pub(super) fn shared_out(networks: &[RegionalNetwork], count: usize) -> Vec<Option<&RegionalNetwork>> {
    let siblings = |land: Option<Land>| networks.iter().filter(|network| network.land == land).count();
    let weights: Vec<u64> = networks
        .iter()
        .map(|network| {
            let siblings = u64::try_from(siblings(network.land)).unwrap_or(1).max(1);
            network.land.map_or(0, weight) * 100 / siblings
        })
        .collect();
    let count = i64::try_from(count).unwrap_or_default();
    Money::from_cents(count)
        .allocate(&weights)
        .into_iter()
        .zip(networks)
        .flat_map(|(places, network)| (0..places.cents()).map(move |_| Some(network)))
        .collect()
}

/// The categories of region: that of the place; over a mixed Land and over the federation a split.
pub(super) fn split(land: Option<Land>, nuts2: Option<Nuts2>) -> RegionSplit {
    let shares: &[(RegionCategory, i64)] = match (nuts2, land) {
        (Some(nuts2), _) => return RegionSplit::whole(nuts2.facts().category),
        (None, Some(Land::Niedersachsen)) => &[
            (RegionCategory::MoreDeveloped, 785),
            (RegionCategory::Transition, 215),
        ],
        (None, Some(Land::RheinlandPfalz)) => &[
            (RegionCategory::MoreDeveloped, 870),
            (RegionCategory::Transition, 130),
        ],
        (None, Some(Land::Sachsen)) => &[
            (RegionCategory::FormerTransition, 255),
            (RegionCategory::Transition, 745),
        ],
        (None, Some(_)) => &[(RegionCategory::MoreDeveloped, 1000)],
        (None, None) => &[
            (RegionCategory::MoreDeveloped, 800),
            (RegionCategory::FormerTransition, 15),
            (RegionCategory::Transition, 185),
        ],
    };
    let shares = shares
        .iter()
        .map(|(category, permille)| {
            (
                *category,
                Rate::from_fraction(rust_decimal::Decimal::new(*permille, 3)),
            )
        })
        .collect();
    RegionSplit::new(shares).unwrap_or_else(|_not_whole| RegionSplit::whole(RegionCategory::MoreDeveloped))
}
