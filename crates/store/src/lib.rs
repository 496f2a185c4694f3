//! Everything kept: rounds, programme, uploads with their figures, decisions, accounts, the journal. SQLite and
//! PostgreSQL behind one [`Store`], from one query text. No rules, no workbooks, no clock.

mod account;
mod actor;
mod audit;
mod closing;
mod connection;
mod context;
mod decision;
mod disbursement;
mod error;
mod figure;
mod finding;
mod grant;
mod inspection;
mod issue;
mod journal;
mod kept;
mod ledger;
mod migration;
mod original;
mod plan;
mod programme;
mod receive;
mod reopening;
mod round;
mod rows;
mod schema;
mod session;
mod situation;
mod store;
mod subproject;
#[cfg(feature = "testing")]
pub mod testing;
mod token;
mod totals;
mod upload;
mod url;
mod voucher;

pub use account::{NewUser, OPERATOR, PasswordHash, User};
pub use actor::Actor;
pub use audit::AuditReader;
pub use closing::{FrozenName, FrozenReport, NewClosing};
pub use decision::{Decision, Verdict};
pub use error::{Conflict, Kind, StoreError, Thing};
pub use issue::IssueRecord;
pub use journal::{ChangeMark, Changes};
pub use original::Original;
pub use programme::ImportCounts;
pub use receive::{NewUpload, RecordedUpload};
pub use reopening::NewReopening;
pub use round::SavedRound;
pub use session::Pass;
pub use store::Store;
pub use token::{NewRefreshToken, RefreshOutcome};
pub use upload::Progress;
pub use url::{DatabaseUrl, UrlError};
