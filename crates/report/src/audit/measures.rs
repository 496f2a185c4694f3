//! What is compared of a counted ledger: sums over the round by key, and the figures of the reports themselves by Land,
//! category of region and source.

use std::collections::{BTreeMap, BTreeSet};

use nachweis_domain::{
    key::ItemKey,
    language::Text,
    ledger::Ledger,
    money::Money,
    round::{Counted, ItemKind},
};

use super::recount::Vouchers;
use crate::{GroupBy, Report, ReportError, ReportName, ReportRequest, Value, build};

/// A sum or a count with what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    /// What the sum is broken down by; `None` over the round as a whole.
    pub(super) by: Option<Text>,
    pub(super) area: Text,
    pub(super) name: Text,
    pub(super) value: Value,
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

struct Measures(Vec<Measure>);

impl Measures {
    fn add(&mut self, area: (&str, &str), name: Text, value: Value) {
        self.0.push(Measure {
            by: None,
            area: Text::new(area.0, area.1),
            name,
            value,
        });
    }

    /// A measure for each key: first those that the round names, then any other.
    fn by_key(&mut self, area: (&str, &str), names: &[(String, Text)], amounts: &BTreeMap<String, Money>) {
        let known: BTreeSet<&str> = names.iter().map(|(key, _)| key.as_str()).collect();
        let others = amounts
            .keys()
            .filter(|key| !known.contains(key.as_str()))
            .map(|key| (key.clone(), Text::new(key, key)));
        for (key, name) in names.iter().cloned().chain(others) {
            let amount = amounts.get(&key).copied().unwrap_or_default();
            self.add(area, name, Value::Money(amount));
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
            self.by_key(area, &item_names(ledger), &amounts);
            let signed = amounts
                .iter()
                .map(|(item, amount)| ledger.round.signed(&ItemKey::new(item), *amount));
            let name = Text::new("Summe (Einnahmen abgezogen)", "Total (income deducted)");
            self.add(area, name, Value::Money(signed.sum()));
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
        self.by_key(area, &names, vouchers);
    }

    fn funds(&mut self, ledger: &Ledger) {
        let areas = [
            (("Abgerufene Mittel", "Money called"), 0),
            (("Erhaltene Mittel", "Money received"), 1),
            (("Verausgabte Mittel", "Money spent"), 2),
        ];
        for (area, place) in areas {
            let mut amounts: BTreeMap<String, Money> = BTreeMap::new();
            for entry in &ledger.funds {
                let totals = [entry.totals.called, entry.totals.received, entry.totals.spent];
                let amount = totals.get(place).copied().unwrap_or_default();
                *amounts.entry(entry.source.to_string()).or_default() += amount;
            }
            self.by_key(area, &source_names(ledger), &amounts);
        }
    }

    fn payments(&mut self, ledger: &Ledger) {
        let mut amounts: BTreeMap<String, Money> = BTreeMap::new();
        for payment in ledger.subprojects.iter().flat_map(|state| &state.disbursements) {
            *amounts.entry(payment.source.to_string()).or_default() += payment.amount;
        }
        let area = ("Ausgezahlte Mittel", "Money paid out");
        let total = amounts.values().sum();
        self.by_key(area, &source_names(ledger), &amounts);
        self.add(area, Text::new("Summe", "Total"), Value::Money(total));
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
        self.add(area, Text::new("Bewilligt", "Awarded"), Value::Money(awarded));
        let sources = plans().flat_map(|plan| plan.sources.values()).sum();
        self.add(
            area,
            Text::new("Mittelherkunft", "Sources"),
            Value::Money(sources),
        );
        let targets: u64 = plans().flat_map(|plan| plan.targets.values()).sum();
        let targets = i64::try_from(targets).unwrap_or(i64::MAX);
        self.add(area, Text::new("Zielwerte", "Targets"), Value::Count(targets));
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
            self.add(("Indikatoren", "Indicators"), name, Value::Count(counts.sum()));
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
            );
        }
    }

    /// What the reports show, made from this ledger by the same builders.
    fn reports(&mut self, ledger: &Ledger) -> Result<(), ReportError> {
        const BURN: &[&str] = &["awarded", "reported", "accepted", "paid_out"];
        const FUNDING: &[&str] = &["awarded", "called", "received", "spent"];
        let reports = [
            (ReportName::Burn, GroupBy::Land, BURN),
            (ReportName::Burn, GroupBy::RegionCategory, BURN),
            (ReportName::Funding, GroupBy::RegionCategory, FUNDING),
        ];
        for (name, group_by, columns) in reports {
            let request = ReportRequest {
                name,
                group_by: Some(group_by),
                quarter: None,
                on: None,
            };
            let report = build(&request, ledger)?;
            self.report(&report, &group_by.title(), columns);
        }
        Ok(())
    }

    /// The money columns of a report's first table, row by row, the totals last.
    fn report(&mut self, report: &Report, group_by: &Text, columns: &[&str]) {
        let Some(table) = report.tables.first() else {
            return;
        };
        for wanted in columns {
            let Some(place) = table.columns.iter().position(|column| column.key == *wanted) else {
                continue;
            };
            let heading = table.columns.get(place).map(|column| &column.header);
            for row in table.rows.iter().chain(&table.totals) {
                if let (Some(value @ Value::Money(_)), Some(heading)) = (row.get(place), heading) {
                    self.0.push(Measure {
                        by: Some(Text::new(
                            format!("{} nach {}", report.title.de, group_by.de),
                            format!("{} by {}", report.title.en, group_by.en),
                        )),
                        area: heading.clone(),
                        name: naming(row),
                        value: value.clone(),
                    });
                }
            }
        }
    }
}

/// What a row of a report stands for: its words before the first number.
fn naming(row: &[Value]) -> Text {
    let words = row.iter().map_while(|value| match value {
        Value::Term(term) => Some(Some(term.name.clone())),
        Value::Text(_) | Value::Empty => Some(None),
        _ => None,
    });
    let words: Vec<Text> = words.flatten().collect();
    let joined = |pick: fn(&Text) -> &str| words.iter().map(pick).collect::<Vec<_>>().join(" · ");
    Text::new(joined(|text| &text.de), joined(|text| &text.en))
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
