//! What the renderers write, part by part, for one small ledger.

use nachweis_domain::language::Language;
use nachweis_report::{GroupBy, Report, ReportName, ReportRequest, build, render};

use crate::{made_up::MadeUp, package};

fn report(name: ReportName, group_by: GroupBy) -> Report {
    let ledger = MadeUp {
        subprojects: 12,
        last: Some((2023, 2)),
        seed: 11,
    }
    .ledger();
    let request = ReportRequest {
        name,
        group_by: Some(group_by),
        quarter: None,
        on: None,
    };
    build(&request, &ledger).unwrap()
}

#[test]
fn the_burn_workbook_part_by_part() {
    let bytes = render::xlsx(&report(ReportName::Burn, GroupBy::RegionCategory), Language::De).unwrap();
    let parts = package::parts(&bytes);
    let names: Vec<&str> = parts.keys().map(String::as_str).collect();
    insta::assert_snapshot!("burn_parts", names.join("\n"));
    for (snapshot, part) in [
        ("burn_sheet", "xl/worksheets/sheet1.xml"),
        ("burn_notes", "xl/worksheets/sheet2.xml"),
        ("burn_table", "xl/tables/table1.xml"),
        ("burn_strings", "xl/sharedStrings.xml"),
        ("burn_styles", "xl/styles.xml"),
        ("burn_workbook", "xl/workbook.xml"),
        ("burn_properties", "docProps/core.xml"),
    ] {
        insta::assert_snapshot!(snapshot, package::in_lines(&parts[part]));
    }
}

#[test]
fn the_burn_report_as_csv_in_both_languages() {
    let report = report(ReportName::Burn, GroupBy::RegionCategory);
    for language in Language::ALL {
        let csv = String::from_utf8(render::csv(&report, language)).unwrap();
        insta::assert_snapshot!(format!("burn_csv_{}", language.code()), csv.replace("\r\n", "\n"));
    }
}

#[test]
fn the_funding_report_as_json() {
    let json: serde_json::Value = serde_json::from_slice(&render::json(&report(
        ReportName::Funding,
        GroupBy::RegionCategory,
    )))
    .unwrap();
    insta::assert_snapshot!("funding_json", serde_json::to_string_pretty(&json).unwrap());
}
