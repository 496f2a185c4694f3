//! Submitting an upload: from now on it is the manager's turn.

use nachweis_domain::{
    access::{Act, Caller},
    record::{Upload, UploadId, WarningComment},
};

use crate::{comment, error::ServiceError, service::Service};

impl Service {
    /// Submits a checked upload. Each warning needs a comment that refers to it by its position.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] for missing, needless or long
    /// comments; [`ServiceError::State`] or [`ServiceError::Store`] with a conflict where the state forbids it.
    pub fn submit(
        &self,
        caller: &Caller,
        id: UploadId,
        comments: &[WarningComment],
    ) -> Result<Upload, ServiceError> {
        let (upload, _) = self.visible_upload(caller, Act::Submit, id)?;
        ServiceError::unless_possible(&upload, Act::Submit)?;
        let comments = comment::checked_comments(&self.store.findings_of(id)?, comments)?;
        self.store
            .submit(id, caller.user, self.clock.now(), &comments)
            .map_err(|error| ServiceError::of_decision(error, Act::Submit))
    }
}
