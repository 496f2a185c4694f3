//! The state of a round at one moment, as reports need it: what the store gives and `report` takes.
//!
//! Plain values, no queries. Amounts are quarter values of the revision that counts for each subproject and quarter:
//! the accepted one, and where there is none yet the submitted one. Uploads that were not submitted do not count.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    berlin,
    context::{FundTotals, GenderCounts},
    key::{CounterKey, IndicatorCode, ItemKey, NetworkCode, SourceKey, SubprojectNo},
    life::{Endorsement, Reopening, Standing},
    money::Money,
    plan::{self, Disbursement, PlanVersion},
    quarter::Quarter,
    record::{Sha256, UploadState},
    round::FundingRound,
    subproject::{RegionalNetwork, Subproject},
    waiver::Waiver,
};

/// The state of a round at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// The round.
    pub round: FundingRound,
    /// The moment: that of the last event that changed figures or plans, unless one was asked for. What is uploaded and
    /// not submitted changes neither.
    pub as_of: DateTime<Utc>,
    /// The moment of the last event that changed anything in this ledger, uploads that were not submitted included: the
    /// moment of [`Ledger::quarters`], not before [`Ledger::as_of`].
    pub status_at: DateTime<Utc>,
    /// The last entry of the journal that this ledger shows: its position and link, for whoever compares an export with
    /// the record later.
    pub mark: Option<JournalMark>,
    /// Networks in the order of their codes.
    pub networks: Vec<RegionalNetwork>,
    /// The networks with somebody who coordinates them.
    pub coordinated: BTreeSet<NetworkCode>,
    /// Subprojects in the order of their numbers.
    pub subprojects: Vec<SubprojectState>,
    /// Expenditure, in the order of subproject, quarter, item.
    pub expenditure: Vec<ExpenditureEntry>,
    /// Money per source, in the order of subproject, quarter, source.
    pub funds: Vec<FundEntry>,
    /// Indicators, in the order of subproject, quarter, code.
    pub indicators: Vec<IndicatorEntry>,
    /// Counters, in the order of subproject, quarter, key.
    pub counters: Vec<CounterEntry>,
    /// The state of each subproject and quarter that has an upload, in their order.
    pub quarters: Vec<QuarterState>,
    /// Waivers that were asked for up to [`Ledger::status_at`], as they were known then, in the order of their numbers.
    pub waivers: Vec<Waiver>,
    /// The quarters that were closed up to [`Ledger::status_at`], in their order.
    pub closings: Vec<QuarterClosing>,
    /// The reopenings that a second person had confirmed by then, in the order of subproject, quarter, confirmation.
    pub reopenings: Vec<QuarterReopening>,
}

/// A closed quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterClosing {
    /// The quarter.
    pub quarter: Quarter,
    /// When it was closed.
    pub at: DateTime<Utc>,
}

/// A closed quarter that was opened again for a subproject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterReopening {
    /// Whose.
    pub subproject: SubprojectIndex,
    /// The quarter.
    pub quarter: Quarter,
    /// From when until when.
    pub reopening: Reopening,
}

/// An entry of the journal by its position and its link, which covers all entries before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalMark {
    /// The position, from 1.
    pub position: u64,
    /// The link.
    pub link: Sha256,
}

impl std::fmt::Display for JournalMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.position, self.link)
    }
}

/// A subproject with its plans and payments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubprojectState {
    /// The subproject.
    pub subproject: Subproject,
    /// The plan versions recorded up to the moment of the ledger, in the order of their numbers.
    pub plans: Vec<PlanVersion>,
    /// Money paid out.
    pub disbursements: Vec<Disbursement>,
}

/// Index into [`Ledger::subprojects`].
pub type SubprojectIndex = usize;

/// The expenditure of a plan item in a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpenditureEntry {
    /// Whose.
    pub subproject: SubprojectIndex,
    /// The quarter of the workbook.
    pub quarter: Quarter,
    /// The plan item.
    pub item: ItemKey,
    /// The amount of the revision that counts (submitted or accepted).
    pub reported: Money,
    /// The amount when that revision is accepted, zero otherwise.
    pub accepted: Money,
}

/// Money of a source in a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundEntry {
    /// Whose.
    pub subproject: SubprojectIndex,
    /// The quarter of the workbook.
    pub quarter: Quarter,
    /// The source.
    pub source: SourceKey,
    /// Called, received, spent in the quarter.
    pub totals: FundTotals,
}

/// An indicator in a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndicatorEntry {
    /// Whose.
    pub subproject: SubprojectIndex,
    /// The quarter of the workbook.
    pub quarter: Quarter,
    /// The indicator.
    pub code: IndicatorCode,
    /// The counts of the quarter.
    pub counts: GenderCounts,
}

