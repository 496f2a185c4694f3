//! How a typed plan item is matched: by key or by its German or English name, in any case and spacing.

use std::collections::HashMap;

use nachweis_domain::{
    key::ItemKey,
    language::Language,
    round::{FundingRound, ItemKind},
};

use crate::layout::normalised;

/// The plan items of a round by everything they are called.
#[derive(Debug)]
pub(super) struct Items<'a> {
    exact: HashMap<&'a str, &'a ItemKey>,
    loose: HashMap<String, &'a ItemKey>,
    choices: String,
}

impl<'a> Items<'a> {
    /// The plan items of a round.
    pub(super) fn new(round: &'a FundingRound, language: Language) -> Self {
        let names = || {
            round.plan_items.iter().flat_map(|item| {
                [item.key.as_str(), item.name.de.as_str(), item.name.en.as_str()]
                    .map(|name| (name, &item.key))
            })
        };
        let choices: Vec<&str> = round
            .plan_items
            .iter()
            .filter(|item| !matches!(item.kind, ItemKind::FlatRate { .. }))
            .map(|item| item.name.get(language))
            .collect();
        Self {
            exact: names().collect(),
            loose: names().map(|(name, key)| (normalised(name), key)).collect(),
            choices: choices.join(", "),
        }
    }

    /// The plan item of a typed text. Flat rates are found, too: that they take no vouchers is a rule.
    pub(super) fn find(&self, typed: &str) -> Option<ItemKey> {
        let found = self
            .exact
            .get(typed)
            .or_else(|| self.loose.get(&normalised(typed)));
        found.map(|key| (*key).clone())
    }

    /// What is offered, for texts.
    pub(super) fn choices(&self) -> String {
        self.choices.clone()
    }
}
