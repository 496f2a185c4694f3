//! The quarterly round from end to end.

mod decisions;
mod demonstration;
mod dossier;
mod erasing;
mod looks;
mod retention;
mod rules;
