//! The quarterly round from end to end.

mod decisions;
mod demonstration;
mod dossier;
mod retention;
mod rules;
