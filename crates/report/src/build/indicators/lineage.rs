//! Where counts come from: the cells of each quarter's workbook, and the targets of the plan.

use std::collections::BTreeMap;

use nachweis_domain::{
    audit::FigurePart,
    key::{CounterKey, IndicatorCode, SubprojectNo},
    language::Text,
    ledger::{CounterEntry, IndicatorEntry, SubprojectIndex},
};

use super::{Groups, Scope, collect, counters, counts::Counts, lines};
use crate::{
    GroupBy, Value,
    lineage::{Amount, FigureKey, Formula, Made, Operand, Rule, Source, Term, spread},
};

/// How a number of the report is made; `None` where it has no such row or column.
pub(in crate::build) fn derive(
    scope: &Scope<'_>,
    by: GroupBy,
    table: &str,
    row: &str,
    column: &str,
) -> Option<Made> {
    let by = if table.ends_with("_by_group") {
        by
    } else {
        GroupBy::Round
    };
    let groups = Groups::of(scope.ledger, by);
    let (group, key) = find(&groups, row)?;
    let place = Place {
        scope,
        groups: &groups,
        group,
        row,
    };
    if table.starts_with("counters") {
        return place.of_counter(&CounterKey::new(key), column);
    }
    place.of_indicator(key, column)
}

/// The group and the key of a row; the round has one group, which its rows do not name.
fn find<'r>(groups: &Groups, row: &'r str) -> Option<(usize, &'r str)> {
    if groups.is_round() {
        return Some((0, row));
    }
    (0..groups.len()).find_map(|group| {
        let key = row.strip_prefix(groups.key(group))?.strip_prefix('/')?;
        Some((group, key))
    })
}

/// A row of a table.
struct Place<'a> {
    scope: &'a Scope<'a>,
    groups: &'a Groups,
    group: usize,
    row: &'a str,
}

/// Which count of an indicator.
#[derive(Clone, Copy)]
struct Which {
    part: FigurePart,
    /// Only what came before the quarter of the reporting status.
    is_earlier: bool,
}

