//! How far the money has gone: burn, time elapsed, forecast and traffic light (domain.md §5.2).
//!
//! [`BurnFigures`] hold the parts that add up over subprojects; ratios are computed from the sums, so that a group's
//! ratio is never an average of ratios. Nothing here rounds but the forecast, once for each subproject, to the cent.

use std::{collections::BTreeMap, iter::Sum};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    language::Text, money::Money, period::Period, plan::PlanVersion, quarter::Quarter, round::FundingRound,
    round::Thresholds,
};

/// The quarters whose realisation the forecast carries on.
const REALISATION_QUARTERS: i32 = 4;

/// What the burn of one subproject is computed from.
#[derive(Clone, Copy, Debug)]
pub struct BurnBasis<'a> {
    /// The round, for the sign of income.
    pub round: &'a FundingRound,
    /// The grant period of the subproject.
    pub grant: Period,
    /// The plan in effect; `None` before one was recorded.
    pub plan: Option<&'a PlanVersion>,
    /// The last quarter that counts; later ones in `spent` are left out.
    pub quarter: Quarter,
    /// Eligible expenditure of each quarter, income deducted.
    pub spent: &'a BTreeMap<Quarter, Money>,
    /// What is accepted of it.
    pub accepted: Money,
    /// Money paid out.
    pub paid_out: Money,
}

/// The burn of a subproject, or of a group as the sum of its subprojects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BurnFigures {
    /// Awarded over the whole grant.
    pub awarded: Money,
    /// Planned up to and including the quarter.
    pub planned_to_date: Money,
    /// Planned for the calendar year of the quarter.
    pub plan_year: Money,
    /// Reported up to and including the quarter.
    pub spent: Money,
    /// Reported in the calendar year up to and including the quarter.
    pub spent_year: Money,
    /// Accepted.
    pub accepted: Money,
    /// Paid out.
    pub paid_out: Money,
    /// Expected spending at the end of the grant.
    pub forecast: Money,
    /// Σ awarded euro × share of days elapsed: the numerator of [`BurnFigures::time_elapsed`].
    pub awarded_elapsed: Decimal,
}

impl BurnFigures {
    /// The burn of one subproject at the end of a quarter.
    ///
    /// Forecast: spent + planned remaining quarters × realisation rate, where the realisation rate is spent ÷ planned
    /// over the last four quarters of the grant up to the quarter; nothing planned in them counts as a rate of 1.
    pub fn of_subproject(basis: &BurnBasis<'_>) -> Self {
        let BurnBasis {
            round,
            grant,
            quarter,
            ..
        } = *basis;
        let spent: Money = basis.spent.range(..=quarter).map(|(_, amount)| amount).sum();
        let spent_year = basis
            .spent
            .range(..=quarter)
            .filter(|(of_year, _)| of_year.year() == quarter.year())
            .map(|(_, amount)| amount)
            .sum();
        let mut figures = Self {
            spent,
            spent_year,
            accepted: basis.accepted,
            paid_out: basis.paid_out,
            forecast: spent,
            ..Self::default()
        };
        let Some(plan) = basis.plan else {
            return figures;
        };
        figures.awarded = plan.awarded(round);
        figures.planned_to_date = plan.planned_until(round, &grant, quarter);
        figures.plan_year = plan.year_total(round, quarter.year());
        let remaining = figures.awarded - figures.planned_to_date;
        figures.forecast = spent + at_realisation(remaining, basis, plan);
        figures.awarded_elapsed = figures.awarded.to_decimal() * elapsed(grant, quarter);
        figures
    }

    /// Awarded and not yet reported; negative when more was spent.
    pub fn remaining(&self) -> Money {
        self.awarded - self.spent
    }

    /// `spent ÷ awarded` as a fraction; `None` without an award.
    pub fn burn_awarded(&self) -> Option<Decimal> {
        self.spent.fraction_of(self.awarded)
    }

    /// `spent in the year ÷ planned for the year`; `None` when nothing is planned for the year.
    pub fn burn_year(&self) -> Option<Decimal> {
        self.spent_year.fraction_of(self.plan_year)
    }

    /// The share of the grant's days that have passed at the end of the quarter, both days included; for a group the
    /// mean weighted by award. `None` without an award.
    pub fn time_elapsed(&self) -> Option<Decimal> {
        self.awarded_elapsed.checked_div(self.awarded.to_decimal())
    }

    /// `burn_awarded − time_elapsed` in percentage points; below zero: spending lags behind time.
    pub fn gap_pp(&self) -> Option<Decimal> {
        Some((self.burn_awarded()? - self.time_elapsed()?) * Decimal::ONE_HUNDRED)
    }

