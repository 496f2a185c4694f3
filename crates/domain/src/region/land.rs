//! The sixteen Länder (domain.md §6.1).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One of the sixteen Länder, written as the letters of ISO 3166-2:DE: `NW`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Land {
    /// Baden-Württemberg.
    BadenWuerttemberg,
    /// Bayern.
    Bayern,
    /// Berlin.
    Berlin,
    /// Brandenburg.
    Brandenburg,
    /// Bremen.
    Bremen,
    /// Hamburg.
    Hamburg,
    /// Hessen.
    Hessen,
    /// Mecklenburg-Vorpommern.
    MecklenburgVorpommern,
    /// Niedersachsen.
    Niedersachsen,
    /// Nordrhein-Westfalen.
    NordrheinWestfalen,
    /// Rheinland-Pfalz.
    RheinlandPfalz,
    /// Saarland.
    Saarland,
    /// Sachsen.
    Sachsen,
    /// Sachsen-Anhalt.
    SachsenAnhalt,
    /// Schleswig-Holstein.
    SchleswigHolstein,
    /// Thüringen.
    Thueringen,
}

/// A text that names no Land.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of the sixteen Länder")]
pub struct UnknownLand(pub String);

impl Land {
    /// All Länder in the alphabetical order of their names.
    pub const ALL: [Self; 16] = [
        Self::BadenWuerttemberg,
        Self::Bayern,
        Self::Berlin,
        Self::Brandenburg,
        Self::Bremen,
        Self::Hamburg,
        Self::Hessen,
        Self::MecklenburgVorpommern,
        Self::Niedersachsen,
        Self::NordrheinWestfalen,
        Self::RheinlandPfalz,
        Self::Saarland,
        Self::Sachsen,
        Self::SachsenAnhalt,
        Self::SchleswigHolstein,
        Self::Thueringen,
    ];

    const fn facts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::BadenWuerttemberg => ("BW", "Baden-Württemberg", "DE1"),
            Self::Bayern => ("BY", "Bayern", "DE2"),
            Self::Berlin => ("BE", "Berlin", "DE3"),
            Self::Brandenburg => ("BB", "Brandenburg", "DE4"),
            Self::Bremen => ("HB", "Bremen", "DE5"),
            Self::Hamburg => ("HH", "Hamburg", "DE6"),
            Self::Hessen => ("HE", "Hessen", "DE7"),
            Self::MecklenburgVorpommern => ("MV", "Mecklenburg-Vorpommern", "DE8"),
            Self::Niedersachsen => ("NI", "Niedersachsen", "DE9"),
            Self::NordrheinWestfalen => ("NW", "Nordrhein-Westfalen", "DEA"),
            Self::RheinlandPfalz => ("RP", "Rheinland-Pfalz", "DEB"),
            Self::Saarland => ("SL", "Saarland", "DEC"),
            Self::Sachsen => ("SN", "Sachsen", "DED"),
            Self::SachsenAnhalt => ("ST", "Sachsen-Anhalt", "DEE"),
            Self::SchleswigHolstein => ("SH", "Schleswig-Holstein", "DEF"),
            Self::Thueringen => ("TH", "Thüringen", "DEG"),
        }
    }

    /// The letters of ISO 3166-2:DE without the country: `NW`.
    pub const fn code(self) -> &'static str {
        self.facts().0
    }

    /// The German name, also used in English.
    pub const fn name(self) -> &'static str {
        self.facts().1
    }

    /// The NUTS-1 code: `DEA`.
    pub const fn nuts1(self) -> &'static str {
        self.facts().2
    }
}

impl fmt::Display for Land {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Land {
    type Err = UnknownLand;

    /// Takes the letters (`NW`) or the name.
    fn from_str(text: &str) -> Result<Self, UnknownLand> {
        Self::ALL
            .into_iter()
            .find(|land| land.code() == text || land.name() == text)
            .ok_or_else(|| UnknownLand(text.chars().take(40).collect()))
    }
}

impl Serialize for Land {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Land {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
