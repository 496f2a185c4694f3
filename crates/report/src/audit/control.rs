//! Control totals: the sums of the rows beside those of the ledger that every report is built from.

use std::collections::{BTreeMap, BTreeSet};

use nachweis_domain::{
    audit::FigurePart,
    key::ItemKey,
    language::Text,
    ledger::Ledger,
    money::Money,
    round::{Counted, ItemKind},
};

pub use super::sums::AuditRows;
use super::sums::Sums;
use crate::Value;

/// What the audit workbook holds, and whether it agrees with the reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditTotals {
    /// How many rows each stream gave.
    pub rows: AuditRows,
    /// The control totals.
    pub controls: Vec<ControlTotal>,
}

/// A sum made in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ControlTotal {
    /// What is summed: expenditure, funds …
    pub area: Text,
    /// Of what: a plan item, a source …
    pub name: Text,
    /// The sum of the ledger, as reports show it.
    pub reports: Value,
    /// The sum of the rows of the workbook.
    pub rows: Value,
}

impl AuditTotals {
    /// Whether every control total agrees.
    pub fn agree(&self) -> bool {
        self.differences().next().is_none()
    }

    /// The control totals that differ.
    pub fn differences(&self) -> impl Iterator<Item = &ControlTotal> {
        self.controls.iter().filter(|control| !control.agrees())
    }
}

impl ControlTotal {
    /// Whether both sums are the same.
    pub fn agrees(&self) -> bool {
        self.reports == self.rows
    }
}

/// Sums by key.
type Amounts = BTreeMap<String, Money>;

/// Compares what the rows sum to with the ledger.
pub(super) fn compare(ledger: &Ledger, sums: &Sums) -> AuditTotals {
    let mut controls = Vec::new();
    expenditure(ledger, sums, &mut controls);
    funds(ledger, sums, &mut controls);
    indicators(ledger, sums, &mut controls);
    counters(ledger, sums, &mut controls);
    plans(ledger, sums, &mut controls);
    controls.push(ControlTotal {
        area: Text::new("Herkunft", "Origin"),
        name: Text::new(
            "Zeilen ohne hochgeladene Arbeitsmappe",
            "Rows without an uploaded workbook",
        ),
        reports: Value::Count(0),
        rows: count(sums.unlisted),
    });
    AuditTotals {
        rows: sums.rows,
        controls,
    }
}

