//! What is compared of a counted ledger: sums over the round by key, and the figures of the reports themselves by Land,
//! category of region and source.

mod reports;

use std::collections::{BTreeMap, BTreeSet};

use nachweis_domain::{
    audit::{FigurePart, PlanRowKind},
    key::{ItemKey, SourceKey},
    language::Text,
    ledger::Ledger,
    money::Money,
    round::{Counted, ItemKind},
};

use super::{
    recount::Vouchers,
    summed::{Summed, parts},
};
use crate::{ReportError, Value};

/// A sum or a count with what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// What the sum is broken down by; `None` over the round as a whole.
    pub(super) by: Option<Text>,
    pub(super) area: Text,
    pub(super) name: Text,
    pub(super) value: Value,
    /// The rows that it adds up.
    pub(super) summed: Summed,
}

/// All measures of a ledger and its vouchers, in the order of the workbook.
///
/// # Errors
/// When a report cannot be made from it.
pub(super) fn of(ledger: &Ledger, vouchers: &Vouchers) -> Result<Vec<Measure>, ReportError> {
    let mut measures = Measures(Vec::new());
    measures.expenditure(ledger);
    measures.vouchers(ledger, vouchers);
    measures.funds(ledger);
    measures.payments(ledger);
    measures.plans(ledger);
    measures.indicators(ledger);
    measures.counters(ledger);
    measures.reports(ledger)?;
    Ok(measures.0)
}

/// The vouchers that the reported expenditure calls for: items computed from a flat rate have none.
pub(super) fn vouchers_expected(ledger: &Ledger) -> Vouchers {
    let mut expected = Vouchers::new();
    for entry in &ledger.expenditure {
        let kind = ledger.round.plan_item(&entry.item).map(|item| &item.kind);
        if !matches!(kind, Some(ItemKind::FlatRate { .. })) {
            *expected.entry(entry.item.to_string()).or_default() += entry.reported;
        }
    }
    expected
}

/// Each part of a fund by itself.
const CALLED: &[FigurePart] = &[FigurePart::Called];
const RECEIVED: &[FigurePart] = &[FigurePart::Received];
const SPENT: &[FigurePart] = &[FigurePart::Spent];

struct Measures(Vec<Measure>);

impl Measures {
    fn add(&mut self, area: (&str, &str), name: Text, value: Value, summed: Summed) {
        self.0.push(Measure {
            by: None,
            area: Text::new(area.0, area.1),
            name,
            value,
            summed,
        });
    }

    /// A measure for each key: first those that the round names, then any other.
    fn by_key(
        &mut self,
        area: (&str, &str),
        names: &[(String, Text)],
        amounts: &BTreeMap<String, Money>,
        summed: impl Fn(&str) -> Summed,
    ) {
        let known: BTreeSet<&str> = names.iter().map(|(key, _)| key.as_str()).collect();
        let others = amounts
            .keys()
            .filter(|key| !known.contains(key.as_str()))
            .map(|key| (key.clone(), Text::new(key, key)));
        for (key, name) in names.iter().cloned().chain(others) {
            let amount = amounts.get(&key).copied().unwrap_or_default();
            let summed = summed(&key);
            self.add(area, name, Value::Money(amount), summed);
        }
    }

    fn expenditure(&mut self, ledger: &Ledger) {
        let areas = [
            (("Gemeldete Ausgaben", "Reported expenditure"), 0),
            (("Angenommene Ausgaben", "Accepted expenditure"), 1),
        ];
        for (area, place) in areas {
            let mut amounts: BTreeMap<String, Money> = BTreeMap::new();
            for entry in &ledger.expenditure {
                let amount = [entry.reported, entry.accepted].get(place).copied();
                *amounts.entry(entry.item.to_string()).or_default() += amount.unwrap_or_default();
            }
            let of = |item| Summed::Expenditure {
                item,
                accepted: place == 1,
            };
            self.by_key(area, &item_names(ledger), &amounts, |key| {
                of(Some(ItemKey::new(key)))
            });
            let signed = amounts
                .iter()
                .map(|(item, amount)| ledger.round.signed(&ItemKey::new(item), *amount));
            let name = Text::new("Summe (Einnahmen abgezogen)", "Total (income deducted)");
            self.add(area, name, Value::Money(signed.sum()), of(None));
        }
    }

    fn vouchers(&mut self, ledger: &Ledger, vouchers: &Vouchers) {
        let area = (
            "Belege zu gemeldeten Ausgaben",
            "Vouchers of reported expenditure",
        );
        let mut names = item_names(ledger);
        names.retain(|(key, _)| {
            let kind = ledger.round.plan_item(&ItemKey::new(key)).map(|item| &item.kind);
            !matches!(kind, Some(ItemKind::FlatRate { .. })) || vouchers.contains_key(key)
        });
        self.by_key(area, &names, vouchers, |key| Summed::Vouchers(key.to_owned()));
    }

