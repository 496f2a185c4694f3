//! The programme's own counters: apart from the indicators, never added to each other.

use nachweis_domain::{key::CounterKey, language::Text};

use super::{Grid, Groups, Scope, in_quarter_column, named, named_table, naming_columns, previous_column};
use crate::{Column, ColumnKind, Table, Value};

/// A counter's cumulative count now and one quarter earlier.
#[derive(Clone, Copy, Default)]
pub(super) struct Counter {
    pub(super) count: i64,
    pub(super) previous: i64,
}

/// The counters of each group.
pub(super) fn table(scope: &Scope<'_>, groups: &Groups) -> Table {
    let of_subprojects = collect(scope);
    let names = names(scope, of_subprojects.keys());
    let mut rows = Vec::with_capacity(groups.len() * names.len());
    for (group, counters) in divide(groups, &of_subprojects).iter().enumerate() {
        let naming = named(groups, group);
        for (name, counter) in names.iter().zip(counters) {
            let mut row = naming.clone();
            row.extend([
                name.clone(),
                Value::Count(counter.count),
                Value::Count(counter.previous),
                Value::Count(counter.count - counter.previous),
            ]);
            rows.push(row);
        }
    }
    let names = [
        ("counters", Text::new("Kennzahlen", "Counters")),
        (
            "counters_by_group",
            Text::new("Kennzahlen gegliedert", "Counters by group"),
        ),
    ];
    named_table(groups, names, columns(groups), rows)
}

pub(super) fn collect<'a>(scope: &Scope<'a>) -> Grid<'a, CounterKey, Counter> {
    let ledger = scope.ledger;
    let listed = ledger.round.counters.iter().map(|counter| &counter.key);
    let mut counters: Grid<'a, CounterKey, Counter> = Grid::new(ledger.subprojects.len(), listed);
    for entry in scope.counters() {
        if let Some(counter) = counters.at(entry.subproject, &entry.counter) {
            counter.count += entry.count;
            if scope.is_earlier(entry.quarter) {
                counter.previous += entry.count;
            }
        }
    }
    counters
}

/// The counters of each group in the order of the keys.
fn divide(groups: &Groups, of_subprojects: &Grid<'_, CounterKey, Counter>) -> Vec<Vec<Counter>> {
    let mut cells = vec![vec![Counter::default(); of_subprojects.keys().len()]; groups.len()];
    for (subproject, counters) in of_subprojects.rows().iter().enumerate() {
        for (position, counter) in counters.iter().enumerate() {
            let counts = groups.divide_count(subproject, counter.count);
            let previous = groups.divide_count(subproject, counter.previous);
            for ((group, count), (_, previous)) in counts.into_iter().zip(previous) {
                if let Some(cell) = cells.get_mut(group).and_then(|cells| cells.get_mut(position)) {
                    cell.count += count;
                    cell.previous += previous;
                }
            }
        }
    }
    cells
}

/// The names of the counters; the key where the round does not know one.
fn names(scope: &Scope<'_>, keys: &[&CounterKey]) -> Vec<Value> {
    let name = |key: &CounterKey| {
        let known = scope
            .ledger
            .round
            .counters
            .iter()
            .find(|counter| counter.key == *key);
        known.map_or_else(
            || Text::new(key.as_str(), key.as_str()),
            |counter| counter.name.clone(),
        )
    };
    keys.iter()
        .map(|key| Value::term(key.as_str(), name(key)))
        .collect()
}

fn columns(groups: &Groups) -> Vec<Column> {
    let mut columns = naming_columns(groups);
    columns.extend([
        Column::new("counter", ColumnKind::Text, "Kennzahl", "Counter").wide(48),
        Column::new("count", ColumnKind::Count, "Gesamt", "Total"),
        previous_column(),
        in_quarter_column(),
    ]);
    columns
}
