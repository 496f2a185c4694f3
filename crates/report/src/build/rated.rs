//! How amounts are rated: the same comparison for the reports and for the lineage of their ratings.

use nachweis_domain::{
    burn::TrafficLight,
    language::Text,
    money::Money,
    overrun::{Balance, Position},
    rate::Rate,
    round::Thresholds,
};

use super::deviations;
use crate::Value;

/// Union money against its highest share of what was spent.
pub(crate) fn union(union: Money, all: Money, cap: Rate, room: Money) -> Value {
    if all.is_zero() {
        Value::Empty
    } else if union > all.share(cap) + room {
        Value::rated(
            "over",
            Text::new("über dem Höchstanteil", "above the highest share"),
            TrafficLight::Red,
        )
    } else {
        kept()
    }
}

/// Own funds against their least share of what was spent.
pub(crate) fn own(own: Money, all: Money, least: Rate, room: Money) -> Value {
    if all.is_zero() {
        Value::Empty
    } else if own + room < all.share(least) {
        Value::rated(
            "under",
            Text::new("unter dem Mindestanteil", "below the least share"),
            TrafficLight::Yellow,
        )
    } else {
        kept()
    }
}

/// A plan item under the 20 % rule.
pub(crate) fn item(item: &Position, balance: Balance, thresholds: &Thresholds) -> Value {
    deviations::verdict(item, balance, thresholds)
}

fn kept() -> Value {
    Value::rated("kept", Text::new("eingehalten", "kept"), TrafficLight::Green)
}
