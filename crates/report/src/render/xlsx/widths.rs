//! How wide the columns of a table are: as their headings and values need, within bounds, in characters.

use nachweis_domain::language::Language;

use super::{letters, wrap};
use crate::{Column, Table, Value};

/// A column of texts may be this wide, or as wide as it says itself; longer texts wrap.
const TEXT_MOST: u16 = 48;
/// No column is narrower than this.
const LEAST: u16 = 7;
/// Room for the indent and the margins of a cell.
const PADDING: usize = 3;

/// The widths of the columns of a table in a language.
pub(super) fn of_table(table: &Table, language: Language) -> Vec<u16> {
    let columns = table.columns.iter().enumerate();
    let rows = || table.rows.iter().chain(&table.totals);
    columns
        .map(|(place, column)| {
            let values = rows().filter_map(|row| row.get(place));
            of_column(column, values, language)
        })
        .collect()
}

fn of_column<'a>(column: &Column, values: impl Iterator<Item = &'a Value>, language: Language) -> u16 {
    let widest = values.map(|value| characters(value, language)).max().unwrap_or(0);
    let widest = narrow(widest + PADDING).min(column.width.max(TEXT_MOST));
    widest.max(of_heading(column.heading().get(language))).max(LEAST)
}

/// The least width of a column with this heading: no word of it is broken. Headings are bold, and so wider.
pub(crate) fn of_heading(heading: &str) -> u16 {
    let longest = heading.split(' ').map(|word| word.chars().count()).max();
    let longest = longest.unwrap_or(0);
    narrow(longest + longest / 8 + PADDING)
}

/// How many digits wide a value is on one line.
fn characters(value: &Value, language: Language) -> usize {
    match value {
        Value::Empty => 0,
        // The sign of the currency stands in the heading.
        Value::Money(amount) => amount.display(language).chars().count() - 2,
        Value::Count(count) => language.count(*count).chars().count(),
        Value::Percent(_) | Value::Points(_) | Value::Quarter(_) => 7,
        Value::Date(_) => 10,
        Value::Time(_) => 16,
        Value::Text(text) => of_text(text),
        Value::Term(term) => of_text(term.name.get(language)),
        Value::Light(light) => of_text(light.name().get(language)),
    }
}

fn of_text(text: &str) -> usize {
    letters::width(text).div_ceil(letters::DIGIT)
}

fn narrow(characters: usize) -> u16 {
    u16::try_from(characters).unwrap_or(u16::MAX)
}

/// The height of a row of headings over columns of these widths.
pub(crate) fn heading_height<'a>(headings: impl Iterator<Item = (&'a str, u16)>) -> u32 {
    // Bold letters take an eighth more.
    let lines = headings.map(|(heading, width)| {
        let room = width - width / 8;
        wrap::lines(heading, room.saturating_sub(2))
    });
    wrap::height(lines.max().unwrap_or(1)) + 5
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use nachweis_domain::money::Money;

    use super::*;
    use crate::ColumnKind;

    fn width(column: &Column, values: &[Value]) -> u16 {
        of_column(column, values.iter(), Language::De)
    }

    #[test]
    fn a_column_is_as_wide_as_its_longest_value_or_the_longest_word_of_its_heading() {
        let money = Column::new("a", ColumnKind::Money, "Ist", "Actual");
        let large = Value::Money(Money::from_euro(210_000_000));
        assert_eq!(width(&money, &[Value::Empty, large]), 14 + 3, "210.000.000,00");
        let long = Column::new(
            "a",
            ColumnKind::Count,
            "Voraussichtlich nicht verausgabt",
            "Unspent",
        );
        assert_eq!(width(&long, &[Value::Count(1)]), 15 + 1 + 3, "Voraussichtlich");
        assert_eq!(width(&Column::new("a", ColumnKind::Text, "x", "x"), &[]), LEAST);
    }

    #[test]
    fn long_texts_wrap_instead_of_widening_their_column_without_end() {
        let text = Value::Text(Arc::from("x".repeat(200)));
        let usual = Column::new("a", ColumnKind::Text, "Titel", "Title");
        assert_eq!(width(&usual, std::slice::from_ref(&text)), TEXT_MOST);
        assert_eq!(width(&usual.wide(90), &[text]), 90);
    }

    #[test]
    fn headings_are_as_high_as_their_lines() {
        let of = |heading, width| heading_height([("kurz", 20), (heading, width)].into_iter());
        assert_eq!(of("Geplant", 14), wrap::height(1) + 5);
        assert_eq!(of("Geplant bis Stand (€)", 16), wrap::height(2) + 5);
    }
}
