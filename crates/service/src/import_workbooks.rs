//! Importing many workbooks: read and checked on all cores, written in batches, in the order of the files.
//!
//! Which subproject and quarter a workbook belongs to is said by its sealed envelope. Each workbook is stored whole or
//! not at all, and the summary says which.

use std::path::PathBuf;

use nachweis_domain::{
    access::{Act, Caller},
    record::Upload,
};

use crate::{error::ServiceError, gate, service::Service};

mod prepare;
mod turnstile;
mod write;

/// Told as an import goes on. Called on the thread of the import, in the order of the files.
pub trait Progress {
    /// The import begins with so many files.
    fn begin(&self, files: usize);
    /// A file is done.
    fn done(&self, file: &ImportedFile);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _files: usize) {}
    fn done(&self, _file: &ImportedFile) {}
}

/// What became of a file of an import.
#[derive(Debug)]
pub struct ImportedFile {
    /// The file.
    pub path: PathBuf,
    /// What became of it.
    pub outcome: FileOutcome,
}

/// What became of a workbook.
#[derive(Debug)]
pub enum FileOutcome {
    /// Kept as a new revision.
    Kept(Box<Upload>),
    /// The same bytes had been kept before: the first receipt.
    Same(Box<Upload>),
    /// Nothing of it was kept.
    NotKept(ServiceError),
}

/// What became of all files of an import, in their order.
#[derive(Debug, Default)]
pub struct ImportSummary {
    /// Each file with its outcome.
    pub files: Vec<ImportedFile>,
    /// Why the import stopped before its end, if it did: the database failed.
    pub stopped: Option<ServiceError>,
}

/// Counts of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCount {
    /// New revisions.
    pub kept: usize,
    /// Workbooks that had been kept before.
    pub same: usize,
    /// Files of which nothing was kept.
    pub not_kept: usize,
    /// New revisions that cannot be submitted.
    pub blocked: usize,
    /// New revisions with warnings and no blocking findings.
    pub with_warnings: usize,
    /// Findings of all new revisions.
    pub findings: u64,
}

impl ImportSummary {
    /// The counts.
    pub fn count(&self) -> ImportCount {
        let mut count = ImportCount::default();
        for file in &self.files {
            match &file.outcome {
                FileOutcome::Kept(upload) => count.add(upload),
                FileOutcome::Same(_) => count.same += 1,
                FileOutcome::NotKept(_) => count.not_kept += 1,
            }
        }
        count
    }
}

impl ImportCount {
    fn add(&mut self, upload: &Upload) {
        self.kept += 1;
        self.blocked += usize::from(upload.blocking > 0);
        self.with_warnings += usize::from(upload.blocking == 0 && upload.warnings > 0);
        self.findings += [upload.blocking, upload.warnings, upload.notices]
            .map(u64::from)
            .iter()
            .sum::<u64>();
    }
}

impl Service {
    /// Imports workbooks. A file that is not kept does not stop the others; each says why.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for callers who may not even read the rounds; what the caller may not upload is told in
    /// the summary, file by file.
    pub fn import_workbooks(
        &self,
        caller: &Caller,
        files: &[PathBuf],
        progress: &dyn Progress,
    ) -> Result<ImportSummary, ServiceError> {
        let handed_in: Vec<_> = files.iter().map(|path| (caller.clone(), path.clone())).collect();
        gate::programme(caller, Act::ReadRounds)?;
        Ok(self.import_handed_in(&handed_in, progress))
    }

    /// Imports workbooks of several senders together, each as if its sender had imported it alone: what a sender may
    /// not upload is not kept.
    pub fn import_handed_in(&self, files: &[(Caller, PathBuf)], progress: &dyn Progress) -> ImportSummary {
        progress.begin(files.len());
        write::all(self, files, progress)
    }
}
