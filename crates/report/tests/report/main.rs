//! The reports as their readers get them: right sums, the same in every form, safe to open.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where anything is not as it says"
)]

mod audit;
mod days;
mod disturbed;
mod effect;
mod golden;
mod injection;
mod lineage;
mod made_up;
mod oracle;
mod origins;
mod package;
mod plans;
mod print;
mod record;
mod rendered;
mod sources;
mod sums;
mod table;
mod waivers;
