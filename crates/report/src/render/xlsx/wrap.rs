//! How many lines a wrapped text takes. Programs do not agree on fitting rows by themselves, so heights are stated.

use nachweis_domain::language::Language;

use crate::Value;

/// The height of a row of so many lines, in points.
pub(super) fn height(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX).clamp(1, 27) * 15
}

/// The lines of a text in a column of so many characters, broken at spaces.
pub(super) fn lines(text: &str, width: u16) -> usize {
    let width = usize::from(width.max(4));
    text.lines()
        .map(|line| lines_of(line, width))
        .sum::<usize>()
        .max(1)
}

fn lines_of(text: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        let with_space = if used == 0 { length } else { used + 1 + length };
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
    // The indent and the cell's margins take the room of two digits.
    let width = width.saturating_sub(2);
    match value {
        Value::Text(text) => lines(text, width),
        Value::Term(term) => lines(term.name.get(language), width),
        _ => 1,
    }
}
