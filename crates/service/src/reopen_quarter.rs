//! Reopening a closed quarter for one subproject: asked for with a reason, confirmed by a second person, for a time.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    access::{Act, Caller},
    key::SubprojectNo,
    language::{Language, Text},
    quarter::Quarter,
    record::{ReopeningId, ReopeningRecord},
};
use nachweis_ingest::limits;
use nachweis_store::{NewReopening, StoreError};

use crate::{comment, error::ServiceError, gate, id, service::Service};

impl Service {
    /// Asks for a reopening. It counts from a second person's confirmation until it expires.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] without a reason, with a long
    /// one, or with an end in the past or too far away; [`ServiceError::Store`] with a conflict when the quarter is open.
    pub fn request_reopening(
        &self,
        caller: &Caller,
        no: &SubprojectNo,
        quarter: Quarter,
        reason: &str,
        expires_at: DateTime<Utc>,
    ) -> Result<ReopeningRecord, ServiceError> {
        let subproject = self.known_subproject(no)?;
        gate::subproject(caller, Act::Reopen, &subproject)?;
        let reason = comment::checked_reason(reason)?.to_owned();
        let at = self.clock.now();
        let days = i64::try_from(limits::REOPENING_DAYS.value).unwrap_or(1);
        if expires_at <= at || expires_at > at + TimeDelta::days(days) {
            return Err(unfit_end(days));
        }
        Ok(self.store.request_reopening(&NewReopening {
            id: ReopeningId(id::at(at)),
            subproject: no.clone(),
            quarter,
            reason,
            by: caller.user,
            at,
            expires_at,
        })?)
    }

    /// Confirms a reopening as the second person.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is none of this id or the caller may not see its subproject;
    /// [`ServiceError::Forbidden`], also for the person who asked; [`ServiceError::Store`] with a conflict when it is
    /// settled.
    pub fn confirm_reopening(
        &self,
        caller: &Caller,
        id: ReopeningId,
    ) -> Result<ReopeningRecord, ServiceError> {
        let record = match self.store.reopening(id) {
            Err(StoreError::Unknown { .. }) => return Err(ServiceError::Hidden),
            other => other?,
        };
        let subproject = self.known_subproject(&record.subproject)?;
        gate::subproject(caller, Act::Reopen, &subproject)?;
        Ok(self.store.confirm_reopening(id, caller.user, self.clock.now())?)
    }
}

fn unfit_end(days: i64) -> ServiceError {
    let days = u64::try_from(days).unwrap_or_default();
    ServiceError::Invalid {
        code: "expiry-unfitting",
        text: Text::new(
            format!(
                "Eine Wiederöffnung endet von selbst, spätestens nach {} Tagen. Bitte ein Ende in dieser Zeit angeben.",
                Language::De.group(days)
            ),
            format!(
                "A reopening ends by itself, after {} days at the latest. Please give an end within that time.",
                Language::En.group(days)
            ),
        ),
    }
}
