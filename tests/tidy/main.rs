//! Checks of the house itself: import edges, layout, documents, scripts.

mod documents;
mod edges;
mod layout;
