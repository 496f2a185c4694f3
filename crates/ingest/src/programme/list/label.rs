//! What the text of a row says of it: that it sums others, or that it holds an amount.

use super::spelling::words;

/// How surely a text names a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sum {
    /// A word that begins names too: `Total Deutschland GmbH`.
    Maybe,
    /// A word that only names sums: `Zwischensumme`.
    Surely,
}

/// Words that begin the name of a sum and nothing else.
const SURE: &[&str] = &[
    "summe",
    "summen",
    "gesamtsumme",
    "gesamtergebnis",
    "insgesamt",
    "zwischensumme",
    "endsumme",
    "teilsumme",
    "gesamtbetrag",
    "teilergebnis",
    "zwischenergebnis",
    "endergebnis",
    "subtotal",
    "grandtotal",
    "totals",
    "sum",
    "uebertrag",
];
/// Words that begin the name of a sum and other names too.
const DOUBTFUL: &[&str] = &["gesamt", "total", "ergebnis", "zusammen", "overall", "alle"];
/// The longest name of a sum, in words.
const LONGEST: usize = 14;

/// Whether a text names a sum: `Summe Prioritätsachse A`, `Insgesamt:`, `Total ESF`.
pub(super) fn names_a_sum(text: &str) -> Option<Sum> {
    if text.trim_start().starts_with(['Σ', '∑']) {
        return Some(Sum::Surely);
    }
    let words = words(text);
    let first = words.first()?.as_str();
    let two = words.get(1).map(|second| format!("{first}{second}"));
    let begins =
        |list: &[&str]| list.contains(&first) || two.as_deref().is_some_and(|two| list.contains(&two));
    let ends = words
        .last()
        .is_some_and(|last| SURE.contains(&last.as_str()) || last == "gesamt" || last == "total");
    if words.len() > LONGEST {
        None
    } else if begins(SURE) || (begins(DOUBTFUL) && words.len() == 1) {
        Some(Sum::Surely)
    } else if begins(DOUBTFUL) || (ends && words.len() <= 6) {
        Some(Sum::Maybe)
    } else {
        None
    }
}

/// Whether a text begins like an amount: a number, with the currency before it or not, and few letters behind.
pub(super) fn begins_like_an_amount(text: &str) -> bool {
    let bare = text
        .trim_start_matches(|char: char| char.is_whitespace() || "€$£-−–(".contains(char))
        .trim_start();
    let lower = bare.get(..4).map(str::to_lowercase).unwrap_or_default();
    let bare = if lower.starts_with("eur") {
        bare.trim_start_matches(|char: char| char.is_alphabetic() || char.is_whitespace())
    } else {
        bare
    };
    bare.starts_with(|char: char| char.is_ascii_digit())
        && bare.chars().filter(|char| char.is_alphabetic()).count() <= 12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sums_are_told_from_names_of_operations() {
        let cases = [
            ("Summe", Some(Sum::Surely)),
            ("Summe:", Some(Sum::Surely)),
            ("Zwischensumme Prioritätsachse A", Some(Sum::Surely)),
            ("Grand Total", Some(Sum::Surely)),
            ("Gesamt", Some(Sum::Surely)),
            ("Total", Some(Sum::Surely)),
            ("Σ ESF", Some(Sum::Surely)),
            ("Gesamt ESF", Some(Sum::Maybe)),
            ("Total Deutschland GmbH", Some(Sum::Maybe)),
            ("Prioritätsachse A gesamt", Some(Sum::Maybe)),
            ("Gesamtschule Mondschein", None),
            ("Summertime e. V.", None),
            ("Mondschein gGmbH", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(names_a_sum(text), expected, "{text}");
        }
    }

    #[test]
    fn amounts_are_told_from_numbered_headings() {
        for text in ["1.234,00", "€ 5", "EUR 5", "-3", "12,3 Mio.", "1 234 Euro"] {
            assert!(begins_like_an_amount(text), "{text}");
        }
        for text in [
            "6. Gesamtbetrag der förderfähigen Ausgaben",
            "k. A.",
            "",
            "Euro",
            "10. Land des Vorhabens",
        ] {
            assert!(!begins_like_an_amount(text), "{text}");
        }
    }
}
