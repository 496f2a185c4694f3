//! Acceptance: the program as its users meet it, over the command line and HTTP, with real files and a real port.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is not there has failed the test, and says why"
)]

mod backup;
mod check;
mod faults;
mod heads;
mod lineage;
mod newer;
mod program;
mod programme;
mod round;
mod upgrade;
mod year;
