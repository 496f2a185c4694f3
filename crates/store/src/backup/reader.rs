//! A backup that is read: sealed, whole and of this version, or refused.

use std::path::Path;

use super::{
    file, manifest,
    manifest::BackupManifest,
    tables::{self, Shape},
};
use crate::{
    connection::{Conn, Session},
    error::{BackupFault, StoreError},
};

/// An open backup.
pub(super) struct Backup {
    file: String,
    session: Session,
    manifest: BackupManifest,
}

impl Backup {
    /// Opens a file whose every byte is as it was written.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        file::check_seal(path)?;
        let fault = |fault| file::fault(path, fault);
        let damaged = |_error: StoreError| fault(BackupFault::Changed);
        let mut session = Session::read_only(path).map_err(damaged)?;
        let manifest = manifest::read(&mut session.conn())
            .map_err(damaged)?
            .ok_or_else(|| fault(BackupFault::OtherVersion { written_by: None }))?;
        if manifest.migrations != super::versions()? {
            return Err(fault(BackupFault::OtherVersion {
                written_by: Some(manifest.program_version),
            }));
        }
        Ok(Self {
            file: path.display().to_string(),
            session,
            manifest,
        })
    }

    pub(super) const fn manifest(&self) -> &BackupManifest {
        &self.manifest
    }

    pub(super) fn conn(&mut self) -> Conn<'_> {
        self.session.conn()
    }

    pub(super) fn shapes(&mut self) -> Result<Vec<Shape>, StoreError> {
        tables::shapes(&mut self.session.conn())
    }

    pub(super) fn fault(&self, fault: BackupFault) -> StoreError {
        StoreError::Backup {
            file: self.file.clone(),
            fault,
        }
    }
}
