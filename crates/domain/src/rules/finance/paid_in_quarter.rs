//! FIN-04: payments lie inside the quarter.
//!
//! ## Was geprüft wird
//! Das Zahlungsdatum eines Belegs liegt im Quartal des Berichts. Belege, die ein früheres Quartal korrigieren,
//! dürfen ein anderes Datum haben.
//!
//! ## Warum
//! Es zählt, was im Quartal bezahlt wurde. Ein Beleg im falschen Quartal verschiebt den Mittelabfluss und kann
//! doppelt gemeldet werden.
//!
//! ## Beispiel
//! Ein Beleg im Bericht zum 3. Quartal 2024 ist am 02.10.2024 bezahlt.
//!
//! ## Abhilfe
//! Das Datum berichtigen, den Beleg im richtigen Quartal melden oder in der Spalte „korrigiertes Quartal“ das
//! Quartal nennen, zu dem er gehört.
//!
//! ## What it checks
//! The payment date of a voucher lies in the quarter of the report. Vouchers that correct an earlier quarter may
//! have another date.
//!
//! ## Why
//! What was paid in the quarter counts. A voucher in the wrong quarter shifts the outflow of funds and may be
//! reported twice.
//!
//! ## Example
//! A voucher in the report on the third quarter of 2024 was paid on 2 October 2024.
//!
//! ## How to fix
//! Correct the date, report the voucher in the right quarter, or name the quarter it belongs to in the column
//! “corrected quarter”.

use super::super::subject::Subject;
use crate::{
    figures::VoucherColumn,
    finding::{Detail, Finding},
};

/// Looks for payment dates outside the quarter; those outside the grant period are left to `FIN-05`. Without
/// the column in which corrections are named, the rule says nothing: that it is missing is found already.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let quarter = subject.context.quarter.period();
    let grant = subject.context.subproject.grant_period;
    let list = &subject.figures.vouchers;
    let mut found = Vec::new();
    if !list.columns.contains_key(&VoucherColumn::Corrects) {
        return found;
    }
    for voucher in &list.rows {
        let Some(paid_on) = voucher.paid_on else { continue };
        if voucher.corrects.is_none() && !quarter.contains(paid_on) && grant.contains(paid_on) {
            found.push(Finding::at(
                list.cell(voucher, VoucherColumn::PaidOn),
                Detail::PaidOutsideQuarter {
                    paid_on,
                    quarter: subject.context.quarter,
                },
            ));
        }
    }
    found
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        figures::VoucherColumn,
        finding::Code,
        rules::testing::{Grid, day, quarter},
    };

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().voucher("B-3", |voucher| voucher.paid_on = Some(day(10, 2)))
    }

    #[test]
    fn without_the_column_of_corrections_it_is_left_to_the_reader() {
        let mut grid = example();
        grid.figures.vouchers.columns.remove(&VoucherColumn::Corrects);
        assert!(grid.cells(Code::Fin04).is_empty());
    }

    #[test]
    fn a_payment_outside_the_quarter_is_found_at_its_date() {
        assert_eq!(example().lines(), ["FIN-04 Belege!B7"]);
    }

    #[test]
    fn the_first_and_the_last_day_belong_to_the_quarter() {
        for (paid_on, found) in [(day(6, 30), 1), (day(7, 1), 0), (day(9, 30), 0), (day(10, 1), 1)] {
            let grid = Grid::sound().voucher("B-1", |voucher| voucher.paid_on = Some(paid_on));
            assert_eq!(grid.cells(Code::Fin04).len(), found, "{paid_on}");
        }
    }

    #[test]
    fn a_correction_may_have_another_date() {
        let grid = example().voucher("B-3", |voucher| voucher.corrects = Some(quarter("2024-Q2")));
        assert!(grid.check().is_empty());
    }
}
