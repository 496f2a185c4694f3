//! Sources of finance by category of region: awarded, called, received, spent, and the share against what is allowed.

mod share;
mod split;

use std::collections::BTreeMap;

use nachweis_domain::{
    key::SourceKey, language::Text, ledger::SubprojectIndex, money::Money, region::RegionCategory,
    round::SourceKind,
};

use super::{
    control::Control,
    group::{Groups, total_values},
    head,
    scope::Scope,
};
use crate::{Column, ColumnKind, GroupBy, Report, ReportError, ReportName, Table, Value};
use share::Shares;

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
    let cells = divide(scope, &sources, &amounts, &mut control);
    let mut rows = Vec::with_capacity(groups.len() * sources.len());
    for (group, category) in RegionCategory::ALL.into_iter().enumerate() {
        let of = |source: &Source<'_>| cells.get(&(category, source.key)).copied().unwrap_or_default();
        let mut shares = Shares::new(&scope.ledger.round, category);
        for source in &sources {
            shares.add(source.kind, of(source));
        }
        for source in &sources {
            let cell = of(source);
            control.count(cell.amounts.map(Some));
            let mut row = groups.values(group);
            row.push(Value::term(source.key.as_str(), source.name.clone()));
            row.extend(cell.amounts.map(Value::Money));
            row.extend(shares.values(source.kind, cell));
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
    Ok(head::report(
        scope,
        ReportName::Funding,
        notes(scope),
        vec![table],
    ))
}

/// The amounts of a source and how many reports they come from.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    amounts: Amounts,
    reports: u32,
}

impl Cell {
    fn add(&mut self, amounts: Amounts, reports: u32) {
        for (sum, amount) in self.amounts.iter_mut().zip(amounts) {
            *sum += amount;
        }
        self.reports += reports;
    }
}

/// The cells of each subproject and source.
type BySubproject<'a> = BTreeMap<(SubprojectIndex, &'a SourceKey), Cell>;

fn collect<'a>(scope: &Scope<'a>) -> BySubproject<'a> {
    let mut cells: BySubproject<'a> = BTreeMap::new();
    for index in 0..scope.ledger.subprojects.len() {
        for (source, planned) in scope.plan(index).into_iter().flat_map(|plan| &plan.sources) {
            let awarded = [*planned, Money::ZERO, Money::ZERO, Money::ZERO];
            cells.entry((index, source)).or_default().add(awarded, 0);
        }
    }
    for entry in scope
        .ledger
        .funds
        .iter()
        .filter(|entry| scope.counts(entry.quarter))
    {
        let totals = entry.totals;
        let reported = [Money::ZERO, totals.called, totals.received, totals.spent];
        cells
            .entry((entry.subproject, &entry.source))
            .or_default()
            .add(reported, 1);
    }
    cells
}

/// The cells of each category of region and source.
fn divide<'a>(
    scope: &Scope<'_>,
    sources: &[Source<'a>],
    of_subprojects: &BySubproject<'a>,
    control: &mut Control<4>,
) -> BTreeMap<(RegionCategory, &'a SourceKey), Cell> {
    let mut cells: BTreeMap<(RegionCategory, &SourceKey), Cell> = BTreeMap::new();
    for cell in of_subprojects.values() {
        control.expect(cell.amounts);
    }
    for (index, state) in scope.ledger.subprojects.iter().enumerate() {
        let of = |source: &Source<'a>| {
            of_subprojects
                .get(&(index, source.key))
                .copied()
                .unwrap_or_default()
        };
        let split = split::Split::of(&scope.ledger.round, &state.subproject.regions);
        let amounts: Vec<(Option<SourceKind>, Amounts)> = sources
            .iter()
            .map(|source| (source.kind, of(source).amounts))
            .collect();
        for (source, parts) in sources.iter().zip(split.divide(&amounts)) {
            for (category, part) in parts {
                cells
                    .entry((category, source.key))
                    .or_default()
                    .add(part, of(source).reports);
            }
        }
    }
    cells
}

/// The sources of the round in its order, then any other that the ledger holds.
fn sources<'a>(scope: &Scope<'a>, of_subprojects: &BySubproject<'a>) -> Vec<Source<'a>> {
    let known = scope.ledger.round.sources.iter().map(|source| Source {
        key: &source.key,
        name: source.name.clone(),
        kind: Some(source.kind),
    });
    let mut sources: Vec<Source<'a>> = known.collect();
    for (_, key) in of_subprojects.keys() {
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
        Column::new(
            "share_most",
            ColumnKind::Percent,
            "Anteil höchstens",
            "Share, at most",
        ),
        Column::new(
            "share_least",
            ColumnKind::Percent,
            "Anteil mindestens",
            "Share, at least",
        ),
        Column::new("state", ColumnKind::Light, "Bewertung", "Rating").wide(20),
    ]);
    columns
}

fn notes(scope: &Scope<'_>) -> Vec<Text> {
    vec![
        Text::new(
            "Bewilligt: Betrag der Mittelherkunft im geltenden Finanzierungsplan über den ganzen Bewilligungszeitraum. \
             Abgerufen, erhalten, verausgabt: gemeldete Beträge aller Quartale bis zum Berichtsstand.",
            "Awarded: the amount of the source in the financing plan in effect, over the whole grant period. Called, \
             received, spent: reported amounts of all quarters up to the reporting status.",
        ),
        Text::new(
            "Anteil Ist: Anteil der Mittelherkunft an allen verausgabten Mitteln der Regionenkategorie. Höchstens: der \
             EU-Anteil der Regionenkategorie nach Art. 112 Abs. 3 VO (EU) 2021/1060, wie die Förderrunde ihn festlegt. \
             Mindestens: Eigenmittel zusammen, wie die Förderrunde sie festlegt. Bewertet werden EU-Mittel und Eigenmittel \
             jeweils zusammen; ein Cent je Meldung bleibt als Rundung unbeachtet.",
            "Share, actual: the share of the source in all money spent in the category of region. At most: the Union share \
             of the category of region under Art. 112(3) of Regulation (EU) 2021/1060, as the round sets it. At least: own \
             funds together, as the round sets them. Union money and own funds are each rated together; a cent per report \
             is disregarded as rounding.",
        ),
        Text::new(
            "Beträge bundesweiter Teilvorhaben sind auf die Regionenkategorien verteilt: EU-Mittel nach Schlüssel mal \
             Höchstanteil der Kategorie, Eigen- und Drittmittel nach Schlüssel, Zuwendungsmittel so, dass alle zusammen dem \
             Schlüssel folgen. Die Teile ergeben genau die Summe.",
            "Amounts of nationwide subprojects are divided over the categories of region: Union money by key times highest \
             share of the category, own and third-party funds by key, grant money so that all together follow the key. The \
             parts sum to the whole exactly.",
        ),
        head::plans_note(scope),
        head::reported_note(),
    ]
}
