//! Indicators and the programme's own counters, cumulative up to the reporting status.

mod counters;
mod counts;
mod lineage;
mod notes;

use nachweis_domain::{key::IndicatorCode, language::Text, round::Counted};

use super::{grid::Grid, group::Groups, head, scope::Scope};
use crate::{Column, ColumnKind, GroupBy, Report, ReportName, Table, Value};
use counts::Counts;

pub(super) use lineage::derive;

/// The counts of each subproject and indicator.
type BySubproject<'a> = Grid<'a, IndicatorCode, Counts>;

/// The report: indicators of each group and of the round, then the counters likewise, in tables of their own.
pub(super) fn report(scope: &Scope<'_>, group_by: GroupBy) -> Report {
    let counts = collect(scope);
    let groups = Groups::of(scope.ledger, group_by);
    let mut tables = vec![table(scope, &groups, &counts)];
    tables.push(counters::table(scope, &groups));
    if group_by != GroupBy::Round {
        let round = Groups::of(scope.ledger, GroupBy::Round);
        tables.insert(1, table(scope, &round, &counts));
        tables.push(counters::table(scope, &round));
    }
    let mut report = head::report(
        scope,
        ReportName::Indicators,
        notes::notes(scope, group_by),
        tables,
    );
    report.parameters.push(head::grouped(group_by));
    report
}

fn collect<'a>(scope: &Scope<'a>) -> BySubproject<'a> {
    let ledger = scope.ledger;
    let listed = ledger.round.indicators.iter().map(|indicator| &indicator.code);
    let sums = ledger.round.reserved_sums.iter().map(|sum| &sum.code);
    let unlisted = sums.filter(|code| ledger.round.indicator(code).is_none());
    let mut counts = Grid::new(ledger.subprojects.len(), listed.chain(unlisted));
    for index in 0..ledger.subprojects.len() {
        for (code, target) in scope.plan(index).into_iter().flat_map(|plan| &plan.targets) {
            if let Some(counts) = counts.at(index, code) {
                Counts::add_target(counts, *target);
            }
        }
    }
    for entry in scope.indicators() {
        if let Some(counts) = counts.at(entry.subproject, &entry.code) {
            Counts::add_entry(counts, &entry.counts, scope.is_earlier(entry.quarter));
        }
    }
    counts
}

/// A row of the table in each group.
struct Line {
    code: Value,
    name: Value,
    counted: Counted,
    /// The positions of the indicators it sums, if it is a reserved sum: it is always made of them (IND-08).
    parts: Option<Vec<usize>>,
}

/// A line for each key: the indicators of the round in its order, reserved sums that its catalogue lacks, then any other
/// that the ledger knows.
fn lines(scope: &Scope<'_>, keys: &[&IndicatorCode]) -> Vec<Line> {
    let round = &scope.ledger.round;
    let positions = |parts: &[IndicatorCode]| -> Vec<usize> {
        let position = |part| keys.iter().position(|key| *key == part);
        parts.iter().filter_map(position).collect()
    };
    keys.iter()
        .map(|code| {
            let indicator = round.indicator(code);
            let sum = round.reserved_sums.iter().find(|sum| sum.code == **code);
            let name = match (indicator, sum) {
                (Some(indicator), _) => indicator.name.clone(),
                (None, Some(sum)) => sum_name(&sum.parts),
                (None, None) => Text::new(code.as_str(), code.as_str()),
            };
            Line {
                code: Value::text(code.as_str()),
                name: Value::term(code.as_str(), name),
                counted: indicator.map_or(Counted::Persons, |indicator| indicator.counts),
                parts: sum.map(|sum| positions(&sum.parts)),
            }
        })
        .collect()
}

fn sum_name(parts: &[IndicatorCode]) -> Text {
    let codes: Vec<&str> = parts.iter().map(IndicatorCode::as_str).collect();
    Text::new(
        format!("Summe aus {}", codes.join(" + ")),
        format!("Sum of {}", codes.join(" + ")),
    )
}

