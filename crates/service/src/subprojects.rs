//! Seeing subprojects with their plans and uploads.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    access::{Act, Caller},
    key::{RoundCode, SubprojectNo},
    life::Standing,
    plan::PlanVersion,
    quarter::Quarter,
    record::Upload,
    subproject::Subproject,
};

use crate::{error::ServiceError, gate, service::Service};

/// A subproject with its plan versions and uploads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubprojectView {
    /// The subproject.
    pub subproject: Subproject,
    /// Its plan versions, the first first.
    pub plans: Vec<PlanVersion>,
    /// Its uploads in the order of quarter and revision.
    pub uploads: Vec<Upload>,
    /// The quarters of its grant in their order, and whether they take uploads and steps now.
    pub quarters: Vec<GrantQuarter>,
}

/// A quarter of a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GrantQuarter {
    /// The quarter.
    pub quarter: Quarter,
    /// Whether it takes uploads and steps of the subproject.
    pub standing: Standing,
    /// When it was closed, if it was.
    pub closed_at: Option<DateTime<Utc>>,
}

impl Service {
    /// The subprojects that the caller may see, of one round or of all, in the order of their numbers.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is no such round, [`ServiceError::Forbidden`] for callers without any role.
    pub fn subprojects(
        &self,
        caller: &Caller,
        round: Option<&RoundCode>,
    ) -> Result<Vec<Subproject>, ServiceError> {
        gate::programme(caller, Act::ReadRounds)?;
        let mut seen = Vec::new();
        match round {
            Some(code) => seen.extend(self.store.subprojects(&self.known_round(code)?.code)?),
            None => {
                for round in self.rounds.iter() {
                    seen.extend(self.store.subprojects(&round.code)?);
                }
            }
        }
        seen.retain(|subproject| gate::allows(caller, Act::ReadSubproject, subproject));
        seen.sort_by(|one, other| one.no.cmp(&other.no));
        Ok(seen)
    }

    /// A subproject with its plan versions and uploads.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is none of this number, or the caller may not see it.
    pub fn subproject(&self, caller: &Caller, no: &SubprojectNo) -> Result<SubprojectView, ServiceError> {
        let subproject = self.known_subproject(no)?;
        gate::subproject(caller, Act::ReadSubproject, &subproject)?;
        Ok(SubprojectView {
            plans: self.store.plan_versions(no)?,
            uploads: self.store.uploads_of_subproject(no)?,
            quarters: self.quarters_of(&subproject)?,
            subproject,
        })
    }
}

impl Service {
    /// The quarters of a grant, and how they stand now.
    fn quarters_of(&self, subproject: &Subproject) -> Result<Vec<GrantQuarter>, ServiceError> {
        let now = self.clock.now();
        let closed = self.store.closed_for(&subproject.round, &subproject.no, now)?;
        let standing = |quarter: Quarter| {
            let closed = closed.iter().find(|closed| closed.quarter == quarter);
            GrantQuarter {
                quarter,
                standing: closed.map_or(Standing::Open, |closed| closed.standing),
                closed_at: closed.map(|closed| closed.closed_at),
            }
        };
        let quarters = subproject.grant_period.quarters();
        Ok(quarters.into_iter().map(standing).collect())
    }
}
