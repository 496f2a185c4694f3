//! Names that nobody takes for real: planets, stones and weather, each marked as made up.

use crate::{dice::Dice, profile::Profile};

const FIRST: [&str; 28] = [
    "Merkur",
    "Venus",
    "Mars",
    "Jupiter",
    "Saturn",
    "Uranus",
    "Neptun",
    "Kometen",
    "Basalt",
    "Quarz",
    "Granit",
    "Schiefer",
    "Bernstein",
    "Kreide",
    "Marmor",
    "Achat",
    "Feldspat",
    "Glimmer",
    "Nordwind",
    "Morgentau",
    "Nebel",
    "Polarlicht",
    "Raureif",
    "Sommerregen",
    "Wolken",
    "Gewitter",
    "Schnee",
    "Hagel",
];

const SECOND: [&str; 10] = [
    "Bildungswerk",
    "Lernwerkstatt",
    "Beratungsdienst",
    "Akademie",
    "Integrationsdienst",
    "Werkstatt",
    "Fortbildungshaus",
    "Bildungsverbund",
    "Lernbrücke",
    "Kolleg",
];

const OCCUPATIONS: [&str; 14] = [
    "Pflegefachberufe",
    "Ingenieurwesen",
    "Elektrotechnik",
    "Metallbau",
    "Soziale Arbeit",
    "Erziehung",
    "Handwerk",
    "Informatik",
    "Laborberufe",
    "Logistik",
    "Hotel und Küche",
    "Physiotherapie",
    "Betriebswirtschaft",
    "Bauberufe",
];

/// A carrier's name, marked as made up.
pub(super) fn carrier(dice: &mut Dice) -> String {
    format!("{}-{} (erfunden)", dice.pick(&FIRST), dice.pick(&SECOND))
}

/// A title that says what the subproject does, and where.
pub(super) fn title(profile: Profile, place: &str, dice: &mut Dice) -> String {
    let occupation = dice.pick(&OCCUPATIONS);
    match profile {
        Profile::Counselling => format!("Anerkennungs- und Qualifizierungsberatung {place}"),
        Profile::Qualification => {
            let measure = dice.pick(&[
                "Anpassungsqualifizierung",
                "Brückenmaßnahme",
                "Vorbereitung auf die Prüfung",
            ]);
            format!("{measure} {occupation}, {place}")
        }
        Profile::Actors => {
            let measure = dice.pick(&[
                "Schulung von Verwaltungen",
                "Beratung kleiner Unternehmen",
                "Willkommen im Betrieb",
            ]);
            format!("{measure}, {place}")
        }
        Profile::FairIntegration => format!("Faire Integration {place}"),
        Profile::Networking => format!("Koordination des Netzwerks {place}"),
        Profile::Activation => format!("Aktivierung in der Kommune, {place}"),
        Profile::Plain => format!("Vorhaben {place}"),
    }
}
