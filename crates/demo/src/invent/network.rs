//! The made-up networks: 23 in the first round, two of them in Nordrhein-Westfalen.

use nachweis_domain::{
    key::{NetworkCode, RoundCode},
    region::Land,
    subproject::RegionalNetwork,
};

/// Parts of a Land with a network of their own; other Länder have one network.
const PARTS: [(Land, &[&str]); 6] = [
    (Land::BadenWuerttemberg, &["NORD", "SUED"]),
    (Land::Bayern, &["NORD", "MITTE", "SUED"]),
    (Land::Hessen, &["NORD", "SUED"]),
    (Land::Niedersachsen, &["OST", "WEST"]),
    (Land::NordrheinWestfalen, &["OST", "WEST"]),
    (Land::Sachsen, &["OST", "WEST"]),
];

/// The networks of a round in these Länder, in the order of their codes.
pub(super) fn networks(round: &RoundCode, lands: &[Land], split: bool) -> Vec<RegionalNetwork> {
    let mut networks: Vec<RegionalNetwork> = lands
        .iter()
        .flat_map(|land| {
            let parts = PARTS.iter().find(|(of, _)| of == land && split);
            parts
                .map_or(&[""][..], |(_, parts)| parts)
                .iter()
                .map(|part| network(round, *land, part))
        })
        .collect();
    networks.sort_by(|a, b| a.code.cmp(&b.code));
    networks
}

fn network(round: &RoundCode, land: Land, part: &str) -> RegionalNetwork {
    let (dash, word) = match part {
        "NORD" => ("-", " Nord"),
        "SUED" => ("-", " Süd"),
        "MITTE" => ("-", " Mitte"),
        "OST" => ("-", " Ost"),
        "WEST" => ("-", " West"),
        _ => ("", ""),
    };
    RegionalNetwork {
        round: round.clone(),
        code: NetworkCode::new(format!("RIN-{}{dash}{part}", land.code())),
        name: format!("Regionales Integrationsnetzwerk {}{word}", land.name()),
        land: Some(land),
    }
}
