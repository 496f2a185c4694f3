//! The burn of each subproject, divided over groups, and the control totals of all.

use std::collections::BTreeMap;

use nachweis_domain::{
    burn::{BurnBasis, BurnFigures},
    ledger::SubprojectIndex,
    money::Money,
    quarter::Quarter,
};
use rust_decimal::Decimal;

use super::{
    super::{control::Control, signs::Signs},
    BurnControl, Groups, Scope,
    line::Sums,
};

/// What a subproject has reported in each quarter, income deducted, and what is accepted of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Spending {
    pub(super) reported: BTreeMap<Quarter, Money>,
    pub(super) accepted: BTreeMap<Quarter, Money>,
}

/// The spending of each subproject in the order of the ledger. Every reported quarter is there, and no other.
pub(super) fn spending(scope: &Scope<'_>) -> Vec<Spending> {
    let ledger = scope.ledger;
    let reported = |index| {
        scope
            .reported(index)
            .iter()
            .map(|quarter| (*quarter, Money::ZERO))
    };
    let mut spending: Vec<Spending> = (0..ledger.subprojects.len())
        .map(|index| Spending {
            reported: reported(index).collect(),
            accepted: BTreeMap::new(),
        })
        .collect();
    let mut signs = Signs::of(&ledger.round);
    // Entries of a subproject's quarter follow each other, so that each is looked up once.
    let runs = ledger
        .expenditure
        .chunk_by(|a, b| (a.subproject, a.quarter) == (b.subproject, b.quarter));
    for run in runs {
        let Some(first) = run.first().filter(|first| scope.counts(first.quarter)) else {
            continue;
        };
        let mut sums = [Money::ZERO; 2];
        for entry in run {
            for (sum, amount) in sums.iter_mut().zip(signs.amounts(entry)) {
                *sum += amount;
            }
        }
        let [reported, accepted] = sums;
        if let Some(of_one) = spending.get_mut(first.subproject) {
            *of_one.reported.entry(first.quarter).or_default() += reported;
            *of_one.accepted.entry(first.quarter).or_default() += accepted;
        }
    }
    spending
}

/// The burn of each subproject in the order of the ledger.
pub(super) fn figures(scope: &Scope<'_>) -> Vec<BurnFigures> {
    let Some(quarter) = scope.reference else {
        return vec![BurnFigures::default(); scope.ledger.subprojects.len()];
    };
    let states = scope.ledger.subprojects.iter();
    states
        .zip(spending(scope))
        .enumerate()
        .map(|(index, (state, spending))| {
            let schedule = scope.schedule(index);
            BurnFigures::of_subproject(&BurnBasis {
                grant: state.subproject.grant_period,
                schedule: schedule.as_ref(),
                quarter,
                spent: &spending.reported,
                accepted: spending.accepted.values().sum(),
                paid_out: scope.payments(index).map(|payment| payment.amount).sum(),
            })
        })
        .collect()
}

/// The parts of a subproject's burn that fall to its groups. Each amount is divided by itself, sum kept; the forecast is
/// what award, unspent money and overspending leave for it, so that it adds up in each part. Time and quarters are the
/// same in every part.
pub(super) fn divide(
    groups: &Groups,
    subproject: SubprojectIndex,
    figures: &BurnFigures,
) -> Vec<(usize, BurnFigures)> {
    if let Some(group) = groups.only(subproject) {
        return vec![(group, *figures)];
    }
    let elapsed = figures.time_elapsed().unwrap_or(Decimal::ZERO);
    let time_reported = figures.time_reported().unwrap_or(Decimal::ZERO);
    let mut parts: Vec<(usize, BurnFigures)> = Vec::new();
    for (group, awarded) in groups.divide(subproject, figures.awarded) {
        let part = BurnFigures {
            awarded,
            reported_quarters: figures.reported_quarters,
            outstanding_quarters: figures.outstanding_quarters,
            awarded_elapsed: awarded.to_decimal() * elapsed,
            awarded_reported: awarded.to_decimal() * time_reported,
            ..BurnFigures::default()
        };
        parts.push((group, part));
    }
    let mut put = |amount: Money, field: fn(&mut BurnFigures) -> &mut Money| {
        for ((_, part), (_, share)) in parts.iter_mut().zip(groups.divide(subproject, amount)) {
            *field(part) = share;
        }
    };
    put(figures.planned_to_date, |part| &mut part.planned_to_date);
    put(figures.planned_outstanding, |part| &mut part.planned_outstanding);
    put(figures.plan_year, |part| &mut part.plan_year);
    put(figures.spent, |part| &mut part.spent);
    put(figures.spent_year, |part| &mut part.spent_year);
    put(figures.accepted, |part| &mut part.accepted);
    put(figures.paid_out, |part| &mut part.paid_out);
    put(figures.unspent, |part| &mut part.unspent);
    put(figures.overspending, |part| &mut part.overspending);
    for (_, part) in &mut parts {
        part.forecast = part.awarded - part.unspent + part.overspending;
    }
    parts
}

/// The control totals, straight from the entries of the ledger.
pub(super) fn expected(scope: &Scope<'_>) -> BurnControl {
    let ledger = scope.ledger;
    let round = &ledger.round;
    let mut control = Control::new("burn", Sums::KEYS);
    for (index, state) in ledger.subprojects.iter().enumerate() {
        let plan = scope.plan(index);
        let grant = &state.subproject.grant_period;
        let outstanding = scope.schedule(index).map(|schedule| {
            let quarters = scope.outstanding(index);
            quarters.map(|quarter| schedule.in_quarter(quarter)).sum()
        });
        let paid = scope.payments(index);
        let planned = plan
            .zip(scope.reference)
            .map(|(plan, quarter)| plan.planned_until(round, grant, quarter));
        control.expect([
            plan.map(|plan| plan.awarded(round)).unwrap_or_default(),
            planned.unwrap_or_default(),
            outstanding.unwrap_or_default(),
            Money::ZERO,
            Money::ZERO,
            paid.map(|payment| payment.amount).sum(),
        ]);
    }
    let mut signs = Signs::of(round);
    for entry in scope.expenditure() {
        let [reported, accepted] = signs.amounts(entry);
        let zero = Money::ZERO;
        control.expect([zero, zero, zero, reported, accepted, zero]);
    }
    control
}
