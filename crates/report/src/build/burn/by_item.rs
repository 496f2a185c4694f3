//! The burn of each plan item. Money is paid out to subprojects, not to items, and forecasts of items would not sum to
//! those of their subprojects: these columns stay empty.

use std::collections::BTreeMap;

use nachweis_domain::{
    burn::{BurnBasis, BurnFigures},
    key::ItemKey,
    language::Text,
    ledger::SubprojectIndex,
    money::Money,
    plan::PlanVersion,
    quarter::Quarter,
};

use super::{
    Scope,
    line::{Forecast, Line, Sums},
};
use crate::Value;

/// What a subproject has spent on an item in each quarter, and what is accepted of it.
type Spending<'a> = BTreeMap<(&'a ItemKey, SubprojectIndex), (BTreeMap<Quarter, Money>, Money)>;

/// A line for each plan item of the round, then for any other that the ledger holds.
pub(super) fn lines(scope: &Scope<'_>) -> Vec<Line> {
    let spending = collect(scope);
    let round = &scope.ledger.round;
    let mut items: Vec<(&ItemKey, Text)> = round
        .plan_items
        .iter()
        .map(|item| (&item.key, item.name.clone()))
        .collect();
    let planned = scope
        .ledger
        .subprojects
        .iter()
        .filter_map(|state| state.plan.as_ref());
    let planned = planned.flat_map(|plan| plan.items.keys());
    for item in planned.chain(spending.keys().map(|(item, _)| *item)) {
        if !items.iter().any(|(known, _)| *known == item) {
            items.push((item, Text::new(item.as_str(), item.as_str())));
        }
    }
    items
        .into_iter()
        .map(|(item, name)| line(scope, item, name, &spending))
        .collect()
}

fn collect<'a>(scope: &Scope<'a>) -> Spending<'a> {
    let mut spending: Spending<'a> = BTreeMap::new();
    for entry in scope
        .ledger
        .expenditure
        .iter()
        .filter(|entry| scope.counts(entry.quarter))
    {
        let signed = |amount| scope.ledger.round.signed(&entry.item, amount);
        let (reported, accepted) = spending.entry((&entry.item, entry.subproject)).or_default();
        *reported.entry(entry.quarter).or_default() += signed(entry.reported);
        *accepted += signed(entry.accepted);
    }
    spending
}

fn line(scope: &Scope<'_>, item: &ItemKey, name: Text, spending: &Spending<'_>) -> Line {
    let nothing = (BTreeMap::new(), Money::ZERO);
    let mut status = BurnFigures::default();
    for (index, state) in scope.ledger.subprojects.iter().enumerate() {
        let (spent, accepted) = spending.get(&(item, index)).unwrap_or(&nothing);
        let plan = state.plan.as_ref().map(|plan| only(plan, item));
        let Some(quarter) = scope.reference else {
            continue;
        };
        status = status
            + BurnFigures::of_subproject(&BurnBasis {
                round: &scope.ledger.round,
                grant: state.subproject.grant_period,
                plan: plan.as_ref(),
                quarter,
                spent,
                accepted: *accepted,
                paid_out: Money::ZERO,
            });
    }
    Line {
        naming: vec![Value::term(item.as_str(), name)],
        subprojects: None,
        sums: Sums {
            awarded: Some(status.awarded),
            planned: Some(status.planned_to_date),
            reported: Some(status.spent),
            accepted: Some(status.accepted),
            paid_out: None,
        },
        status,
        forecast: Forecast::None,
    }
}

/// The plan with nothing but one item.
fn only(plan: &PlanVersion, item: &ItemKey) -> PlanVersion {
    PlanVersion {
        number: plan.number,
        effective_from: plan.effective_from,
        recorded_at: plan.recorded_at,
        items: plan
            .items
            .get_key_value(item)
            .map(|(key, years)| (key.clone(), years.clone()))
            .into_iter()
            .collect(),
        sources: BTreeMap::new(),
        targets: BTreeMap::new(),
    }
}
