//! Reads files in a confined child of this program, so that no file can take the service down.
//!
//! An upload gets a fresh child. An import shares one child among many files and takes a new one after a mishap.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use nachweis_domain::{limits, round::FundingRound};
use serde::de::DeserializeOwned;

use crate::{
    Reading,
    failure::{ReadFailure, WorkerEnd},
    frame::Kind,
    table::RawSheet,
};

mod child;
mod turnstile;

use child::Child;
use turnstile::Turnstile;

/// Reads uploads, each in a fresh child. Cheap to clone; clones share the limit of children at work.
#[derive(Clone, Debug)]
pub struct ConfinedReader {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    program: PathBuf,
    rounds: Arc<Vec<FundingRound>>,
    patience: Duration,
    turnstile: Turnstile,
}

impl Shared {
    fn start(&self, files: u64, patience: Duration) -> std::io::Result<Child> {
        Child::start(&self.program, &self.rounds, files, patience)
    }
}

impl ConfinedReader {
    /// A reader that runs `program` with the argument [`crate::WORKER_ARGUMENT`]: the path of the program itself.
    pub fn new(program: PathBuf, rounds: Arc<Vec<FundingRound>>) -> Self {
        Self::with_patience(program, rounds, Duration::from_secs(limits::WORKER_WALL.value))
    }

    /// The same, waiting at most so long for the answer to a file.
    pub fn with_patience(program: PathBuf, rounds: Arc<Vec<FundingRound>>, patience: Duration) -> Self {
        Self {
            shared: Arc::new(Shared {
                program,
                rounds,
                patience,
                turnstile: Turnstile::new(
                    limits::WORKER_PARALLEL.value,
                    limits::WORKER_QUEUE.value,
                    Duration::from_secs(limits::WORKER_WAIT.value),
                ),
            }),
        }
    }

    /// Reads a quarterly workbook. Blocks until the answer, at most [`limits::WORKER_WALL`], waiting for its turn included.
    ///
    /// # Errors
    /// [`ReadFailure::Refused`] for the file's faults, [`ReadFailure::WorkerLimit`] when it asks too much of the child,
    /// [`ReadFailure::Busy`] when too many wait or its turn does not come in time, [`ReadFailure::Io`] when no child can be run.
    pub fn read(&self, bytes: &[u8]) -> Result<Reading, ReadFailure> {
        self.once(Kind::Workbook, bytes)
    }

    /// Reads any small workbook as raw cells, for the programme import.
    ///
    /// # Errors
    /// As [`ConfinedReader::read`].
    pub fn read_table(&self, bytes: &[u8]) -> Result<Vec<RawSheet>, ReadFailure> {
        self.once(Kind::List, bytes)
    }

    /// A reader for an import of many files, one after another in one child. For two cores take two.
    pub fn batch(&self) -> BatchReader {
        BatchReader {
            shared: Arc::clone(&self.shared),
            child: None,
        }
    }

    fn once<T: DeserializeOwned>(&self, kind: Kind, bytes: &[u8]) -> Result<T, ReadFailure> {
        let began = Instant::now();
        let _turn = self.shared.turnstile.enter()?;
        let rest = self.shared.patience.saturating_sub(began.elapsed());
        let mut child = self.shared.start(1, rest)?;
        child.ask(kind, bytes).map_err(Stopped::failure)
    }
}

/// Reads many files in one child, which is replaced after [`limits::WORKER_BATCH`] files and after any mishap.
#[derive(Debug)]
pub struct BatchReader {
    shared: Arc<Shared>,
    child: Option<(Child, u64)>,
}

impl BatchReader {
    /// Reads a quarterly workbook.
    ///
    /// # Errors
    /// As [`ConfinedReader::read`], but never [`ReadFailure::Busy`].
    pub fn read(&mut self, bytes: &[u8]) -> Result<Reading, ReadFailure> {
        let files = limits::WORKER_BATCH.value;
        let (mut child, served) = match self.child.take() {
            Some((child, served)) if served < files => (child, served),
            _ => (self.shared.start(files, self.shared.patience)?, 0),
        };
        let answer = child.ask(Kind::Workbook, bytes);
        if !matches!(answer, Err(Stopped::Ended(_))) {
            self.child = Some((child, served + 1));
        }
        answer.map_err(Stopped::failure)
    }
}

/// Why a child gave no reading.
#[derive(Debug)]
enum Stopped {
    /// It refused the file and goes on.
    Refused(Box<crate::Refusal>),
    /// It is gone.
    Ended(WorkerEnd),
}

impl Stopped {
    fn failure(self) -> ReadFailure {
        match self {
            Self::Refused(refusal) => ReadFailure::Refused(*refusal),
            Self::Ended(end) => ReadFailure::WorkerLimit { end },
        }
    }
}
