//! The exact numbers of a lineage.

use nachweis_domain::money::Money;
use rust_decimal::Decimal;

use crate::Value;

/// An exact number, or what a report says in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Euro, exact to the cent.
    Money(Money),
    /// A whole number.
    Count(i64),
    /// Euro as they are weighted with time, not rounded to the cent.
    Euro(Decimal),
    /// Anything else that a report shows: a fraction, percentage points, a day, a light, a rating.
    Shown(Value),
}

impl From<Value> for Amount {
    fn from(value: Value) -> Self {
        match value {
            Value::Money(amount) => Self::Money(amount),
            Value::Count(count) => Self::Count(count),
            value => Self::Shown(value),
        }
    }
}

impl From<Money> for Amount {
    fn from(amount: Money) -> Self {
        Self::Money(amount)
    }
}

impl Amount {
    /// Zero of the same unit.
    pub(crate) const fn zero(&self) -> Self {
        match self {
            Self::Money(_) => Self::Money(Money::ZERO),
            Self::Euro(_) => Self::Euro(Decimal::ZERO),
            Self::Count(_) | Self::Shown(_) => Self::Count(0),
        }
    }

    /// The sum of two amounts of one unit.
    pub(crate) fn plus(&self, other: &Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Money(a), Self::Money(b)) => Self::Money(a.checked_add(*b)?),
            (Self::Count(a), Self::Count(b)) => Self::Count(a.checked_add(*b)?),
            (Self::Euro(a), Self::Euro(b)) => Self::Euro(a.checked_add(*b)?),
            _ => return None,
        })
    }

    /// The amount, if it is one.
    pub(crate) const fn money(&self) -> Option<Money> {
        match self {
            Self::Money(amount) => Some(*amount),
            _ => None,
        }
    }

    /// The count, if it is one.
    pub(crate) const fn count(&self) -> Option<i64> {
        match self {
            Self::Count(count) => Some(*count),
            _ => None,
        }
    }

    /// The number as a decimal: euro, a count, a fraction, percentage points.
    pub(crate) fn decimal(&self) -> Option<Decimal> {
        match self {
            Self::Money(amount) => Some(amount.to_decimal()),
            Self::Count(count) => Some(Decimal::from(*count)),
            Self::Euro(number) | Self::Shown(Value::Percent(number) | Value::Points(number)) => Some(*number),
            Self::Shown(_) => None,
        }
    }

    /// The value as a report shows it.
    pub(crate) fn shown(&self) -> Value {
        match self {
            Self::Money(amount) => Value::Money(*amount),
            Self::Count(count) => Value::Count(*count),
            Self::Euro(number) => Value::text(number.normalize().to_string()),
            Self::Shown(value) => value.clone(),
        }
    }
}
