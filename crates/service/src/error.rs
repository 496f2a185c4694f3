//! What can go wrong in a use case, with a stable code and whole sentences for people.
//!
//! Nothing here knows HTTP: [`ServiceError::class`] says what kind of answer it is, the edge chooses the status.

use std::path::PathBuf;

use nachweis_domain::{
    access::{Act, Reason},
    finding::Finding,
    language::{Language, Text},
    life::Turn,
    record::{UploadId, UploadState},
    round::RoundError,
};
use nachweis_ingest::{IngestError, ReadFailure, Refusal, RefusalClass, programme::ProgrammeError};
use nachweis_report::ReportError;
use nachweis_store::{Conflict, StoreError};

mod issuer;
mod state;
mod system;
mod text;

pub use issuer::IssuerFailure;
pub use system::system_words;

/// Why a use case was not done.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// There is no such thing, or the caller may not see it; both are answered alike.
    #[error("no such thing is visible to the caller")]
    Hidden,
    /// The thing is visible, but the caller may not do this.
    #[error("the caller may not do this: {0:?}")]
    Forbidden(Reason),
    /// The state of an upload forbids the decision.
    #[error("the state {found:?} forbids {act:?}")]
    State {
        /// The state of the upload.
        found: UploadState,
        /// Whose turn it is.
        turn: Turn,
        /// What was asked for.
        act: Act,
    },
    /// The file is no workbook that is read; nothing of it was kept but hash, size, sender, time and reason.
    #[error("the file is refused")]
    Refused(#[source] Refusal),
    /// The confined reader met one of its limits, of which the record keeps what it keeps of a refusal; or it could not
    /// be run.
    #[error("the file could not be read")]
    Unread(#[source] ReadFailure),
    /// Submissions that keep many from being accepted in one step, each with its reason; nothing was changed.
    #[error("{} submissions stand in the way", .0.len())]
    Prevented(Vec<(UploadId, Self)>),
    /// What was given cannot be used; nothing was changed.
    #[error("{code}: {}", text.en)]
    Invalid {
        /// The stable code.
        code: &'static str,
        /// Whole sentences with the remedy.
        text: Text,
    },
    /// The workbook holds data about single persons; nothing of it was kept but hash, size, sender, time and reason.
    #[error("the workbook holds data about single persons and was not kept")]
    PersonalData {
        /// Where, without any of the data.
        findings: Vec<Finding>,
    },
    /// The sign-in or the session is not valid.
    #[error("sign-in refused: {0:?}")]
    SignIn(SignInFailure),
    /// A sign-in at an OpenID Connect issuer did not succeed.
    #[error("sign-in at an issuer refused: {0:?}")]
    Issuer(IssuerFailure),
    /// The caller has uploaded too much in too short a time.
    #[error("too many uploads, again in {retry_after_s} s")]
    TooManyUploads {
        /// Seconds until the next one is taken.
        retry_after_s: u64,
    },
    /// The subproject keeps as many bytes as it may.
    #[error("the subproject keeps as much as it may")]
    SubprojectFull,
    /// All readers are at work and the queue is full; try again in a moment.
    #[error("all readers are at work")]
    Busy,
    /// A file of the deployment or the command line cannot be read or written.
    #[error("cannot {doing} {path}")]
    File {
        /// What was tried: `read`, `write`.
        doing: Doing,
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A round file cannot be used.
    #[error("the round file {path} cannot be used")]
    Round {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: RoundError,
    },
    /// The database could not do it.
    #[error(transparent)]
    Store(StoreError),
    /// A workbook could not be written.
    #[error(transparent)]
    Workbook(#[from] IngestError),
    /// The file holds no programme that can be imported; nothing was changed.
    #[error(transparent)]
    Programme(#[from] ProgrammeError),
    /// A report could not be made or written.
    #[error(transparent)]
    Report(#[from] ReportError),
    /// A password could not be hashed.
    #[error("cannot hash the password")]
    PasswordHash(#[source] argon2::password_hash::Error),
}

/// What was tried with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// To read it.
    Read,
    /// To write it.
    Write,
}

impl std::fmt::Display for Doing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Write => "write",
        })
    }
}

/// Why a sign-in or a session is not valid. The wording never tells whether an account exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInFailure {
    /// Unknown name, wrong password, or a disabled account.
    Credentials,
    /// Too many failures for this name.
    TooMany {
        /// Seconds until the next try is looked at.
        retry_after_s: u64,
    },
    /// The session has ended, was revoked, or never existed.
    Session,
}

/// What kind of answer an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorClass {
    /// Not there, or not visible.
    NotFound,
    /// Visible, not allowed.
    Forbidden,
    /// Who asks is not known.
    Unauthenticated,
    /// The state forbids it.
    Conflict,
    /// What was given cannot be used.
    Invalid,
    /// The file is no workbook that can be read.
    Malformed,
    /// The file is too large.
    TooLarge,
    /// The file has a format that is not taken.
    Unsupported,
    /// Too many tries.
    TooMany,
    /// It was there and was erased, as the law wants.
    Gone,
    /// What one subproject may keep is used up.
    OverQuota,
    /// Try again in a moment.
    Busy,
    /// The database cannot be written: the disk is full, or it is write-protected. Reading goes on.
    StorageFull,
    /// Another service that is needed does not answer as it should.
    Upstream,
    /// Our fault, or that of the machine.
    Internal,
}

