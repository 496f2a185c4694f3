//! What can go wrong in a use case, with a stable code and whole sentences for people.
//!
//! Nothing here knows HTTP: [`ServiceError::class`] says what kind of answer it is, the edge chooses the status.

use std::path::PathBuf;

use nachweis_domain::{
    access::{Act, Reason},
    finding::Finding,
    language::{Language, Text},
    record::UploadState,
    round::RoundError,
};

mod state;
mod text;

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
        /// What was asked for.
        act: Act,
    },
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
    /// A password could not be hashed.
    #[error("cannot hash the password")]
    PasswordHash(#[source] argon2::password_hash::Error),
    /// A value cannot be written as JSON.
    #[error("a value cannot be written as JSON")]
    Json(#[from] serde_json::Error),
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
    /// Try again in a moment.
    Busy,
    /// Our fault, or that of the machine.
    Internal,
}

impl ServiceError {
    /// The stable code, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Hidden => "not-found",
            Self::Forbidden(Reason::Role) => "forbidden",
            Self::Forbidden(Reason::OwnSubmission) => "own-submission",
            Self::State { .. } => "state",
            Self::Invalid { code, .. } => code,
            Self::PersonalData { .. } => "TPL-15",
            Self::SignIn(SignInFailure::Credentials) => "credentials",
            Self::SignIn(SignInFailure::TooMany { .. }) => "too-many-sign-ins",
            Self::SignIn(SignInFailure::Session) => "session",
            Self::Busy => "busy",
            Self::File { .. } => "file",
            Self::Round { .. } => "round-file",
            Self::PasswordHash(_) | Self::Json(_) => "internal",
        }
    }

    /// What kind of answer it is.
    pub const fn class(&self) -> ErrorClass {
        match self {
            Self::Hidden => ErrorClass::NotFound,
            Self::Forbidden(_) => ErrorClass::Forbidden,
            Self::State { .. } => ErrorClass::Conflict,
            Self::Invalid { .. } | Self::PersonalData { .. } => ErrorClass::Invalid,
            Self::SignIn(SignInFailure::TooMany { .. }) => ErrorClass::TooMany,
            Self::SignIn(_) => ErrorClass::Unauthenticated,
            Self::Busy => ErrorClass::Busy,
            Self::File { .. } | Self::Round { .. } | Self::PasswordHash(_) | Self::Json(_) => {
                ErrorClass::Internal
            }
        }
    }

    /// What happened and what to do, in whole sentences.
    pub fn text(&self, language: Language) -> String {
        text::of(self).get(language).to_owned()
    }
}
