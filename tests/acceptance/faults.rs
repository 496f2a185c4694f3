//! Faults as they come: processes that are killed at any moment, several processes that write at once, a server that is away,
//! a disk that is full or cannot be written.

mod crowd;
mod killed;
mod outage;
pub(crate) mod place;
mod proxy;
mod unwritable;
