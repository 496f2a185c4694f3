//! Checks that a round does not contradict itself: every problem with its place.

use std::{collections::BTreeSet, fmt::Display};

use super::{
    Counted, FundingRound, IndicatorKind, ItemKind, Named, RoundFault as Fault, RoundProblem, SourceKind,
};
use crate::{
    key::{CounterKey, ItemKey},
    language::{Language, Text},
    limits,
    region::RegionCategory,
};

mod rules;
mod value;

use value::KeyKind;

/// Most entries of a list.
const LIST_LIMIT: usize = limits::ROUND_LIST.size();
/// Most characters of a name.
const NAME_LIMIT: usize = limits::ROUND_NAME.size();
/// Days of the most years of a round.
const DAYS_LIMIT: u64 = limits::ROUND_YEARS.value * 366;

impl FundingRound {
    /// Everything in which the round contradicts itself; empty for a round that can be used.
    pub fn problems(&self) -> Vec<RoundProblem> {
        let mut check = Check::default();
        check.head(self);
        check.shares(self);
        check.names("strands", &self.strands);
        check.names("action_fields", &self.action_fields);
        check.names("narrative", &self.narrative);
        check.plan_items(self);
        check.sources(self);
        check.indicators(self);
        check.counters(self);
        check.rules(self);
        check.problems
    }
}

#[derive(Default)]
struct Check {
    problems: Vec<RoundProblem>,
}

impl Check {
    fn add(&mut self, place: impl Display, fault: Fault) {
        self.problems.push(RoundProblem {
            place: place.to_string(),
            fault,
        });
    }

    fn head(&mut self, round: &FundingRound) {
        self.key("code", round.code.as_str(), KeyKind::Code);
        self.key("template_version", round.template_version.as_str(), KeyKind::Code);
        self.key("rule_version", round.rule_version.as_str(), KeyKind::Code);
        self.key("number_prefix", &round.number_prefix, KeyKind::Prefix);
        self.text("title", &round.title, NAME_LIMIT);
        self.text("programme", &round.programme, NAME_LIMIT);
        self.text("funding_note", &round.funding_note, limits::ROUND_NOTE.size());
        let period = round.period;
        let lasts = u64::try_from(period.days()).unwrap_or_default() <= DAYS_LIMIT;
        let sane = !period.quarters().is_empty() && lasts;
        if !sane {
            self.add(
                "period",
                Fault::BadPeriod {
                    first: period.first,
                    last: period.last,
                },
            );
        }
        self.number("report_due_days", round.report_due_days, 1, 366);
        self.number("retention_years", round.retention_years, 1, 100);
    }

    fn shares(&mut self, round: &FundingRound) {
        for category in RegionCategory::ALL {
            match round.esf_caps.get(&category) {
                Some(cap) => self.rate(format!("esf_caps.{category}"), *cap),
                None => self.add(
                    "esf_caps",
                    Fault::MissingCap {
                        category: category.as_str(),
                    },
                ),
            }
        }
        let thresholds = &round.thresholds;
        self.rate("own_funds_minimum", round.own_funds_minimum);
        self.rate("thresholds.item_warning", thresholds.item_warning);
        self.rate("thresholds.item_limit", thresholds.item_limit);
        self.rate("thresholds.foreign_background", thresholds.foreign_background);
        self.number("thresholds.call_days", thresholds.call_days, 1, 366);
        self.number("thresholds.light_green_pp", thresholds.light_green_pp, 0, 100);
        self.number("thresholds.light_yellow_pp", thresholds.light_yellow_pp, 0, 100);
        self.number("thresholds.small_cell", thresholds.small_cell, 0, 100);
        if thresholds.item_warning > thresholds.item_limit {
            self.add(
                "thresholds.item_warning",
                Fault::ThresholdOrder { higher: "item_limit" },
            );
        }
        if thresholds.light_green_pp > thresholds.light_yellow_pp {
            self.add(
                "thresholds.light_green_pp",
                Fault::ThresholdOrder {
                    higher: "light_yellow_pp",
                },
            );
        }
    }

    fn names<K: Display>(&mut self, list: &str, entries: &[Named<K>]) {
        self.some(list, entries.len());
        self.list(
            list,
            entries.iter().map(|entry| (entry.key.to_string(), &entry.name)),
            KeyKind::Key,
        );
    }

    fn plan_items(&mut self, round: &FundingRound) {
        self.some("plan_items", round.plan_items.len());
        self.list(
            "plan_items",
            round
                .plan_items
                .iter()
                .map(|item| (item.key.to_string(), &item.name)),
            KeyKind::Key,
        );
        for item in &round.plan_items {
            let ItemKind::FlatRate { base, rate, source } = &item.kind else {
                continue;
            };
            let place = format!("plan_items.{}", item.key);
            self.rate(format!("{place}.rate"), *rate);
            if source.trim().is_empty() {
                self.add(
                    format!("{place}.source"),
                    Fault::EmptyText {
                        language: Language::De,
                    },
                );
            }
            self.references(&format!("{place}.base"), base, |key| {
                round.plan_item(key).is_some()
            });
            for key in base {
                if matches!(
                    round.plan_item(key).map(|item| &item.kind),
                    Some(ItemKind::Income)
                ) {
                    self.add(
                        format!("{place}.base"),
                        Fault::IncomeInBase { key: key.to_string() },
                    );
                }
            }
            if reaches(&item.key, base, &|key: &ItemKey| base_of(round, key)) {
                self.add(format!("{place}.base"), Fault::Cycle);
            }
        }
    }