impl Place<'_> {
    fn of_indicator(&self, key: &str, column: &str) -> Option<Made> {
        let counts = collect(self.scope);
        let keys = counts.keys();
        let lines = lines(self.scope, keys);
        let position = keys.iter().position(|code| code.as_str() == key)?;
        let parts = lines
            .get(position)?
            .parts
            .clone()
            .unwrap_or_else(|| vec![position]);
        let which = |part, is_earlier| Which { part, is_earlier };
        let which = match column {
            "women" => which(FigurePart::Women, false),
            "men" => which(FigurePart::Men, false),
            "non_binary" => which(FigurePart::NonBinary, false),
            "total" => which(FigurePart::Total, false),
            "previous" => which(FigurePart::Total, true),
            "target" => {
                return Some(Made::Sum(self.targets(
                    keys.get(position)?,
                    position,
                    counts.rows(),
                )));
            }
            "achievement" | "in_quarter" => {
                let sum = |column| sum(&self.of_indicator(key, column)?);
                return self.formula(column, sum);
            }
            _ => return None,
        };
        let mut terms = Vec::new();
        let codes: Vec<&IndicatorCode> = parts.iter().filter_map(|part| keys.get(*part).copied()).collect();
        let entries = self
            .scope
            .indicators()
            .filter(|entry| codes.contains(&&entry.code));
        let entries = by_subproject(entries, |entry: &IndicatorEntry| (entry.subproject, &entry.code));
        for (index, of_one) in counts.rows().iter().enumerate() {
            for position in &parts {
                let (Some(code), Some(counts)) = (keys.get(*position), of_one.get(*position)) else {
                    continue;
                };
                let Some(part) = self.part(index, counts) else {
                    continue;
                };
                let entries = entries.get(&(index, *code)).map_or(&[][..], Vec::as_slice);
                let mut of_code = self.cells(index, entries, which);
                self.spread(index, &mut of_code, part.of(which.part, which.is_earlier));
                terms.append(&mut of_code);
            }
        }
        Some(Made::Sum(terms))
    }

    fn formula(&self, column: &str, value: impl Fn(&'static str) -> Option<Amount>) -> Option<Made> {
        let operand = |de: &str, en: &str, column| {
            Some(Operand::open(Text::new(de, en), value(column)?, self.row, column))
        };
        let total = operand("Gesamt", "Total", "total")?;
        Some(if column == "achievement" {
            Made::Formula(
                Formula::new(Rule::Ratio, "Gesamt ÷ Ziel", "total ÷ target"),
                vec![total, operand("Ziel", "Target", "target")?],
            )
        } else {
            Made::Formula(
                increase(),
                vec![
                    total,
                    operand("Gesamt im Vorquartal", "Total, previous quarter", "previous")?,
                ],
            )
        })
    }

    /// What of a subproject falls to the group.
    fn part(&self, index: SubprojectIndex, counts: &Counts) -> Option<Counts> {
        let parts = counts.divide(self.groups, index).into_iter();
        parts
            .filter(|(group, _)| *group == self.group)
            .map(|(_, part)| part)
            .next()
    }

    fn cells(&self, index: SubprojectIndex, entries: &[&IndicatorEntry], which: Which) -> Vec<Term> {
        let entries = entries
            .iter()
            .filter(|entry| !which.is_earlier || self.scope.is_earlier(entry.quarter));
        entries
            .filter_map(|entry| {
                let counts = &entry.counts;
                let count = match which.part {
                    FigurePart::Women => counts.women,
                    FigurePart::Men => counts.men,
                    FigurePart::NonBinary => counts.non_binary,
                    _ => counts.total,
                };
                let key = FigureKey::Indicator(entry.code.clone());
                let source = self.scope.cells(index, entry.quarter, key, which.part);
                Some(Term::plain(self.no(index)?, source, Amount::Count(count)))
            })
            .collect()
    }

    fn targets(&self, code: &IndicatorCode, position: usize, rows: &[Vec<Counts>]) -> Vec<Term> {
        let mut terms = Vec::new();
        for (index, of_one) in rows.iter().enumerate() {
            let planned = self
                .scope
                .plan(index)
                .and_then(|plan| Some((plan.number, *plan.targets.get(code)?)));
            let (Some((version, target)), Some(counts)) = (planned, of_one.get(position)) else {
                continue;
            };
            let (Some(part), Some(no)) = (self.part(index, counts), self.no(index)) else {
                continue;
            };
            let source = Source::Plan {
                version,
                key: FigureKey::Indicator(code.clone()),
                year: None,
            };
            let mut of_one = vec![Term::plain(
                no,
                source,
                Amount::Count(i64::try_from(target).unwrap_or(i64::MAX)),
            )];
            self.spread(index, &mut of_one, part.target());
            terms.append(&mut of_one);
        }
        terms
    }

    fn of_counter(&self, key: &CounterKey, column: &str) -> Option<Made> {
        let is_earlier = match column {
            "count" => false,
            "previous" => true,
            "in_quarter" => {
                let operand = |de: &str, en: &str, column| {
                    let value = sum(&self.of_counter(key, column)?)?;
                    Some(Operand::open(Text::new(de, en), value, self.row, column))
                };
                let operands = vec![
                    operand("Gesamt", "Total", "count")?,
                    operand("Gesamt im Vorquartal", "Total, previous quarter", "previous")?,
                ];
                return Some(Made::Formula(increase(), operands));
            }
            _ => return None,
        };
        let counters = counters::collect(self.scope);
        let position = counters.keys().iter().position(|known| *known == key)?;
        let entries = self.scope.counters().filter(|entry| entry.counter == *key);
        let entries = by_subproject(entries, |entry: &CounterEntry| (entry.subproject, &entry.counter));
        let mut terms = Vec::new();
        for (index, of_one) in counters.rows().iter().enumerate() {
            let Some(counter) = of_one.get(position) else {
                continue;
            };
            let count = if is_earlier {
                counter.previous
            } else {
                counter.count
            };
            let parts = self.groups.divide_count(index, count);
            let Some((_, part)) = parts.into_iter().find(|(group, _)| *group == self.group) else {
                continue;
            };
            let mut of_one = Vec::new();
            for entry in entries.get(&(index, key)).into_iter().flatten() {
                if let Some(no) = self
                    .no(index)
                    .filter(|_| !is_earlier || self.scope.is_earlier(entry.quarter))
                {
                    let key = FigureKey::Counter(entry.counter.clone());
                    let source = self.scope.cells(index, entry.quarter, key, FigurePart::Count);
                    of_one.push(Term::plain(no, source, Amount::Count(entry.count)));
                }
            }
            self.spread(index, &mut of_one, part);
            terms.append(&mut of_one);
        }
        Some(Made::Sum(terms))
    }

    fn spread(&self, index: SubprojectIndex, terms: &mut [Term], part: i64) {
        if self.groups.only(index).is_none() {
            spread(terms, &Amount::Count(part));
        }
    }

    fn no(&self, index: SubprojectIndex) -> Option<&SubprojectNo> {
        let state = self.scope.ledger.subprojects.get(index)?;
        Some(&state.subproject.no)
    }
}

fn increase() -> Formula {
    Formula::new(
        Rule::Difference,
        "Gesamt − Gesamt im Vorquartal",
        "total − total, previous quarter",
    )
}

/// The sum of the terms, where there is one to show.
fn sum(made: &Made) -> Option<Amount> {
    made.recompute(&Amount::from(Value::Count(0)))
}

/// Entries by subproject and key, in their order.
fn by_subproject<'a, E, K: Ord>(
    entries: impl Iterator<Item = &'a E>,
    key: impl Fn(&'a E) -> (SubprojectIndex, K),
) -> BTreeMap<(SubprojectIndex, K), Vec<&'a E>> {
    let mut by_key: BTreeMap<(SubprojectIndex, K), Vec<&E>> = BTreeMap::new();
    for entry in entries {
        by_key.entry(key(entry)).or_default().push(entry);
    }
    by_key
}
