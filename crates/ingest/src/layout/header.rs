//! How a typed header is matched to a column: by its German or English name, or both, in any case and spacing.

use super::{column::Column, sheet::Sheet};

/// A header or key without case, blanks and punctuation, so that `Zahlungs-\ndatum` is `zahlungsdatum`.
/// Plus signs stay: `EECO02+04` is not `EECO0204`.
pub(crate) fn normalised(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    normal.extend(characters(text));
    normal
}

/// The characters of [`normalised`].
fn characters(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|char| char.is_alphanumeric() || *char == '+' || *char == '_')
        .flat_map(char::to_lowercase)
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
    /// Whether a normalised header is that of the column: the German one, the English one, or one after the other.
    fn is_called(&self, wanted: &str) -> bool {
        let (de, en) = (&self.header.de, &self.header.en);
        let after_german = without_start(wanted, de);
        after_german == Some("")
            || after_german.is_some_and(|rest| without_start(rest, en) == Some(""))
            || without_start(wanted, en) == Some("")
    }
}

/// What follows a header, as normalised, at the start of a normalised text.
fn without_start<'t>(text: &'t str, header: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    characters(header)
        .all(|char| rest.next() == Some(char))
        .then_some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_taken_off_without_case_blanks_and_punctuation() {
        assert_eq!(
            without_start("zahlungsdatumpaidon", "Zahlungs-\ndatum"),
            Some("paidon")
        );
        assert_eq!(without_start("zahlungsdatum", "ZAHLUNGSDATUM"), Some(""));
        assert_eq!(without_start("zahlung", "Zahlungsdatum"), None);
        assert_eq!(without_start("größe+", "GRÖSSE"), None);
        assert_eq!(without_start("größe+", "Größe"), Some("+"));
    }
}
