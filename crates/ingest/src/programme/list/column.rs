//! Which column is the amount of an operation, when several could be.
//!
//! The order of DECISIONS.md 14 decides; a part of the money is never taken for the whole. Between columns that say the
//! same, the figures decide: equal columns are one, and a column that is in each row the sum of the others is the whole.
//! Anything else is a question, never a guess.

use std::collections::BTreeMap;

use nachweis_domain::{cell::column_letters, language::Text, money::Money};

use super::{
    amount::AmountColumn,
    header::{AmountHeading, Header},
    heading::Part,
    spelling::compact,
    unit::Unit,
};
use crate::{
    RawSheet, RawValue,
    programme::{AmountCandidate, ProgrammeError},
};

/// The column taken, and how its cells are read.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub(super) column: AmountColumn,
    /// Why this one, where the headings alone do not say it; the unit, where it is not the euro.
    pub(super) notes: Vec<Text>,
    /// Why none can be taken.
    pub(super) problem: Option<ProgrammeError>,
}

/// A column with what it holds.
struct Filled {
    heading: AmountHeading,
    by_row: BTreeMap<u32, Money>,
    /// How many cells are not empty.
    cells: usize,
}

/// Takes the column asked for, or the likeliest one.
pub(super) fn take(sheet: &RawSheet, header: &mut Header, asked: Option<&str>) -> Taken {
    let title = title_unit(sheet, header);
    let unit = |col: u16| {
        let own = Unit::of_heading(header.heading(col));
        Unit {
            foreign: own.foreign.or(title.foreign.filter(|_| own.factor.is_none())),
            factor: own.factor.or(title.factor),
        }
    };
    let fill =
        |heading: &AmountHeading| Filled::of(sheet, header, heading, unit(heading.col).factor.unwrap_or(1));
    let all: Vec<Filled> = header.amounts.iter().map(fill).collect();
    let mut notes = Vec::new();
    let (col, mut problem) = match asked {
        Some(asked) => match named(header, asked) {
            Some(col) => (col, None),
            None => (header.amount, Some(no_such(asked, header, &all))),
        },
        None => match likeliest(&all, header, &unit) {
            Ok((col, note)) => {
                notes.extend(note);
                (col, None)
            }
            Err(problem) => (header.amount, Some(problem)),
        },
    };
    let unit = unit(col);
    if let Some(currency) = unit.foreign {
        problem = problem.or(Some(ProgrammeError::ForeignCurrency {
            heading: header.heading(col).to_owned(),
            currency: currency.to_owned(),
        }));
    }
    let factor = unit.factor.unwrap_or(1);
    if factor > 1 {
        notes.push(counted_in(factor));
    }
    header.take_amount(col);
    let below = sheet.rows.iter().filter(|row| row.row > header.last_row);
    let column = AmountColumn::of(below.filter_map(|row| row.value(col)), factor);
    notes.extend(column.reading());
    Taken {
        column,
        notes,
        problem,
    }
}

/// The likeliest column, and why where the headings alone do not say it.
fn likeliest(
    all: &[Filled],
    header: &Header,
    unit: &dyn Fn(u16) -> Unit,
) -> Result<(u16, Option<Text>), ProgrammeError> {
    let readable: Vec<&Filled> = all.iter().filter(|column| column.is_readable()).collect();
    let in_euro: Vec<&Filled> = readable
        .iter()
        .copied()
        .filter(|column| unit(column.heading.col).foreign.is_none())
        .collect();
    let usable = if in_euro.is_empty() { readable } else { in_euro };
    let Some(first) = usable.first() else {
        return Ok((header.amount, None));
    };
    let best: Vec<&Filled> = usable
        .iter()
        .copied()
        .filter(|column| column.heading.money == first.heading.money)
        .collect();
    let unclear = || ProgrammeError::WhichAmount {
        candidates: candidates(header, &usable),
    };
    match best.as_slice() {
        [_, _, ..] => decided_by_figures(&best, header).ok_or_else(unclear),
        _ if first.heading.money.part == Part::Year => Err(unclear()),
        _ => Ok((first.heading.col, None)),
    }
}

