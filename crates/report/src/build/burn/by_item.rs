//! The burn of each plan item. Money is paid out to subprojects, not to items, and forecasts of items would not sum to
//! those of their subprojects: these columns stay empty.

use std::collections::BTreeMap;

use nachweis_domain::{
    burn::{BurnBasis, BurnFigures},
    key::ItemKey,
    language::Text,
    ledger::SubprojectIndex,
    money::Money,
    quarter::Quarter,
};

use super::{
    Scope,
    line::{Forecast, Line, Sums},
};
use crate::Value;

/// What a subproject has spent on an item in each quarter, and what is accepted of it.
pub(super) type Spending<'a> = BTreeMap<(&'a ItemKey, SubprojectIndex), (BTreeMap<Quarter, Money>, Money)>;

/// A line for each plan item.
pub(super) fn lines(scope: &Scope<'_>) -> Vec<Line> {
    let spending = collect(scope);
    items(scope, &spending)
        .into_iter()
        .map(|(item, name)| line(scope, item, name, &spending))
        .collect()
}

/// The plan items of the round with their names, then any other that the ledger holds.
pub(super) fn items<'a>(scope: &Scope<'a>, spending: &Spending<'a>) -> Vec<(&'a ItemKey, Text)> {
    let round = &scope.ledger.round;
    let mut items: Vec<(&ItemKey, Text)> = round
        .plan_items
        .iter()
        .map(|item| (&item.key, item.name.clone()))
        .collect();
    let plans = (0..scope.ledger.subprojects.len()).filter_map(|index| scope.plan(index));
    let planned = plans.flat_map(|plan| plan.items.keys());
    for item in planned.chain(spending.keys().map(|(item, _)| *item)) {
        if !items.iter().any(|(known, _)| *known == item) {
            items.push((item, Text::new(item.as_str(), item.as_str())));
        }
    }
    items
}

pub(super) fn collect<'a>(scope: &Scope<'a>) -> Spending<'a> {
    let mut spending: Spending<'a> = BTreeMap::new();
    for entry in scope.expenditure() {
        let signed = |amount| scope.ledger.round.signed(&entry.item, amount);
        let (reported, accepted) = spending.entry((&entry.item, entry.subproject)).or_default();
        *reported.entry(entry.quarter).or_default() += signed(entry.reported);
        *accepted += signed(entry.accepted);
    }
    spending
}

fn line(scope: &Scope<'_>, item: &ItemKey, name: Text, spending: &Spending<'_>) -> Line {
    let all = 0..scope.ledger.subprojects.len();
    let status: BurnFigures = all.map(|index| figures(scope, index, item, spending)).sum();
    Line {
        naming: vec![Value::term(item.as_str(), name)],
        subprojects: None,
        outstanding: None,
        sums: Sums {
            awarded: Some(status.awarded),
            planned: Some(status.planned_to_date),
            planned_outstanding: Some(status.planned_outstanding),
            reported: Some(status.spent),
            accepted: Some(status.accepted),
            paid_out: None,
        },
        status,
        forecast: Forecast::None,
    }
}

/// The burn of an item of a subproject. A report that is silent about the item reports zero.
pub(super) fn figures(
    scope: &Scope<'_>,
    index: SubprojectIndex,
    item: &ItemKey,
    spending: &Spending<'_>,
) -> BurnFigures {
    let (Some(state), Some(quarter)) = (scope.ledger.subprojects.get(index), scope.reference) else {
        return BurnFigures::default();
    };
    let grant = state.subproject.grant_period;
    let schedule = scope.item_schedule(index, item);
    let mut spent: BTreeMap<Quarter, Money> = scope
        .reported(index)
        .iter()
        .map(|quarter| (*quarter, Money::ZERO))
        .collect();
    let mut accepted = Money::ZERO;
    if let Some((amounts, of_item)) = spending.get(&(item, index)) {
        spent.extend(amounts);
        accepted = *of_item;
    }
    BurnFigures::of_subproject(&BurnBasis {
        grant,
        schedule: schedule.as_ref(),
        quarter,
        spent: &spent,
        accepted,
        paid_out: Money::ZERO,
    })
}
