//! What is wrong with a workbook as such: each planted error gives its finding at its cell, and nothing else.

use calamine::Data;
use nachweis_domain::{
    finding::{Code, Detail},
    key::SubprojectNo,
    language::Language,
    money::Money,
    quarter::Quarter,
};

use super::{after, codes, expect, found, issued, read, read_here};
use crate::{check_identity, sample, testing::Copy};

#[test]
fn a_workbook_of_others_is_not_ours() {
    let round = sample::round("2023-2025");
    let mut copy = Copy { pages: Vec::new() };
    copy.add("Tabelle1").put("A1", "Kosten".to_owned());
    let reading = read(&round, &copy.write());
    assert_eq!(codes(&reading.findings), [Code::Tpl01]);
    assert_eq!(reading.envelope, None);
}

#[test]
fn a_workbook_of_a_round_that_is_not_loaded_is_not_ours() {
    let round = sample::round("2023-2025");
    let bytes = issued(&round, &sample::context(&round));
    let reading = read_here(&[sample::round("2026-2028")], &bytes).expect("a reading");
    assert_eq!(codes(&reading.findings), [Code::Tpl01]);
}

#[test]
fn an_unknown_template_version_is_named() {
    let round = sample::round("2023-2025");
    let mut copy = Copy::of(&issued(&round, &sample::context(&round)));
    for cell in copy.page("_nachweis").cells.values_mut() {
        if let Data::String(text) = &mut cell.value {
            *text = text.replace("2023-1", "2031-9");
        }
    }
    let reading = read(&round, &copy.write());
    assert_eq!(codes(&reading.findings), [Code::Tpl04]);
}

#[test]
fn identity_is_compared_at_the_cells_of_the_cover() {
    let round = sample::round("2023-2025");
    let reading = after(|_| {});
    let no = |text: &str| SubprojectNo::new(text);
    let quarter = |number| Quarter::new(2024, number).expect("a quarter");
    assert_eq!(
        check_identity(&reading, &no("IQ23-NW-017"), quarter(3), &round, Some(2)),
        []
    );
    let findings = check_identity(&reading, &no("IQ23-NW-018"), quarter(4), &round, Some(3));
    let told: Vec<String> = findings
        .iter()
        .map(|finding| format!("{} {}", finding.code(), finding.message(Language::En)))
        .collect();
    assert!(told[0].starts_with("TPL-02 Deckblatt!C8: "), "{told:?}");
    assert!(told[1].starts_with("TPL-03 Deckblatt!C16: "), "{told:?}");
    assert!(told[2].starts_with("TPL-20 Deckblatt!C17: "), "{told:?}");
}

#[test]
fn a_missing_sheet_a_missing_column_and_a_missing_row_are_named() {
    expect(
        |copy| copy.pages.retain(|page| page.name != "Mittel"),
        &[(Code::Tpl05, "")],
    );
    expect(
        |copy| copy.page("Belege").cells.retain(|(_, col), _| *col != 5),
        &[(Code::Tpl06, "Belege!A5")],
    );
    expect(
        |copy| copy.page("Kennzahlen").cells.retain(|(row, _), _| *row != 9),
        &[(Code::Tpl19, "Kennzahlen!A5")],
    );
}

#[test]
fn merged_input_cells_are_found() {
    let reading = after(|copy| copy.page("Belege").merges.push((6, 5, 7, 5)));
    assert_eq!(found(&reading), [(Code::Tpl09, "Belege!F7".to_owned())]);
    assert_eq!(reading.findings[0].related[0].to_string(), "Belege!F8");
    expect(
        |copy| {
            let page = copy.page("Mittel");
            page.merges.push((5, 5, 6, 5));
            page.clear("F7");
            page.uncalculated("F11");
        },
        &[(Code::Tpl09, "Mittel!F6")],
    );
    expect(|copy| copy.page("Belege").merges.push((0, 0, 0, 3)), &[]);
}

#[test]
fn a_formula_in_an_input_cell_is_read_by_its_result_or_refused_without_one() {
    let reading = after(|copy| copy.page("Belege").formula("F6", "=100/8", 12.5));
    assert_eq!(found(&reading), [(Code::Tpl12, "Belege!F6".to_owned())]);
    assert_eq!(
        reading.figures.vouchers.rows[0].amount.map(Money::cents),
        Some(1250)
    );
    expect(
        |copy| {
            copy.page("Belege")
                .formula("F6", "=100/8", Data::String(String::new()));
        },
        &[(Code::Tpl10, "Belege!F6")],
    );
}

