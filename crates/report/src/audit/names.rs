//! The names that the round gives to the keys in rows.

use std::collections::HashMap;

use nachweis_domain::{audit::FigureKind, language::Language, language::Text, round::FundingRound};

/// Names by kind and key, in one language.
pub(super) struct Names {
    names: HashMap<FigureKind, HashMap<String, String>>,
}

impl Names {
    pub(super) fn new(round: &FundingRound, language: Language) -> Self {
        let mut names = Self {
            names: HashMap::new(),
        };
        let mut add = |kind, key: &str, name: &Text| {
            let of_kind: &mut HashMap<String, String> = names.names.entry(kind).or_default();
            of_kind.insert(key.to_owned(), name.get(language).to_owned());
        };
        for item in &round.plan_items {
            add(FigureKind::Expenditure, item.key.as_str(), &item.name);
        }
        for source in &round.sources {
            add(FigureKind::Fund, source.key.as_str(), &source.name);
        }
        for indicator in &round.indicators {
            add(FigureKind::Indicator, indicator.code.as_str(), &indicator.name);
        }
        for counter in &round.counters {
            add(FigureKind::Counter, counter.key.as_str(), &counter.name);
        }
        for part in &round.narrative {
            add(FigureKind::Narrative, part.key.as_str(), &part.name);
        }
        names
    }

    /// The name of a key; the key itself when the round does not know it.
    pub(super) fn of<'a>(&'a self, kind: FigureKind, key: &'a str) -> &'a str {
        self.names
            .get(&kind)
            .and_then(|names| names.get(key))
            .map_or(key, String::as_str)
    }
}
