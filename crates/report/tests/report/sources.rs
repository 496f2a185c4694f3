//! A report that carries its sources: every number links to its block, and the block adds up to the number.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader, Xlsx};
use nachweis_domain::{language::Language, ledger::Ledger};
use nachweis_report::{
    OpenReport, ReportName, ReportRequest, Value,
    lineage::{LineagePage, Made},
    render,
};

use crate::{made_up::MadeUp, package};

/// Six subprojects and a year.
fn made_up() -> Ledger {
    let small = MadeUp {
        subprojects: 6,
        last: Some((2023, 4)),
        seed: 3,
    };
    small.ledger()
}

fn with_sources(name: ReportName, language: Language) -> (Vec<LineagePage>, Vec<u8>) {
    let ledger = made_up();
    let request = ReportRequest {
        name,
        group_by: None,
        quarter: None,
        on: None,
    };
    let report = OpenReport::new(&request, &ledger).unwrap();
    let cut = |lineage| LineagePage::cut(lineage, report.report(), 0, usize::MAX);
    let pages: Vec<LineagePage> = report.every_number().unwrap().into_iter().map(cut).collect();
    let bytes = render::xlsx_with_sources(report.report(), &pages, language).unwrap();
    (pages, bytes)
}

/// The numbers in the tables of a report.
fn shown(name: ReportName) -> usize {
    let request = ReportRequest {
        name,
        group_by: None,
        quarter: None,
        on: None,
    };
    let report = nachweis_report::build(&request, &made_up()).unwrap();
    let mut shown = 0;
    for table in &report.tables {
        for row in table.rows.iter().chain(&table.totals) {
            let cells = table.columns.iter().zip(row);
            shown += cells
                .filter(|(column, value)| column.opens() && **value != Value::Empty)
                .count();
        }
    }
    shown
}

/// The value of an attribute of an element.
fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let rest = element.split_once(&format!("{name}=\""))?.1;
    rest.split_once('"').map(|(value, _)| value)
}

/// Cells of a sheet with what they link to inside the workbook.
pub(crate) fn links(part: &str) -> BTreeMap<String, String> {
    let elements = part.split("<hyperlink ").skip(1);
    let link = |element: &str| {
        let element = element.split('>').next()?.to_owned();
        Some((
            attribute(&element, "ref")?.to_owned(),
            attribute(&element, "location")?.to_owned(),
        ))
    };
    elements.filter_map(link).collect()
}

fn row_of(cell: &str) -> usize {
    cell.chars()
        .filter(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a workbook of our own making")]
#[test]
fn every_number_links_to_its_block_and_the_block_makes_it() {
    for name in ReportName::ALL.iter().copied() {
        let (pages, bytes) = with_sources(name, Language::De);
        let parts = package::parts(&bytes);
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
        let names = workbook.sheet_names();
        let sources = workbook.worksheet_range("Quellen").unwrap();
        let (top, _) = sources.start().unwrap();
        let cell = |row: usize, col: u32| {
            let row = u32::try_from(row - 1).unwrap();
            sources.get_value((row, col)).cloned().unwrap_or(Data::Empty)
        };
        assert_eq!(top, 0);
        let mut linked = 0;
        let sheets = names.iter().position(|sheet| sheet == "Quellen").unwrap();
        for (index, sheet) in names.iter().enumerate().take(sheets) {
            let numbers = workbook.worksheet_range(sheet).unwrap();
            for (from, to) in links(&parts[&format!("xl/worksheets/sheet{}.xml", index + 1)]) {
                let block = row_of(
                    to.strip_prefix("'Quellen'!A")
                        .or(to.strip_prefix("Quellen!A"))
                        .unwrap(),
                );
                let letters: u32 = from
                    .chars()
                    .filter(char::is_ascii_alphabetic)
                    .fold(0, |col, char| col * 26 + u32::from(char) - u32::from('A') + 1);
                let at = (u32::try_from(row_of(&from) - 1).unwrap(), letters - 1);
                let shown = numbers.get_value(at).cloned().unwrap();
                assert_eq!(shown, cell(block, 3), "{name} {sheet} {from}");
                if cell(block, 1) == Data::String("Summe".into()) {
                    let parts = (block + 1..)
                        .map(|row| cell(row, 3))
                        .take_while(|cell| *cell != Data::Empty);
                    let sum: f64 = parts.map(|part| calamine::DataType::as_f64(&part).unwrap()).sum();
                    let number = calamine::DataType::as_f64(&shown).unwrap();
                    assert!(
                        (sum - number).abs() < 0.005,
                        "{name} {sheet} {from}: {sum} {number}"
                    );
                }
                linked += 1;
            }
        }
        assert_eq!(linked, shown(name), "{name}: every number is a link");
        let back = links(&parts[&format!("xl/worksheets/sheet{}.xml", sheets + 1)]);
        assert!(back.len() >= pages.len(), "{name}: every block links back");
        let sums = pages
            .iter()
            .filter(|page| matches!(page.lineage.made, Made::Sum(_)))
            .count();
        assert!(sums > 0, "{name}");
    }
}

#[test]
fn the_same_sources_give_the_same_bytes_and_a_report_without_them_has_no_links() {
    let (_, first) = with_sources(ReportName::Burn, Language::En);
    let (_, again) = with_sources(ReportName::Burn, Language::En);
    assert!(first == again);
    let ledger = made_up();
    let request = ReportRequest {
        name: ReportName::Burn,
        group_by: None,
        quarter: None,
        on: None,
    };
    let plain = nachweis_report::build(&request, &ledger).unwrap();
    let plain = package::parts(&render::xlsx(&plain, Language::En).unwrap());
    assert!(plain.values().all(|part| !part.contains("<hyperlink")));
}

/// The workbooks with real cells are followed in the tests of the service.
#[test]
fn whatever_a_number_is_made_of_is_among_the_numbers_until_the_record() {
    let ledger = MadeUp {
        subprojects: 2,
        last: Some((2023, 2)),
        seed: 5,
    };
    let mut ledger = ledger.ledger();
    ledger.subprojects[0].subproject.regions = crate::made_up::nationwide();
    for request in crate::lineage::requests(None) {
        let report = OpenReport::new(&request, &ledger).unwrap();
        let numbers = report.every_number().unwrap();
        let key = |row: &str, column: &str, table| (table, row.to_owned(), column.to_owned());
        let mut known = BTreeMap::new();
        for number in &numbers {
            let before = known.insert(key(&number.row, &number.column, number.table), &number.value);
            assert_eq!(before, None, "{request:?}: each once");
        }
        for number in &numbers {
            for opens in number.opens() {
                let behind = known.get(&key(opens.row, opens.column, number.table));
                assert!(behind.is_some(), "{request:?} {number:?} leads nowhere");
            }
        }
    }
}
