//! Work on originals over all cores, each thread with a confined reader of its own.

use nachweis_domain::limits;
use std::{
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use nachweis_ingest::BatchReader;

use crate::{error::ServiceError, service::Service};

/// Does something with each of the items, in no order; `work` gets a reader, the place of the item, and the item.
///
/// # Errors
/// One of the errors of `work`; a thread that had one takes no further item.
pub(crate) fn for_each<T: Sync>(
    service: &Service,
    items: &[T],
    work: impl Fn(&mut BatchReader, usize, &T) -> Result<(), ServiceError> + Sync,
) -> Result<(), ServiceError> {
    let next = AtomicUsize::new(0);
    let take = || {
        let mut reader = service.reader.batch();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return Ok(());
            };
            work(&mut reader, index, item)?;
        }
    };
    let readers = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(limits::WORKER_PARALLEL_BATCH.size());
    thread::scope(|scope| {
        let threads: Vec<_> = (0..readers).map(|_| scope.spawn(take)).collect();
        let results: Vec<Result<(), ServiceError>> = threads
            .into_iter()
            // A panic of a reader goes on here.
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect();
        results.into_iter().collect()
    })
}
