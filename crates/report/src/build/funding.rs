//! Sources of finance by category of region: awarded, called, received, spent, and the share against what is allowed.

mod lineage;
mod notes;
mod share;
mod split;
mod tables;

use std::collections::BTreeMap;

use nachweis_domain::{
    key::SourceKey, language::Text, ledger::SubprojectIndex, money::Money, region::RegionCategory,
    round::SourceKind,
};

use super::{control::Control, group::Groups, head, scope::Scope};
use crate::{GroupBy, Report, ReportError, ReportName, Value};
use share::{Limits, Room, Spent};

pub(super) use lineage::{derive, name};

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
    let rooms = rooms(scope);
    let mut rows = Vec::with_capacity(groups.len() * sources.len());
    for (group, category) in RegionCategory::ALL.into_iter().enumerate() {
        let of = |source: &Source<'_>| cells.get(&(category, source.key)).copied().unwrap_or_default();
        let spent = Spent::of(sources.iter().map(|source| (source.kind, of(source))));
        let room = rooms.get(&category).copied().unwrap_or_default();
        let limits = Limits::of(&scope.ledger.round, category, room);
        for source in &sources {
            let amounts = of(source);
            control.count(amounts.map(Some));
            let mut row = groups.values(group);
            row.push(Value::term(source.key.as_str(), source.name.clone()));
            row.extend(amounts.map(Value::Money));
            row.extend(spent.shares(source.kind, amounts));
            row.extend(limits.values(source.kind, &spent));
            rows.push(row);
        }
    }
    let totals = control.check()?;
    let tables = vec![
        tables::by_category(&groups, rows, totals),
        tables::in_total(&sources, &cells, totals),
    ];
    let notes = notes::notes(scope);
    Ok(head::report(scope, ReportName::Funding, notes, tables))
}

/// How far the sums of each category may lie from the exact ones.
fn rooms(scope: &Scope<'_>) -> BTreeMap<RegionCategory, Room> {
    let mut rooms: BTreeMap<RegionCategory, Room> = BTreeMap::new();
    for (index, state) in scope.ledger.subprojects.iter().enumerate() {
        let reports = scope.reported(index).len();
        let shares = state.subproject.regions.shares();
        for (category, _) in shares {
            let room = rooms.entry(*category).or_default();
            room.reports += reports;
            room.divided += usize::from(reports > 0 && shares.len() > 1);
        }
    }
    rooms
}

fn add(sums: &mut Amounts, amounts: Amounts) {
    for (sum, amount) in sums.iter_mut().zip(amounts) {
        *sum += amount;
    }
}

/// The amounts of each subproject and source.
type BySubproject<'a> = BTreeMap<(SubprojectIndex, &'a SourceKey), Amounts>;

fn collect<'a>(scope: &Scope<'a>) -> BySubproject<'a> {
    let mut cells: BySubproject<'a> = BTreeMap::new();
    for index in 0..scope.ledger.subprojects.len() {
        for (source, planned) in scope.plan(index).into_iter().flat_map(|plan| &plan.sources) {
            let awarded = [*planned, Money::ZERO, Money::ZERO, Money::ZERO];
            add(cells.entry((index, source)).or_default(), awarded);
        }
    }
    for entry in scope.funds() {
        let totals = entry.totals;
        let reported = [Money::ZERO, totals.called, totals.received, totals.spent];
        add(
            cells.entry((entry.subproject, &entry.source)).or_default(),
            reported,
        );
    }
    cells
}

/// The amounts of each category of region and source.
fn divide<'a>(
    scope: &Scope<'_>,
    sources: &[Source<'a>],
    of_subprojects: &BySubproject<'a>,
    control: &mut Control<4>,
) -> BTreeMap<(RegionCategory, &'a SourceKey), Amounts> {
    let mut cells: BTreeMap<(RegionCategory, &SourceKey), Amounts> = BTreeMap::new();
    for amounts in of_subprojects.values() {
        control.expect(*amounts);
    }
    for (index, state) in scope.ledger.subprojects.iter().enumerate() {
        let of = |source: &Source<'a>| {
            of_subprojects
                .get(&(index, source.key))
                .copied()
                .unwrap_or_default()
        };
        let split = split::Split::of(&scope.ledger.round, &state.subproject.regions);
        let amounts: Vec<(Option<SourceKind>, Amounts)> =
            sources.iter().map(|source| (source.kind, of(source))).collect();
        for (source, parts) in sources.iter().zip(split.divide(&amounts)) {
            for (category, part) in parts {
                add(cells.entry((category, source.key)).or_default(), part);
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
