//! Checks of the house itself: import edges, layout, documents, scripts.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is not there has failed the test, and says why"
)]

mod documents;
mod edges;
mod layout;
