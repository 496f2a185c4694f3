//! Returning a submission with a reason: it is the lead's turn again.

use nachweis_domain::{
    access::{Act, Caller},
    record::{Upload, UploadId},
};

use crate::{comment, error::ServiceError, service::Service};

impl Service {
    /// Returns a submission with a reason.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`], also for one's own submission; [`ServiceError::Invalid`]
    /// without a reason or with a long one; [`ServiceError::State`] where the state forbids it.
    pub fn return_to_lead(
        &self,
        caller: &Caller,
        id: UploadId,
        reason: &str,
    ) -> Result<Upload, ServiceError> {
        let (upload, _) = self.visible_upload(caller, Act::Return, id)?;
        self.unless_possible(&upload, Act::Return)?;
        let reason = comment::checked_reason(reason)?;
        self.store
            .return_to_lead(id, caller.user, self.clock.now(), reason)
            .map_err(|error| ServiceError::of_decision(error, Act::Return))
    }
}
