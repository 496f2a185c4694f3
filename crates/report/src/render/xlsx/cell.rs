//! One value in one cell: texts as texts, numbers as numbers, dates as dates.

use std::borrow::Cow;

use nachweis_domain::{berlin::wall_clock, language::Language};
use rust_xlsxwriter::{ColNum, Format, RowNum, Worksheet};

use super::number::nearest_double;
use crate::{ReportError, Value, limits};

/// Writes a value. Texts go through `write_string` only, which never makes a formula or a link of them.
pub(crate) fn write(
    sheet: &mut Worksheet,
    row: RowNum,
    col: ColNum,
    value: &Value,
    language: Language,
    format: &Format,
) -> Result<(), ReportError> {
    match value {
        Value::Empty => sheet.write_blank(row, col, format)?,
        Value::Money(amount) => sheet.write_number_with_format(row, col, nearest_double(amount), format)?,
        Value::Count(count) => sheet.write_number_with_format(row, col, nearest_double(count), format)?,
        Value::Percent(number) | Value::Points(number) => {
            sheet.write_number_with_format(row, col, nearest_double(number), format)?
        }
        Value::Date(date) => sheet.write_datetime_with_format(row, col, date, format)?,
        Value::Time(at) => sheet.write_datetime_with_format(row, col, wall_clock(*at), format)?,
        Value::Quarter(quarter) => sheet.write_string_with_format(row, col, quarter.to_string(), format)?,
        Value::Text(string) => sheet.write_string_with_format(row, col, text(string), format)?,
        Value::Term(term) => {
            sheet.write_string_with_format(row, col, text(term.name.get(language)), format)?
        }
        Value::Light(light) => {
            sheet.write_string_with_format(row, col, light.name().get(language), format)?
        }
    };
    Ok(())
}

/// A text cut to what a cell holds ([`limits::CELL_TEXT_CHARS`]); what was cut is marked. The format counts UTF-16 units.
pub(crate) fn text(string: &str) -> Cow<'_, str> {
    const MARK: &str = " […]";
    // A byte is at least a unit, so most texts need no counting.
    if string.len() <= limits::CELL_TEXT_CHARS || string.encode_utf16().count() <= limits::CELL_TEXT_CHARS {
        return Cow::Borrowed(string);
    }
    let mut room = limits::CELL_TEXT_CHARS - MARK.len();
    let kept = string.chars().take_while(|char| {
        let left = room.checked_sub(char.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    });
    Cow::Owned(kept.chain(MARK.chars()).collect())
}
