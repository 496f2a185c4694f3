//! The typed values of a report's cells.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use nachweis_domain::{language::Text, money::Money, quarter::Quarter};
use rust_decimal::Decimal;

use nachweis_domain::burn::TrafficLight;

/// A cell of a report. Renderers turn each kind into its form; nothing is formatted before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing to say here: not zero.
    Empty,
    /// Euro, exact to the cent.
    Money(Money),
    /// A whole number.
    Count(i64),
    /// A fraction, shown in per cent: `0.125` is 12.5 %.
    Percent(Decimal),
    /// Percentage points: `-3.5`.
    Points(Decimal),
    /// A day.
    Date(NaiveDate),
    /// A moment; shown in Europe/Berlin, in JSON as UTC.
    Time(DateTime<Utc>),
    /// A quarter.
    Quarter(Quarter),
    /// A text of the record, the same in every language: a title, a number, a code.
    Text(Arc<str>),
    /// A word of the report: the name of a group, a state.
    Term(Arc<Term>),
    /// A traffic light.
    Light(TrafficLight),
}

/// A word of the report: a stable key for programs, a name for people, and where it rates something a colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The stable key: `more_developed`, `accepted`.
    pub key: String,
    /// The name.
    pub name: Text,
    /// The colour, if it rates something.
    pub light: Option<TrafficLight>,
}

impl Value {
    /// A text of the record.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(Arc::from(text.as_ref()))
    }

    /// A word of the report.
    pub fn term(key: impl Into<String>, name: Text) -> Self {
        Self::Term(Arc::new(Term {
            key: key.into(),
            name,
            light: None,
        }))
    }

    /// A word of the report that rates something.
    pub fn rated(key: impl Into<String>, name: Text, light: TrafficLight) -> Self {
        Self::Term(Arc::new(Term {
            key: key.into(),
            name,
            light: Some(light),
        }))
    }

    /// A fraction if there is one.
    pub fn percent(fraction: Option<Decimal>) -> Self {
        fraction.map_or(Self::Empty, Self::Percent)
    }

    /// Percentage points if there are any.
    pub fn points(points: Option<Decimal>) -> Self {
        points.map_or(Self::Empty, Self::Points)
    }

    /// An amount if there is one.
    pub fn money(amount: Option<Money>) -> Self {
        amount.map_or(Self::Empty, Self::Money)
    }

    /// The colour of the cell, if it has one.
    pub(crate) fn light(&self) -> Option<TrafficLight> {
        match self {
            Self::Light(light) => Some(*light),
            Self::Term(term) => term.light,
            _ => None,
        }
    }
}
