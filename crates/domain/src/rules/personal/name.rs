//! Whether a text looks like the name of a person. Places and courses look alike, so that a header must speak of persons.

/// Two to four words with capital letters, or two parts with a comma between: `Anna Muster`, `Muster, Anna`.
pub(super) fn is_like(text: &str) -> bool {
    let words: Vec<&str> = text
        .split([' ', ',', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .collect();
    let is_usual = |char: char| char.is_alphabetic() || matches!(char, '-' | '\'' | '’' | '.');
    (2..=4).contains(&words.len())
        && text.matches(',').count() <= 1
        && words
            .iter()
            .all(|word| word.starts_with(char::is_uppercase) && word.chars().all(is_usual))
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn names_have_two_to_four_capital_words() {
        for text in [
            "Anna Muster",
            "Muster, Anna",
            "Anna-Lena Muster-Meyer",
            "A. Muster",
            "Ümit Şahin",
        ] {
            assert!(is_like(text), "{text}");
        }
        for text in [
            "",
            "Anna",
            "12",
            "Kurs B2",
            "berufliche Anerkennung",
            "Eins, Zwei, Drei",
            "A B C D E",
        ] {
            assert!(!is_like(text), "{text}");
        }
    }
}
