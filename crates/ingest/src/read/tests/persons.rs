//! Data about single persons, wherever in a workbook it stands: refused with its place, and nothing of it told.

use nachweis_domain::{
    finding::{Code, Detail},
    language::Language,
};

use super::{filled, read};
use crate::{
    Reading, sample,
    testing::{Copy, Package},
};

const MAIL: &str = "zaphodine.beeblebrox@example.org";
const IBAN: &str = "DE89370400440532013000";

fn workbook() -> Vec<u8> {
    let round = sample::round("2023-2025");
    let context = sample::context(&round);
    filled(&round, &context, &sample::figures(&context, &round, 11, 12))
}

fn read_again(bytes: &[u8]) -> Reading {
    read(&sample::round("2023-2025"), bytes)
}

/// Where data about single persons is found after a change to the cells, and of what kind.
fn in_cells(change: impl FnOnce(&mut Copy)) -> Vec<String> {
    let mut copy = Copy::of(&workbook());
    change(&mut copy);
    told(&read_again(&copy.write()))
}

/// The same after a change to the package.
fn in_package(change: impl FnOnce(&mut Package)) -> Vec<String> {
    let mut package = Package::of(&workbook());
    change(&mut package);
    told(&read_again(&package.write()))
}

fn told(reading: &Reading) -> Vec<String> {
    let persons = reading
        .findings
        .iter()
        .filter(|finding| finding.code() == Code::Tpl15);
    let told: Vec<String> = persons
        .map(|finding| match &finding.detail {
            Detail::PersonLevelData { kind } | Detail::PersonLevelText { kind } => {
                format!("{} {kind}", finding.at.as_ref().expect("a cell"))
            }
            Detail::PersonLevelBeside { kind, place } => format!("{place} {kind}"),
            other => panic!("{other:?}"),
        })
        .collect();
    if !told.is_empty() {
        let all = format!(
            "{reading:?}{}",
            reading
                .findings
                .iter()
                .map(|finding| finding.text(Language::De))
                .collect::<String>()
        );
        for word in ["Zaphodine", "zaphodine", IBAN, "Vogelsang"] {
            assert!(!all.contains(word), "{word}");
        }
    }
    told
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn texts_of_known_cells_with_the_pattern_of_personal_data_are_refused() {
    for (sheet, cell, typed, expected) in [
        (
            "Sachbericht",
            "C6",
            format!("Rückfragen an {MAIL}"),
            "Sachbericht!C6 email",
        ),
        (
            "Sachbericht",
            "C7",
            text("Frau Vogelsang, geb. 14.03.1987"),
            "Sachbericht!C7 birth_date",
        ),
        (
            "Belege",
            "D6",
            format!("Überweisung auf {IBAN}"),
            "Belege!D6 iban",
        ),
        ("Belege", "C6", text("15 070649 C 103"), "Belege!C6 person_id"),
        ("Kennzahlen", "B15", text(MAIL), "Kennzahlen!B15 email"),
        ("Belege", "A4", format!("{MAIL}, {IBAN}"), "Belege!A4 email"),
    ] {
        let told = in_cells(|copy| copy.page(sheet).put(cell, typed));
        assert_eq!(told, [expected]);
    }
}

#[test]
fn payees_and_the_contact_of_the_cover_may_be_persons() {
    let told = in_cells(|copy| {
        copy.page("Belege").put("C6", text("Zaphodine Beeblebrox"));
        let cover = copy.page("Deckblatt");
        let row = cover
            .texts()
            .iter()
            .position(|text| text == "contact")
            .map(|_| ());
        assert!(row.is_some());
        let at = cover
            .cells
            .iter()
            .find_map(|((row, _), cell)| {
                (cell.value == calamine::Data::String(text("contact"))).then_some(*row)
            })
            .expect("the row");
        cover.put(&format!("C{}", at + 1), text(MAIL));
    });
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn tables_beside_those_of_the_template_are_searched() {
    let told = in_cells(|copy| {
        let page = copy.page("Kennzahlen");
        page.put("A40", text("Vorname"));
        page.put("B40", text("Nachname"));
        page.put("A41", text("Zaphodine"));
    });
    assert_eq!(told, ["Kennzahlen!A40 name", "Kennzahlen!B40 name"]);
    let told = in_cells(|copy| {
        let page = copy.page("Belege");
        page.put("C400", text("Vorname"));
        page.put("D400", text("Geburtsdatum"));
    });
    assert_eq!(told, ["Belege!C400 name"]);
    let told = in_cells(|copy| {
        let page = copy.page("Belege");
        page.put("H4", text("Vorname"));
        page.put("H6", text("Zaphodine"));
    });
    assert_eq!(told, ["Belege!H6 name"]);
    let told = in_cells(|copy| copy.page("_nachweis").put("G6", text(MAIL)));
    assert_eq!(told, ["_nachweis!G6 email"]);
}

#[test]
fn lists_of_persons_on_sheets_of_their_own_are_found_without_headers_and_far_down() {
    let names = ["Zaphodine Beeblebrox", "Anna Vogelsang"];
    let told = in_cells(|copy| {
        let page = copy.add("Teilnehmerliste");
        page.put("B2", text(names[0]));
        page.put("B3", text(names[1]));
    });
    assert_eq!(told, ["Teilnehmerliste!B2 name"]);
    let told = in_cells(|copy| {
        let page = copy.add("Notizen");
        (1..70).for_each(|row| page.put(&format!("A{row}"), text("x")));
        page.put("A70", text("Nachname"));
        page.put("A71", text("Vogelsang"));
    });
    assert_eq!(told, ["Notizen!A70 name"]);
    let told = in_cells(|copy| copy.add("anna@example.org").put("A1", 1.0));
    assert!(told.contains(&text("sheet_name email")), "{told:?}");
}

#[test]
fn notes_pivot_tables_drawings_properties_and_hidden_parts_are_searched() {
    let cases: [(&str, String, &str); 10] = [
        (
            "xl/comments1.xml",
            format!(
                "<comments><authors><author>{MAIL}</author></authors><commentList><comment><text><r><t>zaphodine.beeblebrox</t></r><r><t>@example.org</t></r></text></comment></commentList></comments>"
            ),
            "note email",
        ),
        (
            "xl/comments2.xml",
            text("<comments><t>Vorname: Zaphodine</t></comments>"),
            "note name",
        ),
        (
            "xl/threadedComments/threadedComment1.xml",
            format!("<x><text>{IBAN}</text></x>"),
            "note iban",
        ),
        (
            "xl/drawings/vmlDrawing1.vml",
            format!("<xml><br><v:textbox>{MAIL}</xml>"),
            "drawing email",
        ),
        (
            "xl/drawings/drawing1.xml",
            format!("<a><a:t>{MAIL}</a:t></a>"),
            "drawing email",
        ),
        (
            "xl/pivotCache/pivotCacheDefinition1.xml",
            text("<p><cacheField name=\"Geburtsdatum\"/></p>"),
            "pivot_table birth_date",
        ),
        (
            "xl/pivotCache/pivotCacheRecords1.xml",
            format!("<p><s v=\"{IBAN}\"/></p>"),
            "pivot_table iban",
        ),
        (
            "docProps/custom.xml",
            text("<p><property name=\"Vorname\"><l>Zaphodine</l></property></p>"),
            "property name",
        ),
        (
            "customXml/item1.xml",
            text("<p><Vorname>Zaphodine</Vorname></p>"),
            "hidden_part name",
        ),
        (
            "xl/worksheets/_rels/sheet3.xml.rels",
            format!("<r><Relationship Target=\"mailto:{MAIL}\"/></r>"),
            "hidden_part email",
        ),
    ];
    for (part, content, expected) in cases {
        assert_eq!(
            in_package(|package| {
                package.set(part, &content);
            }),
            [expected],
            "{part}"
        );
    }
}

#[test]
fn settings_of_sheets_and_texts_of_formulas_are_searched() {
    let sheet = "xl/worksheets/sheet3.xml";
    let told = in_package(|package| {
        package.replace(sheet, "<oddFooter>", &format!("<oddFooter>{MAIL} "));
    });
    assert_eq!(told, ["page_header email"]);
    let name = format!("<definedName name=\"x\">\"{IBAN}\"</definedName></definedNames>");
    let told = in_package(|package| {
        package.replace("xl/workbook.xml", "</definedNames>", &name);
    });
    assert_eq!(told, ["page_header iban"]);
    let told = in_cells(|copy| {
        copy.page("Belege")
            .formula("D6", &format!("=\"{MAIL}\""), text("x"));
    });
    assert_eq!(told, ["Belege!D6 email"]);
}

#[test]
fn authors_and_labels_of_office_programs_are_no_participants() {
    let told = in_package(|package| {
        package.set(
            "docProps/core.xml",
            &format!("<c><dc:creator>{MAIL}</dc:creator></c>"),
        );
        package.set("xl/persons/person.xml", &format!("<p userId=\"S::{MAIL}::1\"/>"));
        package.set(
            "xl/comments1.xml",
            &format!("<c><author>{MAIL}</author><t>Bitte prüfen: Name fehlt</t></c>"),
        );
        package.set(
            "docProps/custom.xml",
            &format!("<p><property name=\"MSIP_Label_1_Owner\"><l>{MAIL}</l></property></p>"),
        );
    });
    assert_eq!(told, Vec::<String>::new());
}
