//! Renderers: each turns any [`Report`](crate::Report) into bytes and knows no report. They lay out, they do not calculate.

mod csv;
mod json;
pub(crate) mod moment;
pub(crate) mod xlsx;

pub use csv::csv;
pub use json::json;
pub use xlsx::xlsx;
