//! Rates and shares: exact decimal fractions.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::language::Language;

/// A rate as a fraction: 40 % is `0.4`. Written in round files and JSON as a decimal string.
///
/// ```
/// use nachweis_domain::{language::Language, rate::Rate};
/// let rate = Rate::from_percent(40);
/// assert_eq!(rate.display(Language::De), "40,0\u{a0}%");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(Decimal);

impl Rate {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// The whole, 100 %.
    pub const WHOLE: Self = Self(Decimal::ONE);

    /// The rate of this fraction (`0.4` is 40 %).
    pub const fn from_fraction(fraction: Decimal) -> Self {
        Self(fraction)
    }

    /// The rate of so many whole per cent.
    pub fn from_percent(percent: i64) -> Self {
        Self(Decimal::new(percent, 2))
    }

    /// The rate as a fraction.
    pub const fn fraction(self) -> Decimal {
        self.0
    }

    /// The rate in per cent.
    pub fn percent(self) -> Decimal {
        self.0 * Decimal::ONE_HUNDRED
    }

    /// The rate as people read it, in per cent with one decimal place.
    pub fn display(self, language: Language) -> String {
        language.percent(self.0)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}
