//! The use cases, one file each: what may be done with the record, by whom, and what follows from it.
//!
//! All calls block; an HTTP edge runs them on threads of their own. Nothing here knows HTTP, SQL or file formats.

mod account;
mod change_preview;
mod clock;
mod comment;
mod error;
mod gate;
mod ledger_scope;
mod login_name;
mod password;
mod secret;
mod sign_in_limit;
mod subproject_view;
mod verdict;

pub use account::{Account, NewAccount, SignedIn};
pub use change_preview::{Change, ChangePreview, Changed, Comparison, Quantity};
pub use clock::{Clock, ClockHand};
pub use comment::{COMMENT_MAX_CHARACTERS, REASON_MAX_CHARACTERS};
pub use error::{Doing, ErrorClass, ServiceError, SignInFailure};
pub use password::{PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS};
pub use secret::{SecretKey, SecretKeyError};
pub use sign_in_limit::{SIGN_IN_FAILURES, SIGN_IN_WINDOW_S};
pub use subproject_view::SubprojectView;
pub use verdict::Verdict;