    /// What is expected to be left of the award at the end of the grant; negative when more than the award is expected.
    pub fn expected_unspent(&self) -> Money {
        self.awarded - self.forecast
    }

    /// The traffic light of the gap by the round's thresholds; the gap is compared unrounded. `None` without an award.
    pub fn light(&self, thresholds: &Thresholds) -> Option<TrafficLight> {
        let gap = self.gap_pp()?.abs();
        Some(if gap <= thresholds.light_green_pp.into() {
            TrafficLight::Green
        } else if gap <= thresholds.light_yellow_pp.into() {
            TrafficLight::Yellow
        } else {
            TrafficLight::Red
        })
    }
}

/// What the remaining plan brings at the rate at which the last quarters realised theirs.
fn at_realisation(remaining: Money, basis: &BurnBasis<'_>, plan: &PlanVersion) -> Money {
    let Some(before) = Quarter::from_ordinal(basis.quarter.ordinal() - REALISATION_QUARTERS) else {
        return remaining;
    };
    let planned_until = |quarter| plan.planned_until(basis.round, &basis.grant, quarter);
    let planned = planned_until(basis.quarter) - planned_until(before);
    let last_quarters = basis.spent.range(before.next()..=basis.quarter);
    let spent = last_quarters.map(|(_, amount)| amount).sum();
    remaining.in_proportion(spent, planned).unwrap_or(remaining)
}

/// The share of the grant's days that have passed at the end of the quarter, from 0 to 1.
fn elapsed(grant: Period, quarter: Quarter) -> Decimal {
    Decimal::from(grant.days_until(quarter.last_day()))
        .checked_div(Decimal::from(grant.days()))
        .unwrap_or_default()
}

impl std::ops::Add for BurnFigures {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            awarded: self.awarded + other.awarded,
            planned_to_date: self.planned_to_date + other.planned_to_date,
            plan_year: self.plan_year + other.plan_year,
            spent: self.spent + other.spent,
            spent_year: self.spent_year + other.spent_year,
            accepted: self.accepted + other.accepted,
            paid_out: self.paid_out + other.paid_out,
            forecast: self.forecast + other.forecast,
            awarded_elapsed: self.awarded_elapsed + other.awarded_elapsed,
        }
    }
}

impl Sum for BurnFigures {
    fn sum<I: Iterator<Item = Self>>(figures: I) -> Self {
        figures.fold(Self::default(), std::ops::Add::add)
    }
}

/// How spending keeps pace with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrafficLight {
    /// Spending keeps pace.
    Green,
    /// Spending is off pace.
    Yellow,
    /// Spending is far off pace.
    Red,
}

impl TrafficLight {
    /// All lights from good to bad.
    pub const ALL: [Self; 3] = [Self::Green, Self::Yellow, Self::Red];

    /// The stable name in files and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }

    /// The word for people.
    pub fn name(self) -> Text {
        match self {
            Self::Green => Text::new("grün", "green"),
            Self::Yellow => Text::new("gelb", "yellow"),
            Self::Red => Text::new("rot", "red"),
        }
    }
}

/// `spent ÷ plan − 1` as a fraction; `None` when nothing is planned.
///
/// ```
/// use nachweis_domain::{burn::item_deviation, money::Money};
/// let deviation = item_deviation(Money::from_euro(120), Money::from_euro(100));
/// assert_eq!(deviation.map(|part| part.normalize().to_string()).as_deref(), Some("0.2"));
/// assert_eq!(item_deviation(Money::from_euro(120), Money::ZERO), None);
/// ```
pub fn item_deviation(spent: Money, plan: Money) -> Option<Decimal> {
    (spent - plan).fraction_of(plan)
}

/// The actual share of Union money in eligible expenditure, to be compared with the round's caps (domain.md §5.2);
/// `None` when nothing was spent.
///
/// ```
/// use nachweis_domain::{burn::union_share, money::Money, rate::Rate};
/// let share = union_share(Money::from_euro(40), Money::from_euro(100));
/// assert_eq!(share, Some(Rate::from_percent(40).fraction()));
/// ```
pub fn union_share(union_money: Money, eligible: Money) -> Option<Decimal> {
    union_money.fraction_of(eligible)
}

/// `called − spent`: called money that is not spent yet; negative when spending runs ahead of calls.
///
/// ```
/// use nachweis_domain::{burn::drawdown_gap, money::Money};
/// assert_eq!(drawdown_gap(Money::from_euro(50), Money::from_euro(30)), Money::from_euro(20));
/// ```
pub fn drawdown_gap(called: Money, spent: Money) -> Money {
    called - spent
}

#[cfg(test)]
mod tests;
