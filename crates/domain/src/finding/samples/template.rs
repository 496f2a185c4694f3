//! One finding of every kind about the workbook itself.

use super::super::{Code, Detail, Hiding, Recomputed, Shown};
use crate::{cell::CellRef, language::Text, money::Money};

#[expect(clippy::too_many_lines, reason = "a list with one sample of each detail")]
pub(super) fn template() -> Vec<Detail> {
    vec![
        Detail::NotOurTemplate,
        Detail::EnvelopeMissing,
        Detail::OtherSubproject {
            found: "IQ23-NW-018".into(),
            expected: "IQ23-NW-017".into(),
        },
        Detail::OtherQuarter {
            found: "2024-Q2".into(),
            expected: "2024-Q3".into(),
        },
        Detail::OtherTemplateVersion {
            found: "2022-1".into(),
            expected: "2023-1".into(),
        },
        Detail::SheetMissing {
            sheet: "Belege".into(),
        },
        Detail::SheetRenamed {
            sheet: "Belege".into(),
            found: "Belege (2)".into(),
        },
        Detail::SheetUnclear {
            sheet: "Belege".into(),
            found: vec!["Belege (2)".into(), "Belege alt".into()],
        },
        Detail::ColumnMissing {
            header: "Betrag".into(),
        },
        Detail::HeaderChanged {
            typed: "Summe".into(),
            header: "Betrag / Amount".into(),
        },
        Detail::HeaderChanged {
            typed: String::new(),
            header: "Betrag / Amount".into(),
        },
        Detail::HeadersMissing,
        Detail::HiddenSheet {
            sheet: "Rechnung".into(),
        },
        Detail::HiddenRows {
            rows: [17].into_iter().collect(),
        },
        Detail::HiddenRows {
            rows: (8..13).chain([20]).collect(),
        },
        Detail::HiddenColumn {
            header: "Betrag / Amount".into(),
        },
        Detail::MergedCells {
            range: "D5:E5".into(),
        },
        Detail::FormulaWithoutResult,
        Detail::StaleResults {
            results: results().into_iter().take(1).collect(),
        },
        Detail::StaleResults { results: results() },
        Detail::FormulaForValue {
            stored: "7500".into(),
        },
        Detail::ColumnNotRead {
            header: "Notizen".into(),
        },
        Detail::NoteNotRead {
            typed: "bitte noch prüfen".into(),
        },
        Detail::SumNotRead,
        Detail::SheetNotRead {
            sheet: "Tabelle1".into(),
        },
        Detail::SheetCopied {
            sheet: "Belege (2)".into(),
            original: "Belege".into(),
        },
        Detail::PersonLevelData {
            kind: "birth_date".into(),
        },
        Detail::PersonLevelData {
            kind: "address".into(),
        },
        Detail::PersonLevelText { kind: "iban".into() },
        Detail::PersonLevelBeside {
            kind: "email".into(),
            place: "note".into(),
        },
        Detail::PersonLevelBeside {
            kind: "name".into(),
            place: "pivot_table".into(),
        },
        Detail::PrefilledChanged {
            expected: String::new(),
        },
        Detail::PrefilledChanged {
            expected: "IQ23-NW-017".into(),
        },
        Detail::NamesMoved {
            rows: [6].into_iter().collect(),
        },
        Detail::NamesMoved {
            rows: [6, 7, 9].into_iter().collect(),
        },
        Detail::Duplicate {
            name: "EECO01".into(),
        },
        Detail::UnknownKey {
            typed: "EECO99".into(),
        },
        Detail::KeyChanged {
            typed: "EECO 1".into(),
            key: "EECO01".into(),
        },
        Detail::KeyChanged {
            typed: String::new(),
            key: "EECO01".into(),
        },
        Detail::StrayValue { typed: "500".into() },
        Detail::RowMissing {
            key: "EECO01".into(),
            name: Text::new("Teilnehmende insgesamt", "Participants in total"),
        },
        Detail::PlanChanged {
            issued: 1,
            current: 2,
        },
        Detail::NotDeclared,
        Detail::FurtherFindings {
            code: Code::Fin04,
            count: 1_234,
        },
        Detail::TypedOver {
            typed: Shown::Money(Money::from_euro(4_100)),
            computed: Shown::Money(Money::from_euro(4_000)),
        },
        Detail::TypedOver {
            typed: Shown::Text("entfällt".into()),
            computed: Shown::Nothing,
        },
        Detail::TypedOverAlike {
            results: results().into_iter().take(1).collect(),
        },
        Detail::TypedOverAlike { results: results() },
        Detail::FormulasMissing {
            results: results().into_iter().take(1).collect(),
        },
        Detail::FormulasMissing { results: results() },
        Detail::FilteredRows {
            rows: [17].into_iter().collect(),
            hiding: Hiding::Outline,
        },
        Detail::FilteredRows {
            rows: (1..200).step_by(2).collect(),
            hiding: Hiding::Filter,
        },
        Detail::CollapsedColumn {
            header: "Betrag / Amount".into(),
        },
    ]
}

/// Two cells that the template computes, with what stands there.
fn results() -> Vec<Recomputed> {
    let money = |euro| Shown::Money(Money::from_euro(euro));
    vec![
        Recomputed {
            at: CellRef::at("Ausgaben", 7, 4),
            found: money(5),
            computed: money(500),
        },
        Recomputed {
            at: CellRef::at("Indikatoren", 5, 7),
            found: Shown::Count(0),
            computed: Shown::Count(1_234),
        },
    ]
}
