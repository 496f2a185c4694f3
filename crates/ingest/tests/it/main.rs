//! Tests of the ingest crate from outside, in one binary.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "tests end where something is not as expected, and build texts plainly"
)]

mod confined;
mod hostile;
mod programme;
