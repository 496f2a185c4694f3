//! FIN-01: the vouchers of a plan item sum to its amount.
//!
//! ## Was geprüft wird
//! Die Beträge der Belege eines Einzelansatzes ergeben zusammen den Betrag, der im Blatt „Ausgaben“ für ihn steht.
//! Korrekturen früherer Quartale zählen mit. Pauschalen haben keine Belege.
//!
//! ## Warum
//! Ausgaben werden nach Belegen abgerechnet; ein Betrag ohne Beleg kann nicht geprüft werden (ANBest-P Nr. 6,
//! Belegliste).
//!
//! ## Beispiel
//! Für Honorare stehen 2.600,00 € in den Ausgaben, die Belege ergeben 2.500,00 €.
//!
//! ## Abhilfe
//! Den fehlenden Beleg ergänzen, einen falschen Betrag berichtigen oder den Betrag im Blatt „Ausgaben“ anpassen.
//!
//! ## What it checks
//! The amounts of a plan item's vouchers sum to the amount that the sheet “Ausgaben” gives for it. Corrections of
//! earlier quarters count. Flat rates have no vouchers.
//!
//! ## Why
//! Spending is accounted for by vouchers; an amount without a voucher cannot be checked (ANBest-P no. 6, voucher
//! list).
//!
//! ## Example
//! Freelancer fees stand at €2,600.00, the vouchers sum to €2,500.00.
//!
//! ## How to fix
//! Add the missing voucher, correct a wrong amount, or change the amount on the sheet “Ausgaben”.

use std::collections::{BTreeMap, BTreeSet};

use super::super::subject::Subject;
use crate::{
    figures::VoucherColumn,
    finding::{Detail, Finding},
    money::Money,
    round::ItemKind,
};

/// What the vouchers of an item say.
#[derive(Default)]
struct Booked {
    sum: Money,
    /// Whether an amount could not be read; the reader has said so, and the sum means nothing.
    has_unread: bool,
}

/// Compares amount and vouchers of every item that has vouchers. An item is left out when one of its vouchers has no
/// amount, or when a voucher without item explains the difference: both are found at their own cells. Without the sheet
/// or a column that it needs, the rule says nothing: that they are missing is found already.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let has_column = |column| subject.figures.vouchers.columns.contains_key(&column);
    if !has_column(VoucherColumn::Item) || !has_column(VoucherColumn::Amount) {
        return Vec::new();
    }
    let mut booked: BTreeMap<&str, Booked> = BTreeMap::new();
    let mut unassigned: BTreeSet<Money> = BTreeSet::new();
    let mut unassigned_sum = Money::ZERO;
    for voucher in &subject.figures.vouchers.rows {
        match (&voucher.item, voucher.amount) {
            (Some(item), Some(amount)) => booked.entry(item.as_str()).or_default().sum += amount,
            (Some(item), None) => booked.entry(item.as_str()).or_default().has_unread = true,
            (None, Some(amount)) => {
                unassigned_sum += amount;
                unassigned.insert(amount);
            }
            (None, None) => {}
        }
    }
    unassigned.insert(unassigned_sum);
    let mut found = Vec::new();
    for spec in &subject.round.plan_items {
        let Some(figure) = subject.item(&spec.key) else {
            continue;
        };
        let of_item = booked.remove(spec.key.as_str()).unwrap_or_default();
        let amount = figure.amount.value;
        let explained = unassigned.contains(&(amount - of_item.sum));
        if matches!(spec.kind, ItemKind::FlatRate { .. })
            || of_item.has_unread
            || explained
            || amount == of_item.sum
        {
            continue;
        }
        found.push(Finding::at(
            figure.amount.at.clone(),
            Detail::VoucherSum {
                item: spec.name.clone(),
                amount,
                vouchers: of_item.sum,
            },
        ));
    }
    found
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        figures::{VoucherColumn, VoucherList},
        finding::Code,
        key::ItemKey,
        money::Money,
        rules::testing::{Grid, quarter},
    };

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().spend("freelancer_fees", "2600.00")
    }

    #[test]
    fn an_amount_that_the_vouchers_do_not_give_is_found_at_its_cell() {
        assert_eq!(example().cells(Code::Fin01), ["Ausgaben!E6"]);
        let one_cent =
            Grid::sound().voucher("B-4", |voucher| voucher.amount = Some(Money::from_cents(100_001)));
        assert_eq!(one_cent.cells(Code::Fin01), ["Ausgaben!E8"]);
    }

    #[test]
    fn income_needs_vouchers_too() {
        assert_eq!(
            Grid::sound().spend("income", "100.00").cells(Code::Fin01),
            ["Ausgaben!E9"]
        );
    }

    #[test]
    fn corrections_of_earlier_quarters_count() {
        let grid = Grid::sound()
            .add_voucher(|voucher| {
                voucher.amount = Some(Money::from_euro(-200));
                voucher.corrects = Some(quarter("2024-Q1"));
            })
            .spend("staff_employees", "7300.00");
        assert!(grid.cells(Code::Fin01).is_empty());
    }

    #[test]
    fn flat_rates_have_no_vouchers() {
        assert!(
            Grid::sound()
                .spend("remaining_costs", "0.01")
                .cells(Code::Fin01)
                .is_empty()
        );
    }

    #[test]
    fn what_another_finding_explains_is_not_found_again() {
        let unread = Grid::sound().voucher("B-3", |voucher| voucher.amount = None);
        assert!(unread.cells(Code::Fin01).is_empty());
        let unassigned = Grid::sound().voucher("B-1", |voucher| voucher.item = None);
        assert!(unassigned.cells(Code::Fin01).is_empty());
        let both = unassigned.spend("freelancer_fees", "2600.00");
        assert_eq!(both.cells(Code::Fin01), ["Ausgaben!E6"]);
    }

    #[test]
    fn a_missing_sheet_or_column_is_left_to_the_reader() {
        for column in [VoucherColumn::Item, VoucherColumn::Amount] {
            let mut grid = example();
            grid.figures.vouchers.columns.remove(&column);
            assert!(grid.cells(Code::Fin01).is_empty());
        }
        let mut grid = example();
        grid.figures.vouchers = VoucherList::default();
        assert!(grid.cells(Code::Fin01).is_empty());
    }

    #[test]
    fn a_missing_amount_is_left_to_the_reader() {
        let mut grid = Grid::sound();
        grid.figures
            .expenditure
            .retain(|figure| figure.item != ItemKey::new("staff_employees"));
        assert!(grid.cells(Code::Fin01).is_empty());
    }
}
