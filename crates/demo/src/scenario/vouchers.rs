//! Made-up voucher lists: the vouchers of an item sum to its amount exactly.

use std::{collections::BTreeMap, sync::Arc};

use chrono::Days;
use nachweis_domain::{
    figures::{Voucher, VoucherColumn, VoucherList},
    key::ItemKey,
    language::Language,
    money::Money,
    period::Period,
    quarter::Quarter,
    round::{FundingRound, ItemKind},
};

use super::correction::Correction;
use crate::{dice::Dice, working_day};

/// The sheet and its columns, as the template has them; readers and issuers use their own layout.
const SHEET: &str = "Belege";
const FIRST_ROW: u32 = 4;
const COLUMNS: [VoucherColumn; 7] = [
    VoucherColumn::Number,
    VoucherColumn::PaidOn,
    VoucherColumn::Payee,
    VoucherColumn::Purpose,
    VoucherColumn::Item,
    VoucherColumn::Amount,
    VoucherColumn::Corrects,
];

/// The voucher list of a quarter with about `count` vouchers; each item that is vouched and not zero has one at least, and
/// what is corrected has one that names its quarter.
pub(super) fn vouchers(
    round: &FundingRound,
    amounts: &BTreeMap<ItemKey, Money>,
    correction: Option<&Correction>,
    (quarter, grant): (Quarter, Period),
    count: u32,
    dice: &mut Dice,
) -> VoucherList {
    let mut list = VoucherList {
        sheet: Arc::from(SHEET),
        columns: COLUMNS.into_iter().zip(0..).collect(),
        rows: Vec::new(),
    };
    let vouched = round
        .plan_items
        .iter()
        .filter(|spec| !matches!(spec.kind, ItemKind::FlatRate { .. }));
    let amounts: Vec<(&ItemKey, Money)> = vouched
        .filter_map(|spec| amounts.get_key_value(&spec.key))
        .map(|(item, amount)| (item, *amount - corrected(item, correction)))
        .filter(|(_, amount)| !amount.is_zero())
        .collect();
    let weights: Vec<u64> = amounts
        .iter()
        .map(|(_, amount)| amount.cents().unsigned_abs())
        .collect();
    let counts = Money::from_cents(count.into()).allocate(&weights);
    for ((item, amount), count) in amounts.into_iter().zip(counts) {
        // No voucher below one cent.
        let count = count.cents().clamp(1, amount.cents().max(1));
        let weights: Vec<u64> = (0..count).map(|_| dice.between(60, 140).unsigned_abs()).collect();
        for part in amount
            .allocate(&weights)
            .into_iter()
            .filter(|part| !part.is_zero())
        {
            let index = u32::try_from(list.rows.len()).unwrap_or(u32::MAX);
            list.rows.push(voucher(item, part, (quarter, grant), index, dice));
        }
    }
    if let Some(correction) = correction {
        let index = u32::try_from(list.rows.len()).unwrap_or(u32::MAX);
        let usual = voucher(&correction.item, correction.amount, (quarter, grant), index, dice);
        list.rows.push(Voucher {
            purpose: Some(format!(
                "Korrektur zu {}: {}",
                correction.corrects.display(Language::De),
                correction.purpose
            )),
            corrects: Some(correction.corrects),
            ..usual
        });
    }
    list
}

/// The part of an item's amount that corrects an earlier quarter.
fn corrected(item: &ItemKey, correction: Option<&Correction>) -> Money {
    correction
        .filter(|correction| correction.item == *item)
        .map(|correction| correction.amount)
        .unwrap_or_default()
}

fn voucher(
    item: &ItemKey,
    amount: Money,
    (quarter, grant): (Quarter, Period),
    index: u32,
    dice: &mut Dice,
) -> Voucher {
    let first = quarter.first_day().max(grant.first);
    let last = quarter.last_day().min(grant.last);
    let drawn = first + Days::new(dice.between(0, (last - first).num_days()).unsigned_abs());
    let after = working_day::on_or_after(drawn);
    let paid_on = if after <= last {
        after
    } else {
        working_day::on_or_before(drawn)
    };
    let month = paid_on.format("%m/%Y");
    let (payee, purpose) = match item.as_str() {
        "staff_employees" => {
            let person = dice.between(1, 12);
            (
                format!("Beschäftigte/r P{person:02}"),
                format!("Arbeitgeberbrutto {month}"),
            )
        }
        "freelancer_fees" => {
            let person = dice.between(1, 9);
            (
                format!("Honorarkraft H{person:02}"),
                format!("Honorar Unterricht {month}"),
            )
        }
        "participant_costs" => {
            let purpose = dice.pick(&["Fahrkosten", "Lehrbücher", "Prüfungsgebühren", "Kinderbetreuung"]);
            (
                "Sammelauszahlung an Teilnehmende".to_owned(),
                format!("{purpose} {month}"),
            )
        }
        "income" => (
            "Teilnehmende, Sammelbuchung".to_owned(),
            format!("Teilnahmeentgelte {month}"),
        ),
        _ => (
            "Musterlieferant (erfunden)".to_owned(),
            format!("Ausgaben {month}"),
        ),
    };
    Voucher {
        row: FIRST_ROW + index,
        number: Some(format!(
            "{}-{}-{:05}",
            quarter.year(),
            quarter.number(),
            index + 1
        )),
        paid_on: Some(paid_on),
        payee: Some(payee),
        purpose: Some(purpose),
        item: Some(item.clone()),
        amount: Some(amount),
        corrects: None,
    }
}
