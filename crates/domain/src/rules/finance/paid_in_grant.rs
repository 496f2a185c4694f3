//! FIN-05: payments lie inside the grant period.
//!
//! ## Was geprüft wird
//! Das Zahlungsdatum eines Belegs liegt im Bewilligungszeitraum des Teilvorhabens, auch bei Korrekturen.
//!
//! ## Warum
//! Zuwendungsfähig ist nur, was im Bewilligungszeitraum bezahlt wurde (Zuwendungsbescheid; VO (EU) 2021/1060 Art.
//! 63).
//!
//! ## Beispiel
//! Der Bewilligungszeitraum beginnt am 01.01.2023, ein Beleg ist am 30.12.2022 bezahlt.
//!
//! ## Abhilfe
//! Das Datum berichtigen oder den Beleg entfernen.
//!
//! ## What it checks
//! The payment date of a voucher lies in the grant period of the subproject, also in corrections.
//!
//! ## Why
//! Only what was paid in the grant period is eligible (grant notice; Regulation (EU) 2021/1060 Art. 63).
//!
//! ## Example
//! The grant period begins on 1 January 2023, a voucher was paid on 30 December 2022.
//!
//! ## How to fix
//! Correct the date or remove the voucher.

use super::super::subject::Subject;
use crate::{
    figures::VoucherColumn,
    finding::{Detail, Finding},
};

/// Looks for payment dates outside the grant period.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let grant = subject.context.subproject.grant_period;
    let list = &subject.figures.vouchers;
    let mut found = Vec::new();
    for voucher in &list.rows {
        let Some(paid_on) = voucher.paid_on else { continue };
        if !grant.contains(paid_on) {
            found.push(Finding::at(
                list.cell(voucher, VoucherColumn::PaidOn),
                Detail::PaidOutsideGrant {
                    paid_on,
                    first: grant.first,
                    last: grant.last,
                },
            ));
        }
    }
    found
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use chrono::NaiveDate;

    use crate::rules::testing::{Grid, quarter};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().voucher("B-2", |voucher| {
            voucher.paid_on = NaiveDate::from_ymd_opt(2022, 12, 30);
        })
    }

    #[test]
    fn a_payment_outside_the_grant_period_is_found_once() {
        assert_eq!(example().lines(), ["FIN-05 Belege!B6"]);
    }

    #[test]
    fn a_correction_may_not_leave_the_grant_period_either() {
        let grid = example().voucher("B-2", |voucher| voucher.corrects = Some(quarter("2023-Q1")));
        assert_eq!(grid.lines(), ["FIN-05 Belege!B6"]);
    }
}