    fn funds(&mut self, ledger: &Ledger) {
        let areas = [
            (("Abgerufene Mittel", "Money called"), 0, CALLED),
            (("Erhaltene Mittel", "Money received"), 1, RECEIVED),
            (("Verausgabte Mittel", "Money spent"), 2, SPENT),
        ];
        for (area, place, parts) in areas {
            let mut amounts: BTreeMap<String, Money> = BTreeMap::new();
            for entry in &ledger.funds {
                let totals = [entry.totals.called, entry.totals.received, entry.totals.spent];
                let amount = totals.get(place).copied().unwrap_or_default();
                *amounts.entry(entry.source.to_string()).or_default() += amount;
            }
            self.by_key(area, &source_names(ledger), &amounts, |key| Summed::Funds {
                parts,
                source: Some(SourceKey::new(key)),
            });
        }
    }

    fn payments(&mut self, ledger: &Ledger) {
        let mut amounts: BTreeMap<String, Money> = BTreeMap::new();
        for payment in ledger.subprojects.iter().flat_map(|state| &state.disbursements) {
            *amounts.entry(payment.source.to_string()).or_default() += payment.amount;
        }
        let area = ("Ausgezahlte Mittel", "Money paid out");
        let total = amounts.values().sum();
        self.by_key(area, &source_names(ledger), &amounts, |key| {
            Summed::Payments(Some(SourceKey::new(key)))
        });
        let name = Text::new("Summe", "Total");
        self.add(area, name, Value::Money(total), Summed::Payments(None));
    }

    fn plans(&mut self, ledger: &Ledger) {
        let plans = || {
            ledger
                .subprojects
                .iter()
                .filter_map(|state| state.plan_on(ledger.day()))
        };
        let area = ("Geltende Pläne", "Plans in effect");
        let awarded = plans().map(|plan| plan.awarded(&ledger.round)).sum();
        let name = Text::new("Bewilligt", "Awarded");
        let summed = |kind| Summed::Plans(kind, None);
        self.add(area, name, Value::Money(awarded), summed(PlanRowKind::Item));
        let sources = plans().flat_map(|plan| plan.sources.values()).sum();
        self.add(
            area,
            Text::new("Mittelherkunft", "Sources"),
            Value::Money(sources),
            summed(PlanRowKind::Source),
        );
        let targets: u64 = plans().flat_map(|plan| plan.targets.values()).sum();
        let targets = i64::try_from(targets).unwrap_or(i64::MAX);
        let name = Text::new("Zielwerte", "Targets");
        self.add(area, name, Value::Count(targets), summed(PlanRowKind::Target));
    }

    /// Persons by gender; entities have one number.
    fn indicators(&mut self, ledger: &Ledger) {
        for indicator in &ledger.round.indicators {
            let entries = ledger
                .indicators
                .iter()
                .filter(|entry| entry.code == indicator.code);
            let counts = entries.map(|entry| match indicator.counts {
                Counted::Persons => entry.counts.women + entry.counts.men + entry.counts.non_binary,
                Counted::Entities => entry.counts.total,
            });
            let code = indicator.code.as_str();
            let name = Text::new(
                format!("{code} {}", indicator.name.de),
                format!("{code} {}", indicator.name.en),
            );
            let summed = Summed::Indicator {
                code: Some(indicator.code.clone()),
                parts: parts(indicator.counts),
            };
            self.add(
                ("Indikatoren", "Indicators"),
                name,
                Value::Count(counts.sum()),
                summed,
            );
        }
    }

    fn counters(&mut self, ledger: &Ledger) {
        for counter in &ledger.round.counters {
            let entries = ledger
                .counters
                .iter()
                .filter(|entry| entry.counter == counter.key);
            let count = entries.map(|entry| entry.count).sum();
            self.add(
                ("Kennzahlen", "Counters"),
                counter.name.clone(),
                Value::Count(count),
                Summed::Counter(Some(counter.key.clone())),
            );
        }
    }
}

fn item_names(ledger: &Ledger) -> Vec<(String, Text)> {
    let items = ledger.round.plan_items.iter();
    items
        .map(|item| (item.key.to_string(), item.name.clone()))
        .collect()
}

fn source_names(ledger: &Ledger) -> Vec<(String, Text)> {
    let sources = ledger.round.sources.iter();
    sources
        .map(|source| (source.key.to_string(), source.name.clone()))
        .collect()
}
