//! How many lines a wrapped text takes. Programs do not agree on fitting rows by themselves, so heights are stated.

use nachweis_domain::language::Language;

use super::letters;
use crate::Value;

/// The height of a line, in points.
pub(crate) const LINE_POINTS: u32 = 13;

/// The height of a row of so many lines, in points.
pub(crate) fn height(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX).clamp(1, 31) * LINE_POINTS
}

/// The lines of a text in a column of so many digits, broken at spaces.
pub(crate) fn lines(text: &str, width: u16) -> usize {
    let width = usize::from(width.max(4)) * letters::DIGIT;
    text.lines()
        .map(|line| lines_of(line, width))
        .sum::<usize>()
        .max(1)
}

fn lines_of(text: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in text.split(' ') {
        let length = letters::width(word);
        let with_space = if used == 0 {
            length
        } else {
            used + letters::width(" ") + length
        };
        if with_space <= width {
            used = with_space;
            continue;
        }
        // A word longer than the column is broken in itself.
        lines += usize::from(used > 0) + length.saturating_sub(1) / width;
        used = length.saturating_sub(1) % width + 1;
    }
    lines
}

/// The lines of a value; only texts wrap.
pub(super) fn of_value(value: &Value, language: Language, width: u16) -> usize {
    // Indent and margins take the room of two digits.
    let width = width.saturating_sub(2);
    match value {
        Value::Text(text) => lines(text, width),
        Value::Term(term) => lines(term.name.get(language), width),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_long_words_in_themselves() {
        let cases = [
            ("", 10, 1),
            ("kurz", 10, 1),
            ("zehn Buchs", 10, 1),
            ("zwölf Buchsta", 10, 2),
            ("ein Wort und noch eins", 10, 3),
            ("Donaudampfschiff", 10, 2),
            ("an Donaudampfschiff", 10, 3),
            ("Anerkennungs- und Qualifizierungsberatung Leer", 44, 1),
            ("eins\nzwei", 10, 2),
        ];
        for (text, width, expected) in cases {
            assert_eq!(lines(text, width), expected, "{text:?}");
        }
    }

    #[test]
    fn no_row_is_higher_than_a_sheet_allows() {
        assert_eq!(height(1), 13);
        assert_eq!(height(1_000), 403, "409 points are the most");
    }
}
