//! The burn of each quarter: amounts of the quarter itself, ratios and forecast as they stood at its end.

use std::collections::BTreeMap;

use nachweis_domain::{
    burn::{BurnBasis, BurnFigures},
    ledger::SubprojectState,
    money::Money,
    plan::Schedule,
    quarter::Quarter,
};

use super::{
    Scope,
    line::{Forecast, Line, Sums},
    subprojects::{self, Spending},
};
use crate::Value;

/// What a quarter holds, and how everything stood at its end.
#[derive(Clone, Copy, Default)]
struct OfQuarter {
    planned: Money,
    planned_outstanding: Money,
    outstanding: u32,
    reported: Money,
    accepted: Money,
    paid_out: Money,
    status: BurnFigures,
}

/// A line for each quarter from the first of the round (or of a grant, a plan or an entry) to the last that counts.
pub(super) fn lines(scope: &Scope<'_>) -> Vec<Line> {
    let schedules: Vec<Option<Schedule>> = (0..scope.ledger.subprojects.len())
        .map(|index| scope.schedule(index))
        .collect();
    let Some((first, last)) = span(scope, &schedules) else {
        return Vec::new();
    };
    let mut quarters: BTreeMap<Quarter, OfQuarter> = first
        .through(last)
        .map(|quarter| (quarter, OfQuarter::default()))
        .collect();
    let spending = subprojects::spending(scope);
    let all = scope.ledger.subprojects.iter().zip(spending).zip(&schedules);
    for ((state, spending), schedule) in all {
        add(scope, state, schedule.as_ref(), &spending, &mut quarters);
    }
    quarters
        .into_iter()
        .map(|(quarter, sums)| line(quarter, &sums))
        .collect()
}

/// From the first quarter of the round, of any grant, plan or entry to the reference quarter, or to the last payment that
/// counts.
pub(super) fn span(scope: &Scope<'_>, schedules: &[Option<Schedule>]) -> Option<(Quarter, Quarter)> {
    let reference = scope.reference?;
    let ledger = scope.ledger;
    let grants = ledger
        .subprojects
        .iter()
        .filter_map(|state| Quarter::of(state.subproject.grant_period.first));
    let plans = schedules.iter().filter_map(|schedule| schedule.as_ref()?.first());
    let entries = ledger
        .expenditure
        .iter()
        .map(|entry| entry.quarter)
        .filter(|quarter| scope.counts(*quarter));
    let payments = ledger.subprojects.iter().flat_map(|state| &state.disbursements);
    let payments = payments
        .filter(|payment| scope.counts_day(payment.paid_on))
        .filter_map(|payment| Quarter::of(payment.paid_on));
    let (mut first, mut last) = (Quarter::of(ledger.round.period.first)?.min(reference), reference);
    first = grants.chain(plans).fold(first, Quarter::min);
    for quarter in entries.chain(payments) {
        first = first.min(quarter);
        last = last.max(quarter);
    }
    Some((first, last))
}

/// Adds a subproject to the quarters.
fn add(
    scope: &Scope<'_>,
    state: &SubprojectState,
    schedule: Option<&Schedule>,
    spending: &Spending,
    quarters: &mut BTreeMap<Quarter, OfQuarter>,
) {
    let mut before = BurnFigures::default();
    for (quarter, sums) in quarters.iter_mut() {
        let figures = at(scope, state, schedule, spending, *quarter);
        sums.planned += figures.planned_to_date - before.planned_to_date;
        sums.planned_outstanding += figures.planned_outstanding - before.planned_outstanding;
        // What is outstanding up to a quarter is never fewer than up to the one before.
        sums.outstanding += figures
            .outstanding_quarters
            .saturating_sub(before.outstanding_quarters);
        sums.reported += figures.spent - before.spent;
        sums.accepted += figures.accepted - before.accepted;
        sums.paid_out += figures.paid_out - before.paid_out;
        sums.status = sums.status + figures;
        before = figures;
    }
}

/// How a subproject stood at the end of a quarter.
pub(super) fn at(
    scope: &Scope<'_>,
    state: &SubprojectState,
    schedule: Option<&Schedule>,
    spending: &Spending,
    quarter: Quarter,
) -> BurnFigures {
    let paid = state
        .disbursements
        .iter()
        .filter(|payment| payment.paid_on <= quarter.last_day());
    BurnFigures::of_subproject(&BurnBasis {
        grant: state.subproject.grant_period,
        schedule,
        // Payments may come after the last quarter with figures; plan and time stand still there.
        quarter: scope
            .reference
            .map_or(quarter, |reference| reference.min(quarter)),
        spent: &spending.reported,
        accepted: spending
            .accepted
            .range(..=quarter)
            .map(|(_, amount)| amount)
            .sum(),
        paid_out: paid.map(|payment| payment.amount).sum(),
    })
}

fn line(quarter: Quarter, sums: &OfQuarter) -> Line {
    Line {
        naming: vec![Value::Quarter(quarter)],
        subprojects: None,
        outstanding: Some(sums.outstanding),
        sums: Sums {
            awarded: None,
            planned: Some(sums.planned),
            planned_outstanding: Some(sums.planned_outstanding),
            reported: Some(sums.reported),
            accepted: Some(sums.accepted),
            paid_out: Some(sums.paid_out),
        },
        status: sums.status,
        forecast: Forecast::Shown,
    }
}
