//! Making a report from a ledger: one file for each report, and what they share.
//!
//! Nothing is computed here that `domain` could compute: these files select, group, add and name.

mod burn;
mod completeness;
mod control;
mod deviations;
mod funding;
mod grid;
mod group;
mod head;
mod indicators;
mod lineage;
mod moves;
pub(crate) mod rated;
mod scope;
mod signs;

use chrono::NaiveDate;
use nachweis_domain::{berlin, ledger::Ledger};

use crate::{GroupBy, Report, ReportError, ReportName, ReportRequest};
use scope::Scope;

pub use lineage::OpenReport;

/// Makes a report.
///
/// # Errors
/// When the report has no such grouping or counts no days, and when the rows do not sum to the ledger's control totals.
pub fn build(request: &ReportRequest, ledger: &Ledger) -> Result<Report, ReportError> {
    let group_by = grouping(request)?;
    let on = counting_day(request, ledger)?;
    let scope = Scope::new(ledger, request.quarter);
    match request.name {
        ReportName::Burn => burn::report(&scope, group_by),
        ReportName::Indicators => Ok(indicators::report(&scope, group_by)),
        ReportName::Completeness => Ok(completeness::report(&scope, on)),
        ReportName::Funding => funding::report(&scope),
        ReportName::Deviations => deviations::report(&scope),
    }
}

/// The day on which overdue days are counted: the one asked for, otherwise that of the ledger's last event. A day before it
/// would rate the state of today with the calendar of then.
fn counting_day(request: &ReportRequest, ledger: &Ledger) -> Result<NaiveDate, ReportError> {
    let status = berlin::day(ledger.status_at);
    match request.on {
        None => Ok(status),
        Some(_) if request.name != ReportName::Completeness => {
            Err(ReportError::NoDay { report: request.name })
        }
        Some(on) if on < status => Err(ReportError::DayBeforeStatus { on, status }),
        Some(on) => Ok(on),
    }
}

impl ReportName {
    /// The groupings of this report, the usual one first.
    pub const fn groupings(self) -> &'static [GroupBy] {
        match self {
            Self::Burn => &[
                GroupBy::Land,
                GroupBy::Round,
                GroupBy::Network,
                GroupBy::ActionField,
                GroupBy::RegionCategory,
                GroupBy::Subproject,
                GroupBy::PlanItem,
                GroupBy::Quarter,
            ],
            Self::Indicators => &[
                GroupBy::Round,
                GroupBy::Land,
                GroupBy::Network,
                GroupBy::ActionField,
                GroupBy::RegionCategory,
                GroupBy::Subproject,
            ],
            Self::Completeness => &[GroupBy::Subproject],
            Self::Funding => &[GroupBy::RegionCategory],
            Self::Deviations => &[GroupBy::PlanItem],
        }
    }
}

fn grouping(request: &ReportRequest) -> Result<GroupBy, ReportError> {
    let known = request.name.groupings();
    let usual = known.first().copied().unwrap_or(GroupBy::Round);
    let asked = request.group_by.unwrap_or(usual);
    if known.contains(&asked) {
        return Ok(asked);
    }
    Err(ReportError::Grouping {
        report: request.name,
        group_by: asked,
        known: known
            .iter()
            .map(|each| each.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    })
}
