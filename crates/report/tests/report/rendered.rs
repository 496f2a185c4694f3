//! Every report in every form holds the same values, and the same call gives the same bytes.

use std::{collections::BTreeSet, fmt::Display, io::Cursor, sync::LazyLock};

use calamine::{Data, Reader, Xlsx};
use nachweis_domain::{burn::TrafficLight, language::Language};
use nachweis_report::{Column, Report, ReportName, ReportRequest, Table, Value, build, render};

use crate::{made_up::MadeUp, package};

/// Every report in every grouping of a made-up programme, and the bytes of its German workbook.
static REPORTS: LazyLock<Vec<(Report, Vec<u8>)>> = LazyLock::new(|| {
    let with_workbook = |report| {
        let workbook = render::xlsx(&report, Language::De).unwrap();
        (report, workbook)
    };
    made_up_reports().into_iter().map(with_workbook).collect()
});

fn made_up_reports() -> Vec<Report> {
    let ledger = MadeUp {
        subprojects: 12,
        last: Some((2023, 2)),
        seed: 5,
    }
    .ledger();
    let all = ReportName::ALL.iter().copied();
    let requests = all.flat_map(|name| {
        name.groupings().iter().map(move |group_by| ReportRequest {
            name,
            group_by: Some(*group_by),
            quarter: None,
            on: None,
        })
    });
    requests
        .map(|request| build(&request, &ledger).unwrap())
        .collect()
}

#[test]
fn every_row_has_a_value_for_each_column() {
    for (report, _) in REPORTS.iter() {
        for table in &report.tables {
            for row in table.rows.iter().chain(&table.totals) {
                assert_eq!(row.len(), table.columns.len(), "{} {}", report.name, table.key);
            }
        }
    }
}

#[test]
fn no_two_columns_of_a_table_share_a_key_or_a_heading() {
    for (report, _) in REPORTS.iter() {
        for table in &report.tables {
            let keys: BTreeSet<&str> = table.columns.iter().map(|column| column.key).collect();
            assert_eq!(keys.len(), table.columns.len(), "{} {}", report.name, table.key);
            for language in Language::ALL {
                let heading = |column: &Column| column.heading().get(language).to_lowercase();
                let headings: BTreeSet<String> = table.columns.iter().map(heading).collect();
                assert_eq!(
                    headings.len(),
                    table.columns.len(),
                    "{} {}",
                    report.name,
                    table.key
                );
            }
        }
    }
}

#[test]
fn the_same_call_gives_the_same_bytes() {
    for ((first, workbook), second) in REPORTS.iter().zip(&made_up_reports()) {
        assert_eq!(
            render::csv(first, Language::De),
            render::csv(second, Language::De)
        );
        assert_eq!(render::json(first), render::json(second));
        assert_eq!(
            *workbook,
            render::xlsx(second, Language::De).unwrap(),
            "{}",
            first.name
        );
    }
}

#[test]
fn a_workbook_reads_back_as_the_values_of_the_report() {
    for (report, german) in REPORTS.iter() {
        for language in Language::ALL {
            let bytes = match language {
                Language::De => german.clone(),
                Language::En => render::xlsx(report, language).unwrap(),
            };
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
            for (table, sheet) in report.tables.iter().zip(book.sheet_names()) {
                let cells = cells(&mut book, &sheet);
                let heading = cells
                    .iter()
                    .position(|row| {
                        let headings = table
                            .columns
                            .iter()
                            .map(|column| column.heading().get(language).to_owned());
                        *row == headings.map(Data::String).collect::<Vec<_>>()
                    })
                    .unwrap_or_else(|| panic!("{sheet} has no headings: {cells:?}"));
                compare(table, &cells[heading + 1..], language);
            }
        }
    }
}

/// The rows of a sheet, read cell by cell.
fn cells(book: &mut Xlsx<Cursor<&Vec<u8>>>, sheet: &str) -> Vec<Vec<Data>> {
    let mut rows: Vec<Vec<Data>> = Vec::new();
    let mut reader = book.worksheet_cells_reader(sheet).unwrap();
    while let Some(cell) = reader.next_cell().unwrap() {
        let (row, col) = cell.get_position();
        let (row, col) = (usize::try_from(row).unwrap(), usize::try_from(col).unwrap());
        rows.resize_with(rows.len().max(row + 1), Vec::new);
        let cells = &mut rows[row];
        cells.resize(cells.len().max(col + 1), Data::Empty);
        cells[col] = cell.get_value().clone().into();
    }
    rows
}

/// Whether a stored double is the one nearest to an exact number.
fn is(exact: &impl Display, number: f64) -> bool {
    exact.to_string().parse::<f64>().unwrap().to_bits() == number.to_bits()
}

fn compare(table: &Table, rows: &[Vec<Data>], language: Language) {
    for (expected, found) in table.rows.iter().chain(&table.totals).zip(rows) {
        for (position, value) in expected.iter().enumerate() {
            let found = found.get(position).unwrap_or(&Data::Empty);
            let same = match (value, found) {
                (Value::Empty, Data::Empty) => true,
                (Value::Money(exact), Data::Float(number)) => is(exact, *number),
                (Value::Count(exact), Data::Float(number)) => is(exact, *number),
                (Value::Percent(exact) | Value::Points(exact), Data::Float(number)) => is(exact, *number),
                (Value::Date(date), Data::DateTime(serial)) => serial.as_datetime().unwrap().date() == *date,
                (Value::Time(at), Data::DateTime(serial)) => {
                    let wall_clock = at.with_timezone(&chrono_tz::Europe::Berlin).naive_local();
                    (serial.as_datetime().unwrap() - wall_clock).num_seconds() == 0
                }
                (Value::Quarter(quarter), Data::String(text)) => quarter.to_string() == *text,
                (Value::Text(expected), Data::String(text)) => **expected == **text,
                (Value::Term(term), Data::String(text)) => term.name.get(language) == text,
                (Value::Light(light), Data::String(text)) => light.name().get(language) == text,
                _ => false,
            };
            assert!(
                same,
                "{} column {position}: {value:?} became {found:?}",
                table.key
            );
        }
    }
}

#[test]
fn no_number_is_a_text_and_no_text_is_nan() {
    for (report, workbook) in REPORTS.iter() {
        let parts = package::parts(workbook);
        for (name, part) in &parts {
            assert!(
                !part.contains("<f>") && !part.contains("<mergeCell "),
                "{} {name}",
                report.name
            );
            assert!(
                !part.contains(">NAN<") && !part.contains(">INF<"),
                "{} {name}",
                report.name
            );
        }
    }
}

#[test]
fn a_light_is_a_word_and_a_colour() {
    let (report, workbook) = &REPORTS[0];
    let parts = package::parts(workbook);
    for light in TrafficLight::ALL {
        let is_shown = report.tables[0]
            .rows
            .iter()
            .flatten()
            .any(|value| *value == Value::Light(light));
        assert_eq!(
            parts["xl/sharedStrings.xml"].contains(&format!(">{}<", light.name().de)),
            is_shown
        );
    }
    assert!(
        parts["xl/styles.xml"].contains("FFC6EFCE"),
        "green has its colour"
    );
}
