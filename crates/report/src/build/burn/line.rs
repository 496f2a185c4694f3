//! A row of the report.

use nachweis_domain::{burn::BurnFigures, money::Money, round::Thresholds};

use crate::Value;

/// The amounts of a row that sum to the ledger; a grouping that does not divide one of them leaves it empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) awarded: Option<Money>,
    pub(super) planned: Option<Money>,
    pub(super) planned_outstanding: Option<Money>,
    pub(super) reported: Option<Money>,
    pub(super) accepted: Option<Money>,
    pub(super) paid_out: Option<Money>,
}

impl Sums {
    /// The keys of the columns, in the order of [`Sums::list`].
    pub(super) const KEYS: [&'static str; 6] = [
        "awarded",
        "planned",
        "planned_outstanding",
        "reported",
        "accepted",
        "paid_out",
    ];

    pub(super) const fn list(&self) -> [Option<Money>; 6] {
        [
            self.awarded,
            self.planned,
            self.planned_outstanding,
            self.reported,
            self.accepted,
            self.paid_out,
        ]
    }
}

/// Whether a row forecasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forecast {
    /// The forecast is shown.
    Shown,
    /// The grouping has no forecast that would sum to that of the round.
    None,
}

/// A row: what it stands for, the amounts that sum, and the figures that ratios come from.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) naming: Vec<Value>,
    pub(super) subprojects: Option<usize>,
    /// Quarters that are not reported; none where every row would repeat those of the round.
    pub(super) outstanding: Option<u32>,
    pub(super) sums: Sums,
    pub(super) status: BurnFigures,
    pub(super) forecast: Forecast,
}

impl Line {
    /// The row of a group of subprojects, or of the round.
    pub(super) fn of(naming: Vec<Value>, subprojects: Option<usize>, figures: &BurnFigures) -> Self {
        Self {
            naming,
            subprojects,
            outstanding: Some(figures.outstanding_quarters),
            sums: Sums {
                awarded: Some(figures.awarded),
                planned: Some(figures.planned_to_date),
                planned_outstanding: Some(figures.planned_outstanding),
                reported: Some(figures.spent),
                accepted: Some(figures.accepted),
                paid_out: Some(figures.paid_out),
            },
            status: *figures,
            forecast: Forecast::Shown,
        }
    }

    /// The values in the order of the columns.
    pub(super) fn into_values(self, thresholds: &Thresholds) -> Vec<Value> {
        let status = &self.status;
        let forecast = |amount| match self.forecast {
            Forecast::Shown => Value::Money(amount),
            Forecast::None => Value::Empty,
        };
        let count = self
            .subprojects
            .map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        let mut values = self.naming;
        values.extend(count.map(Value::Count));
        values.push(
            self.outstanding
                .map_or(Value::Empty, |count| Value::Count(count.into())),
        );
        values.extend(self.sums.list().map(Value::money));
        values.extend([
            Value::Money(status.remaining()),
            Value::percent(status.burn_awarded()),
            Value::percent(status.time_elapsed()),
            Value::percent(status.time_reported()),
            Value::points(status.gap_pp()),
            forecast(status.forecast),
            forecast(status.unspent),
            forecast(status.overspending),
            status.light(thresholds).map_or(Value::Empty, Value::Light),
        ]);
        values
    }
}
