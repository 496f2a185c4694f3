//! Texts for people.

use nachweis_domain::language::Text;
use serde::Serialize;
use utoipa::ToSchema;

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Text)]
pub(crate) struct TextView {
    /// German.
    de: String,
    /// English.
    en: String,
}

impl TextView {
    /// The text for sending.
    pub(crate) fn of(text: &Text) -> Self {
        Self {
            de: text.de.clone(),
            en: text.en.clone(),
        }
    }
}
