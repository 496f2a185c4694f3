//! The quarterly round from end to end.

mod decisions;
mod demonstration;
mod dossier;
mod erasing;
mod retention;
mod rules;
