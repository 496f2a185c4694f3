//! How much a finding weighs, as a word before it.

use nachweis_domain::{finding::Severity, language::Language};

/// A severity as a word of fixed width.
pub(crate) fn word(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Blocking => language.pick("Fehler ", "Error  "),
        Severity::Warning => language.pick("Warnung", "Warning"),
        Severity::Notice | Severity::Off => language.pick("Hinweis", "Notice "),
    }
}
