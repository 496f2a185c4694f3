//! What happens where a sheet is full.

use std::io::{Cursor, Read as _};

use calamine::{Reader as _, Xlsx};
use chrono::{TimeZone as _, Utc};
use nachweis_domain::{key::RoundCode, language::Text};

use super::*;
use crate::{
    Column, ColumnKind, ReportName, ReportRequest, Table, Value, View,
    lineage::{Amount, Formula, Lineage, Made, Operand, Rule},
};

const ROWS: i64 = 9;

/// Nine rows with two numbers each.
fn report() -> Report {
    let none = Text::new("", "");
    let row = |number| {
        vec![
            Value::text(format!("r{number}")),
            Value::Count(number),
            Value::Count(number),
        ]
    };
    Report {
        name: "burn",
        title: Text::new("Bericht", "Report"),
        as_of: Utc.with_ymd_and_hms(2024, 1, 1, 0, 0, 0).unwrap(),
        programme: none.clone(),
        round: RoundCode::new("2023-2025"),
        round_title: none.clone(),
        funding_note: none,
        parameters: Vec::new(),
        notes: Vec::new(),
        tables: vec![Table {
            key: "table",
            title: Text::new("Tabelle", "Table"),
            columns: vec![
                Column::new("no", ColumnKind::Text, "Nummer", "Number"),
                Column::new("first", ColumnKind::Count, "Eins", "First"),
                Column::new("second", ColumnKind::Count, "Zwei", "Second"),
            ],
            rows: (0..ROWS).map(row).collect(),
            totals: None,
        }],
        head: None,
    }
}

/// Each second number is the first of its row.
fn pages(report: &Report) -> Vec<LineagePage> {
    let mut pages = Vec::new();
    for number in 0..ROWS {
        let row = format!("r{number}");
        let amount = Amount::Count(number);
        let first = Operand::given("gegeben", "given", amount.clone());
        let second = Operand::open(Text::new("Eins", "First"), amount.clone(), &row, "first");
        for (column, operand) in [("first", first), ("second", second)] {
            let lineage = Lineage {
                request: ReportRequest {
                    name: ReportName::Burn,
                    group_by: None,
                    quarter: None,
                    on: None,
                },
                view: View::Reported,
                table: "table",
                row: row.clone(),
                column: column.to_owned(),
                name: Text::new(column, column),
                value: amount.clone(),
                made: Made::Formula(Formula::new(Rule::Given, "gegeben", "given"), vec![operand]),
            };
            pages.push(LineagePage::cut(lineage, report, 0, usize::MAX));
        }
    }
    pages
}

/// The links of each sheet in the order of the sheets, with where they lead.
fn links(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut sheets = Vec::new();
    for number in 1.. {
        let Ok(mut file) = archive.by_name(&format!("xl/worksheets/sheet{number}.xml")) else {
            break;
        };
        let mut part = String::new();
        file.read_to_string(&mut part).unwrap();
        let locations = part.split("location=\"").skip(1);
        sheets.push(
            locations
                .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
                .collect(),
        );
    }
    sheets
}

#[expect(clippy::disallowed_methods, reason = "a workbook of our own making")]
fn texts(bytes: &[u8], sheet: &str) -> Vec<String> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    range.rows().flatten().map(ToString::to_string).collect()
}

#[test]
fn links_continue_on_a_further_sheet_and_are_named_in_text_where_a_table_has_no_room() {
    let report = report();
    let bounds = Bounds {
        rows: 1_000,
        links: 10,
    };
    let bytes = written(&report, Some(&pages(&report)), bounds, Language::En).unwrap();
    let links = links(&bytes);
    let counts: Vec<usize> = links.iter().map(Vec::len).collect();
    assert_eq!(counts, [10, 10, 9, 8, 0], "table, three sheets of sources, notes");
    let further = links.iter().flatten().filter(|to| to.contains("Sources 3"));
    assert!(further.count() > 0);
    let table = texts(&bytes, "Table");
    let named: Vec<&String> = table
        .iter()
        .filter(|text| text.starts_with("Sources from"))
        .collect();
    assert_eq!(named.len(), 4, "the last four rows: {named:?}");
}

#[test]
fn rows_continue_on_a_further_sheet() {
    let report = report();
    let first = sources::first_row(&report, Language::En);
    let bounds = Bounds {
        rows: first + 3 * 9,
        links: 1_000,
    };
    let bytes = written(&report, Some(&pages(&report)), bounds, Language::En).unwrap();
    let counts: Vec<usize> = links(&bytes).iter().map(Vec::len).collect();
    assert_eq!(counts, [18, 13, 14, 0]);
    assert!(texts(&bytes, "Sources 2").contains(&"r8 · second".to_owned()));
}

#[test]
fn what_a_number_is_made_of_must_stand_among_the_sources() {
    let report = report();
    let mut pages = pages(&report);
    pages.remove(0);
    let refused = xlsx_with_sources(&report, &pages, Language::En).unwrap_err();
    assert!(matches!(refused, ReportError::NoBlock { .. }), "{refused:?}");
}
