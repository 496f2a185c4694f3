//! From what stands in a cell to a value of the column's kind, by stated rules; never a guess.

use calamine::DataRef;
use chrono::NaiveDate;
use nachweis_domain::{
    finding::Detail,
    language::Language,
    rules::value::{DecimalConvention, amount, count, date, quarter, text},
};
use unicode_normalization::{IsNormalized, is_nfc_quick};

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
            DataRef::DateTime(moment) if !moment.is_datetime() => Err(Detail::AmountShownOtherwise {
                stored: cell_value::shown(moment.as_f64()),
            }),
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
            DataRef::DateTime(moment) if !moment.is_datetime() => Err(Detail::CountShownOtherwise {
                stored: cell_value::shown(moment.as_f64()),
            }),
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
            Some(typed) if is_clean(typed) => typed.to_owned(),
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
            DataRef::DateTime(moment) if !moment.is_datetime() => cell_value::shown(moment.as_f64()),
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

/// Whether a text is already as [`text::read`] would give it back: most texts are, and need no copy to find out.
fn is_clean(text: &str) -> bool {
    let is_edged = |char: Option<char>| char.is_some_and(char::is_whitespace);
    if is_edged(text.chars().next()) || is_edged(text.chars().next_back()) {
        return false;
    }
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        || (text.chars().all(|char| char != '\r' && !text::is_unsafe(char))
            && is_nfc_quick(text.chars()) == IsNormalized::Yes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_texts_are_those_that_cleaning_leaves_alone() {
        for typed in [
            "B-0001",
            " B",
            "B ",
            "",
            "Straße – „x“",
            "Mu\u{308}nchen",
            "a\r\nb",
            "a\nb",
            "a\u{200b}b",
            "\u{a0}x",
            "漢字",
            "é",
        ] {
            let is_kept = text::read(typed).as_deref() == Ok(typed);
            assert_eq!(is_clean(typed), is_kept, "{typed:?}");
        }
    }

    #[test]
    fn a_date_at_midnight_is_a_day_and_another_time_is_refused_with_its_day() {
        let day = NaiveDate::from_ymd_opt(2024, 9, 30);
        for iso in ["2024-09-30", "2024-09-30T00:00:00", "2024-09-30T00:00:00.000Z"] {
            assert_eq!(iso_day(iso).ok(), day, "{iso}");
        }
        assert_eq!(
            iso_day("2024-09-30T22:00:00.000Z"),
            Err(Detail::DateUnreadable {
                typed: "2024-09-30T22:00:00.000Z".to_owned(),
                reading: day
            })
        );
        assert!(iso_day("1999-12-31").is_err());
        assert!(iso_day("heute").is_err());
    }

    #[test]
    fn the_convention_follows_the_language_of_the_workbook() {
        let typed = DataRef::SharedString("1,234");
        let german = Reader::new(Language::De, false).slot(Kind::Money, &typed);
        assert_eq!(german.map_err(|detail| detail.code().as_str()), Err("VAL-02"));
        let english = Reader::new(Language::En, false).slot(Kind::Money, &typed);
        let expected = nachweis_domain::money::Money::from_euro(1234);
        assert_eq!(english, Ok(Slot::Typed(Entry::Money(expected))));
    }

    #[test]
    fn cells_of_another_type_are_refused_as_shown() {
        let reader = Reader::new(Language::De, false);
        let code =
            |kind, value: DataRef<'_>| reader.slot(kind, &value).map_err(|detail| detail.code().as_str());
        assert_eq!(code(Kind::Money, DataRef::Bool(true)), Err("VAL-01"));
        assert_eq!(code(Kind::Count, DataRef::Float(1.5)), Err("VAL-05"));
        assert_eq!(code(Kind::Date, DataRef::Float(60.0)), Err("VAL-07"));
        assert_eq!(code(Kind::Date, DataRef::Float(20_000.0)), Err("VAL-08"));
        assert_eq!(code(Kind::Money, DataRef::Float(1.005)), Err("VAL-03"));
        assert_eq!(code(Kind::Money, DataRef::Float(2e10)), Err("VAL-04"));
        assert_eq!(
            code(Kind::Text { limit: 2 }, DataRef::SharedString("abc")),
            Err("VAL-11")
        );
        assert_eq!(
            code(Kind::Text { limit: 9 }, DataRef::SharedString("a\u{202e}b")),
            Err("VAL-12")
        );
        assert_eq!(
            code(Kind::Money, DataRef::Error(calamine::CellErrorType::NA)),
            Err("VAL-13")
        );
    }

    #[test]
    fn books_that_count_from_1904_give_the_same_days() {
        let day = NaiveDate::from_ymd_opt(2024, 7, 1);
        let read = |date1904, serial| {
            Reader::new(Language::De, date1904)
                .date(&DataRef::Float(serial))
                .ok()
        };
        assert_eq!(read(false, 45_474.0), day);
        assert_eq!(read(true, 44_012.0), day);
    }
}
