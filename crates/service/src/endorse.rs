//! Endorsing a submission as the coordinator of its network: from now on it is the manager's turn.

use nachweis_domain::{
    access::{Act, Caller},
    record::{Upload, UploadId},
};

use crate::{error::ServiceError, service::Service};

impl Service {
    /// Endorses a submission.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`], also for one's own submission; [`ServiceError::State`] or
    /// [`ServiceError::Store`] with a conflict where the life of the quarter forbids it.
    pub fn endorse(&self, caller: &Caller, id: UploadId) -> Result<Upload, ServiceError> {
        let (upload, _) = self.visible_upload(caller, Act::Endorse, id)?;
        self.unless_possible(&upload, Act::Endorse)?;
        self.store
            .endorse(id, caller.user, self.clock.now())
            .map_err(|error| ServiceError::of_decision(error, Act::Endorse))
    }
}
