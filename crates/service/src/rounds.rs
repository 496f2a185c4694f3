//! Seeing the funding rounds.

use std::sync::Arc;

use nachweis_domain::{
    access::{Act, Caller},
    key::RoundCode,
    round::FundingRound,
};

use crate::{error::ServiceError, gate, service::Service};

impl Service {
    /// All rounds in the order of their codes.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for callers without any role.
    pub fn rounds(&self, caller: &Caller) -> Result<Arc<Vec<FundingRound>>, ServiceError> {
        gate::programme(caller, Act::ReadRounds)?;
        Ok(Arc::clone(&self.rounds))
    }

    /// The rounds of this deployment in the order of their codes, to name them on the command line.
    pub fn all_rounds(&self) -> Arc<Vec<FundingRound>> {
        Arc::clone(&self.rounds)
    }

    /// A round.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is none of this code.
    pub fn round(&self, caller: &Caller, code: &RoundCode) -> Result<FundingRound, ServiceError> {
        gate::programme(caller, Act::ReadRounds)?;
        self.known_round(code).cloned()
    }
}
