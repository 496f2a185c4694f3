//! From what a database says to what can be done about it.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::{Conflict, StoreError};

/// Sorts what the databases say into what can be done about it. Server messages may be in German or English.
impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        let said = error.to_string();
        let lower = said.to_lowercase();
        let says = |texts: &[&str]| texts.iter().any(|text| lower.contains(text));
        match &error {
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _)
            | DieselError::BrokenTransactionManager => Self::lost(said),
            DieselError::DatabaseError(DatabaseErrorKind::ReadOnlyTransaction, _) => Self::ReadOnly,
            DieselError::DatabaseError(
                DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::UniqueViolation,
                _,
            ) => Self::Conflict(Conflict::Concurrent),
            _ if says(&[
                "disk is full",
                "no space left",
                "kein speicherplatz",
                "disk quota",
            ]) =>
            {
                Self::Full
            }
            _ if says(&["database is locked", "database table is locked"]) => Self::Busy,
            _ if says(&["deadlock", "verklemmung"]) => Self::Conflict(Conflict::Concurrent),
            _ if says(&["readonly database", "read-only file system"]) => Self::ReadOnly,
            _ if says(&[
                "server closed the connection",
                "terminating connection",
                "verbindung wird abgebrochen",
                "no connection to the server",
            ]) =>
            {
                Self::lost(said)
            }
            _ if says(&["disk i/o error", "unable to open database file"]) => Self::Storage { reason: said },
            _ if says(&[
                "disk image is malformed",
                "malformed database schema",
                "not a database",
            ]) =>
            {
                Self::Damaged { reason: said }
            }
            _ => Self::Query {
                operation: "do its work",
                source: Box::new(error),
            },
        }
    }
}

impl StoreError {
    fn lost(reason: String) -> Self {
        Self::Unreachable {
            place: String::new(),
            reason,
        }
    }
}
