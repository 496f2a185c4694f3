//! What acceptance tests share: the program in a folder of its own.

pub mod program;
