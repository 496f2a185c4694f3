//! Requests with an `Idempotency-Key`: the first answer is kept for a day and given again, on all instances.

use chrono::TimeDelta;
use nachweis_domain::{limits, record::Sha256};
use nachweis_store::{Begun, Keeping, KeptAnswer, KeyedRequest, Pass};

use sha2::Digest as _;

use crate::{error::ServiceError, id, service::Service};

/// What makes two requests the same: address with parameters, and body.
pub fn fingerprint(path: &str, query: &str, body: &[u8]) -> Sha256 {
    let mut hash = sha2::Sha256::new();
    for part in [path, query] {
        hash.update(part);
        hash.update(b"\n");
    }
    hash.update(body);
    Sha256(hash.finalize().into())
}

impl Service {
    /// Begins a request of who comes with a pass under a key, and says what to do with it.
    ///
    /// # Errors
    /// [`ServiceError::Store`].
    pub fn begin_request(
        &self,
        pass: &Pass,
        key: &str,
        request: Sha256,
    ) -> Result<(KeyedRequest, Begun), ServiceError> {
        let now = self.clock.now();
        let request = KeyedRequest {
            user: pass.user,
            key: key.to_owned(),
            request,
            epoch: pass.epoch,
            run: id::at(now),
        };
        let count = |limit: limits::Limit| i64::try_from(limit.value).unwrap_or(1);
        let keeping = Keeping {
            since: now - TimeDelta::hours(count(limits::IDEMPOTENCY_HOURS)),
            running_since: now - TimeDelta::minutes(count(limits::IDEMPOTENCY_RUN)),
            most: limits::IDEMPOTENCY_KEYS.value,
        };
        let begun = self.store.begin_request(&request, &keeping, now)?;
        Ok((request, begun))
    }

    /// Keeps the answer of a request; `None` frees the key, for answers that another try may change.
    ///
    /// # Errors
    /// [`ServiceError::Store`].
    pub fn finish_request(
        &self,
        request: &KeyedRequest,
        answer: Option<&KeptAnswer>,
    ) -> Result<(), ServiceError> {
        Ok(self.store.finish_request(request, answer)?)
    }
}
