//! How a typed header is matched to a column: by its German or English name, or both, in any case and spacing.

use super::{column::Column, sheet::Sheet};

/// A header or key without case, blanks and punctuation, so that `Zahlungs-\ndatum` is `zahlungsdatum`.
/// Plus signs stay: `EECO02+04` is not `EECO0204`.
pub(crate) fn normalised(text: &str) -> String {
    text.chars()
        .filter(|char| char.is_alphanumeric() || *char == '+' || *char == '_')
        .flat_map(char::to_lowercase)
        .collect()
}

impl Sheet {
    /// The column of a typed header.
    pub(crate) fn find_column(&self, typed: &str) -> Option<usize> {
        let wanted = normalised(typed);
        if wanted.is_empty() {
            return None;
        }
        self.columns.iter().position(|column| column.is_called(&wanted))
    }
}

impl Column {
    fn is_called(&self, wanted: &str) -> bool {
        let (de, en) = (normalised(&self.header.de), normalised(&self.header.en));
        wanted == de || wanted == en || wanted.strip_prefix(de.as_str()) == Some(en.as_str())
    }
}
