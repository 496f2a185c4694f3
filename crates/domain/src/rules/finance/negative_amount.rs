//! FIN-14: negative amounts are corrections that name their quarter.
//!
//! ## Was geprüft wird
//! Ein negativer Betrag steht nur in einer Belegzeile, die das korrigierte Quartal nennt. Beträge der Ausgaben und
//! der Mittel sind nur negativ, wenn die Belegliste eine solche Korrektur enthält. Erhaltene Mittel dürfen negativ
//! sein, wenn zurückgezahlt wurde.
//!
//! ## Warum
//! Was früher gemeldet wurde, wird nicht überschrieben: Eine Korrektur ist eine eigene Zeile, die man bis zum
//! ursprünglichen Quartal zurückverfolgen kann.
//!
//! ## Beispiel
//! Ein Beleg über -200,00 € nennt kein korrigiertes Quartal.
//!
//! ## Abhilfe
//! In der Spalte „korrigiertes Quartal“ das Quartal nennen, zum Beispiel 2024-Q1, oder das Vorzeichen berichtigen.
//!
//! ## What it checks
//! A negative amount stands only in a voucher line that names the corrected quarter. Amounts of spending and of
//! funds are negative only when the voucher list holds such a correction. Money received may be negative when it
//! was paid back.
//!
//! ## Why
//! What was reported earlier is not overwritten: a correction is a line of its own that can be traced back to its
//! quarter.
//!
//! ## Example
//! A voucher of -€200.00 names no corrected quarter.
//!
//! ## How to fix
//! Name the quarter in the column “corrected quarter”, for example 2024-Q1, or correct the sign.

use super::super::subject::Subject;
use crate::{
    cell::CellRef,
    figures::VoucherColumn,
    finding::{Detail, Finding},
    money::Money,
    round::ItemKind,
};

/// Looks for negative amounts in vouchers; where none is a correction, also in spending and funds. Without the column in
/// which corrections are named, the rule says nothing: that it is missing is found already.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let list = &subject.figures.vouchers;
    if !list.columns.contains_key(&VoucherColumn::Corrects) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut corrected = false;
    for voucher in &list.rows {
        corrected |= voucher.corrects.is_some();
        let amount = voucher.amount.unwrap_or_default();
        if amount.is_negative() && voucher.corrects.is_none() {
            found.push(finding(list.cell(voucher, VoucherColumn::Amount), amount));
        }
    }
    // A negative total only follows from the vouchers found already, or from a correction.
    if found.is_empty() && !corrected {
        found.extend(totals(subject));
    }
    found
}

fn totals(subject: &Subject<'_>) -> Vec<Finding> {
    let typed = subject
        .figures
        .expenditure
        .iter()
        .filter(|figure| !matches!(subject.item_kind(&figure.item), Some(ItemKind::FlatRate { .. })))
        .map(|figure| &figure.amount);
    let funds = subject
        .figures
        .funds
        .iter()
        .flat_map(|fund| fund.called.iter().chain(&fund.spent));
    typed
        .chain(funds)
        .filter(|amount| amount.value.is_negative())
        .map(|amount| finding(amount.at.clone(), amount.value))
        .collect()
}

const fn finding(at: CellRef, amount: Money) -> Finding {
    Finding::at(at, Detail::NegativeAmount { amount })
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        figures::VoucherColumn,
        finding::Code,
        money::Money,
        rules::testing::{Grid, quarter},
    };

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().add_voucher(|voucher| voucher.amount = Some(Money::from_euro(-200)))
    }

    #[test]
    fn without_the_column_of_corrections_it_is_left_to_the_reader() {
        let mut grid = example();
        grid.figures.vouchers.columns.remove(&VoucherColumn::Corrects);
        assert!(grid.cells(Code::Fin14).is_empty());
    }

    #[test]
    fn a_negative_voucher_is_found_at_its_amount() {
        assert_eq!(example().cells(Code::Fin14), ["Belege!F9"]);
    }

    #[test]
    fn a_correction_may_be_negative() {
        let grid = example().voucher("B-5", |voucher| voucher.corrects = Some(quarter("2024-Q1")));
        assert!(grid.cells(Code::Fin14).is_empty());
    }

    #[test]
    fn negative_spending_and_funds_need_a_correction() {
        let negative = Grid::sound()
            .spend("income", "-0.01")
            .spend_from("own_private", "-0.01");
        assert_eq!(negative.cells(Code::Fin14), ["Ausgaben!E9", "Mittel!D8"]);
        let corrected = negative.add_voucher(|voucher| voucher.corrects = Some(quarter("2024-Q1")));
        assert!(corrected.cells(Code::Fin14).is_empty());
    }

    #[test]
    fn money_paid_back_may_be_negative() {
        let grid = Grid::sound().fund("esf_plus", |fund| {
            fund.received.as_mut().unwrap().value = Money::from_euro(-500);
        });
        assert!(grid.cells(Code::Fin14).is_empty());
    }
}
