//! What acceptance tests share: the program in a folder of its own, a running service, workbooks as leads fill them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "test support: what is not there has failed the test, and says why"
)]

pub mod operations_list;
pub mod program;
pub mod service;
pub mod workbook;

/// How often something is done: more in the long run (`tests/run --long`).
pub fn often<T>(short: T, long: T) -> T {
    if std::env::var_os("NACHWEIS_TEST_LONG").is_some() {
        long
    } else {
        short
    }
}
