//! How wide texts are. Columns are measured in digits; letters of a proportional typeface are narrower or wider.

/// The width of a digit in the units of [`width`].
pub(super) const DIGIT: usize = 10;

/// The width of a text in tenths of a digit, by groups of letters as Arial and its kin draw them, rounded up.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(of_letter).sum()
}

const fn of_letter(letter: char) -> usize {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' => 4,
        ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '!' | '/' | '\\' | 'I' | 'f' | 't' => 5,
        'r' | '(' | ')' | '[' | ']' | '-' | '·' => 6,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 9,
        'A'..='B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | 'Ä' | '&' => 12,
        'C'..='D' | 'G'..='H' | 'N'..='O' | 'Q'..='R' | 'U' | 'w' | 'Ö' | 'Ü' => 13,
        'F' | 'L' | 'T' | 'Z' => 11,
        'M' | 'm' => 15,
        'W' | '%' | '@' | '—' | '…' => 18,
        // Digits, the other small letters; what is not Latin may be as wide as it is high.
        ..='\u{2fff}' => DIGIT,
        _ => 2 * DIGIT,
    }
}

#[cfg(test)]
mod tests {
    use super::{DIGIT, width};

    #[test]
    fn digits_are_the_measure_and_usual_german_is_narrower() {
        assert_eq!(width("0123456789"), 10 * DIGIT);
        let usual = "Anerkennungs- und Qualifizierungsberatung Brandenburg";
        let digits = usual.chars().count() * DIGIT;
        assert!(
            width(usual) < digits * 9 / 10 + DIGIT,
            "{} of {digits}",
            width(usual)
        );
        assert!(width("MWM WMW") > 7 * DIGIT);
    }
}