impl ErrorClass {
    /// All classes.
    pub const ALL: [Self; 15] = [
        Self::NotFound,
        Self::Forbidden,
        Self::Unauthenticated,
        Self::Conflict,
        Self::Invalid,
        Self::Malformed,
        Self::TooLarge,
        Self::Unsupported,
        Self::TooMany,
        Self::Gone,
        Self::OverQuota,
        Self::Busy,
        Self::StorageFull,
        Self::Upstream,
        Self::Internal,
    ];
}

impl ServiceError {
    /// The stable code, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Hidden => "not-found",
            Self::Forbidden(Reason::Role) => "forbidden",
            Self::Forbidden(Reason::OwnSubmission) => "own-submission",
            Self::State { .. } => "state",
            Self::Prevented(_) => "prevented",
            Self::Invalid { code, .. } => code,
            Self::PersonalData { .. } => "TPL-15",
            Self::SignIn(SignInFailure::Credentials) => "credentials",
            Self::SignIn(SignInFailure::TooMany { .. }) => "too-many-sign-ins",
            Self::SignIn(SignInFailure::Session) => "session",
            Self::Issuer(failure) => failure.code(),
            Self::TooManyUploads { .. } => "too-many-uploads",
            Self::SubprojectFull => "subproject-full",
            Self::Busy => "busy",
            Self::File { .. } => "file",
            Self::Round { .. } => "round-file",
            Self::Refused(refusal) => refusal.code(),
            Self::Unread(failure) => failure.code(),
            Self::Store(error) => error.code(),
            Self::Programme(error) => error.code(),
            Self::Report(ReportError::Grouping { .. }) => "grouping",
            Self::Report(ReportError::NoDay { .. } | ReportError::DayBeforeStatus { .. }) => "report-day",
            Self::Report(
                ReportError::NoTable { .. }
                | ReportError::NoRow { .. }
                | ReportError::NoColumn { .. }
                | ReportError::NothingThere { .. },
            ) => "report-number",
            Self::Workbook(_) | Self::Report(_) | Self::PasswordHash(_) => "internal",
        }
    }

    /// What kind of answer it is.
    pub const fn class(&self) -> ErrorClass {
        match self {
            Self::Hidden => ErrorClass::NotFound,
            Self::Forbidden(_) => ErrorClass::Forbidden,
            Self::State { .. } | Self::Prevented(_) => ErrorClass::Conflict,
            Self::Refused(refusal) => refused(refusal.class()),
            Self::Invalid { .. }
            | Self::PersonalData { .. }
            | Self::Programme(_)
            | Self::Unread(ReadFailure::WorkerLimit { .. })
            | Self::Report(
                ReportError::Grouping { .. }
                | ReportError::NoDay { .. }
                | ReportError::DayBeforeStatus { .. }
                | ReportError::NoTable { .. }
                | ReportError::NoRow { .. }
                | ReportError::NoColumn { .. }
                | ReportError::NothingThere { .. },
            ) => ErrorClass::Invalid,
            Self::Store(error) => stored(error),
            Self::SignIn(SignInFailure::TooMany { .. }) | Self::TooManyUploads { .. } => ErrorClass::TooMany,
            Self::SubprojectFull => ErrorClass::OverQuota,
            Self::SignIn(_) => ErrorClass::Unauthenticated,
            Self::Issuer(failure) => failure.class(),
            Self::Busy => ErrorClass::Busy,
            Self::File { .. }
            | Self::Round { .. }
            | Self::Unread(_)
            | Self::Workbook(_)
            | Self::Report(_)
            | Self::PasswordHash(_) => ErrorClass::Internal,
        }
    }

    /// What happened and what to do, in whole sentences.
    pub fn text(&self, language: Language) -> String {
        text::of(self).get(language).to_owned()
    }

    /// What the store said about a decision.
    pub(crate) fn of_decision(error: StoreError, act: Act) -> Self {
        match error {
            StoreError::State { found, turn } => Self::State { found, turn, act },
            other => Self::from(other),
        }
    }
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(Conflict::FourEyes) => Self::Forbidden(Reason::OwnSubmission),
            other => Self::Store(other),
        }
    }
}

impl From<ReadFailure> for ServiceError {
    fn from(failure: ReadFailure) -> Self {
        match failure {
            ReadFailure::Refused(refusal) => Self::Refused(refusal),
            ReadFailure::Busy => Self::Busy,
            other => Self::Unread(other),
        }
    }
}

const fn refused(class: RefusalClass) -> ErrorClass {
    match class {
        RefusalClass::Malformed => ErrorClass::Malformed,
        RefusalClass::TooLarge => ErrorClass::TooLarge,
        RefusalClass::Unsupported => ErrorClass::Unsupported,
        RefusalClass::Unprocessable => ErrorClass::Invalid,
    }
}

const fn stored(error: &StoreError) -> ErrorClass {
    match error {
        StoreError::Conflict(_) | StoreError::State { .. } => ErrorClass::Conflict,
        StoreError::Unknown { .. } => ErrorClass::NotFound,
        StoreError::Erased { .. } => ErrorClass::Gone,
        StoreError::Unfit { .. } => ErrorClass::Invalid,
        StoreError::Busy | StoreError::Unreachable { .. } => ErrorClass::Busy,
        StoreError::Full | StoreError::ReadOnly | StoreError::Storage { .. } => ErrorClass::StorageFull,
        _ => ErrorClass::Internal,
    }
}
