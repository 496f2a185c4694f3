//! What only the package of a workbook shows, not its cells.

use nachweis_domain::finding::{Code, Detail, Finding};

use super::{filled, read};
use crate::{sample, testing::Package};

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
