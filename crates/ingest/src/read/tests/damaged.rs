//! What is wrong with a workbook as such: each planted error gives its finding at its cell, and nothing else.

use std::sync::LazyLock;

use calamine::Data;
use nachweis_domain::{
    finding::{Code, Detail},
    key::SubprojectNo,
    language::Language,
    money::Money,
    quarter::Quarter,
    round::FundingRound,
};

use super::{codes, filled, issued, read, read_here};
use crate::{Reading, check_identity, sample, testing::Copy};

/// A filled workbook of round 2023–2025.
static FILLED: LazyLock<(FundingRound, Copy)> = LazyLock::new(|| {
    let round = sample::round("2023-2025");
    let context = sample::context(&round);
    let figures = sample::figures(&context, &round, 11, 12);
    let copy = Copy::of(&filled(&round, &context, &figures));
    (round, copy)
});

/// What is read of it after a change.
fn after(change: impl FnOnce(&mut Copy)) -> Reading {
    let (round, copy) = &*FILLED;
    let mut copy = copy.clone();
    change(&mut copy);
    read(round, &copy.write())
}

/// Code and cell of each finding.
fn found(reading: &Reading) -> Vec<(Code, String)> {
    let cell = |finding: &nachweis_domain::finding::Finding| {
        finding.at.as_ref().map_or_else(String::new, ToString::to_string)
    };
    reading
        .findings
        .iter()
        .map(|finding| (finding.code(), cell(finding)))
        .collect()
}

fn expect(change: impl FnOnce(&mut Copy), expected: &[(Code, &str)]) {
    let reading = after(change);
    let expected: Vec<(Code, String)> = expected
        .iter()
        .map(|(code, at)| (*code, (*at).to_owned()))
        .collect();
    assert_eq!(found(&reading), expected);
}

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
        |copy| copy.page("Belege").put("F5", String::new()),
        &[(Code::Tpl06, "Belege!A5"), (Code::Tpl13, "Belege!F6")],
    );
    expect(
        |copy| copy.page("Kennzahlen").cells.retain(|(row, _), _| *row != 9),
        &[(Code::Tpl19, "Kennzahlen!A5")],
    );
}

#[test]
fn hidden_values_are_found() {
    expect(
        |copy| copy.page("Mittel").is_hidden = true,
        &[(Code::Tpl07, "Mittel!A1")],
    );
    expect(
        |copy| copy.page("Belege").hidden_rows.push(7),
        &[(Code::Tpl08, "Belege!A8")],
    );
    expect(
        |copy| {
            let page = copy.add("Nebenrechnung");
            page.put("A1", "geheim".to_owned());
            page.is_hidden = true;
        },
        &[(Code::Tpl07, "")],
    );
}

#[test]
fn a_hidden_column_with_typed_values_is_found() {
    expect(
        |copy| copy.page("Belege").hidden_columns.push(5),
        &[(Code::Tpl08, "Belege!F5")],
    );
    expect(|copy| copy.page("Ausgaben").hidden_columns.push(0), &[]);
}

#[test]
fn hidden_rows_without_typed_values_are_no_finding() {
    expect(|copy| copy.page("Belege").hidden_rows.push(400), &[]);
    expect(|copy| copy.add("Leer").is_hidden = true, &[]);
}

#[test]
fn merged_input_cells_are_found() {
    expect(
        |copy| copy.page("Belege").merges.push((6, 5, 7, 5)),
        &[(Code::Tpl09, "Belege!F7")],
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
fn a_stale_result_is_named_and_our_own_is_taken() {
    let reading = after(|copy| {
        copy.page("Ausgaben")
            .formula("E8", "=ROUND(SUM(E6,E7)*40%,2)", 5.0);
    });
    assert_eq!(found(&reading), [(Code::Tpl11, "Ausgaben!E8".to_owned())]);
    assert_eq!(reading.figures, after(|_| {}).figures);
}

#[test]
fn a_changed_input_makes_every_result_that_was_not_calculated_again_stale() {
    expect(
        |copy| copy.page("Ausgaben").put("E6", 1.0),
        &[
            (Code::Tpl11, "Ausgaben!G6"),
            (Code::Tpl11, "Ausgaben!E8"),
            (Code::Tpl11, "Ausgaben!G8"),
            (Code::Tpl11, "Ausgaben!E11"),
            (Code::Tpl11, "Ausgaben!G11"),
        ],
    );
}

#[test]
fn a_flat_rate_that_is_typed_over_is_read_as_typed() {
    let reading = after(|copy| {
        let page = copy.page("Ausgaben");
        page.put("E8", 5.0);
        for at in ["G8", "E11", "G11"] {
            page.clear(at);
        }
    });
    assert_eq!(reading.findings, []);
    assert_eq!(reading.figures.expenditure[2].amount.value.cents(), 500);
}

#[test]
fn error_values_are_named() {
    expect(
        |copy| {
            copy.page("Ausgaben")
                .formula("G6", "=#REF!", Data::String("#REF!".into()));
        },
        &[(Code::Val13, "Ausgaben!G6")],
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
fn changed_keys_and_prefilled_values_are_found() {
    expect(
        |copy| copy.page("Mittel").put("A6", "esf_minus".to_owned()),
        &[(Code::Tpl19, "Mittel!A5"), (Code::Tpl18, "Mittel!A6")],
    );
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
fn a_row_that_carries_the_name_of_another_row_is_found_and_another_wording_is_not() {
    expect(
        |copy| copy.page("Ausgaben").put("B6", "Honorare".to_owned()),
        &[(Code::Tpl16, "Ausgaben!B6")],
    );
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
    assert_eq!(found(&on_a_sheet), [(Code::Tpl15, "Liste!B1".to_owned())]);
}
