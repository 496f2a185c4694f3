//! How the workbooks print: every sheet on A4 landscape, one page wide, with a foot, and headings that fit.

use std::{collections::BTreeMap, fs};

use nachweis_domain::language::Language;
use nachweis_report::{Report, ReportName, ReportRequest, audit, build, render};

use crate::{made_up::MadeUp, package, record::MadeUpRecord};

/// The parts of every report and of the audit workbook in a language, with their names.
fn workbooks(language: Language) -> Vec<(String, BTreeMap<String, String>)> {
    let ledger = MadeUp {
        subprojects: 30,
        last: Some((2023, 2)),
        seed: 4,
    }
    .ledger();
    let mut workbooks = Vec::new();
    for name in ReportName::ALL {
        for group_by in name.groupings() {
            let request = ReportRequest {
                name: *name,
                group_by: Some(*group_by),
                quarter: None,
                on: None,
            };
            let report: Report = build(&request, &ledger).unwrap();
            let bytes = render::xlsx(&report, language).unwrap();
            workbooks.push((format!("{name} by {group_by}"), package::parts(&bytes)));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("audit.xlsx");
    audit::write(&mut MadeUpRecord::new(&ledger, 2), &ledger, language, &to).unwrap();
    workbooks.push(("audit".to_owned(), package::parts(&fs::read(to).unwrap())));
    workbooks
}

/// The sheets of a workbook with their numbers.
fn sheets(parts: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &String)> {
    parts
        .iter()
        .filter_map(|(name, part)| Some((name.strip_prefix("xl/worksheets/sheet")?, part)))
}

#[test]
fn every_sheet_prints_on_a4_landscape_one_page_wide_with_a_foot() {
    for (workbook, parts) in workbooks(Language::De) {
        for (sheet, part) in sheets(&parts) {
            for expected in [
                r#"paperSize="9""#,
                r#"orientation="landscape""#,
                "<pageSetUpPr fitToPage=\"1\"/>",
                r#"fitToHeight="0""#,
                "Seite &amp;P von &amp;N",
                "Förderprogramm IQ",
                "Datenstand",
            ] {
                assert!(part.contains(expected), "{workbook} {sheet}: {expected}");
            }
        }
    }
}

#[test]
fn every_sheet_with_headings_repeats_them_on_each_page() {
    for (workbook, parts) in workbooks(Language::De) {
        // The sheet of notes has none.
        let with_headings = sheets(&parts).count() - 1;
        assert_eq!(
            parts["xl/workbook.xml"].matches("Print_Titles").count(),
            with_headings,
            "{workbook}"
        );
    }
}

/// The attribute of an element's text.
fn attribute<'a>(element: &'a str, name: &str) -> &'a str {
    let (_, rest) = element.split_once(&format!(" {name}=\"")).unwrap();
    rest.split_once('"').unwrap().0
}

/// The widths of a sheet's columns, in characters.
fn widths(part: &str) -> Vec<f64> {
    let cols = part
        .split_once("<cols>")
        .unwrap()
        .1
        .split_once("</cols>")
        .unwrap()
        .0;
    let mut widths = Vec::new();
    for col in cols.split("<col").skip(1) {
        let last: usize = attribute(col, "max").parse().unwrap();
        widths.resize(last, attribute(col, "width").parse().unwrap());
    }
    widths
}

#[test]
fn no_word_of_a_heading_is_wider_than_its_column() {
    for language in Language::ALL {
        for (workbook, parts) in workbooks(language) {
            let strings: Vec<String> = parts["xl/sharedStrings.xml"]
                .split("<si>")
                .skip(1)
                .map(|string| {
                    string
                        .split_once('>')
                        .unwrap()
                        .1
                        .split_once("</t>")
                        .unwrap()
                        .0
                        .to_owned()
                })
                .collect();
            for (sheet, part) in sheets(&parts) {
                let widths = widths(part);
                let title_row = part.split_once("state=\"frozen\"").map(|_| {
                    let pane = part.split_once("<pane").unwrap().1;
                    attribute(pane, "ySplit").to_owned()
                });
                let Some(heading_row) = title_row else { continue };
                let row = part.split_once(&format!("<row r=\"{heading_row}\"")).unwrap().1;
                let row = row.split_once("</row>").unwrap().0;
                let mut headings = 0;
                for cell in row.split("<c ").skip(1) {
                    let cell = format!(" {cell}");
                    let reference = attribute(&cell, "r");
                    let heading = heading(&cell, &strings);
                    let width = widths[column(reference)];
                    let longest = heading.split(' ').map(|word| word.chars().count()).max().unwrap();
                    let longest = u32::try_from(longest).unwrap();
                    assert!(
                        f64::from(longest) + 2.0 <= width,
                        "{workbook} {sheet}: {heading} in {width}"
                    );
                    headings += 1;
                }
                assert_eq!(headings, widths.len(), "{workbook} {sheet}");
            }
        }
    }
}

/// The text of a cell, which stands in it or among the shared strings.
fn heading(cell: &str, strings: &[String]) -> String {
    let before_end = |text: &str| text.split_once('<').unwrap().0.to_owned();
    match (cell.split_once("<v>"), cell.split_once("<is><t>")) {
        (Some((_, number)), _) => strings[before_end(number).parse::<usize>().unwrap()].clone(),
        (None, Some((_, text))) => before_end(text),
        (None, None) => panic!("no heading in {cell}"),
    }
}

/// The column of a cell, from zero.
fn column(reference: &str) -> usize {
    let letters = reference.bytes().filter(u8::is_ascii_uppercase);
    letters.fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1) - 1
}

#[test]
fn hashes_and_free_texts_of_the_audit_are_set_to_fit() {
    let (_, parts) = workbooks(Language::De).pop().unwrap();
    let styles = &parts["xl/styles.xml"];
    assert!(styles.contains(r#"wrapText="1""#) && styles.contains(r#"<sz val="7"/>"#));
    for (sheet, part) in sheets(&parts) {
        let total: f64 = widths(part).iter().sum();
        assert!(
            total < 340.0,
            "{sheet} is {total} characters wide: too small in print"
        );
    }
}
