//! NUTS-2 regions by the names of districts, in the three Länder whose regions differ in their category.
//!
//! Districts and their regions: official territorial structure (destatis, NUTS 2021) [K]. The official municipality key
//! says the same: its third digit is the former administrative district.

use nachweis_domain::region::{Land, Nuts2};

use super::spelling::{compact, words};

/// Districts of Länder with more than one category of region, by region, in the spelling of [`compact`].
const DISTRICTS: [(&str, &[&str]); 10] = [
    (
        "DE91",
        &[
            "braunschweig",
            "salzgitter",
            "wolfsburg",
            "gifhorn",
            "goettingen",
            "goslar",
            "helmstedt",
            "northeim",
            "osterodeamharz",
            "osterode",
            "peine",
            "wolfenbuettel",
        ],
    ),
    (
        "DE92",
        &[
            "hannover",
            "diepholz",
            "hamelnpyrmont",
            "hildesheim",
            "holzminden",
            "nienburgweser",
            "nienburg",
            "schaumburg",
        ],
    ),
    (
        "DE93",
        &[
            "celle",
            "cuxhaven",
            "harburg",
            "luechowdannenberg",
            "lueneburg",
            "osterholz",
            "rotenburgwuemme",
            "rotenburg",
            "heidekreis",
            "soltaufallingbostel",
            "stade",
            "uelzen",
            "verden",
        ],
    ),
    (
        "DE94",
        &[
            "delmenhorst",
            "emden",
            "oldenburg",
            "oldenburgoldenburg",
            "osnabrueck",
            "wilhelmshaven",
            "ammerland",
            "aurich",
            "cloppenburg",
            "emsland",
            "friesland",
            "grafschaftbentheim",
            "leer",
            "vechta",
            "wesermarsch",
            "wittmund",
            "weserems",
        ],
    ),
    (
        "DEB1",
        &[
            "koblenz",
            "ahrweiler",
            "altenkirchen",
            "altenkirchenwesterwald",
            "badkreuznach",
            "birkenfeld",
            "cochemzell",
            "mayenkoblenz",
            "neuwied",
            "rheinhunsrueckkreis",
            "rheinhunsrueck",
            "rheinlahnkreis",
            "rheinlahn",
            "westerwaldkreis",
            "westerwald",
        ],
    ),
    (
        "DEB2",
        &[
            "trier",
            "bernkastelwittlich",
            "eifelkreisbitburgpruem",
            "bitburgpruem",
            "vulkaneifel",
            "triersaarburg",
        ],
    ),
    (
        "DEB3",
        &[
            "frankenthal",
            "frankenthalpfalz",
            "kaiserslautern",
            "landau",
            "landauinderpfalz",
            "ludwigshafen",
            "ludwigshafenamrhein",
            "mainz",
            "neustadtanderweinstrasse",
            "pirmasens",
            "speyer",
            "worms",
            "zweibruecken",
            "alzeyworms",
            "badduerkheim",
            "donnersbergkreis",
            "germersheim",
            "kusel",
            "suedlicheweinstrasse",
            "rheinpfalzkreis",
            "mainzbingen",
            "suedwestpfalz",
            "rheinhessenpfalz",
        ],
    ),
    (
        "DED2",
        &[
            "dresden",
            "bautzen",
            "goerlitz",
            "meissen",
            "saechsischeschweizosterzgebirge",
        ],
    ),
    (
        "DED4",
        &[
            "chemnitz",
            "erzgebirgskreis",
            "mittelsachsen",
            "vogtlandkreis",
            "vogtland",
            "zwickau",
        ],
    ),
    ("DED5", &["leipzig", "nordsachsen"]),
];

/// Words around the name of a district.
const FILLERS: &[&str] = &[
    "landkreis",
    "lk",
    "kreis",
    "kreisfreie",
    "krsfr",
    "kreisfr",
    "stadt",
    "region",
    "regierungsbezirk",
    "direktionsbezirk",
    "landesdirektion",
    "bezirk",
    "ehemaliger",
    "ehem",
    "nuts2",
    "nuts",
    "statistische",
    "st",
    "sk",
];

/// The regions by the names of their districts and their own.
#[derive(Clone, Debug)]
pub(super) struct Regions {
    by_name: Vec<(String, Nuts2)>,
}

