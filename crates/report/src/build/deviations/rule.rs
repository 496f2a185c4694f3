//! Where a plan item stands under the 20 % rule, by the same definitions as the rules FIN-08 and FIN-09.

use nachweis_domain::{
    burn::{TrafficLight, item_deviation},
    language::Text,
    money::Money,
    round::{ItemKind, Thresholds},
};

use crate::Value;

/// A plan item of a subproject with its amounts.
pub(super) struct Item<'a> {
    /// How its amount comes about; none for an item that the round does not know.
    pub(super) kind: Option<&'a ItemKind>,
    /// Planned over the whole grant.
    pub(super) plan: Money,
    /// Planned up to the reporting status.
    pub(super) planned: Money,
    /// Reported up to the reporting status.
    pub(super) spent: Money,
}

impl Item<'_> {
    const fn is_actual(&self) -> bool {
        matches!(self.kind, None | Some(ItemKind::Actual))
    }
}

/// Whether what items lie above their plan is made up for by savings of others: flat rates save nothing, but what they
/// grow by must be made up for; income takes no part.
pub(super) fn is_offset(items: &[Item<'_>]) -> bool {
    let spending = items
        .iter()
        .filter(|item| !matches!(item.kind, Some(ItemKind::Income)));
    let over: Money = spending
        .map(|item| (item.spent - item.plan).max(Money::ZERO))
        .sum();
    let actual = items.iter().filter(|item| item.is_actual());
    let saved: Money = actual
        .map(|item| (item.planned - item.spent).max(Money::ZERO))
        .sum();
    over <= saved
}

/// Where an item stands.
pub(super) fn verdict(item: &Item<'_>, thresholds: &Thresholds, is_offset: bool) -> Value {
    let rated = |key, de, en, light| Value::rated(key, Text::new(de, en), light);
    match item.kind {
        Some(ItemKind::FlatRate { .. }) => {
            return Value::term("flat_rate", Text::new("Pauschale", "flat rate"));
        }
        Some(ItemKind::Income) => return Value::term("income", Text::new("Einnahme", "income")),
        Some(ItemKind::Actual) | None => {}
    }
    let Some(deviation) = item_deviation(item.spent, item.plan) else {
        return if item.spent.is_zero() {
            Value::Empty
        } else {
            rated("unplanned", "ohne Ansatz", "not planned", TrafficLight::Red)
        };
    };
    if item.spent <= item.plan {
        rated("within", "im Plan", "within plan", TrafficLight::Green)
    } else if deviation <= thresholds.item_warning.fraction() {
        rated("over", "über Plan", "over plan", TrafficLight::Green)
    } else if deviation <= thresholds.item_limit.fraction() {
        rated("warning", "Frühwarnung", "early warning", TrafficLight::Yellow)
    } else if is_offset {
        rated(
            "limit_offset",
            "über der Grenze, ausgeglichen",
            "over the limit, offset",
            TrafficLight::Yellow,
        )
    } else {
        rated(
            "limit",
            "über der Grenze, nicht ausgeglichen",
            "over the limit, not offset",
            TrafficLight::Red,
        )
    }
}