/// A counter in a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterEntry {
    /// Whose.
    pub subproject: SubprojectIndex,
    /// The quarter of the workbook.
    pub quarter: Quarter,
    /// The counter.
    pub counter: CounterKey,
    /// The count of the quarter.
    pub count: i64,
}

/// Where a subproject's quarter stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterState {
    /// Whose.
    pub subproject: SubprojectIndex,
    /// The quarter.
    pub quarter: Quarter,
    /// The state of the latest revision.
    pub state: UploadState,
    /// The number of the latest revision.
    pub revision: u32,
    /// When the latest revision was uploaded.
    pub uploaded_at: DateTime<Utc>,
    /// When it was first submitted, if it was.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Blocking findings of the latest revision.
    pub blocking: u32,
    /// Warnings of the latest revision.
    pub warnings: u32,
    /// Whether some revision counts, the latest or an earlier one: the quarter is reported.
    pub is_reported: bool,
    /// The number of the revision that counts, if any does.
    pub counting: Option<u32>,
    /// Whether the revision that counts is accepted, whatever came after it.
    pub is_accepted: bool,
}

impl Ledger {
    /// The day of [`Ledger::as_of`] in Europe/Berlin.
    pub fn day(&self) -> NaiveDate {
        berlin::day(self.as_of)
    }

    /// Whether a coordinator endorses a subproject's reports before the manager decides.
    pub fn endorsement_of(&self, subproject: &Subproject) -> Endorsement {
        match self.round.endorsement.network_of(subproject) {
            Some(network) if self.coordinated.contains(network) => Endorsement::Needed,
            _ => Endorsement::NotNeeded,
        }
    }

    /// The subprojects that owe a report of a quarter, in the order of their numbers: their grant touches it, and none of
    /// their revisions is accepted. Neither the day on which this is asked nor a newer draft beside an accepted revision
    /// matters.
    pub fn not_accepted(&self, quarter: Quarter) -> Vec<&SubprojectNo> {
        let of_quarter = self.quarters.iter().filter(|state| state.quarter == quarter);
        let accepted: BTreeSet<SubprojectIndex> = of_quarter
            .filter(|state| state.is_accepted)
            .map(|state| state.subproject)
            .collect();
        self.subprojects
            .iter()
            .enumerate()
            .filter(|(index, _)| !accepted.contains(index))
            .map(|(_, state)| &state.subproject)
            .filter(|subproject| subproject.grant_period.quarters().contains(&quarter))
            .map(|subproject| &subproject.no)
            .collect()
    }

    /// When a quarter was closed, if it was.
    pub fn closed_at(&self, quarter: Quarter) -> Option<DateTime<Utc>> {
        let mut closings = self.closings.iter();
        closings
            .find(|closing| closing.quarter == quarter)
            .map(|closing| closing.at)
    }

    /// Whether a quarter takes uploads and steps of a subproject at a moment, as far as this ledger knows.
    pub fn standing(&self, subproject: SubprojectIndex, quarter: Quarter, moment: DateTime<Utc>) -> Standing {
        let own =
            |reopened: &&QuarterReopening| (reopened.subproject, reopened.quarter) == (subproject, quarter);
        let own = self.reopenings.iter().filter(own);
        let reopenings: Vec<Reopening> = own.map(|reopened| reopened.reopening).collect();
        Standing::at(moment, self.closed_at(quarter), &reopenings)
    }

    /// The index of a subproject.
    pub fn index_of(&self, no: &SubprojectNo) -> Option<SubprojectIndex> {
        self.subprojects
            .binary_search_by(|state| state.subproject.no.cmp(no))
            .ok()
    }
}

impl SubprojectState {
    /// The plan that counts on a day: the one in effect; before any takes effect, the first that will.
    pub fn plan_on(&self, day: NaiveDate) -> Option<&PlanVersion> {
        plan::in_effect_or_first(&self.plans, day)
    }

    /// The plan that counts in a report up to the end of a quarter: the one in effect on its last day. A grant that has
    /// begun before its first notice takes effect counts with its first plan, as it does when its workbooks are checked;
    /// one that has not begun has none.
    pub fn plan_at_end_of(&self, quarter: Quarter) -> Option<&PlanVersion> {
        let day = quarter.last_day();
        if self.subproject.grant_period.first <= day {
            self.plan_on(day)
        } else {
            plan::in_effect(&self.plans, day)
        }
    }
}

#[cfg(test)]
mod tests;
