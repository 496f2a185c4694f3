//! FIN-16: every voucher has all its fields.
//!
//! ## Was geprüft wird
//! Ein Beleg hat Nummer, Zahlungsdatum, Zahlungsempfänger, Verwendungszweck, Einzelansatz und Betrag.
//!
//! ## Warum
//! Die Belegliste ist Teil des zahlenmäßigen Nachweises; ohne diese Angaben kann ein Beleg nicht geprüft werden
//! (ANBest-P Nr. 6).
//!
//! ## Beispiel
//! In Zeile 12 fehlt die Belegnummer.
//!
//! ## Abhilfe
//! Die fehlende Angabe ergänzen oder die Zeile löschen, wenn sie nicht gebraucht wird.
//!
//! ## What it checks
//! A voucher has number, payment date, payee, purpose, plan item and amount.
//!
//! ## Why
//! The voucher list is part of the numeric proof; a voucher without these cannot be checked (ANBest-P no. 6).
//!
//! ## Example
//! The voucher number is missing in row 12.
//!
//! ## How to fix
//! Add what is missing, or delete the row if it is not needed.

use super::super::subject::Subject;
use crate::{
    figures::{Voucher, VoucherColumn},
    finding::{Column, Detail, Finding},
};

/// Looks for empty fields. A field that could not be read is empty here too; [`crate::rules::merge`] drops the finding
/// where the reader has reported the cell. A column that the sheet lacks is found once, by the reader (`TPL-06`).
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let list = &subject.figures.vouchers;
    let mut found = Vec::new();
    for voucher in &list.rows {
        for (column, name) in missing(voucher).filter(|(column, _)| list.columns.contains_key(column)) {
            found.push(Finding::at(
                list.cell(voucher, column),
                Detail::VoucherIncomplete { column: name },
            ));
        }
    }
    found
}

fn missing(voucher: &Voucher) -> impl Iterator<Item = (VoucherColumn, Column)> {
    let blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    let fields = [
        (
            blank(&voucher.number),
            VoucherColumn::Number,
            Column::VoucherNumber,
        ),
        (voucher.paid_on.is_none(), VoucherColumn::PaidOn, Column::PaidOn),
        (blank(&voucher.payee), VoucherColumn::Payee, Column::Payee),
        (blank(&voucher.purpose), VoucherColumn::Purpose, Column::Purpose),
        (voucher.item.is_none(), VoucherColumn::Item, Column::Item),
        (voucher.amount.is_none(), VoucherColumn::Amount, Column::Amount),
    ];
    fields
        .into_iter()
        .filter(|(missing, _, _)| *missing)
        .map(|(_, column, name)| (column, name))
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{figures::VoucherColumn, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().voucher("B-1", |voucher| voucher.number = None)
    }

    #[test]
    fn each_missing_field_is_found_at_its_cell() {
        let grid = Grid::sound().add_voucher(|voucher| {
            voucher.number = None;
            voucher.paid_on = None;
            voucher.payee = Some("  ".to_owned());
            voucher.purpose = None;
            voucher.item = None;
            voucher.amount = None;
        });
        let columns = ["A", "B", "C", "D", "E", "F"];
        let expected: Vec<String> = columns
            .iter()
            .map(|column| format!("FIN-16 Belege!{column}9"))
            .collect();
        assert_eq!(grid.lines(), expected);
    }

    #[test]
    fn a_missing_column_is_left_to_the_reader() {
        let mut grid = Grid::sound().voucher("B-1", |voucher| voucher.payee = None);
        grid.figures.vouchers.columns.remove(&VoucherColumn::Payee);
        assert!(grid.check().is_empty());
    }

    #[test]
    fn only_the_corrected_quarter_may_be_empty() {
        assert_eq!(example().lines(), ["FIN-16 Belege!A5"]);
    }
}
