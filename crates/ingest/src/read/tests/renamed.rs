//! A renamed sheet is named once and read in its place; one that is really missing brings no other findings.

use calamine::Data;
use nachweis_domain::{
    finding::{Code, Detail},
    rules,
};

use super::{FILLED, after, found};
use crate::{Reading, sample};

/// Renames a sheet and reads the workbook.
fn renamed(from: &str, to: &str) -> Reading {
    after(|copy| copy.page(from).name = to.to_owned())
}

/// Codes and cells after the rules have spoken, too.
fn judged(reading: &Reading) -> Vec<String> {
    let (round, _) = &*FILLED;
    let checked = rules::check(round, &sample::context(round), &reading.figures);
    let place = |at: &Option<nachweis_domain::cell::CellRef>| {
        at.as_ref().map_or_else(String::new, ToString::to_string)
    };
    rules::merge(reading.findings.clone(), checked)
        .iter()
        .map(|finding| format!("{} {}", finding.code(), place(&finding.at)))
        .collect()
}

#[test]
fn a_renamed_sheet_is_read_in_its_place_and_told_once() {
    let whole = after(|_| {});
    let sound = judged(&whole);
    for (from, to) in [
        ("Belege", "Belege (2)"),
        ("Belege", "Tabelle7"),
        ("Ausgaben", "Ausgaben Q2"),
        ("Mittel", "Mittel alt"),
        ("Indikatoren", "ESF-Indikatoren"),
        ("Kennzahlen", "Zahlen"),
        ("Sachbericht", "Bericht"),
        ("Deckblatt", "Titel"),
    ] {
        let reading = renamed(from, to);
        let detail = Detail::SheetRenamed {
            sheet: from.to_owned(),
            found: to.to_owned(),
        };
        assert_eq!(reading.findings[0].detail, detail, "{to}");
        assert_eq!(reading.findings.len(), 1, "{to}");
        assert_eq!(
            reading.figures.vouchers.rows.len(),
            whole.figures.vouchers.rows.len()
        );
        assert_eq!(
            judged(&reading).len(),
            sound.len() + 1,
            "{to}: {:?}",
            judged(&reading)
        );
    }
}

#[test]
fn findings_on_a_renamed_sheet_stand_at_its_cells() {
    let reading = after(|copy| {
        let page = copy.page("Belege");
        page.put("F7", "12,345".to_owned());
        page.name = "Belege alt".to_owned();
    });
    assert_eq!(
        found(&reading),
        [
            (Code::Tpl05, "'Belege alt'!A1".to_owned()),
            (Code::Val02, "'Belege alt'!F7".to_owned())
        ]
    );
}

#[test]
fn of_several_candidates_none_is_read_and_all_are_named() {
    let reading = after(|copy| {
        let mut second = copy.page("Belege").clone();
        second.name = "Belege Juli".to_owned();
        copy.page("Belege").name = "Belege August".to_owned();
        copy.pages.push(second);
    });
    assert_eq!(
        reading
            .findings
            .iter()
            .map(|finding| finding.detail.clone())
            .collect::<Vec<_>>(),
        [Detail::SheetUnclear {
            sheet: "Belege".to_owned(),
            found: vec!["Belege August".to_owned(), "Belege Juli".to_owned()],
        }]
    );
    assert!(reading.figures.vouchers.rows.is_empty());
}

#[test]
fn a_copy_beside_the_sheet_itself_is_not_read_and_told() {
    let reading = after(|copy| {
        let mut second = copy.page("Belege").clone();
        second.name = "Belege (2)".to_owned();
        copy.pages.push(second);
    });
    let details: Vec<Detail> = reading
        .findings
        .into_iter()
        .map(|finding| finding.detail)
        .collect();
    assert_eq!(
        details,
        [Detail::SheetCopied {
            sheet: "Belege (2)".to_owned(),
            original: "Belege".to_owned()
        }]
    );
}

#[test]
fn a_sheet_of_other_things_is_no_candidate() {
    let reading = after(|copy| {
        copy.pages.retain(|page| page.name != "Belege");
        let page = copy.add("Kassenbuch");
        page.put("A1", "Belegnummer".to_owned());
        page.put("B1", "Betrag".to_owned());
        page.put("B2", Data::Float(5.0));
    });
    assert_eq!(
        found(&reading),
        [(Code::Tpl05, String::new()), (Code::Tpl14, String::new())]
    );
}

#[test]
fn what_only_follows_from_a_missing_sheet_or_column_is_not_told() {
    let sound = judged(&after(|_| {}));
    for sheet in [
        "Belege",
        "Ausgaben",
        "Mittel",
        "Indikatoren",
        "Kennzahlen",
        "Sachbericht",
        "Deckblatt",
    ] {
        let reading = after(|copy| copy.pages.retain(|page| page.name != sheet));
        let told = judged(&reading);
        assert!(told.contains(&"TPL-05 ".to_owned()), "{sheet}: {told:?}");
        let others: Vec<&String> = told.iter().filter(|line| !sound.contains(line)).collect();
        assert_eq!(others.len(), 1, "{sheet}: {told:?}");
    }
    for column in ["B5", "E5", "F5", "G5"] {
        let told = judged(&after(|copy| {
            let page = copy.page("Belege");
            let col = u16::from(column.as_bytes()[0] - b'A');
            page.cells.retain(|(_, other), _| *other != col);
        }));
        let others: Vec<&String> = told.iter().filter(|line| !sound.contains(line)).collect();
        assert_eq!(others, ["TPL-06 Belege!A5"], "{column}");
    }
}
