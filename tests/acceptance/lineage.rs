//! Where a number of a report comes from, at the command line and over HTTP: terms that sum to it exactly, each with file,
//! sheet and cell, and the same number in the original.

use std::collections::{BTreeMap, BTreeSet};

use calamine::Data;
use nachweis_store::testing::Backend;
use nachweis_tests::{program::Desk, service::Person, workbook};
use serde_json::Value;

use crate::faults::place::{Place, Who};

/// A number of a report: table, row, column.
type Number = [String; 3];

/// What there is to open: report, its numbers.
fn numbers(desk: &Desk, report: &str, columns: &[&str]) -> Vec<(Number, i64)> {
    let run = desk.run(["report", report, "--format", "json"]);
    assert_eq!(run.status, 0, "{run:?}");
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let mut numbers = Vec::new();
    for table in document["tables"].as_array().expect("tables") {
        let rows = table["rows"].as_array().expect("rows");
        let totals = table.get("totals").filter(|totals| !totals.is_null());
        for row in rows.iter().chain(totals) {
            for column in columns {
                // What is zero may have no terms.
                let number = row[*column].as_i64().filter(|number| *number != 0);
                if let (Some(number), Some(key)) = (number, row["row_key"].as_str()) {
                    let table = table["key"].as_str().expect("a key");
                    numbers.push(([table, key, column].map(ToOwned::to_owned), number));
                }
            }
        }
    }
    numbers
}

/// The lineage of a number at the command line.
fn at_the_desk(desk: &Desk, report: &str, [table, row, column]: &Number, form: &str) -> String {
    let run = desk.run([
        "report",
        report,
        "--table",
        table,
        "--format",
        form,
        "--lineage",
        row,
        column,
    ]);
    assert_eq!(run.status, 0, "{run:?}");
    run.stdout
}

