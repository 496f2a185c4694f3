//! Indicators and the programme's own counters, cumulative up to the reporting status.

mod counters;
mod counts;

use std::collections::BTreeMap;

use nachweis_domain::{key::IndicatorCode, language::Text, ledger::SubprojectIndex, round::Counted};

use super::{group::Groups, head, scope::Scope};
use crate::{Column, ColumnKind, GroupBy, Report, ReportName, Table, Value};
use counts::Counts;

/// The counts of each subproject and indicator.
type BySubproject<'a> = BTreeMap<(SubprojectIndex, &'a IndicatorCode), Counts>;

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
    let mut report = head::report(scope, ReportName::Indicators, notes(), tables);
    report.parameters.push(head::grouped(group_by));
    report
}

fn collect<'a>(scope: &Scope<'a>) -> BySubproject<'a> {
    let mut counts: BySubproject<'a> = BTreeMap::new();
    for (index, state) in scope.ledger.subprojects.iter().enumerate() {
        for (code, target) in state.plan.iter().flat_map(|plan| &plan.targets) {
            counts.entry((index, code)).or_default().add_target(*target);
        }
    }
    for entry in scope
        .ledger
        .indicators
        .iter()
        .filter(|entry| scope.counts(entry.quarter))
    {
        let is_earlier = scope.reference.is_some_and(|last| entry.quarter < last);
        let sums = counts.entry((entry.subproject, &entry.code)).or_default();
        sums.add_entry(&entry.counts, is_earlier);
    }
    counts
}

/// The indicators of the round in its order, reserved sums that its catalogue lacks, then any other that the ledger knows.
fn lines<'a>(scope: &Scope<'a>, counts: &BySubproject<'a>) -> Vec<Line<'a>> {
    let round = &scope.ledger.round;
    let sum = |code: &IndicatorCode| round.reserved_sums.iter().find(|sum| &sum.code == code);
    let mut lines: Vec<Line<'a>> = round
        .indicators
        .iter()
        .map(|indicator| Line {
            code: &indicator.code,
            name: indicator.name.clone(),
            counted: indicator.counts,
            parts: sum(&indicator.code).map(|sum| sum.parts.as_slice()),
        })
        .collect();
    let mut add = |code, name, parts| {
        if !lines.iter().any(|line| line.code == code) {
            lines.push(Line {
                code,
                name,
                counted: Counted::Persons,
                parts,
            });
        }
    };
    for sum in &round.reserved_sums {
        add(&sum.code, sum_name(&sum.parts), Some(sum.parts.as_slice()));
    }
    for (_, code) in counts.keys() {
        add(code, Text::new(code.as_str(), code.as_str()), None);
    }
    lines
}

/// A row of the table in each group.
struct Line<'a> {
    code: &'a IndicatorCode,
    name: Text,
    counted: Counted,
    /// The indicators it sums, if it is a reserved sum: it is always made of them (IND-08).
    parts: Option<&'a [IndicatorCode]>,
}

fn sum_name(parts: &[IndicatorCode]) -> Text {
    let codes: Vec<&str> = parts.iter().map(IndicatorCode::as_str).collect();
    Text::new(
        format!("Summe aus {}", codes.join(" + ")),
        format!("Sum of {}", codes.join(" + ")),
    )
}

/// The indicators of each group.
fn table<'a>(scope: &Scope<'a>, groups: &Groups, counts: &BySubproject<'a>) -> Table {
    let mut cells: BTreeMap<(usize, &IndicatorCode), Counts> = BTreeMap::new();
    for ((subproject, code), counts) in counts {
        for (group, part) in counts.divide(groups, *subproject) {
            cells.entry((group, code)).or_default().add(&part);
        }
    }
    let lines = lines(scope, counts);
    let mut rows = Vec::with_capacity(groups.len() * lines.len());
    for group in 0..groups.len() {
        for line in &lines {
            let of = |code| cells.get(&(group, code)).cloned().unwrap_or_default();
            let sums = match line.parts {
                Some(parts) => of(line.code).replaced_by(parts.iter().map(of)),
                None => of(line.code),
            };
            let mut row = named(groups, group);
            row.push(Value::text(line.code.as_str()));
            row.push(Value::term(line.code.as_str(), line.name.clone()));
            row.extend(sums.values(line.counted));
            rows.push(row);
        }
    }
    let (key, title) = if groups.is_round() {
        ("indicators", Text::new("Indikatoren", "Indicators"))
    } else {
        (
            "indicators_by_group",
            Text::new("Indikatoren gegliedert", "Indicators by group"),
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

fn notes() -> Vec<Text> {
    vec![
        Text::new(
            "Alle Zahlen sind kumuliert: vom Beginn bis zum Berichtsstand. „Vorquartal gesamt“ ist der kumulierte Stand ein \
             Quartal früher. Ziel: Zielwert der geltenden Planfassung über den ganzen Bewilligungszeitraum. Zielerreichung: \
             Gesamt geteilt durch Ziel.",
            "All figures are cumulative: from the beginning up to the reporting status. “Previous quarter, total” is the \
             cumulative figure one quarter earlier. Target: the target of the plan in effect over the whole grant period. \
             Achievement: total divided by target.",
        ),
        Text::new(
            "EECO18 und EECO19 zählen Einrichtungen und Unternehmen, nicht Personen. Zeilen mit „+“ sind die von der \
             Europäischen Kommission vorgesehenen Summen; sie sind hier aus ihren Teilen gebildet.",
            "EECO18 and EECO19 count entities, not persons. Rows with “+” are the sums that the European Commission \
             provides for; they are made of their parts here.",
        ),
        Text::new(
            "Kennzahlen des Programms (Kontakte, beratene Personen, Teilnehmende) zählen Verschiedenes und stehen getrennt \
             von den Indikatoren. Sie werden nicht zueinander addiert.",
            "The programme's own counters (contacts, persons advised, participants) count different things and stand apart \
             from the indicators. They are not added to each other.",
        ),
        head::split_note(),
        head::reported_note(),
    ]
}
