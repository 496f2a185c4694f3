//! How far the money has gone: burn, time elapsed, forecast and traffic light (domain.md §5.2).
//!
//! A quarter that is not reported says nothing about spending, least of all that it was zero. So burn is compared with the
//! time that reports cover, and the forecast carries the realisation of reported quarters on to those that are outstanding
//! as to those to come.
//!
//! [`BurnFigures`] hold the parts that add up over subprojects; ratios are computed from the sums, so that a group's
//! ratio is never an average of ratios. Nothing here rounds but the forecast, once for each subproject, to the cent.

use std::{collections::BTreeMap, iter::Sum};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{money::Money, period::Period, plan::Schedule, quarter::Quarter, round::Thresholds};

mod light;

pub use light::TrafficLight;

/// The reported quarters whose realisation the forecast carries on.
const REALISATION_QUARTERS: usize = 4;

/// What the burn of one subproject is computed from.
#[derive(Clone, Copy, Debug)]
pub struct BurnBasis<'a> {
    /// The grant period of the subproject.
    pub grant: Period,
    /// What the plan in effect foresees; `None` before one was recorded.
    pub schedule: Option<&'a Schedule>,
    /// The last quarter that counts; later ones in `spent` are left out.
    pub quarter: Quarter,
    /// Eligible expenditure of each reported quarter, income deducted. A quarter that is not here is not reported.
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
    /// What of it is planned for quarters that are outstanding.
    pub planned_outstanding: Money,
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
    /// What is expected to be left of awards: where the forecast stays below the award, by how much. It will lapse, and
    /// no other subproject's [`BurnFigures::overspending`] uses it up.
    pub unspent: Money,
    /// What forecasts exceed awards by.
    pub overspending: Money,
    /// Quarters of the grant up to the quarter that are reported.
    pub reported_quarters: u32,
    /// Quarters of the grant up to the quarter that are not reported.
    pub outstanding_quarters: u32,
    /// Σ awarded euro × share of days elapsed: the numerator of [`BurnFigures::time_elapsed`].
    pub awarded_elapsed: Decimal,
    /// Σ awarded euro × share of days in reported quarters: the numerator of [`BurnFigures::time_reported`].
    pub awarded_reported: Decimal,
}

impl BurnFigures {
    /// The burn of one subproject at the end of a quarter.
    ///
    /// Forecast: spent + (planned for outstanding quarters + planned after the quarter) × realisation rate. The rate is
    /// spent ÷ planned over the last four reported quarters of the grant, not below zero; 1 while none is reported or
    /// nothing is planned in them.
    pub fn of_subproject(basis: &BurnBasis<'_>) -> Self {
        let mut figures = Self {
            accepted: basis.accepted,
            paid_out: basis.paid_out,
            ..Self::default()
        };
        for (quarter, amount) in basis.spent.range(..=basis.quarter) {
            figures.spent += *amount;
            if quarter.year() == basis.quarter.year() {
                figures.spent_year += *amount;
            }
        }
        let nothing = Schedule::default();
        let schedule = basis.schedule.unwrap_or(&nothing);
        figures.awarded = schedule.awarded();
        figures.planned_to_date = schedule.until(basis.quarter);
        figures.plan_year = schedule.in_year(basis.quarter.year());
        let mut days_reported = 0;
        for quarter in basis.quarters() {
            if basis.spent.contains_key(&quarter) {
                figures.reported_quarters += 1;
                days_reported += days_in(basis.grant, quarter);
            } else {
                figures.outstanding_quarters += 1;
                figures.planned_outstanding += schedule.in_quarter(quarter);
            }
        }
        let share = |days: i64| Decimal::from(days).checked_div(Decimal::from(basis.grant.days()));
        let awarded_share = |days: i64| figures.awarded.to_decimal() * share(days).unwrap_or_default();
        figures.awarded_elapsed = awarded_share(basis.grant.days_until(basis.quarter.last_day()));
        figures.awarded_reported = awarded_share(days_reported);
        let to_come = figures.awarded - figures.planned_to_date + figures.planned_outstanding;
        let (realised, planned) = basis.realised(schedule);
        figures.forecast = figures.spent + at_realisation(to_come, realised, planned);
        figures.unspent = (figures.awarded - figures.forecast).max(Money::ZERO);
        figures.overspending = (figures.forecast - figures.awarded).max(Money::ZERO);
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

    /// The share of the grant's days that lie in reported quarters; for a group the mean weighted by award. Equal to
    /// [`BurnFigures::time_elapsed`] when nothing is outstanding. `None` without an award.
    pub fn time_reported(&self) -> Option<Decimal> {
        self.awarded_reported.checked_div(self.awarded.to_decimal())
    }

    /// `burn_awarded − time_reported` in percentage points; below zero: spending lags behind the time that is reported.
    pub fn gap_pp(&self) -> Option<Decimal> {
        Some((self.burn_awarded()? - self.time_reported()?) * Decimal::ONE_HUNDRED)
    }

    /// The traffic light of the gap by the round's thresholds; the gap is compared unrounded. `None` without an award, and
    /// while no quarter of the grant is reported: then there is nothing to rate.
    pub fn light(&self, thresholds: &Thresholds) -> Option<TrafficLight> {
        if self.reported_quarters == 0 {
            return None;
        }
        let thresholds = [thresholds.light_green_pp, thresholds.light_yellow_pp].map(Decimal::from);
        Some(TrafficLight::of_gap(self.gap_pp()?, thresholds))
    }
}

impl BurnBasis<'_> {
    /// The quarters of the grant that count.
    fn quarters(&self) -> impl Iterator<Item = Quarter> + use<> {
        let until = self.quarter;
        let quarters = self.grant.quarters().into_iter();
        quarters.take_while(move |quarter| *quarter <= until)
    }

