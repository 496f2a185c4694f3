//! Why a file could not be read: refused, beyond the confined reader, or nobody free to read it.

use nachweis_domain::language::{Language, Text};

use crate::refusal::{Refusal, RefusalClass};

/// What ended a confined reader before it answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WorkerEnd {
    /// It asked for more memory than it may have, or broke in another way that ends a process.
    Crash,
    /// It used up its processor time.
    Cpu,
    /// It took too long and was ended from outside.
    Wall,
    /// It sent something that is no answer.
    Answer,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadFailure {
    /// The file is refused; nothing of it was kept.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The confined reader met one of its limits.
    #[error("the confined reader ended without an answer ({end:?})")]
    WorkerLimit {
        /// What ended it.
        end: WorkerEnd,
    },
    /// All readers are at work and the queue is full.
    #[error("all confined readers are at work and {} uploads wait", nachweis_domain::limits::WORKER_QUEUE.value)]
    Busy,
    /// The confined reader could not be started or spoken to.
    #[error("the confined reader cannot be run")]
    Io(#[from] std::io::Error),
}

impl ReadFailure {
    /// The stable code: that of the refusal, `worker-limit`, `busy` or `worker-failed`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::WorkerLimit { .. } => "worker-limit",
            Self::Busy => "busy",
            Self::Io(_) => "worker-failed",
        }
    }

    /// The HTTP status: that of the refusal, 422, 503 (with Retry-After) or 500.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(refusal) => refusal.class().status(),
            Self::WorkerLimit { .. } => RefusalClass::Unprocessable.status(),
            Self::Busy => 503,
            Self::Io(_) => 500,
        }
    }

    /// What happened and what to do, in whole sentences.
    pub fn text(&self, language: Language) -> String {
        let text = match self {
            Self::Refused(refusal) => return refusal.text(language),
            Self::WorkerLimit { .. } => Text::new(
                "Die Arbeitsmappe konnte innerhalb der zulässigen Zeit und des zulässigen Speichers nicht gelesen werden. \
                 Bitte löschen Sie, was nicht zum Nachweis gehört, speichern Sie sie in Excel oder LibreOffice neu und \
                 laden Sie sie noch einmal hoch.",
                "The workbook could not be read within the time and memory allowed. Please delete what does not belong \
                 to the report, save it again in Excel or LibreOffice and upload it once more.",
            ),
            Self::Busy => Text::new(
                "Gerade werden viele Arbeitsmappen gelesen. Bitte laden Sie die Datei in einer Minute noch einmal hoch.",
                "Many workbooks are being read right now. Please upload the file again in a minute.",
            ),
            Self::Io(_) => Text::new(
                "Die Arbeitsmappe kann gerade nicht gelesen werden, weil das Leseprogramm nicht startet. Bitte \
                 versuchen Sie es später noch einmal und geben Sie der Betreuung Bescheid, wenn es dabei bleibt.",
                "The workbook cannot be read at the moment, because the reading program does not start. Please try \
                 again later and tell the support if it stays that way.",
            ),
        };
        text.get(language).to_owned()
    }
}
