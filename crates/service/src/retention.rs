//! Retention: until when originals are kept, and holds that keep them longer.

use chrono::NaiveDate;
use nachweis_domain::{
    access::{Act, Caller},
    berlin,
    key::{RoundCode, SubprojectNo},
    record::HoldId,
    retention::{Hold, Kept},
};
use nachweis_store::{NewHold, StoreError};

use crate::{comment, error::ServiceError, gate, id, service::Service};

impl Service {
    /// What is kept of each subproject of a round and until when, in the order of their numbers, and the day of today in
    /// Europe/Berlin, on which [`Kept::state`] says what need not be kept any longer.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for all but managers and auditors of the whole programme, [`ServiceError::Hidden`] when
    /// there is no such round; or when the database fails.
    pub fn kept(&self, caller: &Caller, round: &RoundCode) -> Result<(NaiveDate, Vec<Kept>), ServiceError> {
        gate::programme(caller, Act::ReadRetention)?;
        let kept = self.store.kept(&self.known_round(round)?.code)?;
        Ok((berlin::day(self.clock.now()), kept))
    }

    /// All holds, lifted ones included, the oldest first.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for all but managers and auditors of the whole programme; or when the database fails.
    pub fn holds(&self, caller: &Caller) -> Result<Vec<Hold>, ServiceError> {
        gate::programme(caller, Act::ReadRetention)?;
        Ok(self.store.holds()?)
    }

    /// Places a hold on the originals of a subproject: proceedings, a request of the Commission, State aid.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] without a reason or with a long
    /// one; or when the database fails.
    pub fn place_hold(&self, caller: &Caller, no: &SubprojectNo, reason: &str) -> Result<Hold, ServiceError> {
        let subproject = self.known_subproject(no)?;
        gate::subproject(caller, Act::HoldOriginals, &subproject)?;
        let at = self.clock.now();
        Ok(self.store.place_hold(&NewHold {
            id: HoldId(id::at(at)),
            subproject: subproject.no,
            reason: comment::checked_reason(reason)?.to_owned(),
            by: caller.user,
            at,
        })?)
    }

    /// Lifts a hold, with a reason. The hold stays in the record, and so does who lifted it.
    ///
    /// # Errors
    /// As [`Service::place_hold`]; [`ServiceError::Store`] with a conflict when it is lifted already.
    pub fn lift_hold(&self, caller: &Caller, id: HoldId, reason: &str) -> Result<Hold, ServiceError> {
        let hold = match self.store.hold(id) {
            Err(StoreError::Unknown { .. }) => return Err(ServiceError::Hidden),
            other => other?,
        };
        let subproject = self.known_subproject(&hold.subproject)?;
        gate::subproject(caller, Act::HoldOriginals, &subproject)?;
        let reason = comment::checked_reason(reason)?;
        Ok(self.store.lift_hold(id, reason, caller.user, self.clock.now())?)
    }
}
