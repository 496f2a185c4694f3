//! Submitting an upload: from now on it is the manager's turn.

use nachweis_domain::{
    access::{Act, Caller},
    life,
    record::{Upload, UploadId, WarningComment},
    waiver,
};

use crate::{comment, error::ServiceError, service::Service};

impl Service {
    /// Submits an upload that is checked, or blocked by findings each of which is waived. Each warning that is not waived
    /// needs a comment that refers to it by its position.
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
        let at = self.clock.now();
        let findings = self.store.findings_at(id, at)?;
        if !life::is_submittable(upload.state, waiver::blocking(&findings)) {
            return Err(self.impossible(&upload, Act::Submit));
        }
        let comments = comment::checked_comments(&findings, comments)?;
        self.store
            .submit(id, caller.user, at, &comments)
            .map_err(|error| ServiceError::of_decision(error, Act::Submit))
    }
}
