//! Formulas: a number computed from others, in words and as a computation.

use chrono::NaiveDate;
use nachweis_domain::{
    burn::TrafficLight,
    language::Text,
    money::Money,
    overrun::{Balance, Freedom, Position},
    rate::Rate,
    round::Thresholds,
};
use rust_decimal::Decimal;

use super::{Amount, Opens};
use crate::{Value, build::rated};

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// How the number is made, in words.
    pub text: Text,
    rule: Rule,
}

/// A number that a formula takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    /// What it is.
    pub name: Text,
    /// The exact number.
    pub value: Amount,
    /// Row and column under which it opens in the same report; none for what the round's rules or the calendar give.
    pub opens: Option<(String, &'static str)>,
}

/// What a formula does with its operands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// a − b.
    Difference,
    /// a − b + c.
    DifferenceAndMore,
    /// a − b, not below zero.
    Excess,
    /// All operands together.
    Together,
    /// a ÷ b.
    Ratio,
    /// (a − b) ÷ b.
    Deviation,
    /// (a − b) in percentage points.
    Gap,
    /// Reported, awarded, planned, outstanding, realised, planned of it.
    Forecast,
    /// An amount and weights: the part of the weight at this place.
    ByKey(usize),
    /// Gap, quarters reported, green up to, yellow up to.
    Light,
    /// One operand, as it is.
    Given,
    /// Whole days from the second day to the first, not below zero.
    DaysOverdue,
    /// Spent of Union money, spent in all, highest share, room for rounding.
    UnionMoney,
    /// Spent of own funds, spent in all, least share, room for rounding.
    OwnFunds,
    /// Plan, spent, over and saved of the subproject, by the round's thresholds.
    OfItem(Freedom, Box<Thresholds>),
    /// Days overdue, with the state of the report.
    Standing(Value),
}

impl Formula {
    /// A formula in words and as a computation.
    pub(crate) fn new(rule: Rule, de: &str, en: &str) -> Self {
        Self {
            text: Text::new(de, en),
            rule,
        }
    }

    /// The number, computed from operands; `None` when they do not fit.
    pub fn compute(&self, operands: &[Operand]) -> Option<Amount> {
        let amount = |place: usize| operands.get(place).map(|operand| &operand.value);
        let money = |place| amount(place)?.money();
        let decimal = |place| amount(place)?.decimal();
        let count = |place| amount(place)?.count();
        Some(match &self.rule {
            Rule::Given => amount(0)?.clone(),
            Rule::Difference => match (amount(0)?, amount(1)?) {
                (Amount::Count(a), Amount::Count(b)) => Amount::Count(a - b),
                (a, b) => Amount::Money(a.money()? - b.money()?),
            },
            Rule::Together => {
                let mut all = operands.iter().map(|operand| &operand.value);
                let zero = amount(0)?.zero();
                all.try_fold(zero, |sum, value| sum.plus(value))?
            }
            Rule::DifferenceAndMore => Amount::Money(money(0)? - money(1)? + money(2)?),
            Rule::Excess => Amount::Money((money(0)? - money(1)?).max(Money::ZERO)),
            Rule::Ratio => percent(decimal(0)?.checked_div(decimal(1)?)?),
            Rule::Deviation => percent((money(0)? - money(1)?).fraction_of(money(1)?)?),
            Rule::Gap => Amount::Shown(Value::Points((decimal(0)? - decimal(1)?) * Decimal::ONE_HUNDRED)),
            Rule::Forecast => Amount::Money(forecast(
                [money(0)?, money(1)?, money(2)?, money(3)?],
                [money(4)?, money(5)?],
            )),
            Rule::ByKey(place) => Amount::Money(by_key(money(0)?, operands.get(1..)?, *place)?),
            Rule::Light => {
                let thresholds = [decimal(2)?, decimal(3)?];
                count(1).filter(|quarters| *quarters > 0)?;
                Amount::Shown(Value::Light(TrafficLight::of_gap(decimal(0)?, thresholds)))
            }
            Rule::DaysOverdue => Amount::Count((day(amount(0)?)? - day(amount(1)?)?).num_days().max(0)),
            Rule::UnionMoney => {
                let cap = Rate::from_fraction(decimal(2)?);
                Amount::Shown(rated::union(money(0)?, money(1)?, cap, money(3)?))
            }
            Rule::OwnFunds => {
                let least = Rate::from_fraction(decimal(2)?);
                Amount::Shown(rated::own(money(0)?, money(1)?, least, money(3)?))
            }
            Rule::OfItem(freedom, thresholds) => {
                let position = Position {
                    freedom: *freedom,
                    plan: money(0)?,
                    planned_reported: Money::ZERO,
                    spent: money(1)?,
                };
                let (over, saved) = (money(2)?, money(3)?);
                Amount::Shown(rated::item(&position, Balance { over, saved }, thresholds))
            }
            Rule::Standing(value) => {
                count(0)?;
                Amount::Shown(value.clone())
            }
        })
    }
}

const fn percent(fraction: Decimal) -> Amount {
    Amount::Shown(Value::Percent(fraction))
}

/// Reported, and what is to come at the rate at which the last reported quarters realised their plan.
fn forecast([reported, awarded, planned, outstanding]: [Money; 4], [realised, of]: [Money; 2]) -> Money {
    let to_come = awarded - planned + outstanding;
    reported + nachweis_domain::burn::at_realisation(to_come, realised, of)
}

fn by_key(whole: Money, weights: &[Operand], place: usize) -> Option<Money> {
    let weights: Option<Vec<u64>> = weights
        .iter()
        .map(|weight| u64::try_from(weight.value.count()?).ok())
        .collect();
    whole.allocate(&weights?).get(place).copied()
}

const fn day(amount: &Amount) -> Option<NaiveDate> {
    match amount {
        Amount::Shown(Value::Date(day)) => Some(*day),
        _ => None,
    }
}

impl Operand {
    /// The number of the same table that it opens to, if it does.
    pub fn opens(&self) -> Option<Opens<'_>> {
        let (row, column) = self.opens.as_ref()?;
        Some(Opens {
            row,
            column,
            value: &self.value,
        })
    }

    /// A number of the same report.
    pub(crate) fn open(name: Text, value: impl Into<Amount>, row: &str, column: &'static str) -> Self {
        Self {
            name,
            value: value.into(),
            opens: Some((row.to_owned(), column)),
        }
    }

    /// A number that the round's rules or the calendar give.
    pub(crate) fn given(de: &str, en: &str, value: impl Into<Amount>) -> Self {
        Self {
            name: Text::new(de, en),
            value: value.into(),
            opens: None,
        }
    }
}
