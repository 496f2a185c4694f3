//! Why the store could not do something: typed, with a remedy in both languages.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    key::SubprojectNo,
    language::Language,
    life::{Refusal, Turn},
    record::{ReopeningSettled, UploadId, UploadState},
    retention::ErasureRefusal,
    waiver::WaiverRefusal,
};

mod backup;
mod cause;
mod text;

pub use backup::BackupFault;

/// Why the store could not do something. Messages never hold a password, nor values of a workbook.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no database at this place yet.
    #[error("{}", self.text(Language::En))]
    Absent {
        /// The address without its password.
        place: String,
    },
    /// There is a database, but of another program.
    #[error("{}", self.text(Language::En))]
    NotOurs {
        /// The address without its password.
        place: String,
    },
    /// The database keeps texts in another form than UTF-8 and would count their characters otherwise.
    #[error("{}", self.text(Language::En))]
    Encoding {
        /// The address without its password.
        place: String,
        /// The form in which it keeps texts.
        encoding: String,
    },
    /// The database is older than this program.
    #[error("{}", self.text(Language::En))]
    Older {
        /// The address without its password.
        place: String,
        /// Migrations that it lacks.
        missing: Vec<String>,
    },
    /// The database is newer than this program.
    #[error("{}", self.text(Language::En))]
    Newer {
        /// The address without its password.
        place: String,
        /// Migrations that this program does not know.
        unknown: Vec<String>,
    },
    /// The database cannot be reached.
    #[error("{}", self.text(Language::En))]
    Unreachable {
        /// The address without its password; empty where it is not known.
        place: String,
        /// What the database or system said.
        reason: String,
    },
    /// No space is left where the database lies.
    #[error("{}", self.text(Language::En))]
    Full,
    /// The database can be read but not written.
    #[error("{}", self.text(Language::En))]
    ReadOnly,
    /// The files of the database cannot be opened, read or written: no space for its working files, a read-only folder, a
    /// failing disk.
    #[error("{}", self.text(Language::En))]
    Storage {
        /// What the database said.
        reason: String,
    },
    /// The file of the database is damaged.
    #[error("{}", self.text(Language::En))]
    Damaged {
        /// What the database said.
        reason: String,
    },
    /// Others kept the database busy for too long; trying again later helps.
    #[error("{}", self.text(Language::En))]
    Busy,
    /// The record does not know this thing.
    #[error("{}", self.text(Language::En))]
    Unknown {
        /// What was looked for.
        thing: Thing,
        /// Its number, code or id.
        key: String,
    },
    /// The state of the upload forbids it.
    #[error("{}", self.text(Language::En))]
    State {
        /// The state it is in.
        found: UploadState,
        /// Whose turn it is.
        turn: Turn,
    },
    /// Something else in the record forbids it.
    #[error("{}", self.text(Language::En))]
    Conflict(Conflict),
    /// A value that the record cannot hold: beyond the limits of amounts, counts or rows.
    #[error("{}", self.text(Language::En))]
    Unfit {
        /// What the value is.
        kind: Kind,
    },
    /// A kept row cannot be read back: the record was changed behind its back or is damaged.
    #[error("{}", self.text(Language::En))]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The id of the row.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The original was erased, because it need not be kept any longer.
    #[error("{}", self.text(Language::En))]
    Erased {
        /// When.
        at: DateTime<Utc>,
    },
    /// Something is recorded already where a backup was to be restored.
    #[error("{}", self.text(Language::En))]
    NotEmpty {
        /// The address without its password.
        place: String,
    },
    /// A backup that cannot be written or restored.
    #[error("{}", self.text(Language::En))]
    Backup {
        /// Its file.
        file: String,
        /// Why.
        #[source]
        fault: BackupFault,
    },
    /// Any other failure of the database.
    #[error("the database could not {operation}")]
    Query {
        /// What was being done, as a verb with its object.
        operation: &'static str,
        /// What the database said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// A kind of thing in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A funding round.
    Round,
    /// A regional network.
    Network,
    /// A subproject.
    Subproject,
    /// A plan version.
    Plan,
    /// An upload.
    Upload,
    /// A finding of an upload.
    Finding,
    /// A reopening of a closed quarter.
    Reopening,
    /// A waiver.
    Waiver,
    /// A hold on originals.
    Hold,
    /// An erasure of originals.
    Erasure,
    /// A person with an account.
    User,
}

/// A kind of value with limits of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An amount or a count: at most 10^12 cents or units, of either sign.
    Figure,
    /// A date: years 1900 to 2999.
    Date,
    /// A number of rows, findings or bytes.
    Number,
    /// A text: keys without control characters.
    Text,
}