/// The indicators of each group.
fn table(scope: &Scope<'_>, groups: &Groups, of_subprojects: &BySubproject<'_>) -> Table {
    let keys = of_subprojects.keys();
    let lines = lines(scope, keys);
    let mut rows = Vec::with_capacity(groups.len() * lines.len());
    for (group, counts) in divide(groups, of_subprojects).iter().enumerate() {
        let of = |position: usize| counts.get(position).cloned().unwrap_or_default();
        let naming = named(groups, group);
        for (position, line) in lines.iter().enumerate() {
            let sums = match &line.parts {
                Some(parts) => of(position).replaced_by(parts.iter().copied().map(of)),
                None => of(position),
            };
            let mut row = Vec::with_capacity(naming.len() + 10);
            row.extend_from_slice(&naming);
            row.extend([line.code.clone(), line.name.clone()]);
            row.extend(sums.values(line.counted));
            rows.push(row);
        }
    }
    let names = [
        ("indicators", Text::new("Indikatoren", "Indicators")),
        (
            "indicators_by_group",
            Text::new("Indikatoren gegliedert", "Indicators by group"),
        ),
    ];
    named_table(groups, names, columns(groups), rows)
}

/// A table under the first name where its rows stand for the whole round, else under the second.
fn named_table(
    groups: &Groups,
    [of_round, by_group]: [(&'static str, Text); 2],
    columns: Vec<Column>,
    rows: Vec<Vec<Value>>,
) -> Table {
    let (key, title) = if groups.is_round() { of_round } else { by_group };
    Table {
        key,
        title,
        columns,
        rows,
        totals: None,
    }
}

/// The counts of each group in the order of the keys.
fn divide(groups: &Groups, of_subprojects: &BySubproject<'_>) -> Vec<Vec<Counts>> {
    let mut cells = vec![vec![Counts::default(); of_subprojects.keys().len()]; groups.len()];
    let mut add = |group: usize, position: usize, part: &Counts| {
        if let Some(cell) = cells.get_mut(group).and_then(|cells| cells.get_mut(position)) {
            cell.add(part);
        }
    };
    for (subproject, counts) in of_subprojects.rows().iter().enumerate() {
        let only = groups.only(subproject);
        for (position, counts) in counts.iter().enumerate() {
            if let Some(group) = only {
                add(group, position, counts);
            } else {
                for (group, part) in counts.divide(groups, subproject) {
                    add(group, position, &part);
                }
            }
        }
    }
    cells
}

/// The values that name a group; none for the round, whose name stands in the head.
fn named(groups: &Groups, group: usize) -> Vec<Value> {
    if groups.is_round() {
        Vec::new()
    } else {
        groups.values(group)
    }
}

fn naming_columns(groups: &Groups) -> Vec<Column> {
    if groups.is_round() {
        Vec::new()
    } else {
        groups.columns()
    }
}

fn columns(groups: &Groups) -> Vec<Column> {
    let mut columns = naming_columns(groups);
    columns.extend([
        Column::new("code", ColumnKind::Text, "Indikator", "Indicator").wide(16),
        Column::new("name", ColumnKind::Text, "Bezeichnung", "Name").wide(48),
        Column::new("women", ColumnKind::Count, "Frauen", "Women"),
        Column::new("men", ColumnKind::Count, "Männer", "Men"),
        Column::new("non_binary", ColumnKind::Count, "Nicht-binär", "Non-binary"),
        Column::new("total", ColumnKind::Count, "Gesamt", "Total"),
        Column::new("target", ColumnKind::Count, "Ziel", "Target"),
        Column::new(
            "achievement",
            ColumnKind::Percent,
            "Zielerreichung",
            "Achievement",
        )
        .wide(14),
        previous_column(),
        in_quarter_column(),
    ]);
    columns
}

/// The cumulative count one quarter earlier.
fn previous_column() -> Column {
    Column::new(
        "previous",
        ColumnKind::Count,
        "Gesamt im Vorquartal",
        "Total, previous quarter",
    )
    .wide(14)
}

/// What came in the quarter of the reporting status.
fn in_quarter_column() -> Column {
    Column::new(
        "in_quarter",
        ColumnKind::Count,
        "davon im Quartal",
        "of it in the quarter",
    )
    .wide(12)
}
