//! Erasing originals that need not be kept any longer: one manager proposes, another confirms.

use nachweis_domain::{
    access::{Act, Caller},
    berlin,
    key::{RoundCode, SubprojectNo},
    record::ErasureId,
    retention::{Erasure, ErasureRefusal},
};
use nachweis_store::{Conflict, NewErasure, StoreError};

use crate::{error::ServiceError, gate, id, service::Service};

/// What became of the erasures of a round, one after the other.
#[derive(Debug, Default)]
pub struct Erasures {
    /// Proposed or confirmed.
    pub done: Vec<Erasure>,
    /// Those that were not, each with its reason.
    pub left: Vec<(SubprojectNo, ServiceError)>,
}

impl Service {
    /// The erasures of a round, the oldest first.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for all but managers and auditors of the whole programme, [`ServiceError::Hidden`] when
    /// there is no such round; or when the database fails.
    pub fn erasures(&self, caller: &Caller, round: &RoundCode) -> Result<Vec<Erasure>, ServiceError> {
        gate::programme(caller, Act::ReadRetention)?;
        Ok(self.store.erasures(&self.known_round(round)?.code)?)
    }

    /// Proposes to erase the originals of a subproject. Nothing is erased yet.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Store`] with a conflict when they must still
    /// be kept, are held or gone, or the erasure is proposed already; or when the database fails.
    pub fn propose_erasure(&self, caller: &Caller, no: &SubprojectNo) -> Result<Erasure, ServiceError> {
        let subproject = self.known_subproject(no)?;
        gate::subproject(caller, Act::EraseOriginals, &subproject)?;
        let at = self.clock.now();
        Ok(self.store.propose_erasure(&NewErasure {
            id: ErasureId(id::at(at)),
            subproject: subproject.no,
            by: caller.user,
            at,
        })?)
    }

    /// Confirms an erasure as the second person: the bytes of its originals are erased, for good. Everything is looked at
    /// again; hashes, figures, findings and decisions stay.
    ///
    /// # Errors
    /// As [`Service::propose_erasure`], and [`ServiceError::Forbidden`] for who proposed it.
    pub fn confirm_erasure(&self, caller: &Caller, id: ErasureId) -> Result<Erasure, ServiceError> {
        let erasure = self.confirmed(caller, id)?;
        self.overwrite();
        Ok(erasure)
    }

    /// Proposes to erase the originals of every subproject of a round that are due today, each for itself. Run again it
    /// changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], [`ServiceError::Hidden`] when there is no such round; or when the database fails before
    /// the first. What one subproject is refused for is told in [`Erasures::left`].
    pub fn propose_erasures(&self, caller: &Caller, round: &RoundCode) -> Result<Erasures, ServiceError> {
        gate::programme(caller, Act::EraseOriginals)?;
        let today = berlin::day(self.clock.now());
        let erasures = self.erasures(caller, round)?;
        let due = self.store.kept(round)?.into_iter().filter(|kept| {
            let waits = |erasure: &Erasure| erasure.subproject == kept.subproject && erasure.waits(kept);
            kept.erasable(today).is_ok() && !erasures.iter().any(waits)
        });
        Ok(due
            .map(|kept| (self.propose_erasure(caller, &kept.subproject), kept.subproject))
            .collect())
    }

    /// Confirms every erasure of a round that others proposed and that still is what was proposed, each for itself. Run again
    /// it changes nothing.
    ///
    /// # Errors
    /// As [`Service::propose_erasures`].
    pub fn confirm_erasures(&self, caller: &Caller, round: &RoundCode) -> Result<Erasures, ServiceError> {
        gate::programme(caller, Act::ConfirmErasing)?;
        let kept = self.store.kept(round)?;
        let mut waiting = self.erasures(caller, round)?;
        waiting.retain(|erasure| {
            let mut of = kept.iter().filter(|kept| kept.subproject == erasure.subproject);
            erasure.proposed.by.id != caller.user && of.any(|kept| erasure.waits(kept))
        });
        let erasures = waiting
            .into_iter()
            .map(|erasure| (self.confirmed(caller, erasure.id), erasure.subproject))
            .collect();
        self.overwrite();
        Ok(erasures)
    }

    fn confirmed(&self, caller: &Caller, id: ErasureId) -> Result<Erasure, ServiceError> {
        let erasure = match self.store.erasure(id) {
            Err(StoreError::Unknown { .. }) => return Err(ServiceError::Hidden),
            other => other?,
        };
        let subproject = self.known_subproject(&erasure.subproject)?;
        gate::handled(
            caller,
            Act::ConfirmErasing,
            &subproject,
            &[erasure.proposed.by.id],
        )?;
        Ok(self.store.confirm_erasure(id, caller.user, self.clock.now())?)
    }

    /// What was erased is recorded and gone from the record; that its traces in the files wait for another time is no failure.
    fn overwrite(&self) {
        let _ = self.store.overwrite_erased();
    }
}

impl FromIterator<(Result<Erasure, ServiceError>, SubprojectNo)> for Erasures {
    fn from_iter<I: IntoIterator<Item = (Result<Erasure, ServiceError>, SubprojectNo)>>(each: I) -> Self {
        let mut erasures = Self::default();
        for (erased, no) in each {
            match erased {
                Ok(done) => erasures.done.push(done),
                // Only files are left that belong to others as well.
                Err(ServiceError::Store(StoreError::Conflict(Conflict::Erasure(
                    ErasureRefusal::Nothing,
                )))) => {}
                Err(error) => erasures.left.push((no, error)),
            }
        }
        erasures
    }
}
