//! Originals: their bytes are hashed again, and read again by the confined reader; what comes out must be what is kept.

use std::sync::{Mutex, PoisonError};

use nachweis_domain::record::{Sha256, UploadId};
use nachweis_ingest::BatchReader;
use nachweis_store::{KeptFile, StoreError};

use super::{Fault, Faults, VerifyProgress, fault, figures};
use crate::{error::ServiceError, readers, service::Service};

/// How much was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Looked {
    pub(super) hashed: u64,
    pub(super) erased: u64,
    pub(super) read: u64,
    pub(super) figures: u64,
}

impl Looked {
    fn add(&mut self, more: Self) {
        self.hashed += more.hashed;
        self.erased += more.erased;
        self.read += more.read;
        self.figures += more.figures;
    }
}

/// Looks at every original; gives how much was looked at and what was found.
pub(super) fn look(
    service: &Service,
    without_reading: bool,
    progress: &dyn VerifyProgress,
) -> Result<(Looked, Faults), ServiceError> {
    let mut faults = Faults::default();
    let mut files = Vec::new();
    let listed = service.store.for_each_kept_file(&mut |file| {
        files.push(file);
        Ok::<(), StoreError>(())
    });
    fault::or_damaged(listed, &mut faults)?;
    progress.begin(u64::try_from(files.len()).unwrap_or(u64::MAX));
    let job = Job {
        service,
        without_reading,
    };
    let done = Mutex::new((Looked::default(), faults));
    readers::for_each(service, &files, |reader, _, file| {
        let mut looked = Looked::default();
        let mut faults = Faults::default();
        job.one(reader, file, &mut looked, &mut faults)?;
        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
        done.0.add(looked);
        done.1.append(faults);
        drop(done);
        progress.done();
        Ok(())
    })?;
    Ok(done.into_inner().unwrap_or_else(PoisonError::into_inner))
}

struct Job<'a> {
    service: &'a Service,
    without_reading: bool,
}

impl Job<'_> {
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
            // The journal vouches for the row that says so; rows are compared by another thread.
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
