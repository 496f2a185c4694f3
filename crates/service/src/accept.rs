//! Accepting a submission: its figures count as accepted, an earlier accepted revision is superseded.

use nachweis_domain::{
    access::{Act, Caller},
    record::{Upload, UploadId},
};

use crate::{error::ServiceError, service::Service};

impl Service {
    /// Accepts a submission.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`], also for one's own submission; [`ServiceError::State`]
    /// where the state forbids it.
    pub fn accept(&self, caller: &Caller, id: UploadId) -> Result<Upload, ServiceError> {
        let (upload, _) = self.visible_upload(caller, Act::Accept, id)?;
        self.unless_possible(&upload, Act::Accept)?;
        self.store
            .accept(id, caller.user, self.clock.now())
            .map_err(|error| ServiceError::of_decision(error, Act::Accept))
    }
}
