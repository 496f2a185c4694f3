//! Where an operation lies: a NUTS code, a Land in its row, or the Land that the whole file names.

use nachweis_domain::region::{Land, Nuts2};

use super::{header::Header, spelling::compact};
use crate::{RawSheet, RawValue};

/// Rows that stand above a list without headings.
const TITLE_ROWS: usize = 12;

/// Names and adjectives in the spelling of [`compact`], longer ones before those that they contain.
const NAMES: [(&str, Land); 29] = [
    ("niedersachsen", Land::Niedersachsen),
    ("niedersaechsisch", Land::Niedersachsen),
    ("sachsenanhalt", Land::SachsenAnhalt),
    ("mecklenburgvorpommern", Land::MecklenburgVorpommern),
    ("mecklenburgvorpommersch", Land::MecklenburgVorpommern),
    ("badenwuerttemberg", Land::BadenWuerttemberg),
    ("nordrheinwestfalen", Land::NordrheinWestfalen),
    ("nordrheinwestfaelisch", Land::NordrheinWestfalen),
    ("rheinlandpfalz", Land::RheinlandPfalz),
    ("rheinlandpfaelzisch", Land::RheinlandPfalz),
    ("schleswigholstein", Land::SchleswigHolstein),
    ("brandenburg", Land::Brandenburg),
    ("freistaatsachsen", Land::Sachsen),
    ("saechsisch", Land::Sachsen),
    ("sachsen", Land::Sachsen),
    ("thueringen", Land::Thueringen),
    ("thueringer", Land::Thueringen),
    ("thueringisch", Land::Thueringen),
    ("bayern", Land::Bayern),
    ("bayerisch", Land::Bayern),
    ("hessen", Land::Hessen),
    ("hessisch", Land::Hessen),
    ("saarland", Land::Saarland),
    ("saarlaendisch", Land::Saarland),
    ("hamburg", Land::Hamburg),
    ("bremen", Land::Bremen),
    ("bremisch", Land::Bremen),
    ("berlin", Land::Berlin),
    ("berliner", Land::Berlin),
];

/// The Land that a text names, by its name or adjective; `None` when it names none or several.
pub(super) fn land_named_in(text: &str) -> Option<Land> {
    let mut text = compact(text);
    let mut named = None;
    for (name, land) in NAMES {
        if text.contains(name) {
            if named.is_some_and(|known| known != land) {
                return None;
            }
            named = Some(land);
            text = text.replace(name, " ");
        }
    }
    named
}

/// The Land that the titles of all sheets name, else the file's name.
pub(super) fn land_of_file(sheets: &[RawSheet], file_name: Option<&str>) -> Option<Land> {
    let titles: Vec<&str> = sheets.iter().flat_map(titles).collect();
    land_named_in(&titles.join(" "))
        .or_else(|| {
            land_named_in(
                &sheets
                    .iter()
                    .map(|sheet| sheet.name.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        })
        .or_else(|| file_name.and_then(land_named_in))
}

fn titles(sheet: &RawSheet) -> impl Iterator<Item = &str> {
    let header = Header::find(sheet);
    let last = header.map(|header| header.last_row);
    sheet
        .rows
        .iter()
        .enumerate()
        .take_while(move |(index, row)| last.map_or(*index < TITLE_ROWS, |last| row.row <= last))
        .flat_map(|(_, row)| &row.cells)
        .filter_map(|(_, value)| match value {
            RawValue::Text(text) => Some(text.as_str()),
            _ => None,
        })
}

/// The Land of a cell: letters (`NW`, `DE-NW`) or a name. The country is none.
pub(super) fn land_of_cell(text: &str) -> Option<Land> {
    let letters = text.trim().trim_start_matches("DE-");
    letters.parse().ok().or_else(|| land_named_in(text))
}

/// The NUTS-2 region, or at least the Land, of a cell with a NUTS code of any level.
pub(super) fn nuts_of_cell(text: &str) -> (Option<Nuts2>, Option<Land>) {
    let code: String = text
        .trim()
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let code = code.to_ascii_uppercase();
    let nuts2: Option<Nuts2> = code.get(..4).and_then(|code| code.parse().ok());
    let land = match nuts2 {
        Some(nuts2) => Some(nuts2.facts().land),
        None => Land::ALL
            .into_iter()
            .find(|land| code.get(..3) == Some(land.nuts1())),
    };
    (nuts2, land)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_land_is_found_by_name_and_adjective_and_two_are_none() {
        let cases = [
            ("Niedersächsisches Operationelles Programm", Some("NI")),
            ("REGION MECKLENBURG-VORPOMMERN / DEUTSCHLAND", Some("MV")),
            ("Projektort im Land Bremen", Some("HB")),
            ("ESF in Sachsen-Anhalt", Some("ST")),
            ("Freistaat Sachsen", Some("SN")),
            ("Sachsen und Sachsen-Anhalt", None),
            ("Liste der Vorhaben", None),
        ];
        for (text, expected) in cases {
            assert_eq!(land_named_in(text).map(Land::code), expected, "{text}");
        }
    }

    #[test]
    fn nuts_codes_of_any_level_are_understood() {
        assert_eq!(nuts_of_cell("DE93B").0.map(Nuts2::code), Some("DE93"));
        assert_eq!(nuts_of_cell("de80 Mecklenburg").1.map(Land::code), Some("MV"));
        assert_eq!(nuts_of_cell("DE9"), (None, Some(Land::Niedersachsen)));
        assert_eq!(nuts_of_cell("DE"), (None, None));
    }
}
