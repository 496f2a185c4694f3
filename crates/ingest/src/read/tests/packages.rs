//! What only the package of a workbook shows, not its cells.

use nachweis_domain::finding::{Code, Detail, Finding};

use super::{filled, read};
use crate::{sample, testing::Package};

/// The width of the column of amounts.
const WIDE: &str = "<col min=\"6\" max=\"7\" width=\"16.7109375\"";

/// What is found in a filled workbook after a change to its package.
fn after(change: impl FnOnce(&mut Package)) -> Vec<Finding> {
    let round = sample::round("2023-2025");
    let context = sample::context(&round);
    let figures = sample::figures(&context, &round, 11, 12);
    let mut package = Package::of(&filled(&round, &context, &figures));
    change(&mut package);
    read(&round, &package.write()).findings
}

#[test]
fn a_sheet_that_is_a_chart_is_named_as_not_read() {
    let findings = after(|package| {
        package.set("xl/chartsheets/sheet1.xml", "<chartsheet/>");
        package
            .relate("c", "chartsheet", "chartsheets/sheet1.xml")
            .sheet("Diagramm1", "c");
    });
    let expected = Detail::SheetNotRead {
        sheet: "Diagramm1".to_owned(),
    };
    assert_eq!(findings, [Finding::whole(expected)]);
    assert_eq!(findings[0].code(), Code::Tpl14);
}

#[test]
fn rows_and_columns_too_thin_to_read_count_as_hidden() {
    let sheet = "xl/worksheets/sheet3.xml";
    for (from, to, at) in [
        ("<row r=\"8\"", "<row ht=\"0\" r=\"8\"", "Belege!A8"),
        ("<row r=\"8\"", "<row ht=\"0.25\" r=\"8\"", "Belege!A8"),
        ("<row r=\"8\"", "<row ht=\"1E-3\" r=\"8\"", "Belege!A8"),
        (WIDE, "<col min=\"6\" max=\"7\" width=\"0\"", "Belege!F5"),
        (WIDE, "<col min=\"6\" max=\"7\" width=\"0.08\"", "Belege!F5"),
    ] {
        let findings = after(|package| {
            package.replace(sheet, "<row r=\"8\" spans=\"1:7\" ht=\"15.75\"", "<row r=\"8\"");
            package.replace(sheet, from, to);
        });
        let places: Vec<(Code, String)> = findings
            .iter()
            .map(|finding| {
                (
                    finding.code(),
                    finding.at.as_ref().map_or_else(String::new, ToString::to_string),
                )
            })
            .collect();
        assert_eq!(places, [(Code::Tpl08, at.to_owned())], "{to}");
    }
}

#[test]
fn amounts_and_counts_that_a_number_format_shows_otherwise_are_refused() {
    let styles = "xl/styles.xml";
    for (sheet, cell, number_format, at, code) in [
        ("xl/worksheets/sheet4.xml", "F8", "9", "Mittel!F8", Code::Val01),
        ("xl/worksheets/sheet4.xml", "F8", "46", "Mittel!F8", Code::Val01),
        (
            "xl/worksheets/sheet6.xml",
            "D6",
            "10",
            "Kennzahlen!D6",
            Code::Val05,
        ),
    ] {
        let findings = after(|package| {
            let formats = package.part(styles).split_once("<cellXfs").expect("formats").1;
            let count = formats
                .split_once("</cellXfs>")
                .expect("their end")
                .0
                .matches("<xf ")
                .count();
            let last = format!("<xf numFmtId=\"{number_format}\"/></cellXfs>");
            package.replace(styles, "</cellXfs>", &last);
            let head = format!("<c r=\"{cell}\" s=\"");
            let rest = package.part(sheet).split_once(&head).expect("the cell").1;
            let old = format!("{head}{}\"", rest.split_once('"').expect("its format").0);
            package.replace(sheet, &old, &format!("{head}{count}\""));
        });
        let is_told = |finding: &Finding| {
            finding.code() == code && finding.at.as_ref().is_some_and(|found| found.to_string() == at)
        };
        assert!(findings.iter().any(is_told), "{number_format}: {findings:?}");
    }
}