/// Of columns that say the same: any, if they are equal; the one that is the sum of the others.
fn decided_by_figures(best: &[&Filled], header: &Header) -> Option<(u16, Option<Text>)> {
    let (first, others) = best.split_first()?;
    let names = |of: &[&Filled]| {
        of.iter()
            .map(|column| header.heading(column.heading.col))
            .collect::<Vec<_>>()
            .join("“, „")
    };
    if others.iter().all(|other| other.by_row == first.by_row) {
        let all = names(best);
        return Some((
            first.heading.col,
            Some(Text::new(
                format!("Diese Spalten nennen in jeder Zeile denselben Betrag: „{all}“."),
                format!("These columns give the same amount in each row: „{all}“.").replace(['„', '“'], "\""),
            )),
        ));
    }
    let sum_of_others = |whole: &Filled| {
        let parts: Vec<&&Filled> = best
            .iter()
            .filter(|part| part.heading.col != whole.heading.col)
            .collect();
        let sum = |row: &u32| -> Money {
            parts
                .iter()
                .filter_map(|part| part.by_row.get(row))
                .copied()
                .sum()
        };
        let divided = |row: &u32| {
            parts
                .iter()
                .filter(|part| part.by_row.get(row).is_some_and(|part| !part.is_zero()))
                .count()
                >= 2
        };
        let rows = || {
            parts
                .iter()
                .flat_map(|part| part.by_row.keys())
                .chain(whole.by_row.keys())
        };
        rows().any(divided)
            && rows().all(|row| whole.by_row.get(row).copied().unwrap_or(Money::ZERO) == sum(row))
    };
    let whole = best.iter().find(|column| sum_of_others(column))?;
    let name = header.heading(whole.heading.col);
    Some((
        whole.heading.col,
        Some(Text::new(
            format!("Die Spalte „{name}“ ist in jeder Zeile die Summe der übrigen gleichartigen Spalten."),
            format!("The column \"{name}\" is in each row the sum of the other columns of its kind."),
        )),
    ))
}

impl Filled {
    fn of(sheet: &RawSheet, header: &Header, heading: &AmountHeading, factor: u32) -> Self {
        let cells = || {
            let rows = sheet.rows.iter().filter(|row| row.row > header.last_row);
            rows.filter_map(|row| Some((row.row, row.value(heading.col)?)))
        };
        let reader = AmountColumn::of(cells().map(|(_, value)| value), factor);
        let read = |(row, value)| Some((row, reader.read(value).ok()?.money));
        Self {
            heading: heading.clone(),
            by_row: cells().filter_map(read).collect(),
            cells: cells().count(),
        }
    }

    /// Whether at least half of what stands in the column are amounts.
    fn is_readable(&self) -> bool {
        !self.by_row.is_empty() && self.by_row.len() * 2 >= self.cells
    }
}

fn candidates(header: &Header, columns: &[&Filled]) -> Vec<AmountCandidate> {
    let candidate = |column: &&Filled| AmountCandidate {
        column: column_letters(column.heading.col),
        heading: header.heading(column.heading.col).to_owned(),
        filled: column.by_row.len(),
        total: column.by_row.values().copied().sum(),
    };
    columns.iter().map(candidate).collect()
}

fn no_such(asked: &str, header: &Header, all: &[Filled]) -> ProgrammeError {
    ProgrammeError::NoSuchAmount {
        asked: asked.to_owned(),
        candidates: candidates(header, &all.iter().collect::<Vec<_>>()),
    }
}

/// The column that is asked for by its heading, by a part of it that no other has, or by its letters.
fn named(header: &Header, asked: &str) -> Option<u16> {
    let spelled = compact(asked);
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut fitting = header
            .headings
            .iter()
            .filter(|(_, heading)| fits(&compact(heading)));
        match (fitting.next(), fitting.next()) {
            (Some((col, _)), None) => Some(*col),
            _ => None,
        }
    };
    only(&|heading| heading == spelled)
        .or_else(|| {
            header
                .headings
                .keys()
                .copied()
                .find(|col| column_letters(*col) == asked.trim())
        })
        .or_else(|| only(&|heading| !spelled.is_empty() && heading.contains(&spelled)))
}

/// What the rows above the headings say of the unit.
fn title_unit(sheet: &RawSheet, header: &Header) -> Unit {
    let above = sheet.rows.iter().take_while(|row| row.row < header.first_row);
    let texts = above
        .flat_map(|row| &row.cells)
        .filter_map(|(_, value)| match value {
            RawValue::Text(text) => Some(Unit::of_title(text)),
            _ => None,
        });
    texts.fold(Unit::default(), |known, said| Unit {
        factor: known.factor.or(said.factor.filter(|factor| *factor > 1)),
        foreign: known.foreign.or(said.foreign),
    })
}

fn counted_in(factor: u32) -> Text {
    let (de, en) = if factor == 1_000 {
        ("Tausend Euro", "thousands of euro")
    } else {
        ("Millionen Euro", "millions of euro")
    };
    Text::new(
        format!("Die Liste nennt die Beträge in {de}; sie wurden in Euro umgerechnet."),
        format!("The list gives the amounts in {en}; they were converted to euro."),
    )
}