/// What in the record stands against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Another revision of the quarter is submitted and not yet decided.
    OpenRevision {
        /// Its number.
        revision: u32,
        /// Whose turn it is there.
        turn: Turn,
    },
    /// A newer revision of the quarter was already accepted.
    NewerRevision {
        /// Its number.
        revision: u32,
    },
    /// The coordinator of the network has not endorsed the submission yet.
    NotEndorsed,
    /// Nobody endorses the reports of this subproject.
    EndorsementNotNeeded,
    /// The quarter is closed for the subproject.
    QuarterClosed {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// The quarter was reopened for the subproject, and the time for it has passed.
    ReopeningExpired {
        /// Since when.
        at: DateTime<Utc>,
    },
    /// Submissions of the quarter stand for decision.
    Undecided {
        /// Them, in the order of their subprojects.
        submissions: Vec<OpenSubmission>,
    },
    /// The quarter is not closed, so that nothing is to be reopened.
    QuarterOpen,
    /// The reopening was already confirmed or withdrawn, or its time has passed.
    ReopeningSettled(ReopeningSettled),
    /// As many requests to reopen quarters of the subproject wait for a second person as may.
    ReopeningsOpen {
        /// How many.
        count: usize,
    },
    /// The step with the waiver is not allowed.
    Waiver(WaiverRefusal),
    /// As many requests for waivers of the subproject wait for a decision as may.
    WaiversOpen {
        /// How many.
        count: usize,
    },
    /// The hold is lifted already.
    HoldLifted,
    /// The originals are not erased.
    Erasure(ErasureRefusal),
    /// The same file came before and was erased.
    Erased {
        /// When.
        at: DateTime<Utc>,
    },
    /// Four eyes: nobody decides on what they handed in, endorsed or asked for.
    FourEyes,
    /// The sign-in name is taken (capitals do not count).
    LoginTaken {
        /// The name.
        name: String,
    },
    /// The identity at an issuer is or was linked to another account.
    IdentityTaken {
        /// The sign-in name of that account.
        name: String,
    },
    /// A subproject's number belongs to another round.
    OtherRound {
        /// The number.
        subproject: String,
    },
    /// Two people changed the same thing at the same time.
    Concurrent,
}

/// A submission that stands for decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSubmission {
    /// Its id.
    pub id: UploadId,
    /// The subproject.
    pub subproject: SubprojectNo,
    /// The number of the revision.
    pub revision: u32,
}

impl StoreError {
    /// The stable code in logs and problems, in small letters with hyphens as all of them.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Absent { .. } => "database-absent",
            Self::NotOurs { .. } => "database-not-ours",
            Self::Encoding { .. } => "database-encoding",
            Self::Older { .. } => "database-older",
            Self::Newer { .. } => "database-newer",
            Self::Unreachable { .. } => "database-unreachable",
            Self::Full => "database-full",
            Self::ReadOnly => "database-read-only",
            Self::Storage { .. } => "database-storage",
            Self::Damaged { .. } => "database-damaged",
            Self::Busy => "database-busy",
            Self::Unknown { .. } => "unknown",
            Self::State { .. } => "state",
            Self::Conflict(Conflict::OpenRevision { .. }) => "open-revision",
            Self::Conflict(Conflict::NewerRevision { .. }) => "newer-revision",
            Self::Conflict(Conflict::NotEndorsed) => "not-endorsed",
            Self::Conflict(Conflict::EndorsementNotNeeded) => "endorsement-not-needed",
            Self::Conflict(Conflict::QuarterClosed { .. }) => "quarter-closed",
            Self::Conflict(Conflict::ReopeningExpired { .. }) => "reopening-expired",
            Self::Conflict(Conflict::Undecided { .. }) => "undecided",
            Self::Conflict(Conflict::QuarterOpen) => "quarter-open",
            Self::Conflict(Conflict::ReopeningSettled(_)) => "reopening-settled",
            Self::Conflict(Conflict::ReopeningsOpen { .. }) => "reopenings-open",
            Self::Conflict(Conflict::Waiver(refusal)) => refusal.code(),
            Self::Conflict(Conflict::WaiversOpen { .. }) => "waivers-open",
            Self::Conflict(Conflict::HoldLifted) => "hold-lifted",
            Self::Conflict(Conflict::Erasure(refusal)) => refusal.code(),
            Self::Conflict(Conflict::Erased { .. }) => "file-erased",
            Self::Conflict(Conflict::FourEyes) => "four-eyes",
            Self::Conflict(Conflict::LoginTaken { .. }) => "login-taken",
            Self::Conflict(Conflict::IdentityTaken { .. }) => "identity-taken",
            Self::Conflict(Conflict::OtherRound { .. }) => "other-round",
            Self::Conflict(Conflict::Concurrent) => "concurrent",
            Self::Unfit { .. } => "unfit",
            Self::Corrupt { .. } => "record-damaged",
            Self::Erased { .. } => "original-erased",
            Self::NotEmpty { .. } => "database-not-empty",
            Self::Backup { .. } => "backup",
            Self::Query { .. } => "database-failed",
        }
    }

    /// The error of a step that the life of a quarter does not allow.
    pub const fn of_refusal(refusal: Refusal) -> Self {
        Self::Conflict(match refusal {
            Refusal::State { found, turn } => return Self::State { found, turn },
            Refusal::Closed { at } => Conflict::QuarterClosed { at },
            Refusal::ReopeningExpired { at } => Conflict::ReopeningExpired { at },
            Refusal::NotEndorsed => Conflict::NotEndorsed,
            Refusal::EndorsementNotNeeded => Conflict::EndorsementNotNeeded,
            Refusal::OpenRevision { revision, turn } => Conflict::OpenRevision { revision, turn },
            Refusal::NewerRevision { revision } => Conflict::NewerRevision { revision },
        })
    }

    /// Whether the connection is not used any longer. One that was opened while the files could only be read, or to a server
    /// that only gave to read, goes on refusing to write when others could.
    pub(crate) const fn breaks_connection(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. } | Self::ReadOnly | Self::Storage { .. }
        )
    }

    /// The same error, naming what was being done.
    pub(crate) fn during(self, doing: &'static str) -> Self {
        match self {
            Self::Query { source, .. } => Self::Query {
                operation: doing,
                source,
            },
            other => other,
        }
    }
}
