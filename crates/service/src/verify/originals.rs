//! Originals: their bytes are hashed again, and read again by the confined reader; what comes out must be what is kept.

use std::{
    num::NonZero,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use nachweis_domain::record::{Sha256, UploadId};
use nachweis_ingest::BatchReader;
use nachweis_store::{KeptFile, StoreError};

use super::{Fault, Faults, VerifyProgress, fault, figures};
use crate::{error::ServiceError, service::Service};

/// Readers at work at most, whatever the number of cores.
const READERS: usize = 8;

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Looked {
    pub(super) hashed: u64,
    pub(super) erased: u64,
    pub(super) read: u64,
    pub(super) figures: u64,
}

/// Looks at every original.
pub(super) fn look(
    service: &Service,
    without_reading: bool,
    progress: &dyn VerifyProgress,
    faults: &mut Faults,
) -> Result<Looked, ServiceError> {
    let mut files = Vec::new();
    let listed = service.store.for_each_kept_file(&mut |file| {
        files.push(file);
        Ok::<(), StoreError>(())
    });
    fault::or_damaged(listed, faults)?;
    progress.begin(u64::try_from(files.len()).unwrap_or(u64::MAX));
    let job = Job {
        service,
        files: &files,
        without_reading,
        progress,
        next: AtomicUsize::new(0),
        done: Mutex::new((Looked::default(), std::mem::take(faults))),
    };
    let readers = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(READERS);
    let results: Vec<Result<(), ServiceError>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..readers).map(|_| scope.spawn(|| job.work())).collect();
        threads
            .into_iter()
            // A panic of a reader goes on here.
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    });
    let (looked, found) = job.done.into_inner().unwrap_or_else(PoisonError::into_inner);
    *faults = found;
    results.into_iter().collect::<Result<(), ServiceError>>()?;
    Ok(looked)
}

struct Job<'a> {
    service: &'a Service,
    files: &'a [KeptFile],
    without_reading: bool,
    progress: &'a dyn VerifyProgress,
    next: AtomicUsize,
    done: Mutex<(Looked, Faults)>,
}

impl Job<'_> {
    /// Takes one file after the other until none is left.
    fn work(&self) -> Result<(), ServiceError> {
        let mut reader = self.service.reader.batch();
        while let Some(file) = self.files.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let mut looked = Looked::default();
            let mut faults = Faults::default();
            self.one(&mut reader, file, &mut looked, &mut faults)?;
            let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
            done.0.hashed += looked.hashed;
            done.0.erased += looked.erased;
            done.0.read += looked.read;
            done.0.figures += looked.figures;
            done.1.append(faults);
            drop(done);
            self.progress.done();
        }
        Ok(())
    }

    fn one(
        &self,
        reader: &mut BatchReader,
        file: &KeptFile,
        looked: &mut Looked,
        faults: &mut Faults,
    ) -> Result<(), ServiceError> {
        let sha256 = file.sha256;
        let bytes = match self.service.store.original(&sha256) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                faults.add(Fault::OriginalMissing { sha256 });
                return Ok(());
            }
            // The journal vouches for the row that says so, which was compared before.
            Err(StoreError::Erased { .. }) => {
                looked.erased += 1;
                return Ok(());
            }
            Err(StoreError::Corrupt { .. }) => {
                faults.add(Fault::Original { sha256 });
                return Ok(());
            }
            Err(error) => return fault::or_damaged(Err(error), faults),
        };
        looked.hashed += 1;
        match file.upload {
            None => faults.add(Fault::Orphan { sha256 }),
            Some(upload) if !self.without_reading => {
                self.read(reader, (upload, sha256), &bytes, looked, faults)?;
            }
            Some(_) => {}
        }
        Ok(())
    }

    fn read(
        &self,
        reader: &mut BatchReader,
        (upload, sha256): (UploadId, Sha256),
        bytes: &[u8],
        looked: &mut Looked,
        faults: &mut Faults,
    ) -> Result<(), ServiceError> {
        let Ok(reading) = reader.read(bytes) else {
            faults.add(Fault::Unread { upload, sha256 });
            return Ok(());
        };
        looked.read += 1;
        match self.service.store.figures_of(upload) {
            Ok(kept) => {
                let (cells, differing) = figures::compare(kept, reading.figures);
                looked.figures += cells;
                for cell in differing {
                    faults.add(Fault::Figure { upload, cell });
                }
                Ok(())
            }
            Err(error) => fault::or_damaged(Err(error), faults),
        }
    }
}
