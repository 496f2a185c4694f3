//! Comparing two voucher lists voucher by voucher, by their numbers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use nachweis_domain::{
    figures::{Voucher, VoucherList},
    key::ItemKey,
    limits,
    money::Money,
    quarter::Quarter,
};

use super::{VoucherChange, VoucherChanges};

/// The vouchers that differ, in the order of their numbers; those without a number first.
///
/// Vouchers belong together when they have the same number. Where a list has a number several times, equal ones are taken
/// out first and the rest are compared in the order of the sheet. In which row a voucher stands makes no difference.
pub(crate) fn compare(before: &VoucherList, after: &VoucherList) -> VoucherChanges {
    let mut numbers: BTreeMap<Option<&str>, [Vec<&Voucher>; 2]> = BTreeMap::new();
    for voucher in without_equal(before, after) {
        let [gone, _] = numbers.entry(voucher.number.as_deref()).or_default();
        gone.push(voucher);
    }
    for voucher in without_equal(after, before) {
        let [_, new] = numbers.entry(voucher.number.as_deref()).or_default();
        new.push(voucher);
    }
    let mut changes = VoucherChanges::default();
    for [before, after] in numbers.into_values() {
        for place in 0..before.len().max(after.len()) {
            changes.total = changes.total.saturating_add(1);
            if changes.listed.len() < limits::VOUCHER_CHANGES.size() {
                changes.listed.push(VoucherChange {
                    before: before.get(place).copied().cloned(),
                    after: after.get(place).copied().cloned(),
                });
            }
        }
    }
    changes
}

/// The vouchers of a list for which another has no equal one; each of the other's stands for one only.
fn without_equal<'a>(list: &'a VoucherList, other: &'a VoucherList) -> Vec<&'a Voucher> {
    let mut equal: BTreeMap<Content<'_>, usize> = BTreeMap::new();
    for voucher in &other.rows {
        let count = equal.entry(Content::of(voucher)).or_default();
        *count = count.saturating_add(1);
    }
    let mut left = Vec::new();
    for voucher in &list.rows {
        match equal.get_mut(&Content::of(voucher)) {
            Some(count) if *count > 0 => *count = count.saturating_sub(1),
            _ => left.push(voucher),
        }
    }
    left
}

/// What a voucher says, wherever it stands.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Content<'a> {
    number: Option<&'a str>,
    paid_on: Option<NaiveDate>,
    payee: Option<&'a str>,
    purpose: Option<&'a str>,
    item: Option<&'a ItemKey>,
    amount: Option<Money>,
    corrects: Option<Quarter>,
}

impl<'a> Content<'a> {
    fn of(voucher: &'a Voucher) -> Self {
        Self {
            number: voucher.number.as_deref(),
            paid_on: voucher.paid_on,
            payee: voucher.payee.as_deref(),
            purpose: voucher.purpose.as_deref(),
            item: voucher.item.as_ref(),
            amount: voucher.amount,
            corrects: voucher.corrects,
        }
    }
}

#[cfg(test)]
mod tests {
    use nachweis_domain::{key::ItemKey, money::Money};

    use super::*;

    fn voucher(row: u32, number: &str) -> Voucher {
        Voucher {
            row,
            number: Some(number.to_owned()),
            paid_on: Some("2024-07-03".parse().unwrap()),
            payee: Some("Lohnkonto".to_owned()),
            purpose: Some("Gehalt".to_owned()),
            item: Some(ItemKey::new("staff_employees")),
            amount: Some(Money::from_euro(100)),
            corrects: None,
        }
    }

    fn list(rows: impl IntoIterator<Item = Voucher>) -> VoucherList {
        VoucherList {
            rows: rows.into_iter().collect(),
            ..VoucherList::default()
        }
    }

    #[test]
    fn each_field_of_a_voucher_that_differs_is_a_difference_though_count_and_sum_are_the_same() {
        let fields: [fn(&mut Voucher); 5] = [
            |voucher| voucher.payee = Some("Miete".to_owned()),
            |voucher| voucher.purpose = None,
            |voucher| voucher.item = Some(ItemKey::new("fees")),
            |voucher| voucher.paid_on = Some("2024-07-04".parse().unwrap()),
            |voucher| voucher.corrects = Some("2024-Q1".parse().unwrap()),
        ];
        for (place, change) in fields.into_iter().enumerate() {
            let before = [voucher(1, "1"), voucher(2, "2")];
            let mut after = before.clone();
            change(&mut after[1]);
            let found = compare(&list(before.clone()), &list(after.clone()));
            let expected = VoucherChange {
                before: Some(before[1].clone()),
                after: Some(after[1].clone()),
            };
            assert_eq!((found.total, found.listed), (1, vec![expected]), "field {place}");
        }
    }

    #[test]
    fn vouchers_in_another_row_are_the_same_and_one_that_is_new_or_gone_stands_alone() {
        let before = list([voucher(1, "1"), voucher(2, "2"), voucher(3, "2")]);
        let moved = list([voucher(1, "2"), voucher(2, "1"), voucher(3, "2")]);
        assert_eq!(compare(&before, &moved), VoucherChanges::default());
        let one_less = list([voucher(1, "1"), voucher(2, "2"), voucher(3, "3")]);
        let found = compare(&before, &one_less);
        let sides: Vec<_> = found
            .listed
            .iter()
            .map(|change| (change.before.is_some(), change.after.is_some()))
            .collect();
        assert_eq!(sides, [(true, false), (false, true)]);
    }

    #[test]
    fn no_more_are_listed_than_anybody_reads_but_all_are_counted() {
        let most = u32::try_from(limits::VOUCHER_CHANGES.value).unwrap();
        let many = list((0..=most).map(|row| voucher(row, &row.to_string())));
        let found = compare(&VoucherList::default(), &many);
        assert_eq!(found.total, u64::from(most) + 1);
        assert_eq!(found.listed.len(), limits::VOUCHER_CHANGES.size());
    }
}
