//! How the record proves itself: the journal as a hash chain, a Merkle tree over it, and heads that others can keep.
//!
//! Pure arithmetic on entries: who reads, writes and signs them is not decided here. Anyone with the entries and a head
//! can repeat it; nothing secret is needed (RFC 9162; robustness.md §1).

pub mod chain;
pub mod line;
pub mod merkle;
pub mod rows;

pub use chain::{Head, Link, ORIGIN};