#[test]
fn what_was_not_read_is_named() {
    expect(
        |copy| {
            let page = copy.page("Belege");
            page.put("H5", "Kostenstelle".to_owned());
            page.put("H6", 4711.0);
            page.put("J8", "ohne Überschrift".to_owned());
        },
        &[(Code::Tpl13, "Belege!H5"), (Code::Tpl13, "Belege!J8")],
    );
    let reading = after(|copy| copy.add("Meine Rechnung").put("A1", "Summe".to_owned()));
    assert_eq!(
        reading.findings.first().map(|finding| finding.detail.clone()),
        Some(Detail::SheetNotRead {
            sheet: "Meine Rechnung".to_owned()
        })
    );
}

#[test]
fn changed_prefilled_values_are_found() {
    expect(
        |copy| copy.page("Deckblatt").put("C8", "IQ23-NW-018".to_owned()),
        &[(Code::Tpl16, "Deckblatt!C8")],
    );
    expect(
        |copy| copy.page("Indikatoren").put("D6", 1.0),
        &[(Code::Tpl16, "Indikatoren!D6")],
    );
    expect(
        |copy| copy.page("_nachweis").put("B5", "2024-Q2".to_owned()),
        &[(Code::Tpl16, "")],
    );
}

#[test]
fn rows_that_carry_the_names_of_others_are_found_once_and_other_wordings_are_not() {
    let reading = after(|copy| copy.page("Ausgaben").put("B6", "Honorare".to_owned()));
    assert_eq!(found(&reading), [(Code::Tpl16, "Ausgaben!B6".to_owned())]);
    assert_eq!(
        reading.findings[0].detail,
        Detail::NamesMoved {
            rows: [6].into_iter().collect()
        }
    );
    // Everything but the keys was sorted: prefilled values moved with the names, which is not told again.
    let sorted = after(|copy| {
        let page = copy.page("Mittel");
        page.rearrange(|row, col| match (row, col) {
            (_, 0) => (row, col),
            (5..=9, _) => (14 - row, col),
            _ => (row, col),
        });
    });
    assert_eq!(found(&sorted), [(Code::Tpl16, "Mittel!B6".to_owned())]);
    assert_eq!(sorted.findings[0].related.len(), 3);
    assert!(sorted.figures.funds[0].called.is_none());
    assert!(sorted.figures.funds[2].called.is_some());
    expect(
        |copy| copy.page("Ausgaben").put("B6", "Löhne und Gehälter".to_owned()),
        &[],
    );
}

#[test]
fn a_row_or_header_that_occurs_twice_is_found_and_the_first_is_read() {
    let reading = after(|copy| {
        let page = copy.page("Kennzahlen");
        page.put("A40", "persons_advised".to_owned());
        page.put("D40", 1.0);
    });
    assert_eq!(found(&reading), [(Code::Tpl17, "Kennzahlen!A40".to_owned())]);
    assert_eq!(reading.figures, after(|_| {}).figures);
    expect(
        |copy| copy.page("Belege").put("H5", "Betrag".to_owned()),
        &[(Code::Tpl17, "Belege!H5")],
    );
    expect(
        |copy| {
            copy.page("Belege").put("H5", "Betrag".to_owned());
            copy.page("Belege").put("H6", 5.0);
        },
        &[(Code::Tpl17, "Belege!H5")],
    );
}

#[test]
fn a_header_that_was_changed_or_deleted_is_named_once_at_its_cell() {
    for typed in ["Summe", ""] {
        let reading = after(|copy| copy.page("Belege").put("F5", typed.to_owned()));
        assert_eq!(found(&reading), [(Code::Tpl06, "Belege!F5".to_owned())]);
        assert_eq!(
            reading.findings[0].detail,
            Detail::HeaderChanged {
                typed: typed.to_owned(),
                header: "Betrag / Amount".to_owned()
            }
        );
    }
    expect(
        |copy| {
            copy.page("Ausgaben").put("E5", "Q3".to_owned());
            copy.page("Mittel").put("A5", "Code".to_owned());
        },
        &[(Code::Tpl06, "Ausgaben!E5"), (Code::Tpl06, "Mittel!A5")],
    );
}

