//! CSV as a German spreadsheet reads it: `;`, decimal comma, UTF-8 with byte order mark, CRLF.
//!
//! Every table is one block: a line with its title, the headings, the rows, the totals; blocks are set apart by an empty
//! line. The first block holds the head of the report (name and value), the last one the notes. The decimal comma is the
//! same in both languages, so that one setting reads both.
//!
//! A text that a spreadsheet could take for a formula (it begins with `=`, `+`, `-`, `@`, tab, carriage return, or one of
//! their full-width forms) gets an apostrophe before it and quotes around it. Numbers never do.

use std::fmt::Write;

use nachweis_domain::language::Language;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::{Report, Table, Value, head};

/// The report as CSV.
pub fn csv(report: &Report, language: Language) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    text_line(&mut out, [report.title.get(language)]);
    for (name, value) in head::lines(report, language) {
        text_line(&mut out, [name.as_str(), value.as_str()]);
    }
    for table in &report.tables {
        out.push_str("\r\n");
        push_table(&mut out, table, language);
    }
    out.push_str("\r\n");
    text_line(&mut out, [language.pick("Erläuterungen", "Notes")]);
    for note in &report.notes {
        text_line(&mut out, [note.get(language)]);
    }
    out.into_bytes()
}

fn push_table(out: &mut String, table: &Table, language: Language) {
    text_line(out, [table.title.get(language)]);
    let headings: Vec<String> = table
        .columns
        .iter()
        .map(|column| column.heading().get(language).to_owned())
        .collect();
    text_line(out, headings.iter().map(String::as_str));
    for row in table.rows.iter().chain(&table.totals) {
        for (index, value) in row.iter().enumerate() {
            if index > 0 {
                out.push(';');
            }
            push_value(out, value, language);
        }
        out.push_str("\r\n");
    }
}

fn text_line<'a>(out: &mut String, texts: impl IntoIterator<Item = &'a str>) {
    for (index, text) in texts.into_iter().enumerate() {
        if index > 0 {
            out.push(';');
        }
        push_text(out, text);
    }
    out.push_str("\r\n");
}

pub(super) fn push_value(out: &mut String, value: &Value, language: Language) {
    match value {
        Value::Empty => {}
        Value::Money(amount) => push_number(out, amount.to_decimal(), 2),
        Value::Count(count) => {
            let _ = write!(out, "{count}");
        }
        Value::Percent(fraction) => {
            push_number(out, fraction * Decimal::ONE_HUNDRED, 1);
            out.push_str(" %");
        }
        Value::Points(points) => push_number(out, *points, 1),
        Value::Date(date) => {
            let _ = write!(out, "{}", date.format("%d.%m.%Y"));
        }
        Value::Time(at) => push_text(out, &Language::De.moment(*at)),
        Value::Quarter(quarter) => {
            let _ = write!(out, "{quarter}");
        }
        Value::Text(text) => push_text(out, text),
        Value::Term(term) => push_text(out, term.name.get(language)),
        Value::Light(light) => push_text(out, light.name().get(language)),
    }
}

/// A number with so many decimal places and a decimal comma.
fn push_number(out: &mut String, number: Decimal, places: u32) {
    let mut rounded = number.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(places);
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    let start = out.len();
    let _ = write!(out, "{rounded}");
    if let Some(point) = out.get(start..).and_then(|text| text.find('.')) {
        out.replace_range(start + point..=start + point, ",");
    }
}

pub(super) fn push_text(out: &mut String, text: &str) {
    let looks_like_formula = text
        .trim_start_matches([' ', '\u{a0}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let needs_quotes = looks_like_formula || text.contains([';', '"', '\n', '\r', '\t']);
    if !needs_quotes {
        out.push_str(text);
        return;
    }
    out.push('"');
    if looks_like_formula {
        out.push('\'');
    }
    for char in text.chars() {
        if char == '"' {
            out.push('"');
        }
        out.push(char);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_decimal_comma_and_no_negative_zero() {
        let cases = [
            ("0", 2, "0,00"),
            ("-0.004", 2, "0,00"),
            ("1234567.891", 2, "1234567,89"),
            ("-0.05", 1, "-0,1"),
            ("12", 0, "12"),
            ("0.125", 2, "0,13"),
        ];
        for (number, places, expected) in cases {
            let mut out = String::new();
            push_number(&mut out, number.parse().unwrap(), places);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn only_texts_that_need_it_are_quoted() {
        let cases = [
            ("Träger", "Träger"),
            ("a;b", "\"a;b\""),
            ("sagt \"ja\"", "\"sagt \"\"ja\"\"\""),
            ("=1", "\"'=1\""),
            (" =1", "\"' =1\""),
            ("a=1", "a=1"),
            ("zwei\nZeilen", "\"zwei\nZeilen\""),
        ];
        for (text, expected) in cases {
            let mut out = String::new();
            push_text(&mut out, text);
            assert_eq!(out, expected);
        }
    }
}
