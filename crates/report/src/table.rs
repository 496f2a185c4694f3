//! A report as data: a head, notes and typed tables.

use chrono::{DateTime, Utc};
use nachweis_domain::{key::RoundCode, language::Text};

use crate::Value;

/// A report. It knows no format; a renderer knows no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The stable name: `burn`.
    pub name: &'static str,
    /// The title.
    pub title: Text,
    /// The moment the figures stand for: that of the last event that changed figures or plans.
    pub as_of: DateTime<Utc>,
    /// The funding programme.
    pub programme: Text,
    /// The code of the round.
    pub round: RoundCode,
    /// The name of the round.
    pub round_title: Text,
    /// Who pays, as it must be shown on every export.
    pub funding_note: Text,
    /// The parameters: name and value for people.
    pub parameters: Vec<(Text, Text)>,
    /// What the columns mean and how was rounded, one paragraph each.
    pub notes: Vec<Text>,
    /// The tables, the most important first.
    pub tables: Vec<Table>,
    /// The head of the journal's hash chain, where there is one.
    pub head: Option<String>,
}

/// A table of a report. Every row has as many values as there are columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The stable name in JSON: `burn`.
    pub key: &'static str,
    /// The title; also names the sheet, so it is short.
    pub title: Text,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows in the order of the report.
    pub rows: Vec<Vec<Value>>,
    /// The totals, with as many values as there are columns.
    pub totals: Option<Vec<Value>>,
}

/// The columns that tell the rows of a table apart.
const ROW_KEYS: [&str; 13] = [
    "round",
    "land_code",
    "network_code",
    "action_field",
    "region_category",
    "no",
    "plan_item",
    "quarter",
    "item",
    "code",
    "counter",
    "source",
    "control",
];

impl Table {
    /// The stable key of a row: what names it, separated by slashes; `total` for the totals.
    ///
    /// `NW`, `IQ23-NW-001/staff_employees`, `more_developed/esf_plus`, `IQ23-NW-001/2024-Q3`.
    pub fn row_key(&self, row: &[Value]) -> String {
        let mut key = String::new();
        for (column, value) in self.columns.iter().zip(row) {
            let name = match value {
                Value::Term(term) if term.key == "total" => return term.key.clone(),
                _ if !ROW_KEYS.contains(&column.key) => continue,
                Value::Term(term) => term.key.as_str().to_owned(),
                Value::Text(text) => text.to_string(),
                Value::Quarter(quarter) => quarter.to_string(),
                _ => continue,
            };
            if !key.is_empty() {
                key.push('/');
            }
            key.push_str(&name);
        }
        key
    }

    /// The row of a key, the totals included.
    pub fn row(&self, key: &str) -> Option<&[Value]> {
        let rows = self.rows.iter().chain(&self.totals);
        rows.map(Vec::as_slice).find(|row| self.row_key(row) == key)
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The stable name in JSON, without unit: `awarded`.
    pub key: &'static str,
    /// The heading without unit; renderers add the unit of the kind.
    pub header: Text,
    /// What the values are.
    pub kind: ColumnKind,
    /// The usual width in characters.
    pub width: u16,
}

/// What the values of a column are; any of them may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Euro.
    Money,
    /// Whole numbers.
    Count,
    /// Fractions, shown in per cent.
    Percent,
    /// Percentage points.
    Points,
    /// Days.
    Date,
    /// Moments.
    Time,
    /// Quarters.
    Quarter,
    /// Texts.
    Text,
    /// Traffic lights, and texts with their colour.
    Light,
}

impl Column {
    /// A column of the kind's usual width.
    pub fn new(key: &'static str, kind: ColumnKind, de: &str, en: &str) -> Self {
        Self {
            key,
            header: Text::new(de, en),
            kind,
            width: kind.usual_width(),
        }
    }

    /// The same column of another width in characters.
    #[must_use]
    pub const fn wide(mut self, width: u16) -> Self {
        self.width = width;
        self
    }

    /// The key with its unit, as in JSON: `awarded_cents`, `gap_pp`.
    pub fn unit_key(&self) -> String {
        let unit = match self.kind {
            ColumnKind::Money => "_cents",
            ColumnKind::Points => "_pp",
            _ => "",
        };
        format!("{}{unit}", self.key)
    }

    /// Whether numbers or ratings stand in it, which open to where they come from.
    pub const fn opens(&self) -> bool {
        self.kind.is_number() || matches!(self.kind, ColumnKind::Light)
    }

    /// The heading with the unit: `Bewilligt (€)`.
    pub fn heading(&self) -> Text {
        let (de, en) = match self.kind {
            ColumnKind::Money => (" (€)", " (€)"),
            ColumnKind::Points => (" (PP)", " (pp)"),
            _ => ("", ""),
        };
        Text::new(
            format!("{}{de}", self.header.de),
            format!("{}{en}", self.header.en),
        )
    }
}

impl ColumnKind {
    /// Whether the values are numbers, which stand to the right.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Money | Self::Count | Self::Percent | Self::Points)
    }

    /// The width in characters that holds the values of a programme.
    pub const fn usual_width(self) -> u16 {
        match self {
            Self::Money => 15,
            Self::Time => 18,
            Self::Count | Self::Points | Self::Light => 11,
            Self::Percent | Self::Date | Self::Quarter => 12,
            Self::Text => 24,
        }
    }
}