impl Regions {
    /// All names.
    pub(super) fn new() -> Self {
        let districts = DISTRICTS.iter().filter_map(|(code, districts)| {
            let region: Nuts2 = code.parse().ok()?;
            Some(
                districts
                    .iter()
                    .map(move |district| ((*district).to_owned(), region)),
            )
        });
        let regions = Nuts2::all().map(|region| (compact(region.facts().name), region));
        let mut by_name: Vec<(String, Nuts2)> = districts.flatten().chain(regions).collect();
        by_name.sort();
        by_name.dedup();
        Self { by_name }
    }

    /// The region of a district or region named in a cell, in a Land that is known; where it is not, by a name that only
    /// one region has.
    pub(super) fn named(&self, text: &str, land: Option<Land>) -> Option<Nuts2> {
        let name: String = words(text)
            .into_iter()
            .filter(|word| !FILLERS.contains(&word.as_str()))
            .collect();
        let begin = self.by_name.partition_point(|(known, _)| *known < name);
        let alike = self
            .by_name
            .iter()
            .skip(begin)
            .take_while(|(known, _)| *known == name);
        let mut fitting = alike
            .map(|(_, region)| *region)
            .filter(|region| land.is_none_or(|land| region.facts().land == land));
        match (fitting.next(), fitting.next()) {
            (Some(region), None) => Some(region),
            _ => None,
        }
    }
}

/// The region of an official municipality or district key: `03355022`, `14 7 13`.
pub(super) fn nuts2_of_key(key: &str) -> Option<Nuts2> {
    const KEYS: [(&str, &str); 10] = [
        ("031", "DE91"),
        ("032", "DE92"),
        ("033", "DE93"),
        ("034", "DE94"),
        ("071", "DEB1"),
        ("072", "DEB2"),
        ("073", "DEB3"),
        ("145", "DED4"),
        ("146", "DED2"),
        ("147", "DED5"),
    ];
    let digits: String = key.chars().filter(char::is_ascii_digit).collect();
    // A program that takes the key for a number drops its leading zero.
    let digits = match digits.len() {
        4 | 7 | 11 => format!("0{digits}"),
        5 | 8 | 12 => digits,
        _ => return None,
    };
    let (_, code) = KEYS.iter().find(|(begin, _)| digits.starts_with(begin))?;
    code.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str, land: Option<Land>) -> Option<&'static str> {
        Regions::new().named(text, land).map(Nuts2::code)
    }

    #[test]
    fn districts_and_regions_are_known_by_their_names() {
        let cases = [
            ("Landkreis Lüneburg", Some("DE93")),
            ("Rotenburg (Wümme)", Some("DE93")),
            ("Dresden, Kreisfreie Stadt", Some("DED2")),
            ("Sächsische Schweiz-Osterzgebirge", Some("DED2")),
            ("LK Leipzig", Some("DED5")),
            ("Erzgebirgskreis", Some("DED4")),
            ("Trier-Saarburg", Some("DEB2")),
            ("Region Hannover", Some("DE92")),
            ("Rheinhessen-Pfalz", Some("DEB3")),
            ("Regierungsbezirk Oberbayern", Some("DE21")),
            ("Stuttgart", Some("DE11")),
            ("Musterhausen", None),
            ("landesweit", None),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text, None), expected, "{text}");
        }
        assert_eq!(code("Oldenburg", Some(Land::SchleswigHolstein)), None);
    }

    #[test]
    fn official_keys_name_their_region() {
        for (key, expected) in [
            ("03355022", Some("DE93")),
            ("3355022", Some("DE93")),
            ("14 7 13 000", Some("DED5")),
            ("07211", Some("DEB2")),
            ("10041", None),
            ("12", None),
        ] {
            assert_eq!(nuts2_of_key(key).map(Nuts2::code), expected, "{key}");
        }
    }

    #[test]
    fn every_district_belongs_to_a_region_of_a_mixed_land_and_to_one_only() {
        let mut seen = std::collections::BTreeSet::new();
        for (code, districts) in DISTRICTS {
            assert!(code.parse::<Nuts2>().is_ok(), "{code}");
            for district in districts {
                assert_eq!(&compact(district), district);
                assert!(seen.insert(*district), "{district}");
            }
        }
    }
}
