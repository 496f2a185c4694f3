//! JSON: typed values for programs, both languages.
//!
//! ```json
//! { "name": "burn", "title": {"de": "…", "en": "…"}, "as_of": "2025-01-31T09:30:00Z", "round": "2023-2025",
//!   "parameters": [{"name": {…}, "value": {…}}], "notes": [{…}],
//!   "tables": [{ "key": "burn", "title": {…},
//!     "columns": [{"key": "awarded_cents", "header": {…}, "kind": "money"}],
//!     "rows": [{"row_key": "NW", "land": {"key": "NW", "de": "…", "en": "…"}, "awarded_cents": 78000000, "burn": "0.3611…"}],
//!     "totals": {…} }] }
//! ```
//!
//! Money is an integer of cents under a key that ends in `_cents`; percentages are decimal strings of the fraction
//! (`"0.125"` is 12.5 %), percentage points decimal strings under a key that ends in `_pp`; quarters are `2024-Q3`, days
//! `2024-12-31`, moments UTC RFC 3339; a word of the report has its stable key and both names; a light is `green`,
//! `yellow` or `red`; what is empty is `null`. `row_key` and the keys of the columns name a number for
//! its lineage.

use chrono::SecondsFormat;
use nachweis_domain::language::Text;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{Column, ColumnKind, Report, Table, Value};

/// The report as JSON, in one line. Objects keep the order of the columns.
pub fn json(report: &Report) -> Vec<u8> {
    // Serialising cannot fail: all keys are texts, and no value here has a fallible form.
    serde_json::to_vec(&Document(report)).unwrap_or_default()
}

struct Document<'a>(&'a Report);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let report = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", report.name)?;
        map.serialize_entry("title", &report.title)?;
        map.serialize_entry("programme", &report.programme)?;
        map.serialize_entry("round", &report.round)?;
        map.serialize_entry("round_title", &report.round_title)?;
        map.serialize_entry(
            "as_of",
            &report.as_of.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        )?;
        map.serialize_entry("funding_note", &report.funding_note)?;
        map.serialize_entry("head", &report.head)?;
        map.serialize_entry("parameters", &Each(&report.parameters, Parameter))?;
        map.serialize_entry("notes", &report.notes)?;
        map.serialize_entry("tables", &Each(&report.tables, TableJson))?;
        map.end()
    }
}

/// Serialises each item of a list in its form.
struct Each<'a, T, J>(&'a [T], fn(&'a T) -> J);

impl<T, J: Serialize> Serialize for Each<'_, T, J> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(self.1))
    }
}

struct Parameter<'a>(&'a (Text, Text));

impl Serialize for Parameter<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("name", &self.0.0)?;
        map.serialize_entry("value", &self.0.1)?;
        map.end()
    }
}

struct TableJson<'a>(&'a Table);

impl Serialize for TableJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let table = self.0;
        let keys: Vec<String> = table.columns.iter().map(Column::unit_key).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("key", table.key)?;
        map.serialize_entry("title", &table.title)?;
        map.serialize_entry("columns", &Each(&table.columns, ColumnJson))?;
        map.serialize_entry("rows", &Rows(table, &keys))?;
        map.serialize_entry("totals", &table.totals.as_ref().map(|row| Row(table, &keys, row)))?;
        map.end()
    }
}

struct ColumnJson<'a>(&'a Column);

impl Serialize for ColumnJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("key", &self.0.unit_key())?;
        map.serialize_entry("header", &self.0.header)?;
        map.serialize_entry("kind", kind(self.0.kind))?;
        map.end()
    }
}

struct Rows<'a>(&'a Table, &'a [String]);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.rows.iter().map(|row| Row(self.0, self.1, row)))
    }
}

struct Row<'a>(&'a Table, &'a [String], &'a [Value]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.1.len() + 1))?;
        map.serialize_entry("row_key", &self.0.row_key(self.2))?;
        for (key, value) in self.1.iter().zip(self.2) {
            map.serialize_entry(key, &ValueJson(value))?;
        }
        map.end()
    }
}

pub(super) struct ValueJson<'a>(pub(super) &'a Value);

impl Serialize for ValueJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Empty => serializer.serialize_none(),
            Value::Money(amount) => serializer.serialize_i64(amount.cents()),
            Value::Count(count) => serializer.serialize_i64(*count),
            Value::Percent(number) | Value::Points(number) => serializer.collect_str(&plain(*number)),
            Value::Date(date) => serializer.collect_str(date),
            Value::Time(at) => serializer.collect_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Value::Quarter(quarter) => serializer.collect_str(quarter),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Light(light) => serializer.serialize_str(light.as_str()),
            Value::Term(term) => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("key", &term.key)?;
                map.serialize_entry("de", &term.name.de)?;
                map.serialize_entry("en", &term.name.en)?;
                if let Some(light) = term.light {
                    map.serialize_entry("light", light.as_str())?;
                }
                map.end()
            }
        }
    }
}

/// Without trailing zeros, and zero without a sign.
fn plain(number: Decimal) -> Decimal {
    if number.is_zero() {
        Decimal::ZERO
    } else {
        number.normalize()
    }
}

const fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Money => "money",
        ColumnKind::Count => "count",
        ColumnKind::Percent => "percent",
        ColumnKind::Points => "points",
        ColumnKind::Date => "date",
        ColumnKind::Time => "time",
        ColumnKind::Quarter => "quarter",
        ColumnKind::Text => "text",
        ColumnKind::Light => "light",
    }
}
