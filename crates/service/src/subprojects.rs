//! Seeing subprojects with their plans and uploads.

use nachweis_domain::{
    access::{Act, Caller},
    key::{RoundCode, SubprojectNo},
    plan::PlanVersion,
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
            subproject,
        })
    }
}
