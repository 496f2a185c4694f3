//! The quarterly round from end to end.

mod demonstration;
