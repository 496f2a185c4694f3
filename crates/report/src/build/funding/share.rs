//! The share of a source against what is allowed.

use nachweis_domain::{
    burn::{TrafficLight, union_share},
    language::Text,
    money::Money,
    region::RegionCategory,
    round::{FundingRound, SourceKind},
};

use crate::Value;

/// Actual share, highest share, least share, and how they compare. `category` is the position of the category of region.
pub(super) fn values(
    round: &FundingRound,
    category: usize,
    kind: Option<SourceKind>,
    spent: Money,
    all_spent: Money,
) -> [Value; 4] {
    let actual = union_share(spent, all_spent);
    let most = match kind {
        Some(SourceKind::Union) => RegionCategory::ALL
            .get(category)
            .and_then(|category| round.esf_caps.get(category))
            .map(|rate| rate.fraction()),
        _ => None,
    };
    let least = matches!(kind, Some(SourceKind::Own)).then(|| round.own_funds_minimum.fraction());
    let rating = match (actual, most, least) {
        (Some(actual), Some(most), _) if actual > most => over(),
        (Some(actual), _, Some(least)) if actual < least => under(),
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => kept(),
        _ => Value::Empty,
    };
    [
        Value::percent(actual),
        Value::percent(most),
        Value::percent(least),
        rating,
    ]
}

fn over() -> Value {
    Value::rated("over", Text::new("über dem Höchstanteil", "above the highest share"), TrafficLight::Red)
}

fn under() -> Value {
    Value::rated("under", Text::new("unter dem Mindestanteil", "below the least share"), TrafficLight::Red)
}

fn kept() -> Value {
    Value::rated("kept", Text::new("eingehalten", "kept"), TrafficLight::Green)
}
