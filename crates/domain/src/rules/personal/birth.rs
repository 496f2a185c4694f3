//! Birth dates in running text: `geb. 14.03.1987`, `born 1987-03-14`.

use chrono::Datelike;

use super::{BIRTHS_BEFORE, date};

/// Words that come before a birth date. `Geb.` may be a fee, so the date must be one of a person.
const WORDS: [&str; 8] = [
    "geb.",
    "geb",
    "geboren",
    "geburtsdatum",
    "geburtstag",
    "birth",
    "born",
    "dob",
];
/// Characters between such a word and its date.
const BETWEEN: usize = 16;

/// Whether a text holds a birth date that it calls one.
pub(super) fn is_in(text: &str) -> bool {
    if !may_hold_word(text.as_bytes()) {
        return false;
    }
    let lower = text.to_lowercase();
    WORDS.iter().any(|word| {
        lower.match_indices(word).any(|(at, _)| {
            let before = lower.get(..at).and_then(|before| before.chars().next_back());
            let rest = lower.get(at + word.len()..).unwrap_or_default();
            let goes_on = rest.starts_with(char::is_alphabetic) && !word.ends_with('.');
            !before.is_some_and(char::is_alphabetic) && !goes_on && begins_with_birth(rest)
        })
    })
}

/// Whether three letters stand together that every one of the words has. Few texts with digits hold them.
fn may_hold_word(text: &[u8]) -> bool {
    text.windows(3).any(|letters| {
        ["geb", "bir", "bor", "dob"]
            .iter()
            .any(|begin| letters.eq_ignore_ascii_case(begin.as_bytes()))
    })
}

fn begins_with_birth(rest: &str) -> bool {
    let mut chars = rest.char_indices().take(BETWEEN + 1);
    let Some((start, _)) = chars.find(|(_, char)| char.is_ascii_digit()) else {
        return false;
    };
    let rest = rest.get(start..).unwrap_or_default();
    let end = rest
        .find(|char: char| !(char.is_ascii_digit() || matches!(char, '.' | '-' | '/')))
        .unwrap_or(rest.len());
    let typed = rest
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches(['.', '-', '/']);
    // A year of two digits counts as one of this century and lies far ahead: born in the last one.
    date::any_year(typed).is_some_and(|date| !(BIRTHS_BEFORE..=LAST_OF_ROUNDS).contains(&date.year()))
}

/// No round reaches beyond it.
const LAST_OF_ROUNDS: i32 = 2035;

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn a_date_that_is_called_one_of_birth_is_recognised() {
        for text in [
            "Frau Muster, geb. 14.03.1987",
            "geboren am 14.03.1987 in Hagen",
            "Geburtsdatum: 14.3.87",
            "date of birth 1987-03-14",
            "(born 1987-03-14)",
        ] {
            assert!(is_in(text), "{text}");
        }
    }

    #[test]
    fn every_word_is_looked_for() {
        for word in super::WORDS {
            assert!(is_in(&format!("{word} 14.03.1987")), "{word}");
            assert!(is_in(&format!("{}: 14.03.1987", word.to_uppercase())), "{word}");
        }
    }

    #[test]
    fn other_dates_are_none() {
        for text in [
            "",
            "geb.",
            "Kontoführungsgeb. 31.12.2024",
            "Bearbeitungsgeb. 14.03.1987",
            "Ergebnis vom 14.03.1987",
            "Gebäude 14.03.1987",
            "Bornholm 14.03.1987",
            "Dornborn 14.03.1987",
        ] {
            assert!(!is_in(text), "{text}");
        }
    }
}
