//! FIN-15: a correction names an earlier quarter of the grant period.
//!
//! ## Was geprüft wird
//! Das korrigierte Quartal einer Belegzeile oder eines Indikators liegt vor dem Quartal des Berichts und im
//! Bewilligungszeitraum.
//!
//! ## Warum
//! Korrigiert werden kann nur, was schon gemeldet wurde; das eigene Quartal wird direkt berichtigt.
//!
//! ## Beispiel
//! Im Bericht zum 3. Quartal 2024 nennt ein Beleg das 4. Quartal 2024.
//!
//! ## Abhilfe
//! Das Quartal berichtigen; bei Zahlungen des laufenden Quartals die Spalte leeren.
//!
//! ## What it checks
//! The corrected quarter of a voucher line or an indicator lies before the quarter of the report and in the grant
//! period.
//!
//! ## Why
//! Only what was reported before can be corrected; the quarter itself is changed directly.
//!
//! ## Example
//! In the report on the third quarter of 2024 a voucher names the fourth quarter of 2024.
//!
//! ## How to fix
//! Correct the quarter; for payments of the current quarter, empty the column.

use super::super::subject::Subject;
use crate::{
    cell::CellRef,
    figures::VoucherColumn,
    finding::{Detail, Finding},
    quarter::Quarter,
};

/// Looks for corrections of quarters that cannot be corrected, in vouchers and indicators.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let first = Quarter::of(subject.context.subproject.grant_period.first);
    let quarter = subject.context.quarter;
    let wrong = |corrects: Quarter| corrects >= quarter || first.is_some_and(|first| corrects < first);
    let finding = |at: CellRef, corrects| Finding::at(at, Detail::CorrectionQuarter { corrects, quarter });
    let list = &subject.figures.vouchers;
    let vouchers = list.rows.iter().filter_map(|voucher| {
        let corrects = voucher.corrects.filter(|corrects| wrong(*corrects))?;
        Some(finding(list.cell(voucher, VoucherColumn::Corrects), corrects))
    });
    let indicators = subject.figures.indicators.iter().filter_map(|row| {
        let corrects = row.corrects.as_ref().filter(|corrects| wrong(corrects.value))?;
        Some(finding(corrects.at.clone(), corrects.value))
    });
    vouchers.chain(indicators).collect()
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        cell::{CellRef, Located},
        finding::Code,
        rules::testing::{Grid, quarter},
    };

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().voucher("B-3", |voucher| voucher.corrects = Some(quarter("2024-Q4")))
    }

    #[test]
    fn a_correction_of_a_later_quarter_is_found_at_its_cell() {
        assert_eq!(example().lines(), ["FIN-15 Belege!G7"]);
    }

    #[test]
    fn only_earlier_quarters_of_the_grant_can_be_corrected() {
        for (corrects, found) in [("2022-Q4", 1), ("2023-Q1", 0), ("2024-Q2", 0), ("2024-Q3", 1)] {
            let grid = Grid::sound().voucher("B-3", |voucher| voucher.corrects = Some(quarter(corrects)));
            assert_eq!(grid.cells(Code::Fin15).len(), found, "{corrects}");
        }
    }

    #[test]
    fn indicators_follow_the_same_rule() {
        let grid = Grid::sound().indicator("EECO12", |row| {
            row.corrects = Some(Located::new(
                quarter("2024-Q3"),
                CellRef::at("Indikatoren", 15, 6),
            ));
        });
        assert_eq!(grid.lines(), ["FIN-15 Indikatoren!G16"]);
    }
}
