//! Sources of finance by category of region: awarded, called, received, spent, and the share against what is allowed.

mod share;

use std::collections::BTreeMap;

use nachweis_domain::{key::SourceKey, language::Text, ledger::SubprojectIndex, money::Money, round::SourceKind};

use super::{
    control::Control,
    group::{Groups, total_values},
    head,
    scope::Scope,
};
use crate::{Column, ColumnKind, GroupBy, Report, ReportError, ReportName, Table, Value};

/// The money columns of the table.
const KEYS: [&str; 4] = ["awarded", "called", "received", "spent"];

/// The amounts of a source in the order of [`KEYS`].
type Amounts = [Money; KEYS.len()];

/// A source of the round, or one that only the ledger knows.
struct Source<'a> {
    key: &'a SourceKey,
    name: Text,
    kind: Option<SourceKind>,
}

/// The report.
///
/// # Errors
/// When the rows do not sum to the ledger's control totals.
pub(super) fn report(scope: &Scope<'_>) -> Result<Report, ReportError> {
    let amounts = collect(scope);
    let sources = sources(scope, &amounts);
    let groups = Groups::of(scope.ledger, GroupBy::RegionCategory);
    let mut control = Control::new("funding", KEYS);
    let cells = divide(&amounts, &groups, &mut control);
    let mut rows = Vec::with_capacity(groups.len() * sources.len());
    for group in 0..groups.len() {
        let of = |source: &Source<'_>| cells.get(&(group, source.key)).copied().unwrap_or_default();
        let spent: Money = sources.iter().map(|source| of(source)[3]).sum();
        for source in &sources {
            let amounts = of(source);
            control.count(amounts.map(Some));
            let mut row = groups.values(group);
            row.push(Value::term(source.key.as_str(), source.name.clone()));
            row.extend(amounts.map(Value::Money));
            row.extend(share::values(&scope.ledger.round, group, source.kind, amounts[3], spent));
            rows.push(row);
        }
    }
    let columns = columns(&groups);
    let mut totals = total_values(2);
    totals.extend(control.check()?.map(Value::Money));
    totals.resize(columns.len(), Value::Empty);
    let table = Table {
        key: "funding",
        title: Text::new("Mittelherkunft", "Sources of finance"),
        columns,
        rows,
        totals: Some(totals),
    };
    Ok(head::report(scope, ReportName::Funding, notes(), vec![table]))
}

/// The amounts of each subproject and source.
fn collect<'a>(scope: &Scope<'a>) -> BTreeMap<(SubprojectIndex, &'a SourceKey), Amounts> {
    let mut amounts: BTreeMap<(SubprojectIndex, &SourceKey), Amounts> = BTreeMap::new();
    let mut add = |key, [awarded, called, received, spent]: Amounts| {
        let sums = amounts.entry(key).or_default();
        sums[0] += awarded;
        sums[1] += called;
        sums[2] += received;
        sums[3] += spent;
    };
    for (index, state) in scope.ledger.subprojects.iter().enumerate() {
        for (source, planned) in state.plan.iter().flat_map(|plan| &plan.sources) {
            add((index, source), [*planned, Money::ZERO, Money::ZERO, Money::ZERO]);
        }
    }
    for entry in scope.ledger.funds.iter().filter(|entry| scope.counts(entry.quarter)) {
        let totals = entry.totals;
        add(
            (entry.subproject, &entry.source),
            [Money::ZERO, totals.called, totals.received, totals.spent],
        );
    }
    amounts
}

/// The amounts of each category of region and source.
fn divide<'a>(
    amounts: &BTreeMap<(SubprojectIndex, &'a SourceKey), Amounts>,
    groups: &Groups,
    control: &mut Control<4>,
) -> BTreeMap<(usize, &'a SourceKey), Amounts> {
    let mut cells: BTreeMap<(usize, &SourceKey), Amounts> = BTreeMap::new();
    for ((subproject, source), amounts) in amounts {
        control.expect(*amounts);
        for (column, amount) in amounts.iter().enumerate() {
            for (group, part) in groups.divide(*subproject, *amount) {
                if let Some(cell) = cells.entry((group, source)).or_default().get_mut(column) {
                    *cell += part;
                }
            }
        }
    }
    cells
}

/// The sources of the round in its order, then any other that the ledger holds.
fn sources<'a>(
    scope: &Scope<'a>,
    amounts: &BTreeMap<(SubprojectIndex, &'a SourceKey), Amounts>,
) -> Vec<Source<'a>> {
    let known = scope.ledger.round.sources.iter().map(|source| Source {
        key: &source.key,
        name: source.name.clone(),
        kind: Some(source.kind),
    });
    let mut sources: Vec<Source<'a>> = known.collect();
    for (_, key) in amounts.keys() {
        if !sources.iter().any(|source| source.key == *key) {
            sources.push(Source {
                key,
                name: Text::new(key.as_str(), key.as_str()),
                kind: None,
            });
        }
    }
    sources
}

fn columns(groups: &Groups) -> Vec<Column> {
    let mut columns = groups.columns();
    columns.push(Column::new("source", ColumnKind::Text, "Mittelherkunft", "Source").wide(30));
    columns.extend([
        Column::new("awarded", ColumnKind::Money, "Bewilligt", "Awarded"),
        Column::new("called", ColumnKind::Money, "Abgerufen", "Called"),
        Column::new("received", ColumnKind::Money, "Erhalten", "Received"),
        Column::new("spent", ColumnKind::Money, "Verausgabt", "Spent"),
        Column::new("share", ColumnKind::Percent, "Anteil Ist", "Share, actual"),
        Column::new("share_most", ColumnKind::Percent, "Anteil höchstens", "Share, at most"),
        Column::new("share_least", ColumnKind::Percent, "Anteil mindestens", "Share, at least"),
        Column::new("state", ColumnKind::Light, "Bewertung", "Rating").wide(20),
    ]);
    columns
}

fn notes() -> Vec<Text> {
    vec![
        Text::new(
            "Bewilligt: Betrag der Mittelherkunft im geltenden Finanzierungsplan über den ganzen Bewilligungszeitraum. \
             Abgerufen, erhalten, verausgabt: gemeldete Beträge aller Quartale bis zum Berichtsstand.",
            "Awarded: the amount of the source in the financing plan in effect, over the whole grant period. Called, \
             received, spent: reported amounts of all quarters up to the reporting status.",
        ),
        Text::new(
            "Anteil Ist: Anteil der Mittelherkunft an allen verausgabten Mitteln der Regionenkategorie. Höchstanteil: \
             ESF-Plus-Satz der Regionenkategorie nach Art. 112 Abs. 3 VO (EU) 2021/1060, wie die Förderrunde ihn festlegt. \
             Mindestanteil: Eigenmittel der Förderrunde.",
            "Share, actual: the share of the source in all money spent in the category of region. At most: the ESF Plus \
             rate of the category of region under Art. 112(3) of Regulation (EU) 2021/1060, as the round sets it. At \
             least: own funds as the round sets them.",
        ),
        head::split_note(),
        head::reported_note(),
    ]
}
