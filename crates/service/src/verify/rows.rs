//! Comparing rows with what the journal vouches for.

use nachweis_store::{Store, StoreError, written_by_migrations};

use super::{Fault, Faults, Vouched, fault};
use crate::error::ServiceError;

/// Compares every group of rows; gives how many there are. The journal has `entries`: none vouches yet for what migrations
/// wrote while there is no entry.
pub(super) fn compare(
    store: &Store,
    (entries, mut vouched): (u64, Vouched),
    faults: &mut Faults,
) -> Result<u64, ServiceError> {
    let mut groups = 0;
    let shipped = (entries == 0).then(written_by_migrations);
    let read = store.for_each_group(&mut |found| {
        groups += 1;
        match vouched.remove(&found.name) {
            Some(word) if word.digest == Some(found.digest) => {}
            Some(word) => faults.add(Fault::Rows {
                group: found.name,
                position: word.position,
            }),
            None if shipped.as_ref() == Some(&found.name) => {}
            None => faults.add(Fault::Strange { group: found.name }),
        }
        Ok::<(), StoreError>(())
    });
    fault::or_damaged(read, faults)?;
    let mut missing: Vec<_> = vouched
        .into_iter()
        .filter(|(_, word)| word.digest.is_some())
        .collect();
    missing.sort_unstable_by(|a, b| (a.1.position, &a.0).cmp(&(b.1.position, &b.0)));
    for (group, word) in missing {
        faults.add(Fault::Missing {
            group,
            position: word.position,
        });
    }
    Ok(groups)
}
