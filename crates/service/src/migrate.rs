//! Bringing a database to this version.

use nachweis_store::{DatabaseUrl, Store};

use crate::error::ServiceError;

/// Brings a database to this version and gives the names of the migrations applied, the oldest first; none when it was
/// up to date. Creates a SQLite file that does not exist. All or nothing.
///
/// # Errors
/// [`ServiceError::Store`] when the database belongs to another program, is newer, or cannot be reached or written.
pub fn migrate(database_url: &DatabaseUrl) -> Result<Vec<String>, ServiceError> {
    Ok(Store::migrate(database_url)?)
}
