//! The use cases, one file each: what may be done with the record, by whom, and what follows from it.
//!
//! All calls block; an HTTP edge runs them on threads of their own. Nothing here knows HTTP, SQL or file formats.

mod clock;
mod error;
mod gate;
mod password;
mod secret;

pub use clock::{Clock, ClockHand};
pub use error::{Doing, ErrorClass, ServiceError, SignInFailure};
pub use password::{PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS};
pub use secret::{SecretKey, SecretKeyError};
