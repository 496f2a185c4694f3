//! From what stands in a cell to a value of the column's kind, by stated rules; never a guess.

use calamine::DataRef;
use chrono::NaiveDate;
use nachweis_domain::{
    finding::Detail,
    language::Language,
    rules::value::{DecimalConvention, amount, count, date, quarter, text},
};

use super::scan::{is_blank, text_of};
use crate::{
    cell_value::{self, Epoch},
    layout::{Entry, Kind, Slot},
};

/// How numbers and dates of a workbook are to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader {
    /// Where serial dates count from.
    pub(super) epoch: Epoch,
    /// Which mark stands before decimals in numbers typed as text.
    pub(super) convention: DecimalConvention,
}

impl Reader {
    /// The rules for a workbook issued in a language.
    pub(super) const fn new(language: Language, date1904: bool) -> Self {
        Self {
            epoch: if date1904 {
                Epoch::From1904
            } else {
                Epoch::From1900
            },
            convention: match language {
                Language::De => DecimalConvention::Comma,
                Language::En => DecimalConvention::Point,
            },
        }
    }

    /// The value of a cell that must hold this kind. Choices are read by their own rooms.
    pub(super) fn slot(self, kind: Kind, value: &DataRef<'_>) -> Result<Slot, Detail> {
        if is_blank(value) {
            return Ok(Slot::Empty);
        }
        if let DataRef::Error(error) = value {
            return Err(Detail::ErrorValue {
                typed: error.to_string(),
            });
        }
        match kind {
            Kind::Money => self.money(value),
            Kind::Count => self.count(value),
            Kind::Date => self.date(value).map(|date| Slot::Value(Entry::Date(date))),
            Kind::Quarter => {
                quarter::read(&self.shown(value)).map(|quarter| Slot::Value(Entry::Quarter(quarter)))
            }
            Kind::Text { limit } => self.text(value, limit).map(|text| Slot::Value(Entry::Text(text))),
            Kind::Key | Kind::Choice(_) => Ok(Slot::Value(Entry::Text(self.shown(value)))),
        }
    }

    fn money(self, value: &DataRef<'_>) -> Result<Slot, Detail> {
        match value {
            DataRef::Float(number) => {
                cell_value::money(*number).map(|money| Slot::Value(Entry::Money(money)))
            }
            _ => match text_of(value) {
                Some(typed) => {
                    amount::read(typed, self.convention).map(|money| Slot::Typed(Entry::Money(money)))
                }
                None => Err(Detail::AmountUnreadable {
                    typed: self.quoted(value),
                }),
            },
        }
    }

    fn count(self, value: &DataRef<'_>) -> Result<Slot, Detail> {
        match value {
            DataRef::Float(number) => {
                cell_value::count(*number).map(|count| Slot::Value(Entry::Count(count)))
            }
            _ => match text_of(value) {
                Some(typed) => {
                    count::read(typed, self.convention).map(|count| Slot::Typed(Entry::Count(count)))
                }
                None => Err(Detail::CountUnreadable {
                    typed: self.quoted(value),
                }),
            },
        }
    }

    /// The day of a cell: a serial number, or an ISO date that the file marks as a date. Text is refused with its reading.
    pub(super) fn date(self, value: &DataRef<'_>) -> Result<NaiveDate, Detail> {
        match value {
            DataRef::Float(serial) => cell_value::date(*serial, self.epoch),
            DataRef::DateTime(moment) => cell_value::date_of(moment, self.epoch),
            DataRef::DateTimeIso(iso) => iso_day(iso),
            _ => Err(text_of(value).map_or_else(
                || Detail::DateUnreadable {
                    typed: self.quoted(value),
                    reading: None,
                },
                date::refuse_text,
            )),
        }
    }

    /// The text of a cell. Numbers and dates count as the text that shows them: voucher numbers often are numbers.
    pub(super) fn text(self, value: &DataRef<'_>, limit: u64) -> Result<String, Detail> {
        let text = match text_of(value) {
            Some(typed) if is_plain(typed) => typed.to_owned(),
            Some(typed) => text::read(typed)?,
            None => self.shown(value),
        };
        let characters = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if characters > limit {
            return Err(Detail::TextTooLong { characters, limit });
        }
        Ok(text)
    }

    /// What stands in a cell, as a spreadsheet program shows it.
    pub(super) fn shown(self, value: &DataRef<'_>) -> String {
        match value {
            DataRef::Empty => String::new(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => cell_value::shown(*number),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Bool(true) => "WAHR".to_owned(),
            DataRef::Bool(false) => "FALSCH".to_owned(),
            DataRef::DateTime(moment) => cell_value::date_of(moment, self.epoch).map_or_else(
                |_outside| cell_value::shown(moment.as_f64()),
                |date| Language::De.date(date),
            ),
            DataRef::Error(error) => error.to_string(),
        }
    }

    /// The same, cut and made safe for a finding.
    pub(super) fn quoted(self, value: &DataRef<'_>) -> String {
        text::quoted(&self.shown(value))
    }
}

/// A day that the file marks as a date (`t="d"`): `2024-09-30`, at midnight if it has a time. Other times are refused
/// with the day as reading: a time zone may have moved it across midnight.
fn iso_day(iso: &str) -> Result<NaiveDate, Detail> {
    let (day, time) = iso.split_once('T').unwrap_or((iso, ""));
    let reading = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok();
    let is_midnight = time.chars().all(|char| matches!(char, '0' | ':' | '.' | 'Z'));
    match reading {
        Some(day) if is_midnight => date::in_window(day, iso),
        reading => Err(Detail::DateUnreadable {
            typed: text::quoted(iso),
            reading,
        }),
    }
}

/// Whether a text needs no cleaning: printable ASCII without blanks at its ends.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !text.starts_with(' ') && !text.ends_with(' ')
}
