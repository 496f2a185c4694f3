//! Faults as they come: processes that are killed at any moment, and several processes that write at once.

mod crowd;
mod killed;
pub(crate) mod place;
