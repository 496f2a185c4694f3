//! The pipeline of an import: readers on all cores, one writer that keeps the order of the files.

use std::{
    collections::BTreeMap,
    num::NonZero,
    path::PathBuf,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use nachweis_domain::{access::Caller, language::Text, limits};
use nachweis_store::{NewUpload, RecordedUpload, StoreError};

use super::{FileOutcome, ImportSummary, ImportedFile, Progress, prepare::prepare, turnstile::Turnstile};
use crate::{error::ServiceError, service::Service};

/// Workbooks written in one transaction.
const BATCH: usize = 16;

/// A file that was read and checked, with its place in the list.
type Prepared = (usize, Result<NewUpload, ServiceError>);

/// Imports all files.
pub(super) fn all(service: &Service, files: &[(Caller, PathBuf)], progress: &dyn Progress) -> ImportSummary {
    let turnstile = Turnstile::new(files.len());
    let readers = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(limits::WORKER_PARALLEL_BATCH.size())
        .min(files.len().max(1));
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(BATCH);
        for _ in 0..readers {
            let sender = sender.clone();
            scope.spawn(|| read_all(service, files, &turnstile, sender));
        }
        drop(sender);
        let mut writer = Writer {
            service,
            files,
            progress,
            turnstile: &turnstile,
            uploads: Vec::with_capacity(BATCH),
            files_since: Vec::new(),
            summary: ImportSummary::default(),
        };
        writer.write_all(receiver);
        turnstile.close();
        writer.tell_the_rest();
        writer.summary
    })
}

/// Reads files until none is left or nobody listens any more.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the channel closes when the last sender is dropped"
)]
fn read_all(
    service: &Service,
    files: &[(Caller, PathBuf)],
    turnstile: &Turnstile,
    sender: SyncSender<Prepared>,
) {
    let mut reader = service.reader.batch();
    while let Some(place) = turnstile.next() {
        let Some((caller, path)) = files.get(place) else {
            return;
        };
        let prepared = prepare(service, caller, &mut reader, path);
        if sender.send((place, prepared)).is_err() {
            return;
        }
    }
}

/// Writes what was read, in the order of the files.
struct Writer<'a> {
    service: &'a Service,
    files: &'a [(Caller, PathBuf)],
    progress: &'a dyn Progress,
    turnstile: &'a Turnstile,
    /// Workbooks of the next transaction.
    uploads: Vec<NewUpload>,
    /// The files since the last transaction: `Ok` stands for the next of the workbooks.
    files_since: Vec<Result<(), ServiceError>>,
    summary: ImportSummary,
}

impl Writer<'_> {
    /// Takes what the readers send, puts it in the order of the files, and writes it in batches.
    fn write_all(&mut self, receiver: Receiver<Prepared>) {
        let mut waiting: BTreeMap<usize, Result<NewUpload, ServiceError>> = BTreeMap::new();
        let mut next = 0;
        for (place, prepared) in receiver {
            waiting.insert(place, prepared);
            while let Some(prepared) = waiting.remove(&next) {
                next += 1;
                self.take(prepared);
            }
            if self.summary.stopped.is_some() {
                return;
            }
        }
        self.flush();
    }

    fn take(&mut self, prepared: Result<NewUpload, ServiceError>) {
        self.files_since
            .push(prepared.map(|upload| self.uploads.push(upload)));
        if self.uploads.len() >= BATCH || self.files_since.len() >= BATCH * 2 {
            self.flush();
        }
    }

    /// Writes the workbooks in one transaction, and tells what became of each file.
    fn flush(&mut self) {
        let uploads = std::mem::take(&mut self.uploads);
        let mut recorded = self.record(&uploads).into_iter();
        for file in std::mem::take(&mut self.files_since) {
            let outcome = match file {
                Ok(()) => recorded.next().unwrap_or_else(|| FileOutcome::NotKept(stopped())),
                Err(error) => FileOutcome::NotKept(error),
            };
            self.tell(outcome);
        }
        self.turnstile.written(self.summary.files.len());
    }

    /// Where the transaction fails for a reason in one workbook, each is tried alone, so that it does not keep the
    /// others out. Where the database itself fails, the import stops.
    fn record(&mut self, uploads: &[NewUpload]) -> Vec<FileOutcome> {
        let store = &self.service.store;
        match store.record_uploads(uploads) {
            Ok(recorded) => recorded.into_iter().map(FileOutcome::from).collect(),
            Err(error) if stops_everything(&error) => {
                self.summary.stopped = Some(error.into());
                Vec::new()
            }
            Err(_) => uploads
                .iter()
                .map(|upload| match store.record_upload(upload) {
                    Ok(recorded) => FileOutcome::from(recorded),
                    Err(error) => FileOutcome::NotKept(error.into()),
                })
                .collect(),
        }
    }

    /// Says of all files that were not reached that nothing of them was kept.
    fn tell_the_rest(&mut self) {
        while self.summary.files.len() < self.files.len() {
            self.tell(FileOutcome::NotKept(stopped()));
        }
    }

    fn tell(&mut self, outcome: FileOutcome) {
        if let Some((_, path)) = self.files.get(self.summary.files.len()) {
            let file = ImportedFile {
                path: path.clone(),
                outcome,
            };
            self.progress.done(&file);
            self.summary.files.push(file);
        }
    }
}

impl From<RecordedUpload> for FileOutcome {
    fn from(recorded: RecordedUpload) -> Self {
        match recorded {
            RecordedUpload::New(upload) => Self::Kept(Box::new(upload)),
            RecordedUpload::Same(upload) => Self::Same(Box::new(upload)),
        }
    }
}

/// Whether no further workbook can be stored either.
const fn stops_everything(error: &StoreError) -> bool {
    matches!(
        error,
        StoreError::Full | StoreError::ReadOnly | StoreError::Busy | StoreError::Unreachable { .. }
    )
}

fn stopped() -> ServiceError {
    ServiceError::Invalid {
        code: "import-stopped",
        text: Text::new(
            "Der Import wurde vorher abgebrochen; von dieser Datei ist nichts gespeichert. Bitte den Import danach wiederholen.",
            "The import stopped before; nothing of this file is stored. Please repeat the import afterwards.",
        ),
    }
}
