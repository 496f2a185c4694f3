//! Texts of findings, rendered from [`Detail`] by one exhaustive match for each language.

use super::Detail;
use crate::language::Language;

mod de;
mod en;
mod words;

impl Detail {
    /// What is there, what is expected, what to do: whole sentences without the cell.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::De => de::text(self),
            Language::En => en::text(self),
        }
    }
}
