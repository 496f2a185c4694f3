//! Where a waiver stands and what was decided on it, in people's words.

use nachweis_domain::{
    language::Text,
    waiver::{WaiverDecision, WaiverState},
};

/// The name of a state.
pub(crate) fn name(state: WaiverState) -> Text {
    match state {
        WaiverState::Asked => Text::new("beantragt", "asked for"),
        WaiverState::InForce => Text::new("in Kraft", "in force"),
        WaiverState::Refused => Text::new("abgelehnt", "refused"),
        WaiverState::Expired => Text::new("abgelaufen", "expired"),
        WaiverState::Withdrawn => Text::new("zurückgenommen", "withdrawn"),
    }
}

/// What the second person decided.
pub(crate) fn decision(decision: &WaiverDecision) -> Text {
    match decision.until {
        Some(_) => Text::new("erteilt", "granted"),
        None => name(WaiverState::Refused),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use nachweis_domain::language::Language;

    use super::*;

    #[test]
    fn every_state_of_a_waiver_has_a_name_of_its_own_in_both_languages() {
        for language in Language::ALL {
            let names = WaiverState::ALL.map(|state| name(state).get(language).to_owned());
            let distinct: BTreeSet<&String> = names.iter().collect();
            assert_eq!(distinct.len(), WaiverState::ALL.len());
        }
    }
}
