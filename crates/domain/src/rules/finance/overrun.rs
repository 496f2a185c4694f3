//! How far plan items exceed their plan, and what others have saved: what `FIN-07` and `FIN-08` share.
//!
//! ANBest-P Nr. 1.2: the financing plan is binding in its total; a single item may exceed its plan by up to 20 % as far
//! as savings in other items offset it. Read here as:
//! - The plan of an item is its sum over all years of the grant, because the notice awards the whole. The plan of the
//!   calendar year only warns (`FIN-07`): money of a year cannot be moved to another without consent.
//! - Only items of actual expenditure are free items. A flat rate follows its base, so it neither exceeds its plan on its
//!   own account nor saves; but what it grows with its base must be offset too, because the total must not rise.
//! - Savings are what other items have left of their plan up to the end of the quarter (the current year in equal
//!   quarters). What is planned for later is still needed and saves nothing.

use super::super::subject::Subject;
use crate::{cell::CellRef, key::ItemKey, money::Money, plan::PlanVersion, rate::Rate, round::ItemKind};

/// An item that has spent more than a plan.
pub(super) struct Overrun<'a> {
    pub(super) item: &'a ItemKey,
    pub(super) at: CellRef,
    pub(super) plan: Money,
    pub(super) spent: Money,
}

impl Overrun<'_> {
    /// By how much, as a share of the plan; the whole when nothing was planned.
    pub(super) fn over(&self) -> Rate {
        (self.spent - self.plan)
            .fraction_of(self.plan)
            .map_or(Rate::WHOLE, Rate::from_fraction)
    }

    /// Whether it exceeds the plan by more than a share of it.
    pub(super) fn exceeds(&self, threshold: Rate) -> bool {
        let allowed = self.plan.to_decimal() * threshold.fraction();
        (self.spent - self.plan).to_decimal() > allowed
    }
}

/// Items of actual expenditure that spent something in the quarter and now exceed their plan of the whole grant period.
pub(super) fn of_grant<'a>(subject: &Subject<'a>) -> Vec<Overrun<'a>> {
    overruns(subject, |item| {
        (subject.context.plan.item_total(item), subject.spent(item))
    })
}

/// The same against the plan of the calendar year.
pub(super) fn of_year<'a>(subject: &Subject<'a>) -> Vec<Overrun<'a>> {
    let year = subject.context.quarter.year();
    overruns(subject, |item| {
        (
            subject.context.plan.item_year(item, year),
            subject.spent_in_year(item),
        )
    })
}

fn overruns<'a>(
    subject: &Subject<'a>,
    plan_and_spent: impl Fn(&ItemKey) -> (Money, Money),
) -> Vec<Overrun<'a>> {
    let actual = subject
        .round
        .plan_items
        .iter()
        .filter(|spec| spec.kind == ItemKind::Actual);
    actual
        .filter_map(|spec| {
            let figure = subject.item(&spec.key)?;
            let (plan, spent) = plan_and_spent(&spec.key);
            (figure.amount.value > Money::ZERO && spent > plan).then(|| Overrun {
                item: &spec.key,
                at: figure.amount.at.clone(),
                plan,
                spent,
            })
        })
        .collect()
}

/// What all items exceed their plan by, flat rates included.
pub(super) fn to_offset(subject: &Subject<'_>) -> Money {
    let items = subject.round.plan_items.iter();
    items
        .filter(|spec| spec.kind != ItemKind::Income)
        .map(|spec| subject.spent(&spec.key) - subject.context.plan.item_total(&spec.key))
        .filter(|over| *over > Money::ZERO)
        .sum()
}

/// What items of actual expenditure have saved up to the end of the quarter.
pub(super) fn saved(subject: &Subject<'_>) -> Money {
    let items = subject.round.plan_items.iter();
    items
        .filter(|spec| spec.kind == ItemKind::Actual)
        .map(|spec| planned_to_date(subject, &spec.key) - subject.spent(&spec.key))
        .filter(|saved| *saved > Money::ZERO)
        .sum()
}

/// The plan of an item up to the end of the quarter: past years whole, the current one in equal quarters of the grant.
fn planned_to_date(subject: &Subject<'_>, item: &ItemKey) -> Money {
    let PlanVersion { items, .. } = &subject.context.plan;
    let quarter = subject.context.quarter;
    let quarters = subject.context.subproject.grant_period.quarters();
    let of_year = quarters
        .iter()
        .filter(|of_grant| of_grant.year() == quarter.year());
    let passed: Vec<bool> = of_year.map(|of_year| *of_year <= quarter).collect();
    let years = items.get(item).into_iter().flatten();
    years
        .map(|(year, amount)| match year.cmp(&quarter.year()) {
            std::cmp::Ordering::Less => *amount,
            std::cmp::Ordering::Greater => Money::ZERO,
            std::cmp::Ordering::Equal => {
                let parts = amount.allocate(&vec![1; passed.len()]);
                parts
                    .into_iter()
                    .zip(&passed)
                    .filter(|(_, passed)| **passed)
                    .map(|(part, _)| part)
                    .sum()
            }
        })
        .sum()
}
