//! Says early, and in the order of [`nachweis_domain::life`], why the state of an upload forbids a step: a closed quarter
//! first, because no other state helps there.

use nachweis_domain::{
    access::Act,
    life,
    record::{Upload, UploadState},
};
use nachweis_store::StoreError;

use crate::{error::ServiceError, service::Service};

impl Service {
    /// Says early and in words whose turn it is when the state forbids a decision. The store decides again, under lock.
    ///
    /// # Errors
    /// As [`Service::impossible`].
    pub(crate) fn unless_possible(&self, upload: &Upload, act: Act) -> Result<(), ServiceError> {
        let possible = match act {
            Act::Endorse => upload.state == UploadState::Submitted,
            _ => upload.state.is_open(),
        };
        if possible {
            return Ok(());
        }
        Err(self.impossible(upload, act))
    }

    /// Why a step from the state of an upload is not possible: [`ServiceError::Store`] with a conflict where the quarter is
    /// closed, [`ServiceError::State`] where it is not; or that the database fails.
    pub(crate) fn impossible(&self, upload: &Upload, act: Act) -> ServiceError {
        let situation = match self.store.situation(upload.id, self.clock.now()) {
            Ok(situation) => situation,
            Err(fault) => return fault.into(),
        };
        match situation.standing.refusal() {
            Some(closed) => StoreError::of_refusal(closed).into(),
            None => ServiceError::State {
                found: situation.state,
                turn: life::turn(Some(situation.state), situation.endorsement),
                act,
            },
        }
    }
}
