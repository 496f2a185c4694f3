//! Leads sort, move and add: the figures stay the same, only their cells move.

use calamine::Data;
use nachweis_domain::{figures::QuarterlyFigures, finding::Code, key::ItemKey, money::Money};

use super::{ROUNDS, codes, filled, read, values};
use crate::{sample, testing::Copy};

fn filled_copy(code: &str) -> (nachweis_domain::round::FundingRound, QuarterlyFigures, Copy) {
    let round = sample::round(code);
    let context = sample::context(&round);
    let figures = sample::figures(&context, &round, 11, 12);
    let copy = Copy::of(&filled(&round, &context, &figures));
    (round, figures, copy)
}

#[test]
fn a_copy_without_changes_reads_the_same() {
    for code in ROUNDS {
        let (round, figures, copy) = filled_copy(code);
        let reading = read(&round, &copy.write());
        assert_eq!(reading.findings, []);
        assert_eq!(reading.figures, figures);
    }
}

#[test]
fn sorted_rows_are_found_by_their_key() {
    for code in ROUNDS {
        let (round, figures, mut copy) = filled_copy(code);
        for name in [
            "Ausgaben",
            "Indikatoren",
            "Kennzahlen",
            "Mittel",
            "Sachbericht",
            "Deckblatt",
            "Belege",
        ] {
            let page = copy.page(name);
            let last = page.cells.keys().map(|(row, _)| *row).max().expect("rows");
            page.rearrange(|row, col| {
                if row < 5 {
                    (row, col)
                } else {
                    (last + 5 - row, col)
                }
            });
        }
        let reading = read(&round, &copy.write());
        assert_eq!(reading.findings, [], "{code}");
        assert_eq!(values(&reading.figures), values(&figures), "{code}");
        let first = reading
            .figures
            .funds
            .first()
            .and_then(|fund| fund.called.as_ref())
            .expect("a fund");
        let issued = figures
            .funds
            .first()
            .and_then(|fund| fund.called.as_ref())
            .expect("a fund");
        assert!(first.at.row() > issued.at.row());
    }
}

#[test]
fn moved_columns_and_added_ones_are_found_by_their_header() {
    for code in ROUNDS {
        let (round, figures, mut copy) = filled_copy(code);
        for page in &mut copy.pages {
            if page.name != "_nachweis" {
                // Two columns of the lead's own in front, the rest the other way round, two rows of a letterhead above.
                page.rearrange(|row, col| (row + 2, 12 - col));
                page.put("A7", "Meine Notizen".to_owned());
                page.put("A8", "mit der Buchhaltung klären".to_owned());
            }
        }
        let reading = read(&round, &copy.write());
        assert_eq!(codes(&reading.findings), [Code::Tpl13], "{code}");
        assert_eq!(reading.findings.len(), 7);
        assert!(reading.findings.iter().all(|finding| {
            finding
                .message(nachweis_domain::language::Language::De)
                .contains("Meine Notizen")
        }));
        assert_eq!(values(&reading.figures), values(&figures), "{code}");
    }
}

#[test]
fn headers_are_found_in_either_language_and_any_case() {
    let (round, figures, mut copy) = filled_copy("2023-2025");
    let page = copy.page("Belege");
    for (at, header) in [
        ("A5", "VOUCHER  NUMBER"),
        ("B5", "zahlungs-\ndatum"),
        ("F5", " Betrag (Amount) "),
    ] {
        page.put(at, header.to_owned());
    }
    let reading = read(&round, &copy.write());
    assert_eq!(reading.findings, []);
    assert_eq!(values(&reading.figures), values(&figures));
}

#[test]
fn added_rows_of_notes_and_stray_blanks_far_below_are_no_findings() {
    let (round, figures, mut copy) = filled_copy("2023-2025");
    let page = copy.page("Indikatoren");
    page.put("B60", "Quelle: eigene Erhebung".to_owned());
    page.put("A62", "Stand Oktober".to_owned());
    copy.page("Belege").put("D900", "   ".to_owned());
    copy.page("Belege").put("K950", " ".to_owned());
    let reading = read(&round, &copy.write());
    assert_eq!(reading.findings, []);
    assert_eq!(reading.figures, figures);
}

#[test]
fn amounts_dates_and_counts_typed_as_text_are_read_by_rule_or_refused_with_their_reading() {
    let (round, _, mut copy) = filled_copy("2023-2025");
    let page = copy.page("Belege");
    page.put("F6", "1.234,56 €".to_owned());
    page.put("F7", "12,345".to_owned());
    page.put("F8", "k. A.".to_owned());
    page.put("B9", "31.07.2024".to_owned());
    page.put("B10", Data::Float(45_474.0));
    page.put("E11", "staff_employees".to_owned());
    page.put("E12", "Reisekosten".to_owned());
    page.put("G13", "Q1/2024".to_owned());
    page.put("G14", "irgendwann".to_owned());
    page.put("A15", Data::Float(4711.0));
    let reading = read(&round, &copy.write());
    let rows = &reading.figures.vouchers.rows;
    assert_eq!(rows[0].amount.map(Money::cents), Some(123_456));
    assert_eq!(
        (rows[1].amount, rows[2].amount, rows[3].paid_on),
        (None, None, None)
    );
    assert_eq!(
        rows[4].paid_on.map(|day| day.to_string()).as_deref(),
        Some("2024-07-01")
    );
    assert_eq!(
        rows[5].item.as_ref().map(ItemKey::as_str),
        Some("staff_employees")
    );
    assert_eq!(rows[6].item, None);
    assert_eq!(
        rows[7].corrects.map(|quarter| quarter.to_string()).as_deref(),
        Some("2024-Q1")
    );
    assert_eq!(rows[8].corrects, None);
    assert_eq!(rows[9].number.as_deref(), Some("4711"));
    let found: Vec<(String, Code)> = reading
        .findings
        .iter()
        .filter_map(|finding| Some((finding.at.as_ref()?.to_string(), finding.code())))
        .collect();
    let expected = [
        ("Belege!F7", Code::Val02),
        ("Belege!F8", Code::Val10),
        ("Belege!B9", Code::Val07),
        ("Belege!E12", Code::Val14),
        ("Belege!G14", Code::Val09),
    ];
    assert_eq!(found, expected.map(|(at, code)| (at.to_owned(), code)));
    let raw: Vec<&str> = reading.raw.iter().map(|(_, typed)| typed.as_str()).collect();
    assert_eq!(
        raw,
        ["12,345", "k. A.", "31.07.2024", "Reisekosten", "irgendwann"]
    );
}
