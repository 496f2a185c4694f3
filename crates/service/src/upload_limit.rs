//! Bounds on what one person sends and one subproject keeps over HTTP. The operator's import knows none of them.

use chrono::TimeDelta;
use nachweis_domain::{
    access::{Act, Caller},
    key::SubprojectNo,
    limits,
    throttle::Throttle,
};
use nachweis_store::{Attempt, AttemptKind};

use crate::{
    error::ServiceError,
    gate, id,
    service::Service,
    sign_in_limit::{longest_window, seconds},
};

impl Service {
    /// Whether the caller may upload for a subproject: asked before anything of a workbook is read.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`].
    pub fn may_upload(&self, caller: &Caller, no: &SubprojectNo) -> Result<(), ServiceError> {
        gate::subproject(caller, Act::Upload, &self.known_subproject(no)?)
    }

    /// Lets an upload of so many bytes in, and counts it against the uploads of the caller in an hour, of which
    /// `per_hour` are taken.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`] as for the upload itself; [`ServiceError::TooManyUploads`]
    /// or [`ServiceError::SubprojectFull`].
    pub(crate) fn admit_upload(
        &self,
        caller: &Caller,
        no: &SubprojectNo,
        size_bytes: usize,
        per_hour: usize,
    ) -> Result<(), ServiceError> {
        self.may_upload(caller, no)?;
        let size_bytes = u64::try_from(size_bytes).unwrap_or(u64::MAX);
        let kept_bytes = self.store.kept_bytes(no)?;
        if kept_bytes.saturating_add(size_bytes) > limits::SUBPROJECT_BYTES.value {
            return Err(ServiceError::SubprojectFull);
        }
        let now = self.clock.now();
        let window = TimeDelta::hours(1);
        let attempt = Attempt {
            kind: AttemptKind::Upload,
            whose: self
                .seal_key
                .keyed_hash("upload of a person", caller.user.to_string().as_bytes()),
            throttle: Throttle {
                most: per_hour,
                window,
                first_pause: window,
            },
        };
        match self
            .store
            .attempt(id::at(now), &[attempt], now, now - longest_window())?
        {
            None => Ok(()),
            Some(wait) => Err(ServiceError::TooManyUploads {
                retry_after_s: seconds(wait),
            }),
        }
    }
}
