//! The funded programme and its rules, as pure values: no I/O, no clock, no randomness, no database, no HTTP.

pub mod access;
pub mod apportion;
pub mod audit;
pub mod berlin;
pub mod burn;
pub mod cell;
pub mod context;
mod day;
pub mod figures;
pub mod finding;
pub mod key;
pub mod language;
pub mod ledger;
pub mod life;
pub mod money;
pub mod overrun;
pub mod period;
pub mod plan;
pub mod programme;
pub mod proof;
pub mod quarter;
pub mod rate;
pub mod record;
pub mod region;
pub mod round;
pub mod rules;
pub mod subproject;
