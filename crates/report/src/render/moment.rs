//! Moments as people in Germany read them.

use chrono::{DateTime, Utc};
use nachweis_domain::{berlin::wall_clock, language::Language};

/// `31.12.2024 14:05` in German, `2024-12-31 14:05` in English.
pub(crate) fn display(at: DateTime<Utc>, language: Language) -> String {
    let format = match language {
        Language::De => "%d.%m.%Y %H:%M",
        Language::En => "%Y-%m-%d %H:%M",
    };
    wall_clock(at).format(format).to_string()
}