    fn sources(&mut self, round: &FundingRound) {
        self.some("sources", round.sources.len());
        self.list(
            "sources",
            round
                .sources
                .iter()
                .map(|source| (source.key.to_string(), &source.name)),
            KeyKind::Key,
        );
        if !round
            .sources
            .iter()
            .any(|source| source.kind == SourceKind::Union)
        {
            self.add("sources", Fault::NoUnionSource);
        }
    }

    fn indicators(&mut self, round: &FundingRound) {
        self.list(
            "indicators",
            round
                .indicators
                .iter()
                .map(|one| (one.code.to_string(), &one.name)),
            KeyKind::Indicator,
        );
        for indicator in &round.indicators {
            let place = format!("indicators.{}.reference", indicator.code);
            if indicator.kind == IndicatorKind::Output && !indicator.reference.is_empty() {
                self.add(&place, Fault::BadReference);
            }
            if !indicator.reference.is_empty() {
                self.references(&place, &indicator.reference, |code| {
                    round.indicator(code).is_some()
                });
            }
            let outputs = indicator
                .reference
                .iter()
                .filter_map(|code| round.indicator(code));
            if outputs.into_iter().any(|one| one.kind == IndicatorKind::Result) {
                self.add(&place, Fault::BadReference);
            }
        }
        let mut codes = BTreeSet::new();
        for sum in &round.reserved_sums {
            let place = format!("reserved_sums.{}", sum.code);
            self.key(&place, sum.code.as_str(), KeyKind::Indicator);
            if !codes.insert(&sum.code) {
                self.add(
                    &place,
                    Fault::DuplicateKey {
                        key: sum.code.to_string(),
                    },
                );
            }
            self.references(&format!("{place}.parts"), &sum.parts, |code| {
                round
                    .indicator(code)
                    .is_some_and(|one| one.counts == Counted::Persons)
            });
            if sum.parts.contains(&sum.code) {
                self.add(format!("{place}.parts"), Fault::Cycle);
            }
        }
    }

    fn counters(&mut self, round: &FundingRound) {
        self.list(
            "counters",
            round
                .counters
                .iter()
                .map(|counter| (counter.key.to_string(), &counter.name)),
            KeyKind::Key,
        );
        let known = |key: &CounterKey| round.counters.iter().any(|counter| &counter.key == key);
        for counter in round.counters.iter().filter(|counter| !counter.sum_of.is_empty()) {
            let place = format!("counters.{}.sum_of", counter.key);
            self.references(&place, &counter.sum_of, known);
            if reaches(&counter.key, &counter.sum_of, &|key: &CounterKey| {
                parts_of(round, key)
            }) {
                self.add(&place, Fault::Cycle);
            }
        }
        if !round.leavers.is_empty() {
            self.references("leavers", &round.leavers, known);
        }
        if !round.supports_entities.is_empty() {
            self.references("supports_entities", &round.supports_entities, |key| {
                round.action_fields.iter().any(|field| &field.key == key)
            });
        }
    }

    fn some(&mut self, list: &str, count: usize) {
        if count == 0 {
            self.add(list, Fault::EmptyList);
        }
    }

    fn list<'a>(&mut self, list: &str, entries: impl Iterator<Item = (String, &'a Text)>, kind: KeyKind) {
        let mut seen = BTreeSet::new();
        let mut count = 0;
        for (key, name) in entries {
            count += 1;
            if count > LIST_LIMIT {
                continue;
            }
            self.key(list, &key, kind);
            self.text(&format!("{list}.{key}.name"), name, NAME_LIMIT);
            if !seen.insert(key.clone()) {
                self.add(list, Fault::DuplicateKey { key });
            }
        }
        if count > LIST_LIMIT {
            self.add(
                list,
                Fault::TooMany {
                    count,
                    limit: LIST_LIMIT,
                },
            );
        }
    }

    fn references<K: Ord + Display>(&mut self, place: &str, keys: &[K], known: impl Fn(&K) -> bool) {
        self.some(place, keys.len());
        let mut seen = BTreeSet::new();
        for key in keys.iter().take(LIST_LIMIT) {
            if !known(key) {
                self.add(place, Fault::UnknownKey { key: key.to_string() });
            }
            if !seen.insert(key) {
                self.add(place, Fault::NamedTwice { key: key.to_string() });
            }
        }
    }
}

fn base_of<'a>(round: &'a FundingRound, key: &ItemKey) -> &'a [ItemKey] {
    match round.plan_item(key).map(|item| &item.kind) {
        Some(ItemKind::FlatRate { base, .. }) => base,
        _ => &[],
    }
}

fn parts_of<'a>(round: &'a FundingRound, key: &CounterKey) -> &'a [CounterKey] {
    round
        .counters
        .iter()
        .find(|counter| &counter.key == key)
        .map_or(&[], |counter| &counter.sum_of)
}

/// Whether `start` is among what `next` reaches from `parts`; each key is visited once.
fn reaches<'a, K: Ord>(start: &K, parts: &'a [K], next: &dyn Fn(&K) -> &'a [K]) -> bool {
    let mut seen: BTreeSet<&K> = BTreeSet::new();
    let mut open: Vec<&'a K> = parts.iter().collect();
    while let Some(key) = open.pop() {
        if key == start {
            return true;
        }
        if seen.insert(key) {
            open.extend(next(key));
        }
    }
    false
}

#[cfg(test)]
mod tests;