#[test]
fn an_own_column_in_place_of_a_deleted_one_is_not_taken_for_it() {
    // Two strangers stand where one column is missing: which one it was cannot be told.
    expect(
        |copy| {
            let page = copy.page("Belege");
            page.rearrange(|row, col| (row, if col > 5 { col + 1 } else { col }));
            page.put("F5", "Netto".to_owned());
            page.put("G5", "Steuer".to_owned());
            page.put("G6", 1.0);
        },
        &[
            (Code::Tpl06, "Belege!A5"),
            (Code::Tpl13, "Belege!F5"),
            (Code::Tpl13, "Belege!G5"),
        ],
    );
}

#[test]
fn a_sheet_without_its_headers_is_named_once() {
    expect(
        |copy| copy.page("Mittel").cells.retain(|(row, _), _| *row != 4),
        &[(Code::Tpl06, "Mittel!A1")],
    );
}

#[test]
fn a_workbook_that_lost_its_hidden_sheet_is_told_so() {
    let reading = after(|copy| copy.pages.retain(|page| page.name != "_nachweis"));
    assert_eq!(found(&reading), [(Code::Tpl01, String::new())]);
    assert_eq!(reading.findings[0].detail, Detail::EnvelopeMissing);
}

#[test]
fn a_sheet_without_any_entry_is_named_once() {
    let reading = after(|copy| {
        let page = copy.page("Kennzahlen");
        page.cells
            .retain(|(row, col), cell| *row < 5 || *col != 3 || cell.formula.is_some());
        page.uncalculated("D9");
    });
    assert_eq!(found(&reading), [(Code::Val10, "Kennzahlen!D6".to_owned())]);
    assert_eq!(reading.findings[0].related.len(), 10);
    assert!(
        reading.findings[0]
            .text(Language::De)
            .starts_with("Auf diesem Blatt ist noch nichts")
    );
}

#[test]
fn a_declaration_that_is_not_confirmed_is_found() {
    for typed in ["", "nein", "vielleicht"] {
        expect(
            |copy| copy.page("Deckblatt").put("C20", typed.to_owned()),
            &[(Code::Tpl21, "Deckblatt!C20")],
        );
    }
    for typed in ["Ja", " yes "] {
        expect(|copy| copy.page("Deckblatt").put("C20", typed.to_owned()), &[]);
    }
}

#[test]
fn an_empty_cell_in_a_row_with_values_is_named_and_an_empty_row_once() {
    expect(
        |copy| {
            let page = copy.page("Mittel");
            page.clear("F6");
            for at in ["F7", "G7", "H7"] {
                page.clear(at);
            }
            for at in ["F11", "G11", "H11"] {
                page.clear(at);
            }
        },
        &[(Code::Val10, "Mittel!F6"), (Code::Val10, "Mittel!F7")],
    );
}

#[test]
fn nothing_of_a_workbook_with_data_on_persons_leaves_the_reader() {
    let canary = "Erika Beispielfrau";
    let reading = after(|copy| {
        let page = copy.page("Belege");
        page.put("H5", "Name der Teilnehmenden".to_owned());
        page.put("H6", canary.to_owned());
        page.put("F7", "unlesbar, Erika Beispielfrau".to_owned());
    });
    assert_eq!(found(&reading), [(Code::Tpl15, "Belege!H5".to_owned())]);
    assert!(reading.holds_person_level_data());
    assert!(!format!("{reading:?}").contains("Beispielfrau"));
    assert_eq!(
        reading.figures,
        nachweis_domain::figures::QuarterlyFigures::default()
    );
    let on_a_sheet = after(|copy| {
        let page = copy.add("Liste");
        page.put("B3", "Geburtsdatum".to_owned());
        page.put("B4", Data::Float(29_000.0));
    });
    assert_eq!(found(&on_a_sheet), [(Code::Tpl15, "Liste!B3".to_owned())]);
    let by_its_values = after(|copy| {
        let page = copy.add("Liste");
        page.put("A1", "Rückmeldungen".to_owned());
        page.put("C7", "schriftlich".to_owned());
        page.put("C9", "erika.beispiel@example.org".to_owned());
    });
    assert_eq!(found(&by_its_values), [(Code::Tpl15, "Liste!C9".to_owned())]);
}
