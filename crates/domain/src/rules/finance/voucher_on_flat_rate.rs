//! FIN-03: no vouchers on flat-rate items.
//!
//! ## Was geprüft wird
//! Kein Beleg ist einem Ansatz zugeordnet, der als Pauschale abgerechnet wird.
//!
//! ## Warum
//! Was eine Pauschale abdeckt, wird nicht belegt; ein solcher Beleg würde dieselben Kosten ein zweites Mal geltend
//! machen (VO (EU) 2021/1060 Art. 53 ff.).
//!
//! ## Beispiel
//! Eine Mietrechnung ist der Restkostenpauschale zugeordnet.
//!
//! ## Abhilfe
//! Den Beleg entfernen oder dem richtigen Ansatz zuordnen.
//!
//! ## What it checks
//! No voucher is assigned to an item that is settled as a flat rate.
//!
//! ## Why
//! What a flat rate covers is not vouched; such a voucher would claim the same cost a second time (Regulation (EU)
//! 2021/1060 Art. 53 ff.).
//!
//! ## Example
//! A rent invoice is assigned to the remaining-cost flat rate.
//!
//! ## How to fix
//! Remove the voucher or assign it to the right plan item.

use super::super::subject::Subject;
use crate::{
    figures::VoucherColumn,
    finding::{Detail, Finding},
    round::ItemKind,
};

/// Looks for vouchers on flat-rate items.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let list = &subject.figures.vouchers;
    let mut found = Vec::new();
    for voucher in &list.rows {
        let Some(item) = &voucher.item else { continue };
        if matches!(subject.item_kind(item), Some(ItemKind::FlatRate { .. })) {
            found.push(Finding::at(
                list.cell(voucher, VoucherColumn::Item),
                Detail::VoucherOnFlatRate {
                    item: subject.item_name(item),
                },
            ));
        }
    }
    found
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{key::ItemKey, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().add_voucher(|voucher| voucher.item = Some(ItemKey::new("remaining_costs")))
    }

    #[test]
    fn a_voucher_on_a_flat_rate_is_found_at_its_item() {
        assert_eq!(example().lines(), ["FIN-03 Belege!E9"]);
    }
}
