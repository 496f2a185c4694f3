//! What the figures of a quarter are checked against: the subproject, its plan in effect and what came before.
//!
//! The same value is embedded in an issued workbook (so that `nachweis check` works offline) and built by the
//! service from its own record (so that changing the embedded one gains nothing).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    key::{CounterKey, IndicatorCode, ItemKey, SourceKey, TemplateVersion},
    money::Money,
    plan::{Disbursement, PlanVersion},
    quarter::Quarter,
    subproject::Subproject,
};

/// What the figures of a subproject's quarter are checked against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportingContext {
    /// The subproject.
    pub subproject: Subproject,
    /// The name of its network.
    pub network_name: Option<String>,
    /// The quarter reported on.
    pub quarter: Quarter,
    /// The workbook's version.
    pub template_version: TemplateVersion,
    /// The plan in effect at the end of the quarter.
    pub plan: PlanVersion,
    /// What earlier quarters hold.
    pub history: History,
}

impl ReportingContext {
    /// The quarters of the grant before the quarter that are not reported; none where the history does not say.
    pub fn outstanding(&self) -> Vec<Quarter> {
        let Some(reported) = &self.history.reported_quarters else {
            return Vec::new();
        };
        let quarters = self.subproject.grant_period.quarters().into_iter();
        quarters
            .filter(|quarter| *quarter < self.quarter && !reported.contains(quarter))
            .collect()
    }
}

/// Cumulative values of all earlier quarters (the latest submitted or accepted revision of each).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Spent per plan item up to the end of the previous quarter.
    pub spent: BTreeMap<ItemKey, Money>,
    /// Spent per plan item in the calendar year of the quarter, before the quarter.
    pub spent_this_year: BTreeMap<ItemKey, Money>,
    /// Money per source up to the end of the previous quarter.
    pub funds: BTreeMap<SourceKey, FundTotals>,
    /// Indicator values up to the end of the previous quarter.
    pub indicators: BTreeMap<IndicatorCode, GenderCounts>,
    /// Counters up to the end of the previous quarter.
    pub counters: BTreeMap<CounterKey, i64>,
    /// Earlier quarters that are reported; `None` in workbooks issued before this was embedded.
    #[serde(default)]
    pub reported_quarters: Option<BTreeSet<Quarter>>,
    /// Money paid out up to the end of the quarter.
    pub disbursements: Vec<Disbursement>,
    /// Voucher numbers of earlier quarters with their quarter; known to the service only, never embedded.
    #[serde(skip)]
    pub voucher_numbers: BTreeSet<String>,
}

/// Cumulative money of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundTotals {
    /// Called.
    pub called: Money,
    /// Received.
    pub received: Money,
    /// Spent.
    pub spent: Money,
}

/// Persons by gender; entities stand in `total` alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GenderCounts {
    /// Women.
    pub women: i64,
    /// Men.
    pub men: i64,
    /// Non-binary persons.
    pub non_binary: i64,
    /// All together, or entities.
    pub total: i64,
}
