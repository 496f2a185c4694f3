//! The fields of a row of our own format, each read by the rule of its column; what cannot be read is a fault.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{
    language::{Language, Text},
    money::Money,
    rate::Rate,
    rules::value::{DecimalConvention, amount, text},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use crate::{RawRow, RawValue};

/// Faults that are listed; further ones are counted.
const LISTED: usize = 100;

/// A row with its columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    table: &'a str,
    columns: &'a [(u16, String)],
    row: &'a RawRow,
}

/// What is wrong in a file.
#[derive(Debug, Default)]
pub(super) struct Faults {
    texts: Vec<Text>,
    further: usize,
}

impl Faults {
    /// Adds a fault in a column of a row.
    pub(super) fn add(&mut self, record: &Record<'_>, column: &str, de: &str, en: &str) {
        let (table, row) = (record.table, record.row_number());
        self.push(Text::new(
            format!("[{table}] Zeile {row}, Spalte „{column}“: {de}"),
            format!("[{table}] row {row}, column \"{column}\": {en}"),
        ));
    }

    /// Adds a fault about a text that is none of those offered.
    pub(super) fn add_choice(&mut self, record: &Record<'_>, column: &str, typed: &str, choices: &[&str]) {
        let (typed, choices) = (text::quoted(typed), choices.join(", "));
        self.add(
            record,
            column,
            &format!("„{typed}“ ist nicht vorgesehen. Möglich sind: {choices}."),
            &format!("\"{typed}\" is not offered. Possible are: {choices}."),
        );
    }

    /// Adds a fault about the file.
    pub(super) fn push(&mut self, text: Text) {
        if self.texts.len() < LISTED {
            self.texts.push(text);
        } else {
            self.further += 1;
        }
    }

    /// All faults; the last one counts those not listed.
    pub(super) fn into_texts(mut self) -> Vec<Text> {
        if self.further > 0 {
            let further = self.further;
            self.texts.push(Text::new(
                format!("{further} weitere Fehler sind nicht aufgeführt."),
                format!("{further} further faults are not listed."),
            ));
        }
        self.texts
    }
}

impl<'a> Record<'a> {
    /// A row of a table.
    pub(super) const fn new(table: &'a str, columns: &'a [(u16, String)], row: &'a RawRow) -> Self {
        Self { table, columns, row }
    }

    /// The table.
    pub(super) const fn table(&self) -> &'a str {
        self.table
    }

    /// The row as people count it.
    pub(super) const fn row_number(&self) -> u32 {
        self.row.row + 1
    }

    fn value(&self, column: &str) -> Option<&'a RawValue> {
        let (col, _) = self.columns.iter().find(|(_, name)| name == column)?;
        self.row.value(*col)
    }

    /// The text of a column; `None` when it is empty or cannot be a text.
    pub(super) fn text(&self, column: &str) -> Option<String> {
        let typed = self.value(column)?.shown();
        text::read(&typed).ok().filter(|text| !text.is_empty())
    }

    /// The text of a column that must be filled in.
    pub(super) fn required(&self, column: &str, faults: &mut Faults) -> Option<String> {
        let typed = self.value(column).map(RawValue::shown).unwrap_or_default();
        match text::read(&typed) {
            Ok(text) if text.is_empty() => {
                faults.add(self, column, "Die Angabe fehlt.", "The entry is missing.");
                None
            }
            Ok(text) => Some(text),
            Err(detail) => {
                faults.add(
                    self,
                    column,
                    &detail.text(Language::De),
                    &detail.text(Language::En),
                );
                None
            }
        }
    }

    /// A value that may be left empty, but not be wrong.
    pub(super) fn optional<T: FromStr>(&self, column: &str, faults: &mut Faults) -> Option<T> {
        let typed = self.text(column)?;
        let value = typed.parse().ok();
        if value.is_none() {
            self.unreadable(column, &typed, faults);
        }
        value
    }

    /// An amount to the cent.
    pub(super) fn amount(&self, column: &str, faults: &mut Faults) -> Option<Money> {
        let read = match self.value(column) {
            Some(RawValue::Number(number)) => cents(*number).ok_or_else(|| number.to_string()),
            Some(value) => {
                amount::read(&value.shown(), DecimalConvention::Comma).map_err(|_detail| value.shown())
            }
            None => Err(String::new()),
        };
        read.map_err(|typed| self.unreadable(column, &typed, faults)).ok()
    }

    /// A whole number from zero.
    pub(super) fn whole<T: TryFrom<u64>>(&self, column: &str, faults: &mut Faults) -> Option<T> {
        let read = match self.value(column) {
            Some(RawValue::Number(number)) => number.to_u64().filter(|_| number.fract().is_zero()),
            Some(RawValue::Text(text)) => text.trim().parse::<u64>().ok(),
            _ => None,
        };
        let whole = read.and_then(|number| T::try_from(number).ok());
        if whole.is_none() {
            self.unreadable(
                column,
                &self.value(column).map(RawValue::shown).unwrap_or_default(),
                faults,
            );
        }
        whole
    }

    /// A day: a date cell or ISO text.
    pub(super) fn date(&self, column: &str, faults: &mut Faults) -> Option<NaiveDate> {
        let date = match self.value(column) {
            Some(RawValue::Date(date)) => Some(*date),
            Some(RawValue::Text(text)) => text.trim().parse().ok(),
            _ => None,
        };
        if date.is_none() {
            self.unreadable(
                column,
                &self.value(column).map(RawValue::shown).unwrap_or_default(),
                faults,
            );
        }
        date
    }

    /// A moment in UTC; empty is `default`.
    pub(super) fn moment(
        &self,
        column: &str,
        default: DateTime<Utc>,
        faults: &mut Faults,
    ) -> Option<DateTime<Utc>> {
        let moment = match self.value(column) {
            None => Some(default),
            Some(RawValue::Date(date)) => date.and_hms_opt(0, 0, 0).map(|moment| moment.and_utc()),
            Some(RawValue::Text(text)) => text.trim().parse().ok(),
            Some(_) => None,
        };
        if moment.is_none() {
            self.unreadable(
                column,
                &self.value(column).map(RawValue::shown).unwrap_or_default(),
                faults,
            );
        }
        moment
    }

    fn unreadable(&self, column: &str, typed: &str, faults: &mut Faults) {
        let typed = text::quoted(typed);
        let (de, en) = if typed.is_empty() {
            ("Die Angabe fehlt.".to_owned(), "The entry is missing.".to_owned())
        } else {
            (
                format!(
                    "„{typed}“ ist hier keine gültige Angabe; das Format steht in fixtures/programme/README.md."
                ),
                format!(
                    "\"{typed}\" is no valid entry here; the format is described in fixtures/programme/README.md."
                ),
            )
        };
        faults.add(self, column, &de, &en);
    }
}

/// Whole cents; `None` for parts of a cent beyond the noise of a double.
fn cents(number: Decimal) -> Option<Money> {
    let cents = number.checked_mul(Decimal::ONE_HUNDRED)?;
    let whole = cents.round();
    let near = (cents - whole).abs() <= Decimal::new(1, 3);
    whole.to_i64().filter(|_| near).map(Money::from_cents)
}

/// A fraction with decimal comma or point: `0,755`.
pub(super) fn fraction(typed: &str) -> Option<Rate> {
    typed
        .trim()
        .replace(',', ".")
        .parse()
        .ok()
        .map(Rate::from_fraction)
}
