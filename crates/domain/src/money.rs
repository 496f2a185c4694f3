//! Amounts of money: whole euro cents in an `i64`.
//!
//! There is no multiplication of money by a rate as an operator: [`Money::share`], [`Money::in_proportion`] and
//! [`Money::allocate`] are the only places that round.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Neg, Sub, SubAssign},
};

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

use crate::{language::Language, rate::Rate};

/// An amount in euro, exact to the cent. Negative amounts are corrections and repayments.
///
/// ```
/// use nachweis_domain::money::Money;
/// let amount = Money::from_cents(123_456);
/// assert_eq!(amount.to_string(), "1234.56");
/// assert_eq!(amount + Money::from_cents(44), Money::from_cents(123_500));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount (either sign) that a cell may hold: 10^12 cents, EUR 10 billion.
    pub const CELL_LIMIT: Self = Self(1_000_000_000_000);

    /// The amount of so many cents.
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// The amount of so many whole euro. Meant for constants and tests.
    pub const fn from_euro(euro: i64) -> Self {
        Self(euro * 100)
    }

    /// The amount in cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Whether the amount is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether the amount is exactly zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The amount without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Sum that says when 64 bits do not hold it.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The amount as an exact decimal of euro with two places.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// This share of the amount, rounded half away from zero to the cent (domain.md §2.1: rounded only at the end).
    ///
    /// ```
    /// use nachweis_domain::{money::Money, rate::Rate};
    /// let base = Money::from_cents(10_01);
    /// assert_eq!(base.share(Rate::from_percent(50)), Money::from_cents(5_01));
    /// ```
    #[must_use]
    pub fn share(self, rate: Rate) -> Self {
        let exact = Decimal::from(self.0) * rate.fraction();
        let cents = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        Self(cents.to_i64().unwrap_or(if cents.is_sign_negative() {
            i64::MIN
        } else {
            i64::MAX
        }))
    }

    /// The amount times `part` ÷ `whole`, rounded half away from zero to the cent; `None` when `whole` is zero or the
    /// result does not fit.
    ///
    /// ```
    /// use nachweis_domain::money::Money;
    /// let (part, whole) = (Money::from_euro(2), Money::from_euro(3));
    /// assert_eq!(Money::from_cents(100).in_proportion(part, whole), Some(Money::from_cents(67)));
    /// assert_eq!(Money::from_cents(100).in_proportion(part, Money::ZERO), None);
    /// ```
    pub fn in_proportion(self, part: Self, whole: Self) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(part.0);
        let divisor = i128::from(whole.0);
        let quotient = product.checked_div(divisor)?;
        let rest = product.checked_rem(divisor)?;
        let away = if rest.abs() * 2 >= divisor.abs() {
            product.signum() * divisor.signum()
        } else {
            0
        };
        i64::try_from(quotient + away).ok().map(Self)
    }

    /// Splits the amount by weights so that the parts sum to it exactly (largest remainder; ties go to the first).
    /// All weights zero, or none: everything goes to the first part, if there is one.
    ///
    /// ```
    /// use nachweis_domain::money::Money;
    /// let parts = Money::from_cents(100).allocate(&[1, 1, 1]);
    /// assert_eq!(parts.iter().map(|part| part.cents()).collect::<Vec<_>>(), [34, 33, 33]);
    /// ```
    pub fn allocate(self, weights: &[u64]) -> Vec<Self> {
        let total: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
        if total == 0 {
            let mut parts = vec![Self::ZERO; weights.len()];
            if let Some(first) = parts.first_mut() {
                *first = self;
            }
            return parts;
        }
        let whole = u128::from(self.0.unsigned_abs());
        let mut parts: Vec<(u128, u128)> = weights
            .iter()
            .map(|weight| {
                (
                    whole * u128::from(*weight) / total,
                    whole * u128::from(*weight) % total,
                )
            })
            .collect();
        let given: u128 = parts.iter().map(|(part, _)| part).sum();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(parts.get(*index).map_or(0, |part| part.1)));
        let left = usize::try_from(whole - given).unwrap_or(usize::MAX);
        for index in order.into_iter().take(left) {
            if let Some(part) = parts.get_mut(index) {
                part.0 += 1;
            }
        }
        let sign = self.0.signum();
        parts
            .into_iter()
            .map(|(part, _)| Self(i64::try_from(part).unwrap_or(i64::MAX) * sign))
            .collect()
    }

    /// What this amount is of another, as a fraction; `None` when the other is zero.
    pub fn fraction_of(self, whole: Self) -> Option<Decimal> {
        self.to_decimal().checked_div(whole.to_decimal())
    }

    /// The amount as people read it: `1.234,56 €` in German, `€1,234.56` in English.
    ///
    /// ```
    /// use nachweis_domain::{language::Language, money::Money};
    /// assert_eq!(Money::from_cents(-123_456).display(Language::De), "-1.234,56\u{a0}€");
    /// assert_eq!(Money::from_cents(-123_456).display(Language::En), "-€1,234.56");
    /// ```
    pub fn display(self, language: Language) -> String {
        let sign = if self.is_negative() { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        let whole = language.group(cents / 100);
        let cents = cents % 100;
        match language {
            Language::De => format!("{sign}{whole},{cents:02}\u{a0}€"),
            Language::En => format!("{sign}€{whole}.{cents:02}"),
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Self::add)
    }
}

impl<'a> Sum<&'a Self> for Money {
    fn sum<I: Iterator<Item = &'a Self>>(iter: I) -> Self {
        iter.copied().sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_proportion_is_at_most_half_a_cent_off(
            amount in -1_000_000_000_000_i64..1_000_000_000_000,
            part in -1_000_000_000_i64..1_000_000_000,
            whole in 1_i64..1_000_000_000,
        ) {
            let share = Money(amount).in_proportion(Money(part), Money(whole)).map(|share| i128::from(share.0));
            if let Some(share) = share {
                let off = share * i128::from(whole) - i128::from(amount) * i128::from(part);
                prop_assert!(off.abs() * 2 <= i128::from(whole));
            }
        }

        #[test]
        fn the_whole_proportion_is_the_amount_itself(amount: i64, whole in 1_i64..) {
            prop_assert_eq!(Money(amount).in_proportion(Money(whole), Money(whole)), Some(Money(amount)));
        }
    }

    #[test]
    fn proportions_round_half_away_from_zero() {
        let cases = [
            (1, 1, 2, Some(1)),
            (-1, 1, 2, Some(-1)),
            (1, -1, 2, Some(-1)),
            (10, 1, 4, Some(3)),
            (5, 0, 3, Some(0)),
            (5, 1, 0, None),
            (i64::MAX, 2, 1, None),
        ];
        for (amount, part, whole, expected) in cases {
            let found = Money(amount)
                .in_proportion(Money(part), Money(whole))
                .map(Money::cents);
            assert_eq!(found, expected, "{amount} × {part} ÷ {whole}");
        }
    }
}
