//! Moments as people in Germany read them.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Europe::Berlin;
use nachweis_domain::language::Language;

/// The wall clock of Europe/Berlin at a moment.
pub(crate) fn wall_clock(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Berlin).naive_local()
}

/// `31.12.2024 14:05` in German, `2024-12-31 14:05` in English.
pub(crate) fn display(at: DateTime<Utc>, language: Language) -> String {
    let format = match language {
        Language::De => "%d.%m.%Y %H:%M",
        Language::En => "%Y-%m-%d %H:%M",
    };
    wall_clock(at).format(format).to_string()
}
