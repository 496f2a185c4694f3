//! The plan items of a quarter's workbook against their plans: what `FIN-07` and `FIN-08` share. The rule itself is
//! [`crate::overrun`]. The plan of the calendar year only warns (`FIN-07`): money of a year cannot be moved to another
//! without consent.

use super::super::subject::Subject;
use crate::{
    cell::CellRef,
    key::ItemKey,
    money::Money,
    overrun::{Balance, Freedom, Position, Standing},
    plan::Schedule,
    rate::Rate,
    round::ItemKind,
};

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
}

/// Items of actual expenditure that spent something in the quarter and now exceed their plan of the whole grant period,
/// with where they stand, and what offsets what.
pub(super) fn of_grant<'a>(subject: &Subject<'a>) -> (Vec<(Overrun<'a>, Standing)>, Balance) {
    let items = subject.round.plan_items.iter();
    let positions: Vec<(&ItemKey, Position)> = items
        .map(|spec| (&spec.key, position(subject, &spec.key, &spec.kind)))
        .collect();
    let balance: Balance = positions.iter().map(|(_, position)| position).sum();
    let standing = |item: &ItemKey| {
        let (_, position) = positions.iter().find(|(key, _)| *key == item)?;
        position.standing(balance, &subject.round.thresholds)
    };
    let overruns = overruns(subject, |item| {
        (subject.context.plan.item_total(item), subject.spent(item))
    });
    let standing = overruns
        .into_iter()
        .filter_map(|overrun| standing(overrun.item).map(|standing| (overrun, standing)));
    (standing.collect(), balance)
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

fn position(subject: &Subject<'_>, item: &ItemKey, kind: &ItemKind) -> Position {
    let context = subject.context;
    let grant = context.subproject.grant_period;
    let schedule = Schedule::of_item(&context.plan, item, subject.round, &grant);
    Position {
        freedom: Freedom::of(Some(kind)),
        plan: context.plan.item_total(item),
        planned_reported: schedule.until_without(context.quarter, &context.outstanding()),
        spent: subject.spent(item),
    }
}
