//! Errors of money.

use chrono::Days;
use nachweis_domain::{
    context::ReportingContext,
    figures::{FundFigure, QuarterlyFigures},
    finding::Code,
    key::ItemKey,
    money::Money,
    round::{FundingRound, ItemKind, SourceKind},
};

use super::{PlantedError, error};

pub(super) const ERRORS: [PlantedError; 14] = [
    error(
        "the amount of an item is one cent more than its vouchers",
        Code::Fin01,
        |round, _, figures| {
            let item = vouched_item(round, figures)?;
            *amount_of(figures, &item)? += Money::from_cents(1);
            compute_flat_rates(round, figures);
            Some(())
        },
    ),
    error(
        "a flat rate is typed as one euro more",
        Code::Fin02,
        |round, _, figures| {
            *amount_of(figures, &flat_item(round)?)? += Money::from_euro(1);
            Some(())
        },
    ),
    error(
        "a voucher is booked on a flat rate",
        Code::Fin03,
        |round, _, figures| {
            figures.vouchers.rows.first_mut()?.item = Some(flat_item(round)?);
            Some(())
        },
    ),
    error(
        "a payment of the next quarter",
        Code::Fin04,
        |_, context, figures| {
            let next = context.quarter.next().first_day();
            let inside = context.subproject.grant_period.contains(next);
            figures.vouchers.rows.first_mut().filter(|_| inside)?.paid_on = Some(next);
            Some(())
        },
    ),
    error(
        "a payment before the grant began",
        Code::Fin05,
        |_, context, figures| {
            let first = context.subproject.grant_period.first;
            figures.vouchers.rows.first_mut()?.paid_on = first.checked_sub_days(Days::new(2));
            Some(())
        },
    ),
    error("two vouchers with one number", Code::Fin06, |_, _, figures| {
        let [first, second, ..] = figures.vouchers.rows.as_mut_slice() else {
            return None;
        };
        second.number.clone_from(&first.number);
        Some(())
    }),
    error(
        "a source one euro above what was spent",
        Code::Fin10,
        |_, _, figures| {
            let spent = figures.funds.iter_mut().find_map(|fund| fund.spent.as_mut())?;
            spent.value += Money::from_euro(1);
            Some(())
        },
    ),
    error(
        "everything paid from ESF Plus",
        Code::Fin11,
        |round, _, figures| {
            let total: Money = figures
                .funds
                .iter()
                .filter_map(|fund| fund.spent.as_ref())
                .map(|spent| spent.value)
                .sum();
            let union = round
                .sources
                .iter()
                .find(|source| source.kind == SourceKind::Union)?;
            for fund in &mut figures.funds {
                fund.spent.as_mut()?.value = if fund.source == union.key {
                    total
                } else {
                    Money::ZERO
                };
            }
            (total > Money::ZERO).then_some(())
        },
    ),
    error(
        "a negative voucher that names no quarter",
        Code::Fin14,
        |_, _, figures| {
            let voucher = figures.vouchers.rows.first_mut()?;
            voucher.amount = Some(-voucher.amount?.abs());
            Some(())
        },
    ),
    error(
        "a correction of the quarter itself",
        Code::Fin15,
        |_, context, figures| {
            figures.vouchers.rows.first_mut()?.corrects = Some(context.quarter);
            Some(())
        },
    ),
    error("a voucher without a purpose", Code::Fin16, |_, _, figures| {
        figures.vouchers.rows.first_mut()?.purpose = None;
        Some(())
    }),
    error(
        "an item far above its plan without savings elsewhere",
        Code::Fin08,
        above_award,
    ),
    error("spending above the award", Code::Fin09, above_award),
    error("own funds left out", Code::Fin12, |round, _, figures| {
        let kind = |fund: &FundFigure| round.source(&fund.source).map(|source| source.kind);
        let mut moved = Money::ZERO;
        for fund in figures
            .funds
            .iter_mut()
            .filter(|fund| kind(fund) == Some(SourceKind::Own))
        {
            moved += std::mem::take(&mut fund.spent.as_mut()?.value);
        }
        let grant = figures
            .funds
            .iter_mut()
            .find(|fund| kind(fund) == Some(SourceKind::Grant))?;
        grant.spent.as_mut()?.value += moved;
        (moved > Money::from_cents(100)).then_some(())
    }),
];

/// Adds the whole award to an item and one of its vouchers.
fn above_award(
    round: &FundingRound,
    context: &ReportingContext,
    figures: &mut QuarterlyFigures,
) -> Option<()> {
    let item = vouched_item(round, figures)?;
    let awarded = context.plan.awarded(round);
    *amount_of(figures, &item)? += awarded;
    let vouchers = figures.vouchers.rows.iter_mut();
    let voucher = vouchers
        .into_iter()
        .find(|voucher| voucher.item.as_ref() == Some(&item))?;
    voucher.amount = Some(voucher.amount? + awarded);
    compute_flat_rates(round, figures);
    Some(())
}

fn flat_item(round: &FundingRound) -> Option<ItemKey> {
    let flat = round
        .plan_items
        .iter()
        .find(|item| matches!(item.kind, ItemKind::FlatRate { .. }));
    flat.map(|item| item.key.clone())
}

/// The first item of actual expenditure that has a voucher.
fn vouched_item(round: &FundingRound, figures: &QuarterlyFigures) -> Option<ItemKey> {
    let has_voucher = |key: &ItemKey| {
        figures
            .vouchers
            .rows
            .iter()
            .any(|voucher| voucher.item.as_ref() == Some(key))
    };
    let actual = round
        .plan_items
        .iter()
        .filter(|item| item.kind == ItemKind::Actual);
    actual.map(|item| &item.key).find(|key| has_voucher(key)).cloned()
}

fn amount_of<'a>(figures: &'a mut QuarterlyFigures, item: &ItemKey) -> Option<&'a mut Money> {
    let figure = figures
        .expenditure
        .iter_mut()
        .find(|figure| &figure.item == item)?;
    Some(&mut figure.amount.value)
}

/// Computes the flat rates as the workbook's formulas do.
fn compute_flat_rates(round: &FundingRound, figures: &mut QuarterlyFigures) {
    for item in &round.plan_items {
        let ItemKind::FlatRate { base, rate, .. } = &item.kind else {
            continue;
        };
        let of_base = figures
            .expenditure
            .iter()
            .filter(|figure| base.contains(&figure.item));
        let base: Money = of_base.map(|figure| figure.amount.value).sum();
        if let Some(amount) = amount_of(figures, &item.key) {
            *amount = base.share(*rate);
        }
    }
}
