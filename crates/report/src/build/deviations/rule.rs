//! Where a plan item stands under the 20 % rule.

use nachweis_domain::{burn::{TrafficLight, item_deviation}, language::Text, money::Money, round::Thresholds};
use rust_decimal::Decimal;

use crate::Value;

/// Where a plan item stands under the 20 % rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemState {
    /// Nothing planned, nothing spent.
    Unused,
    /// Not over its plan.
    Within,
    /// Over its plan, below the early warning.
    Over,
    /// Over the early warning, not over the limit.
    Warning,
    /// Over the limit, while the subproject as a whole is not over its plan.
    LimitOffset,
    /// Over the limit, and so is the subproject as a whole.
    Limit,
    /// Spent without a plan.
    Unplanned,
}

impl ItemState {
    pub(super) fn of(thresholds: &Thresholds, planned: Money, spent: Money, offset: bool) -> Self {
        let Some(deviation) = item_deviation(spent, planned) else {
            return if spent.is_zero() { Self::Unused } else { Self::Unplanned };
        };
        if deviation <= Decimal::ZERO {
            Self::Within
        } else if deviation <= thresholds.item_warning.fraction() {
            Self::Over
        } else if deviation <= thresholds.item_limit.fraction() {
            Self::Warning
        } else if offset {
            Self::LimitOffset
        } else {
            Self::Limit
        }
    }

    pub(super) fn value(self) -> Value {
        let (key, de, en, light) = match self {
            Self::Unused => return Value::Empty,
            Self::Within => ("within", "im Plan", "within plan", TrafficLight::Green),
            Self::Over => ("over", "überschritten, noch frei", "over plan, still free", TrafficLight::Green),
            Self::Warning => ("warning", "Frühwarnung", "early warning", TrafficLight::Yellow),
            Self::LimitOffset => (
                "limit_offset",
                "über 20 %, mit Ausgleich",
                "over 20 %, offset elsewhere",
                TrafficLight::Yellow,
            ),
            Self::Limit => ("limit", "über 20 %, ohne Ausgleich", "over 20 %, no offset", TrafficLight::Red),
            Self::Unplanned => ("unplanned", "ohne Ansatz", "not planned", TrafficLight::Red),
        };
        Value::rated(key, Text::new(de, en), light)
    }
}
