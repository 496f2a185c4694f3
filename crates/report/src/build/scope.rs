//! Which entries of the ledger count: all, or those up to and including a quarter; and which plans.

use chrono::NaiveDate;
use nachweis_domain::{
    audit::FigurePart,
    key::ItemKey,
    ledger::{
        CounterEntry, ExpenditureEntry, FundEntry, IndicatorEntry, Ledger, QuarterState, SubprojectIndex,
    },
    plan::{Disbursement, PlanVersion, Schedule},
    quarter::Quarter,
};

use super::moves::Moves;
use crate::lineage::{FigureKey, Source};

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
    /// What corrections moved to another quarter.
    pub(super) moves: Moves<'a>,
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
            moves: Moves::default(),
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

    /// The expenditure that counts.
    pub(super) fn expenditure(&self) -> impl Iterator<Item = &'a ExpenditureEntry> + '_ {
        let entries = self.ledger.expenditure.iter();
        entries.filter(|entry| self.counts(entry.quarter))
    }

    /// The money of sources that counts.
    pub(super) fn funds(&self) -> impl Iterator<Item = &'a FundEntry> + '_ {
        let entries = self.ledger.funds.iter();
        entries.filter(|entry| self.counts(entry.quarter))
    }

    /// The counts of indicators that count.
    pub(super) fn indicators(&self) -> impl Iterator<Item = &'a IndicatorEntry> + '_ {
        let entries = self.ledger.indicators.iter();
        entries.filter(|entry| self.counts(entry.quarter))
    }

    /// The counts of counters that count.
    pub(super) fn counters(&self) -> impl Iterator<Item = &'a CounterEntry> + '_ {
        let entries = self.ledger.counters.iter();
        entries.filter(|entry| self.counts(entry.quarter))
    }

    /// The payments to a subproject that count.
    pub(super) fn payments(
        &self,
        subproject: SubprojectIndex,
    ) -> impl Iterator<Item = &'a Disbursement> + '_ {
        let state = self.ledger.subprojects.get(subproject);
        let payments = state.into_iter().flat_map(|state| &state.disbursements);
        payments.filter(|payment| self.counts_day(payment.paid_on))
    }

    /// The state of a quarter of a subproject, if anything was uploaded.
    pub(super) fn state_of(&self, subproject: SubprojectIndex, quarter: Quarter) -> Option<&'a QuarterState> {
        let quarters = &self.ledger.quarters;
        let place =
            quarters.binary_search_by(|state| (state.subproject, state.quarter).cmp(&(subproject, quarter)));
        quarters.get(place.ok()?)
    }

    /// The cells of the revision that counts for a quarter.
    pub(super) fn cells(
        &self,
        subproject: SubprojectIndex,
        quarter: Quarter,
        key: FigureKey,
        part: FigurePart,
    ) -> Source {
        let state = self.state_of(subproject, quarter);
        Source::Cells {
            quarter,
            revision: state.and_then(|state| state.counting),
            key,
            part,
        }
    }

    /// The report of a quarter, whether it is there or not.
    pub(super) fn report_of(&self, subproject: SubprojectIndex, quarter: Quarter) -> Source {
        let state = self.state_of(subproject, quarter);
        Source::Report {
            quarter,
            revision: state.map(|state| state.counting.unwrap_or(state.revision)),
        }
    }

    /// Whether the figures of a quarter count.
    pub(super) fn counts(&self, quarter: Quarter) -> bool {
        self.asked.is_none_or(|last| quarter <= last)
    }

    /// Whether a quarter lies before that of the reporting status.
    pub(super) fn is_earlier(&self, quarter: Quarter) -> bool {
        self.reference.is_some_and(|last| quarter < last)
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