/// The same over HTTP.
fn over_http(manager: &Person<'_>, report: &str, [table, row, column]: &Number) -> Value {
    let answer = manager.get(&format!(
        "/reports/{report}/lineage?round=2023-2025&table={table}&row={row}&column={column}&limit=1000&format=json"
    ));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Cents, or a count.
fn amount(value: &Value) -> i64 {
    let amount = ["cents", "count"].iter().find_map(|unit| value[unit].as_i64());
    amount.unwrap_or_else(|| panic!("no whole number: {value}"))
}

/// The original as another reader sees it.
struct Original {
    bytes: Vec<u8>,
    file: String,
    sha256: String,
    sheets: BTreeMap<String, Vec<Vec<Data>>>,
}

impl Original {
    fn fetched(manager: &Person<'_>, receipt: &Value) -> Self {
        let id = receipt["id"].as_str().expect("an id");
        let text = |key: &str| receipt[key].as_str().expect("a text").to_owned();
        Self {
            bytes: manager.get(&format!("/uploads/{id}/original.xlsx")).body,
            file: text("file_name"),
            sha256: text("sha256"),
            sheets: BTreeMap::new(),
        }
    }

    /// The number in a cell like `D17`, in cents where it is money.
    fn number(&mut self, sheet: &str, cell: &str, is_money: bool) -> i64 {
        let digits = cell.find(|char: char| char.is_ascii_digit()).expect("a row");
        let (letters, row) = cell.split_at(digits);
        let col = letters
            .bytes()
            .fold(0, |col, letter| col * 26 + usize::from(letter - b'A') + 1);
        let row: usize = row.parse().expect("a row");
        let rows = self
            .sheets
            .entry(sheet.to_owned())
            .or_insert_with(|| workbook::sheet(&self.bytes, sheet));
        match &rows[row - 1][col - 1] {
            Data::Float(number) if is_money => format!("{number:.2}").replace('.', "").parse(),
            Data::Float(number) => format!("{number:.0}").parse(),
            Data::Int(number) if is_money => Ok(number * 100),
            Data::Int(number) => Ok(*number),
            other => panic!("{sheet}!{cell}: {other:?}"),
        }
        .expect("a number")
    }
}

/// Opens a number and everything that it comes from, down to the cells. Gives how many cells were compared.
fn opened(
    place: &Place,
    manager: &Person<'_>,
    original: &mut Original,
    report: &str,
    begin: Number,
) -> usize {
    let (mut todo, mut done, mut cells) = (vec![begin], BTreeSet::new(), 0);
    while let Some(number) = todo.pop() {
        if !done.insert(number.clone()) {
            continue;
        }
        let told = at_the_desk(&place.desk, report, &number, "json");
        let lineage: Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(lineage, over_http(manager, report, &number), "{number:?}");
        let further = |opens: &Value| -> Option<Number> {
            let (row, column) = (opens["row"].as_str()?, opens["column"].as_str()?);
            Some([number[0].clone(), row.to_owned(), column.to_owned()])
        };
        if lineage["made"] == "formula" {
            let operands = lineage["operands"].as_array().expect("operands");
            todo.extend(operands.iter().filter_map(|operand| further(&operand["opens"])));
            continue;
        }
        let terms = lineage["terms"].as_array().expect("terms");
        assert_eq!(lineage["count"], terms.len(), "{number:?}: all on one page");
        let sum: i64 = terms.iter().map(|term| amount(&term["part"])).sum();
        assert_eq!(sum, amount(&lineage["number"]), "{number:?}");
        let lines = at_the_desk(&place.desk, report, &number, "csv");
        for term in terms {
            todo.extend(further(&term["opens"]));
            if term["source"] == "cells" {
                cells += compared(original, &number, term, &lines);
            }
        }
    }
    cells
}

/// A term names file, hash, sheet and cell, and the original says the same there. Gives how many cells it names.
fn compared(original: &mut Original, number: &Number, term: &Value, lines: &str) -> usize {
    assert_eq!(term["upload"]["file"], original.file.as_str(), "{number:?}");
    assert_eq!(term["upload"]["sha256"], original.sha256.as_str(), "{number:?}");
    let is_money = term["whole"]["cents"].is_i64();
    let cells = term["cells"].as_array().expect("cells");
    let mut sum = 0;
    for cell in cells {
        let text = |key: &str| cell[key].as_str().expect("a text");
        let (sheet, at) = (text("sheet"), text("cell"));
        let there = original.number(sheet, at, is_money);
        assert_eq!(cell["value"].as_i64(), Some(there), "{number:?}: {sheet}!{at}");
        sum += there;
        let named = lines.lines().any(|line| {
            let mut fields = line.split(';').skip(6);
            let next = [fields.next(), fields.next(), fields.next()].map(Option::unwrap_or_default);
            next[0] == original.file && next[1] == sheet && next[2].contains(at)
        });
        assert!(
            named,
            "{number:?}: {sheet}!{at} is not in the lines for people: {lines}"
        );
    }
    assert_eq!(
        sum,
        amount(&term["whole"]),
        "{number:?}: the cells sum to the term"
    );
    cells.len()
}

fn leads_to_cells(backend: Backend) {
    let place = Place::new(backend);
    let service = place.serve();
    let receipt = place.accepted(&service, 1);
    let manager = place.person(&service, Who::Manager);
    let mut original = Original::fetched(&manager, &receipt);
    for (report, columns) in [
        ("burn", ["reported_cents", "accepted_cents"].as_slice()),
        ("indicators", &["total", "count", "in_quarter"]),
    ] {
        let numbers = numbers(&place.desk, report, columns);
        assert!(numbers.len() >= 3, "{report}: {numbers:?}");
        let mut compared = 0;
        for (number, shown) in numbers.into_iter().take(8) {
            let told = at_the_desk(&place.desk, report, &number, "json");
            let lineage: Value = serde_json::from_str(&told).expect("JSON");
            assert_eq!(amount(&lineage["number"]), shown, "{report} {number:?}");
            compared += opened(&place, &manager, &mut original, report, number);
        }
        assert!(compared >= 4, "{report}: {compared} cells were compared");
    }
}

#[test]
fn a_number_leads_to_its_cells_at_the_command_line_as_over_http_on_sqlite() {
    leads_to_cells(Backend::Sqlite);
}

#[test]
fn a_number_leads_to_its_cells_at_the_command_line_as_over_http_on_postgres() {
    leads_to_cells(Backend::Postgres);
}

#[test]
fn a_number_that_is_not_there_is_refused_with_a_remedy() {
    let place = Place::new(Backend::Sqlite);
    for [row, column] in [["nowhere", "reported"], ["total", "nothing"]] {
        let run = place.desk.run(["report", "burn", "--lineage", row, column]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run:?}");
        assert_eq!(run.stderr.trim().lines().count(), 1, "{run:?}");
    }
}
