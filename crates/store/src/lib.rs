//! Everything kept: rounds, programme, uploads with their figures, decisions, accounts, the journal. SQLite and
//! PostgreSQL behind one [`Store`], from one query text. No rules, no workbooks, no clock.

mod actor;
mod connection;
mod error;
mod inspection;
mod journal;
mod kept;
mod migration;
mod original;
mod plan;
mod programme;
mod round;
mod rows;
mod schema;
mod store;
mod subproject;
mod url;

pub use actor::Actor;
pub use error::{Conflict, StoreError, Thing};
pub use journal::ChangeMark;
pub use original::Original;
pub use programme::{ImportCounts, ProgrammeImport};
pub use round::SavedRound;
pub use store::Store;
pub use url::{DatabaseUrl, UrlError};
