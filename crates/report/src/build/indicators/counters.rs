//! The programme's own counters: apart from the indicators, never added to each other.

use std::collections::BTreeMap;

use nachweis_domain::{key::CounterKey, language::Text, ledger::SubprojectIndex};

use super::{Groups, Scope, named, naming_columns};
use crate::{Column, ColumnKind, Table, Value};

/// A counter's cumulative count now and one quarter earlier.
#[derive(Clone, Copy, Default)]
struct Counter {
    count: i64,
    previous: i64,
}

/// The counters of each group.
pub(super) fn table(scope: &Scope<'_>, groups: &Groups) -> Table {
    let counts = collect(scope);
    let mut cells: BTreeMap<(usize, &CounterKey), Counter> = BTreeMap::new();
    for ((subproject, key), counter) in &counts {
        for (group, part) in groups.divide_count(*subproject, counter.count) {
            cells.entry((group, key)).or_default().count += part;
        }
        for (group, part) in groups.divide_count(*subproject, counter.previous) {
            cells.entry((group, key)).or_default().previous += part;
        }
    }
    let counters = counters(scope, &counts);
    let mut rows = Vec::with_capacity(groups.len() * counters.len());
    for group in 0..groups.len() {
        for (key, name) in &counters {
            let counter = cells.get(&(group, *key)).copied().unwrap_or_default();
            let mut row = named(groups, group);
            row.push(Value::term(key.as_str(), name.clone()));
            row.extend([Value::Count(counter.count), Value::Count(counter.previous)]);
            rows.push(row);
        }
    }
    let (key, title) = if groups.is_round() {
        ("counters", Text::new("Kennzahlen", "Counters"))
    } else {
        (
            "counters_by_group",
            Text::new("Kennzahlen gegliedert", "Counters by group"),
        )
    };
    Table {
        key,
        title,
        columns: columns(groups),
        rows,
        totals: None,
    }
}

fn collect<'a>(scope: &Scope<'a>) -> BTreeMap<(SubprojectIndex, &'a CounterKey), Counter> {
    let mut counts: BTreeMap<(SubprojectIndex, &CounterKey), Counter> = BTreeMap::new();
    for entry in scope
        .ledger
        .counters
        .iter()
        .filter(|entry| scope.counts(entry.quarter))
    {
        let counter = counts.entry((entry.subproject, &entry.counter)).or_default();
        counter.count += entry.count;
        if scope.reference.is_some_and(|last| entry.quarter < last) {
            counter.previous += entry.count;
        }
    }
    counts
}

/// The counters of the round in its order, then any other that the ledger holds.
fn counters<'a>(
    scope: &Scope<'a>,
    counts: &BTreeMap<(SubprojectIndex, &'a CounterKey), Counter>,
) -> Vec<(&'a CounterKey, Text)> {
    let round = &scope.ledger.round;
    let mut counters: Vec<(&CounterKey, Text)> = round
        .counters
        .iter()
        .map(|counter| (&counter.key, counter.name.clone()))
        .collect();
    for (_, key) in counts.keys() {
        if !counters.iter().any(|(known, _)| known == key) {
            counters.push((key, Text::new(key.as_str(), key.as_str())));
        }
    }
    counters
}

fn columns(groups: &Groups) -> Vec<Column> {
    let mut columns = naming_columns(groups);
    columns.extend([
        Column::new("counter", ColumnKind::Text, "Kennzahl", "Counter").wide(48),
        Column::new("count", ColumnKind::Count, "Gesamt", "Total"),
        Column::new(
            "previous",
            ColumnKind::Count,
            "Vorquartal gesamt",
            "Previous quarter, total",
        )
        .wide(14),
    ]);
    columns
}
