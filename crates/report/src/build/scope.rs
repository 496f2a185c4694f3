//! Which entries of the ledger count: all, or those up to and including a quarter; and which plans.

use chrono::NaiveDate;
use nachweis_domain::{
    key::ItemKey,
    ledger::{Ledger, SubprojectIndex},
    plan::{PlanVersion, Schedule},
    quarter::Quarter,
};

/// A ledger with the quarter up to which it is read.
pub(super) struct Scope<'a> {
    pub(super) ledger: &'a Ledger,
    /// The quarter that was asked for.
    pub(super) asked: Option<Quarter>,
    /// The last quarter that any subproject has reported.
    pub(super) last: Option<Quarter>,
    /// The quarter at whose end plan and time are measured: the one asked for, otherwise the last reported, before the
    /// first report the quarter before the round. None only for a round outside 2000–2099.
    pub(super) reference: Option<Quarter>,
    /// For each subproject: the plan that counts.
    plans: Vec<Option<&'a PlanVersion>>,
    /// For each subproject: the quarters reported of those that count, in order.
    reported: Vec<Vec<Quarter>>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(ledger: &'a Ledger, asked: Option<Quarter>) -> Self {
        let reported = ledger.quarters.iter().filter(|state| state.is_reported);
        let last = reported.map(|state| state.quarter).max();
        let before = || Quarter::of(ledger.round.period.first).map(Quarter::previous);
        let day = ledger.day();
        let plans = ledger
            .subprojects
            .iter()
            .map(|state| match asked {
                Some(quarter) => state.plan_at_end_of(quarter),
                None => state.plan_on(day),
            })
            .collect();
        let mut scope = Self {
            ledger,
            asked,
            last,
            reference: asked.or(last).or_else(before),
            plans,
            reported: Vec::new(),
        };
        scope.reported = scope.all_reported();
        scope
    }

    fn all_reported(&self) -> Vec<Vec<Quarter>> {
        let mut reported = vec![Vec::new(); self.ledger.subprojects.len()];
        for state in &self.ledger.quarters {
            if let Some(quarters) = reported.get_mut(state.subproject)
                && state.is_reported
                && self.counts(state.quarter)
            {
                quarters.push(state.quarter);
            }
        }
        reported
    }

    /// Whether the figures of a quarter count.
    pub(super) fn counts(&self, quarter: Quarter) -> bool {
        self.asked.is_none_or(|last| quarter <= last)
    }

    /// Whether a payment of that day counts.
    pub(super) fn counts_day(&self, day: NaiveDate) -> bool {
        self.asked.is_none_or(|last| day <= last.last_day())
    }

    /// The plan of a subproject: that in effect on [`Scope::plan_day`].
    pub(super) fn plan(&self, subproject: SubprojectIndex) -> Option<&'a PlanVersion> {
        self.plans.get(subproject).copied().flatten()
    }

    /// The day on which the plans that count are in effect: the last of the quarter asked for, otherwise that of the
    /// ledger.
    pub(super) fn plan_day(&self) -> NaiveDate {
        self.asked.map_or_else(|| self.ledger.day(), Quarter::last_day)
    }

    /// What the plan of a subproject foresees for each quarter.
    pub(super) fn schedule(&self, subproject: SubprojectIndex) -> Option<Schedule> {
        let grant = &self.ledger.subprojects.get(subproject)?.subproject.grant_period;
        let plan = self.plan(subproject)?;
        Some(Schedule::of_plan(plan, &self.ledger.round, grant))
    }

    /// What the plan of a subproject foresees of an item for each quarter.
    pub(super) fn item_schedule(&self, subproject: SubprojectIndex, item: &ItemKey) -> Option<Schedule> {
        let grant = &self.ledger.subprojects.get(subproject)?.subproject.grant_period;
        let plan = self.plan(subproject)?;
        Some(Schedule::of_item(plan, item, &self.ledger.round, grant))
    }

    /// The quarters of a subproject's grant up to the reference quarter, in order: a report is expected of each.
    pub(super) fn expected(&self, subproject: SubprojectIndex) -> impl Iterator<Item = Quarter> + use<> {
        let state = self.ledger.subprojects.get(subproject);
        let quarters = state.map(|state| state.subproject.grant_period.quarters());
        let reference = self.reference;
        let quarters = quarters.unwrap_or_default().into_iter();
        quarters.take_while(move |quarter| reference.is_some_and(|last| *quarter <= last))
    }

    /// Those of them that are not reported.
    pub(super) fn outstanding(&self, subproject: SubprojectIndex) -> impl Iterator<Item = Quarter> {
        let reported = self.reported(subproject);
        self.expected(subproject)
            .filter(move |quarter| reported.binary_search(quarter).is_err())
    }

    /// The quarters that a subproject has reported, of those that count, in order.
    pub(super) fn reported(&self, subproject: SubprojectIndex) -> &[Quarter] {
        self.reported.get(subproject).map_or(&[], Vec::as_slice)
    }
}
