//! The names of severities.

use nachweis_domain::{finding::Severity, language::Text};

/// The name of a severity for people.
pub(crate) fn name(severity: Severity) -> Text {
    match severity {
        Severity::Off => Text::new("aus", "off"),
        Severity::Notice => Text::new("Hinweis", "notice"),
        Severity::Warning => Text::new("Warnung", "warning"),
        Severity::Blocking => Text::new("Fehler", "blocking"),
    }
}
