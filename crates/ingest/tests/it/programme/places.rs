//! Where operations lie and which category of region follows: by code, key, district, Land or the list's own words; and a
//! round of one's own for another period.

use nachweis_domain::{
    region::{Nuts2, RegionCategory},
    round::{FundingRound, shipped_text},
};
use nachweis_ingest::{
    programme::{ImportOptions, ProgrammeFile, recognise},
    read_table_here,
};

use super::{
    import, import_plain,
    list_file::{Cell, ListFile, row},
    notes,
};

fn categories(file: &ProgrammeFile) -> Vec<&'static str> {
    let of = |category: RegionCategory| match category {
        RegionCategory::MoreDeveloped => "more",
        RegionCategory::FormerTransition => "former",
        RegionCategory::Transition => "transition",
    };
    file.import
        .subprojects
        .iter()
        .map(|(subproject, _)| of(subproject.regions.shares()[0].0))
        .collect()
}

fn list(title: &'static str, heading: &'static str, places: &[&'static str]) -> Vec<u8> {
    let mut rows = vec![
        row![title],
        vec![
            Cell::from("Begünstigter"),
            Cell::from("Vorhaben"),
            Cell::from("Beginn"),
            Cell::from("Ende"),
            Cell::from("Gesamtkosten"),
            Cell::from(heading),
        ],
    ];
    for place in places {
        rows.push(row!["A gGmbH", "Eins", "2015", "2016", 1.0, *place]);
    }
    ListFile::new().sheet("Liste", &rows).bytes()
}

#[test]
fn districts_decide_in_a_mixed_land() {
    let file = import_plain(&list(
        "Liste der Vorhaben im Freistaat Sachsen",
        "Landkreis",
        &[
            "Dresden, Kreisfreie Stadt",
            "Leipzig, Stadt",
            "Erzgebirgskreis",
            "Nordsachsen",
            "landesweit",
        ],
    ));
    assert_eq!(
        categories(&file),
        ["transition", "more", "transition", "more", "more"]
    );
    let regions: Vec<Option<&str>> = file
        .import
        .subprojects
        .iter()
        .map(|(it, _)| it.nuts2.map(Nuts2::code))
        .collect();
    assert_eq!(
        regions,
        [Some("DED2"), Some("DED5"), Some("DED4"), Some("DED5"), None]
    );
    assert!(
        notes(&file).contains("1 von 5 Vorhaben: Weder Liste noch Ort nennen"),
        "{}",
        notes(&file)
    );
    assert!(
        notes(&file).contains("4 von 5 Vorhaben: Die Kategorie der Region folgt aus"),
        "{}",
        notes(&file)
    );
}

#[test]
fn codes_and_official_keys_decide() {
    let by_code = import_plain(&list(
        "Niedersachsen",
        "NUTS-3-Code",
        &["DE93B", "DE91A", "Lüneburg", "DE9"],
    ));
    assert_eq!(categories(&by_code), ["transition", "more", "transition", "more"]);
    let by_key = import_plain(&list(
        "Niedersachsen",
        "Gemeindekennziffer",
        &["03355022", "3241001", "03452"],
    ));
    assert_eq!(categories(&by_key), ["transition", "more", "more"]);
}

#[test]
fn the_category_is_that_of_the_period_of_the_round() {
    // Trier became a transition region only in 2021.
    let file = import_plain(&list(
        "ESF in Rheinland-Pfalz",
        "Landkreis",
        &["Trier", "Mainz", ""],
    ));
    assert_eq!(categories(&file), ["more", "more", "more"]);
    assert!(
        !notes(&file).contains("angenommen ist „stärker entwickelt“"),
        "all of the Land was: {}",
        notes(&file)
    );
    // The same list in a round of today.
    let text = shipped_text("esf-2014-2020").expect("it ships");
    let begin = text.find("[region_categories]").expect("the table");
    let end = text.find("[thresholds]").expect("the next table");
    let today = format!("{}{}", &text[..begin], &text[end..]);
    let round = FundingRound::from_toml(&today).expect("a round");
    let sheets = read_table_here(&list(
        "ESF in Rheinland-Pfalz",
        "Landkreis",
        &["Trier", "Mainz", ""],
    ))
    .expect("sound");
    let file = recognise(&round, &sheets, &ImportOptions::default()).expect("a list");
    assert_eq!(categories(&file), ["transition", "more", "more"]);
    assert!(
        notes(&file).contains("1 von 3 Vorhaben: Weder Liste noch Ort"),
        "{}",
        notes(&file)
    );
}

#[test]
fn a_land_of_one_category_decides_alone() {
    let names = [
        ("Thüringen", "transition"),
        ("Hessen", "more"),
        ("Brandenburg", "transition"),
        ("Sachsen-Anhalt", "transition"),
        ("Mecklenburg-Vorpommern", "transition"),
        ("Saarland", "more"),
        ("Rheinland-Pfalz", "more"),
        ("NW", "more"),
    ];
    let lands = names.map(|(land, _)| land);
    let file = import_plain(&list("Liste der Vorhaben", "Bundesland", &lands));
    assert_eq!(categories(&file), names.map(|(_, category)| category));
}

#[test]
fn words_that_name_no_category_or_several_are_told_at_the_row() {
    let file = import_plain(&list(
        "Niedersachsen",
        "Kategorie der Region",
        &["SER", "Übergangsregion (ÜR)", "SER/ÜR", "weniger entwickelt"],
    ));
    assert_eq!(categories(&file), ["more", "transition", "more", "more"]);
    for row in [2, 3] {
        let said: Vec<&str> = file.rows_taken[row]
            .notes
            .iter()
            .map(|note| note.de.as_str())
            .collect();
        assert!(
            said.iter()
                .any(|note| note.contains("ist nicht eine Kategorie der Region")),
            "{said:?}"
        );
    }
    assert!(
        notes(&file).contains("2 von 4 Vorhaben: Was die Liste als Kategorie"),
        "{}",
        notes(&file)
    );
}

#[test]
fn the_lists_of_all_laender_are_known_by_their_titles() {
    use nachweis_domain::region::Land;
    for land in Land::ALL {
        let options = ImportOptions {
            file_name: Some(format!("liste-{}.xlsx", land.name())),
            ..ImportOptions::default()
        };
        let file = import(&list("Liste der Vorhaben", "Anmerkung", &["x"]), &options).expect("a list");
        assert_eq!(file.import.subprojects[0].0.land, Some(land));
    }
}

/// A round of one's own for ESF Plus 2021–2027, as README describes: the example with another period and code.
fn esf_plus() -> FundingRound {
    let text = shipped_text("esf-2014-2020").expect("it ships");
    let begin = text.find("[region_categories]").expect("the table");
    let end = text.find("[thresholds]").expect("the next table");
    let text = format!("{}{}", &text[..begin], &text[end..])
        .replace("esf-2014-2020", "esf-plus-2021-2027")
        .replace("2014-01-01", "2021-01-01")
        .replace("2023-12-31", "2029-12-31")
        .replace("ESF14", "ESF21");
    FundingRound::from_toml(&text).expect("a round")
}

/// A list with the columns of Art. 49(3) of Regulation (EU) 2021/1060.
fn article_49() -> [Vec<Cell>; 8] {
    [
        row!["Liste der Vorhaben nach Artikel 49 Absatz 3 der Verordnung (EU) 2021/1060"],
        row!["Freistaat Sachsen, ESF Plus, Stand 31.03.2024"],
        row![],
        row![
            "Name des Begünstigten",
            "Name des Auftragnehmers",
            "Vorname",
            "Nachname",
            "Bezeichnung des Vorhabens",
            "Zweck des Vorhabens und erwartete oder tatsächliche Errungenschaften",
            "Datum des Beginns des Vorhabens",
            "Erwartetes oder tatsächliches Datum des Abschlusses des Vorhabens",
            "Gesamtkosten des Vorhabens",
            "Betroffener Fonds",
            "Betroffenes spezifisches Ziel",
            "Unions-Kofinanzierungssatz",
            "Standortindikator oder Geolokalisierung",
            "Landkreis",
            "Art der Intervention"
        ],
        row![
            "a", "", "b", "b", "d", "e", "f", "g", "h", "i", "j", "k", "l", "l", "n"
        ],
        row![
            "Mondschein gGmbH",
            "",
            "",
            "",
            "Beratung",
            "Erfunden",
            "01.03.2022",
            "28.02.2025",
            "1.250.000,50 €",
            "ESF+",
            "ESO4.1",
            "40 %",
            "51.3, 12.4",
            "Leipzig",
            "134"
        ],
        row![
            "",
            "",
            "Vera",
            "Mustermensch",
            "Qualifizierung",
            "Erfunden",
            "01.03.2022",
            "28.02.2023",
            "2.000,00 €",
            "ESF+",
            "ESO4.7",
            "60 %",
            "51.3, 12.4",
            "Bautzen",
            "151"
        ],
        row![
            "Sternwarte e. V.",
            "",
            "",
            "",
            "Ausbildung",
            "Erfunden",
            "01.01.2023",
            "31.12.2026",
            "800,00 €",
            "JTF",
            "JSO8.1",
            "70 %",
            "",
            "Görlitz",
            "145"
        ],
    ]
}

#[test]
fn a_list_of_the_period_2021_to_2027_is_taken_into_a_round_of_ones_own() {
    let sheets = read_table_here(&ListFile::new().sheet("Tabelle1", &article_49()).bytes()).expect("sound");
    let round = esf_plus();
    let file =
        recognise(&round, &sheets, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        nachweis_domain::programme::check(
            &round,
            &file.import,
            &nachweis_domain::programme::Recorded::default()
        ),
        []
    );
    assert_eq!(file.total().to_string(), "1252000.50");
    assert_eq!(categories(&file), ["former", "transition"]);
    let carriers: Vec<&str> = file
        .import
        .subprojects
        .iter()
        .map(|(it, _)| it.carrier.name.as_str())
        .collect();
    assert_eq!(carriers, ["Mondschein gGmbH", "(natürliche Person)"]);
    let (first, plan) = &file.import.subprojects[0];
    assert_eq!(
        (
            first.grant_period.first.to_string(),
            first.grant_period.last.to_string()
        ),
        ("2022-03-01".into(), "2025-02-28".into())
    );
    assert_eq!(
        plan.sources.values().next().map(ToString::to_string).as_deref(),
        Some("500000.20")
    );
    assert!(
        file.rows_taken
            .iter()
            .all(|row| row.no.as_str().starts_with("ESF21-SN-"))
    );
    assert!(super::reason(&file, 8).text().de.contains("„JTF“"));
    let everything = format!("{file:?}");
    assert!(
        !everything.contains("Mustermensch") && !everything.contains("Vera"),
        "no name of a person is kept"
    );
}
