//! The 38 NUTS-2 regions (NUTS 2016) with their category of region (domain.md §6.2).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Land, RegionCategory};

/// A NUTS-2 region with what the law says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nuts2Region {
    /// The code: `DED5`.
    pub code: &'static str,
    /// The name: `Leipzig`.
    pub name: &'static str,
    /// The Land it lies in.
    pub land: Land,
    /// Its category of region in 2021–2027.
    pub category: RegionCategory,
}

const fn region(code: &'static str, name: &'static str, land: Land, category: RegionCategory) -> Nuts2Region {
    Nuts2Region {
        code,
        name,
        land,
        category,
    }
}

/// All regions in the order of their codes: 8 transition, 30 more developed (Leipzig with its own cap).
pub const NUTS2_REGIONS: [Nuts2Region; 38] = [
    region(
        "DE11",
        "Stuttgart",
        Land::BadenWuerttemberg,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DE12",
        "Karlsruhe",
        Land::BadenWuerttemberg,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DE13",
        "Freiburg",
        Land::BadenWuerttemberg,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DE14",
        "Tübingen",
        Land::BadenWuerttemberg,
        RegionCategory::MoreDeveloped,
    ),
    region("DE21", "Oberbayern", Land::Bayern, RegionCategory::MoreDeveloped),
    region(
        "DE22",
        "Niederbayern",
        Land::Bayern,
        RegionCategory::MoreDeveloped,
    ),
    region("DE23", "Oberpfalz", Land::Bayern, RegionCategory::MoreDeveloped),
    region("DE24", "Oberfranken", Land::Bayern, RegionCategory::MoreDeveloped),
    region(
        "DE25",
        "Mittelfranken",
        Land::Bayern,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DE26",
        "Unterfranken",
        Land::Bayern,
        RegionCategory::MoreDeveloped,
    ),
    region("DE27", "Schwaben", Land::Bayern, RegionCategory::MoreDeveloped),
    region("DE30", "Berlin", Land::Berlin, RegionCategory::MoreDeveloped),
    region(
        "DE40",
        "Brandenburg",
        Land::Brandenburg,
        RegionCategory::Transition,
    ),
    region("DE50", "Bremen", Land::Bremen, RegionCategory::MoreDeveloped),
    region("DE60", "Hamburg", Land::Hamburg, RegionCategory::MoreDeveloped),
    region("DE71", "Darmstadt", Land::Hessen, RegionCategory::MoreDeveloped),
    region("DE72", "Gießen", Land::Hessen, RegionCategory::MoreDeveloped),
    region("DE73", "Kassel", Land::Hessen, RegionCategory::MoreDeveloped),
    region(
        "DE80",
        "Mecklenburg-Vorpommern",
        Land::MecklenburgVorpommern,
        RegionCategory::Transition,
    ),
    region(
        "DE91",
        "Braunschweig",
        Land::Niedersachsen,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DE92",
        "Hannover",
        Land::Niedersachsen,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DE93",
        "Lüneburg",
        Land::Niedersachsen,
        RegionCategory::Transition,
    ),
    region(
        "DE94",
        "Weser-Ems",
        Land::Niedersachsen,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DEA1",
        "Düsseldorf",
        Land::NordrheinWestfalen,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DEA2",
        "Köln",
        Land::NordrheinWestfalen,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DEA3",
        "Münster",
        Land::NordrheinWestfalen,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DEA4",
        "Detmold",
        Land::NordrheinWestfalen,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DEA5",
        "Arnsberg",
        Land::NordrheinWestfalen,
        RegionCategory::MoreDeveloped,
    ),
    region(
        "DEB1",
        "Koblenz",
        Land::RheinlandPfalz,
        RegionCategory::MoreDeveloped,
    ),
    region("DEB2", "Trier", Land::RheinlandPfalz, RegionCategory::Transition),
    region(
        "DEB3",
        "Rheinhessen-Pfalz",
        Land::RheinlandPfalz,
        RegionCategory::MoreDeveloped,
    ),
    region("DEC0", "Saarland", Land::Saarland, RegionCategory::MoreDeveloped),
    region("DED2", "Dresden", Land::Sachsen, RegionCategory::Transition),
    region("DED4", "Chemnitz", Land::Sachsen, RegionCategory::Transition),
    region("DED5", "Leipzig", Land::Sachsen, RegionCategory::FormerTransition),
    region(
        "DEE0",
        "Sachsen-Anhalt",
        Land::SachsenAnhalt,
        RegionCategory::Transition,
    ),
    region(
        "DEF0",
        "Schleswig-Holstein",
        Land::SchleswigHolstein,
        RegionCategory::MoreDeveloped,
    ),
    region("DEG0", "Thüringen", Land::Thueringen, RegionCategory::Transition),
];

/// A NUTS-2 region, written as its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nuts2(u8);

/// A text that is no German NUTS-2 code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of the 38 German NUTS-2 regions")]
pub struct UnknownNuts2(pub String);

impl Nuts2 {
    /// All regions in the order of their codes.
    pub fn all() -> impl Iterator<Item = Self> {
        (0_u8..).take(NUTS2_REGIONS.len()).map(Self)
    }

    /// What the law says of the region.
    pub fn facts(self) -> Nuts2Region {
        NUTS2_REGIONS
            .get(usize::from(self.0))
            .copied()
            .unwrap_or(FALLBACK)
    }

    /// The code: `DED5`.
    pub fn code(self) -> &'static str {
        self.facts().code
    }
}

/// Never seen: the index comes from the table itself.
const FALLBACK: Nuts2Region = region("", "", Land::Berlin, RegionCategory::MoreDeveloped);

impl fmt::Display for Nuts2 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Nuts2 {
    type Err = UnknownNuts2;

    fn from_str(text: &str) -> Result<Self, UnknownNuts2> {
        Self::all()
            .find(|region| region.code() == text)
            .ok_or_else(|| UnknownNuts2(text.chars().take(40).collect()))
    }
}

impl Serialize for Nuts2 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Nuts2 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}
