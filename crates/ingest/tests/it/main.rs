//! Tests of the ingest crate from outside, in one binary.

mod programme;
