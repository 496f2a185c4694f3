//! Renderers: each turns any [`Report`](crate::Report) into bytes and knows no report. They lay out, they do not calculate.

mod csv;
mod json;
mod lineage;
mod lineage_csv;
mod term_words;
pub(crate) mod xlsx;

pub use csv::csv;
pub use json::json;
pub use lineage::lineage_json;
pub use lineage_csv::lineage_csv;
pub use xlsx::{xlsx, xlsx_with_sources};
