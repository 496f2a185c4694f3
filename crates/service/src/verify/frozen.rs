//! Frozen reports: their bytes are hashed again. The hash itself is among the rows for which the journal vouches.

use nachweis_store::{Store, StoreError};

use super::{Fault, Faults, fault};
use crate::error::ServiceError;

/// Looks at every report that was frozen with a closed quarter.
pub(super) fn look(store: &Store, faults: &mut Faults) -> Result<(), ServiceError> {
    let looked = store.for_each_frozen_file(&mut |file| {
        if !file.is_whole {
            faults.add(Fault::Frozen { name: file.name });
        }
        Ok::<(), StoreError>(())
    });
    fault::or_damaged(looked, faults)
}
