//! Reopening a closed quarter for one subproject: asked for with a reason, confirmed by a second person, for a time;
//! withdrawn by a further record.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    access::{Act, Caller},
    key::{RoundCode, SubprojectNo},
    language::{Language, Text},
    limits,
    quarter::Quarter,
    record::{ReopeningId, ReopeningRecord, ReopeningState},
    subproject::Subproject,
};
use nachweis_store::{NewReopening, ReopeningWord, StoreError};

use crate::{comment, error::ServiceError, gate, id, service::Service};

/// A reopening and where it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownReopening {
    /// All that is kept of it.
    pub record: ReopeningRecord,
    /// Where it stands.
    pub state: ReopeningState,
}

impl Service {
    /// Asks for a reopening. It counts from a second person's confirmation until it expires.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] without a reason, with a long
    /// one, or with an end in the past or too far away; [`ServiceError::Store`] with a conflict when the quarter is open, or
    /// while too many requests wait.
    pub fn request_reopening(
        &self,
        caller: &Caller,
        no: &SubprojectNo,
        quarter: Quarter,
        reason: &str,
        expires_at: DateTime<Utc>,
    ) -> Result<KnownReopening, ServiceError> {
        let subproject = self.known_subproject(no)?;
        gate::subproject(caller, Act::Reopen, &subproject)?;
        let reason = comment::checked_reason(reason)?.to_owned();
        let at = self.clock.now();
        let days = i64::try_from(limits::REOPENING_DAYS.value).unwrap_or(1);
        if expires_at <= at || expires_at > at + TimeDelta::days(days) {
            return Err(unfit_end(days));
        }
        let record = self.store.request_reopening(&NewReopening {
            id: ReopeningId(id::at(at)),
            subproject: no.clone(),
            quarter,
            reason,
            by: caller.user,
            at,
            expires_at,
            open_at_most: limits::REOPENINGS_OPEN.size(),
        })?;
        Ok(self.known_reopening(record))
    }

    /// Confirms a reopening as the second person.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is none of this id or the caller may not see its subproject;
    /// [`ServiceError::Forbidden`], also for who asked and for who accepted what is reported of the quarter;
    /// [`ServiceError::Store`] with a conflict when it is settled.
    pub fn confirm_reopening(
        &self,
        caller: &Caller,
        id: ReopeningId,
    ) -> Result<KnownReopening, ServiceError> {
        let (record, subproject) = self.found_reopening(id)?;
        gate::subproject(caller, Act::ConfirmReopening, &subproject)?;
        // What is settled nobody confirms, whoever asked: the store says what became of it.
        if record.settled_at(self.clock.now()).is_none() {
            let hands = self.store.hands_in_reopening(&record)?;
            gate::handled(caller, Act::ConfirmReopening, &subproject, &hands)?;
        }
        let record = self.store.confirm_reopening(id, caller.user, self.clock.now())?;
        Ok(self.known_reopening(record))
    }

    /// Withdraws a reopening: takes back a request, or ends early what was confirmed. What was handed in meanwhile stays as
    /// it is.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is none of this id or the caller may not see its subproject;
    /// [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] without a reason or with a long one; [`ServiceError::Store`]
    /// with a conflict when it is withdrawn already or its time has passed.
    pub fn withdraw_reopening(
        &self,
        caller: &Caller,
        id: ReopeningId,
        reason: &str,
    ) -> Result<KnownReopening, ServiceError> {
        let (_, subproject) = self.found_reopening(id)?;
        gate::subproject(caller, Act::Reopen, &subproject)?;
        let record = self.store.withdraw_reopening(&ReopeningWord {
            id,
            by: caller.user,
            at: self.clock.now(),
            reason: comment::checked_reason(reason)?.to_owned(),
        })?;
        Ok(self.known_reopening(record))
    }

    /// All reopenings of a round that the caller may see, the oldest request first: those of subprojects whose uploads the
    /// caller sees, and all for who sees closed quarters.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`].
    pub fn reopenings(
        &self,
        caller: &Caller,
        round: &RoundCode,
    ) -> Result<Vec<KnownReopening>, ServiceError> {
        gate::programme(caller, Act::ReadRounds)?;
        let round = &self.known_round(round)?.code;
        let subprojects = self.store.subprojects(round)?;
        let visible = |record: &ReopeningRecord| {
            let own = subprojects
                .iter()
                .find(|subproject| subproject.no == record.subproject);
            own.is_some_and(|own| {
                [Act::ReadClosings, Act::ReadUpload]
                    .into_iter()
                    .any(|act| gate::allows(caller, act, own))
            })
        };
        let records = self.store.reopenings(round)?.into_iter().filter(visible);
        Ok(records.map(|record| self.known_reopening(record)).collect())
    }
}

impl Service {
    fn known_reopening(&self, record: ReopeningRecord) -> KnownReopening {
        KnownReopening {
            state: record.state_at(self.clock.now()),
            record,
        }
    }

    fn found_reopening(&self, id: ReopeningId) -> Result<(ReopeningRecord, Subproject), ServiceError> {
        let record = match self.store.reopening(id) {
            Err(StoreError::Unknown { .. }) => return Err(ServiceError::Hidden),
            other => other?,
        };
        let subproject = self.known_subproject(&record.subproject)?;
        Ok((record, subproject))
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
