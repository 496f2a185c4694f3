//! Texts of lists brought into a form that can be compared: headings, names, keys.

use unicode_normalization::UnicodeNormalization;

/// Letters and digits only, in lower case, umlauts written out: `Unions-\nKofinan-\nzierungssatz` and
/// `UNIONS-KOFINANZIERUNGSSATZ` are both `unionskofinanzierungssatz`.
pub(super) fn compact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.nfc().flat_map(char::to_lowercase) {
        match char {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            char if char.is_alphanumeric() => out.push(char),
            _ => {}
        }
    }
    out
}

/// The words of a text in the form of [`compact`].
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|char: char| !char.is_alphanumeric())
        .map(compact)
        .filter(|word| !word.is_empty())
        .collect()
}

/// A text of people on one line, in NFC, without doubled blanks and without characters that hide or turn text.
pub(super) fn one_line(text: &str) -> String {
    let visible: String = text
        .nfc()
        .map(|char| if char.is_control() { ' ' } else { char })
        .filter(|char| !nachweis_domain::rules::value::text::is_unsafe(*char))
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most so many characters, with an ellipsis when something is cut off.
pub(super) fn cut(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(characters.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_hyphens_and_umlauts_do_not_matter() {
        for text in [
            "Unions-\nKofinan-\nzierungssatz",
            "UNIONS-KOFINANZIERUNGSSATZ",
            "Unions Kofinanzierungs\u{ad}satz",
        ] {
            assert_eq!(compact(text), "unionskofinanzierungssatz");
        }
        assert_eq!(compact("Fo\u{308}rderfähige Maße (€) 1)"), "foerderfaehigemasse1");
        assert_eq!(one_line(" Titel \n mit\u{202e} Umbruch "), "Titel mit Umbruch");
        assert_eq!(cut("abcdef", 4), "abc…");
    }
}
