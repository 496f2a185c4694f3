//! Where a plan item stands under the 20 % rule, in words. The rule is `nachweis_domain::overrun`, which the checks FIN-07
//! and FIN-08 follow as well.

use nachweis_domain::{
    burn::TrafficLight,
    language::Text,
    overrun::{Balance, Freedom, Position, Standing},
    round::Thresholds,
};

use crate::Value;

/// Where an item stands among the items of its subproject.
pub(in crate::build) fn verdict(item: &Position, balance: Balance, thresholds: &Thresholds) -> Value {
    let rated = |key, de, en, light| Value::rated(key, Text::new(de, en), light);
    let unplanned = item.plan.is_zero();
    match item.standing(balance, thresholds) {
        None if item.freedom == Freedom::FlatRate => {
            Value::term("flat_rate", Text::new("Pauschale", "flat rate"))
        }
        None => Value::term("income", Text::new("Einnahme", "income")),
        Some(Standing::Within) if unplanned && item.spent.is_zero() => Value::Empty,
        Some(Standing::Within) => rated("within", "im Plan", "within plan", TrafficLight::Green),
        Some(Standing::Offset) => rated(
            "over",
            "über Plan, ausgeglichen",
            "over plan, offset",
            TrafficLight::Green,
        ),
        Some(Standing::Warned) => rated(
            "warning",
            "Frühwarnung, ausgeglichen",
            "early warning, offset",
            TrafficLight::Yellow,
        ),
        Some(Standing::NotOffset) => rated(
            "not_offset",
            "über Plan, nicht ausgeglichen",
            "over plan, not offset",
            TrafficLight::Red,
        ),
        Some(Standing::NeedsConsent) if unplanned => rated(
            "unplanned_consent",
            "ohne Ansatz, zustimmungsbedürftig",
            "not planned, needs consent",
            TrafficLight::Yellow,
        ),
        Some(Standing::NeedsConsent) => rated(
            "consent",
            "über der Grenze, zustimmungsbedürftig",
            "over the limit, needs consent",
            TrafficLight::Yellow,
        ),
        Some(Standing::OverLimit) if unplanned => rated(
            "unplanned",
            "ohne Ansatz, nicht ausgeglichen",
            "not planned, not offset",
            TrafficLight::Red,
        ),
        Some(Standing::OverLimit) => rated(
            "limit",
            "über der Grenze, nicht ausgeglichen",
            "over the limit, not offset",
            TrafficLight::Red,
        ),
    }
}
