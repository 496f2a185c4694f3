//! Keeping the record: a backup while the service runs, and back into an empty database.

use std::path::Path;

use nachweis_store::{BackupManifest, DatabaseUrl, Store};

use crate::{clock::Clock, error::ServiceError};

/// Writes a backup of the record as of one moment. A file that exists is not written over. The journal does not grow:
/// what is backed up is what is there.
///
/// # Errors
/// [`ServiceError::Store`] when the database cannot be read or the file cannot be written.
pub fn backup(database_url: &DatabaseUrl, to: &Path, clock: &Clock) -> Result<BackupManifest, ServiceError> {
    Ok(Store::open(database_url)?.backup(to, clock.now())?)
}

/// Restores a backup into a database without any record: all of it or nothing. Every row, the head of the journal and
/// the control totals were compared with the backup's manifest before anything was kept.
///
/// # Errors
/// [`ServiceError::Store`] when the file is no whole backup of this version, or the database holds a record.
pub fn restore(database_url: &DatabaseUrl, from: &Path) -> Result<BackupManifest, ServiceError> {
    Ok(Store::restore(database_url, from)?)
}
