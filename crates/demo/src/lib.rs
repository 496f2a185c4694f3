//! The made-up programme and how its workbooks get filled: for `nachweis demo`, tests and benchmarks.
//!
//! Everything comes from a seed and is the same on every machine. Nothing here is real: see `fixtures/programme/README.md`.

mod dice;
pub mod errors;
pub mod fill;
pub mod invent;
mod profile;
pub mod programme;
pub mod scenario;
mod working_day;

/// The seed of the checked-in programme and of the demonstration.
pub const SEED: u64 = 2023;
