//! The rounds that ship with the program.

use super::FundingRound;

/// Code and text of each shipped round file.
const SHIPPED: [(&str, &str); 3] = [
    ("2023-2025", include_str!("../../rounds/2023-2025.toml")),
    ("2026-2028", include_str!("../../rounds/2026-2028.toml")),
    ("esf-2014-2020", include_str!("../../rounds/esf-2014-2020.toml")),
];

/// The rounds that ship with the program, in the order of their codes.
///
/// ```
/// let rounds = nachweis_domain::round::shipped();
/// let codes: Vec<&str> = rounds.iter().map(|round| round.code.as_str()).collect();
/// assert_eq!(codes, ["2023-2025", "2026-2028", "esf-2014-2020"]);
/// ```
pub fn shipped() -> Vec<FundingRound> {
    // A shipped file that does not load fails the test below, never a user.
    SHIPPED
        .iter()
        .filter_map(|(_, text)| FundingRound::from_toml(text).ok())
        .collect()
}

/// The text of a shipped round file, as a start for a round of one's own; `None` for other codes.
pub fn shipped_text(code: &str) -> Option<&'static str> {
    SHIPPED
        .iter()
        .find(|(shipped, _)| *shipped == code)
        .map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_round_loads_and_is_named_as_its_file() {
        for (code, text) in SHIPPED {
            let round = FundingRound::from_toml(text).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!(round.code.as_str(), code);
        }
        assert_eq!(shipped().len(), SHIPPED.len());
    }

    #[test]
    fn the_two_iq_rounds_really_differ() {
        let rounds = shipped();
        let [first, second, _] = rounds.as_slice() else {
            panic!("three rounds ship")
        };
        assert_ne!(first.template_version, second.template_version);
        assert_ne!(first.strands, second.strands);
        assert_ne!(first.action_fields, second.action_fields);
        assert_ne!(first.counters, second.counters);
        assert_ne!(first.plan_items, second.plan_items);
        assert!(
            second
                .strands
                .iter()
                .any(|strand| strand.key.as_str() == "activation")
        );
        assert!(
            !second
                .strands
                .iter()
                .any(|strand| strand.key.as_str() == "fair_integration")
        );
    }

    #[test]
    fn a_round_survives_being_written_and_read_again() {
        for round in shipped() {
            let text = toml::to_string(&round).unwrap();
            assert_eq!(FundingRound::from_toml(&text).unwrap(), round);
        }
    }
}