    /// The reported quarters of the grant whose realisation the forecast carries on: the last four.
    pub fn realisation_quarters(&self) -> impl Iterator<Item = Quarter> {
        let reported = self.spent.range(..=self.quarter).rev();
        reported
            .map(|(quarter, _)| *quarter)
            .filter(|quarter| days_in(self.grant, *quarter) > 0)
            .take(REALISATION_QUARTERS)
    }

    /// What was spent in these quarters, and what was planned for them.
    fn realised(&self, schedule: &Schedule) -> (Money, Money) {
        let (mut spent, mut planned) = (Money::ZERO, Money::ZERO);
        for quarter in self.realisation_quarters() {
            spent += self.spent.get(&quarter).copied().unwrap_or_default();
            planned += schedule.in_quarter(quarter);
        }
        (spent, planned)
    }
}

/// What a planned amount brings at the rate at which others were realised: `amount × spent ÷ planned`, spending not below
/// zero; the amount itself while nothing was planned.
///
/// ```
/// use nachweis_domain::{burn::at_realisation, money::Money};
/// let [amount, spent, planned] = [1_000, 90, 100].map(Money::from_euro);
/// assert_eq!(at_realisation(amount, spent, planned), Money::from_euro(900));
/// assert_eq!(at_realisation(amount, spent, Money::ZERO), amount);
/// ```
pub fn at_realisation(amount: Money, spent: Money, planned: Money) -> Money {
    if planned <= Money::ZERO {
        return amount;
    }
    amount
        .in_proportion(spent.max(Money::ZERO), planned)
        .unwrap_or(amount)
}

/// The days of the grant that lie in a quarter.
fn days_in(grant: Period, quarter: Quarter) -> i64 {
    grant.days_until(quarter.last_day()) - grant.days_until(quarter.previous().last_day())
}

impl std::ops::Add for BurnFigures {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            awarded: self.awarded + other.awarded,
            planned_to_date: self.planned_to_date + other.planned_to_date,
            planned_outstanding: self.planned_outstanding + other.planned_outstanding,
            plan_year: self.plan_year + other.plan_year,
            spent: self.spent + other.spent,
            spent_year: self.spent_year + other.spent_year,
            accepted: self.accepted + other.accepted,
            paid_out: self.paid_out + other.paid_out,
            forecast: self.forecast + other.forecast,
            unspent: self.unspent + other.unspent,
            overspending: self.overspending + other.overspending,
            reported_quarters: self.reported_quarters + other.reported_quarters,
            outstanding_quarters: self.outstanding_quarters + other.outstanding_quarters,
            awarded_elapsed: self.awarded_elapsed + other.awarded_elapsed,
            awarded_reported: self.awarded_reported + other.awarded_reported,
        }
    }
}

impl Sum for BurnFigures {
    fn sum<I: Iterator<Item = Self>>(figures: I) -> Self {
        figures.fold(Self::default(), std::ops::Add::add)
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

#[cfg(test)]
mod tests;