fn count(number: u64) -> Value {
    Value::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

fn expenditure(ledger: &Ledger, sums: &Sums, controls: &mut Vec<ControlTotal>) {
    let mut reported = Amounts::new();
    let mut accepted = Amounts::new();
    for entry in &ledger.expenditure {
        *reported.entry(entry.item.to_string()).or_default() += entry.reported;
        *accepted.entry(entry.item.to_string()).or_default() += entry.accepted;
    }
    let total = |amounts: &Amounts| {
        let signed = amounts
            .iter()
            .map(|(item, amount)| ledger.round.signed(&ItemKey::new(item), *amount));
        Value::Money(signed.sum())
    };
    let area = || Text::new("Gemeldete Ausgaben", "Reported expenditure");
    push_all(controls, &area(), &item_names(ledger), &reported, &sums.reported);
    controls.push(ControlTotal {
        area: area(),
        name: Text::new("Summe (Einnahmen abgezogen)", "Total (income deducted)"),
        reports: total(&reported),
        rows: total(&sums.reported),
    });
    controls.push(ControlTotal {
        area: Text::new("Angenommene Ausgaben", "Accepted expenditure"),
        name: Text::new("Summe (Einnahmen abgezogen)", "Total (income deducted)"),
        reports: total(&accepted),
        rows: total(&sums.accepted),
    });
    // Items computed from a flat rate have no vouchers.
    reported.retain(|item, _| {
        let kind = ledger.round.plan_item(&ItemKey::new(item)).map(|item| &item.kind);
        !matches!(kind, Some(ItemKind::FlatRate { .. }))
    });
    push_all(
        controls,
        &Text::new(
            "Belege zu gemeldeten Ausgaben",
            "Vouchers of reported expenditure",
        ),
        &item_names(ledger),
        &reported,
        &sums.vouchers,
    );
}

fn funds(ledger: &Ledger, sums: &Sums, controls: &mut Vec<ControlTotal>) {
    let names: Vec<(String, Text)> = ledger
        .round
        .sources
        .iter()
        .map(|source| (source.key.to_string(), source.name.clone()))
        .collect();
    let parts = [
        (FigurePart::Called, Text::new("Abgerufene Mittel", "Money called")),
        (
            FigurePart::Received,
            Text::new("Erhaltene Mittel", "Money received"),
        ),
        (FigurePart::Spent, Text::new("Verausgabte Mittel", "Money spent")),
    ];
    for (part, area) in parts {
        let mut of_ledger = Amounts::new();
        for entry in &ledger.funds {
            *of_ledger.entry(entry.source.to_string()).or_default() += match part {
                FigurePart::Called => entry.totals.called,
                FigurePart::Received => entry.totals.received,
                _ => entry.totals.spent,
            };
        }
        let of_rows: Amounts = sums
            .funds
            .iter()
            .filter(|((_, of), _)| *of == part)
            .map(|((source, _), amount)| (source.clone(), *amount))
            .collect();
        push_all(controls, &area, &names, &of_ledger, &of_rows);
    }
}

/// Persons by gender; entities have one number.
fn indicators(ledger: &Ledger, sums: &Sums, controls: &mut Vec<ControlTotal>) {
    for indicator in &ledger.round.indicators {
        let entries = ledger
            .indicators
            .iter()
            .filter(|entry| entry.code == indicator.code);
        let rows = |part| {
            let key = (indicator.code.to_string(), part);
            sums.indicators.get(&key).copied().unwrap_or_default()
        };
        let (reports, rows) = match indicator.counts {
            Counted::Persons => (
                entries
                    .map(|entry| entry.counts.women + entry.counts.men + entry.counts.non_binary)
                    .sum(),
                rows(FigurePart::Women) + rows(FigurePart::Men) + rows(FigurePart::NonBinary),
            ),
            Counted::Entities => (
                entries.map(|entry| entry.counts.total).sum(),
                rows(FigurePart::Total),
            ),
        };
        controls.push(ControlTotal {
            area: Text::new("Indikatoren", "Indicators"),
            name: prefixed(indicator.code.as_str(), &indicator.name),
            reports: Value::Count(reports),
            rows: Value::Count(rows),
        });
    }
}

fn counters(ledger: &Ledger, sums: &Sums, controls: &mut Vec<ControlTotal>) {
    for counter in &ledger.round.counters {
        let entries = ledger
            .counters
            .iter()
            .filter(|entry| entry.counter == counter.key);
        controls.push(ControlTotal {
            area: Text::new("Kennzahlen", "Counters"),
            name: counter.name.clone(),
            reports: Value::Count(entries.map(|entry| entry.count).sum()),
            rows: Value::Count(
                sums.counters
                    .get(counter.key.as_str())
                    .copied()
                    .unwrap_or_default(),
            ),
        });
    }
}

fn plans(ledger: &Ledger, sums: &Sums, controls: &mut Vec<ControlTotal>) {
    let plans = || ledger.subprojects.iter().filter_map(|state| state.plan.as_ref());
    let signed = sums
        .planned
        .iter()
        .map(|(item, amount)| ledger.round.signed(&ItemKey::new(item), *amount));
    let area = || Text::new("Geltende Pläne", "Plans in effect");
    controls.push(ControlTotal {
        area: area(),
        name: Text::new("Bewilligt", "Awarded"),
        reports: Value::Money(plans().map(|plan| plan.awarded(&ledger.round)).sum()),
        rows: Value::Money(signed.sum()),
    });
    controls.push(ControlTotal {
        area: area(),
        name: Text::new("Mittelherkunft", "Sources"),
        reports: Value::Money(plans().flat_map(|plan| plan.sources.values()).sum()),
        rows: Value::Money(sums.sources.values().sum()),
    });
    controls.push(ControlTotal {
        area: area(),
        name: Text::new("Zielwerte", "Targets"),
        reports: count(plans().flat_map(|plan| plan.targets.values()).sum()),
        rows: Value::Count(sums.targets.values().sum()),
    });
}

fn item_names(ledger: &Ledger) -> Vec<(String, Text)> {
    let items = ledger.round.plan_items.iter();
    items
        .map(|item| (item.key.to_string(), item.name.clone()))
        .collect()
}

/// A control total for each key: first those that the round names, then any other that either side holds.
fn push_all(
    controls: &mut Vec<ControlTotal>,
    area: &Text,
    names: &[(String, Text)],
    reports: &Amounts,
    rows: &Amounts,
) {
    let of_round: BTreeSet<&String> = names.iter().map(|(key, _)| key).collect();
    let others: BTreeSet<&String> = reports
        .keys()
        .chain(rows.keys())
        .filter(|key| !of_round.contains(key))
        .collect();
    let others = others.into_iter().map(|key| (key, Text::new(key, key)));
    let all = names.iter().map(|(key, name)| (key, name.clone())).chain(others);
    for (key, name) in all.filter(|(key, _)| reports.contains_key(*key) || rows.contains_key(*key)) {
        let of = |amounts: &Amounts| Value::Money(amounts.get(key).copied().unwrap_or_default());
        controls.push(ControlTotal {
            area: area.clone(),
            name,
            reports: of(reports),
            rows: of(rows),
        });
    }
}

fn prefixed(code: &str, name: &Text) -> Text {
    Text::new(format!("{code} {}", name.de), format!("{code} {}", name.en))
}
