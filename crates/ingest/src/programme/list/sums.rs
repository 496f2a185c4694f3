//! The sums that a list states itself: found by name or because they add up, and compared with the operations.

use std::collections::HashMap;

use nachweis_domain::{language::Language, language::Text, money::Money};

/// What a row may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An operation.
    Operation,
    /// A sum by its name.
    Sum,
    /// A sum if it is one of its neighbours, otherwise something that is told.
    SumIfItAddsUp,
    /// A row without an amount: sums begin and end at it.
    Between,
}

/// A row as it is compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub(super) kind: Kind,
    pub(super) amount: Money,
    /// Whether the row names one thing only and has no date, as a row with a sum does.
    pub(super) is_thin: bool,
}

/// A sum that the list states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatedSum {
    /// The row counted from zero.
    pub(super) row: u32,
    pub(super) amount: Money,
    /// The first and last operation it sums, counted from zero; `None` when it sums none of its neighbours.
    pub(super) of: Option<(u32, u32)>,
    /// What the operations since the sum before come to, and all of the sheet.
    beside: Money,
    all: Money,
    /// Whether it sums every operation.
    is_total: bool,
    /// Whether no further sum stands below.
    is_last: bool,
}

/// For each row the sum it states, if it states one.
pub(super) fn find(rows: impl Iterator<Item = (u32, Judged)>) -> Vec<Option<StatedSum>> {
    let mut rows: Vec<(u32, Judged)> = rows.collect();
    mark_bare_total(&mut rows);
    let ledger = Ledger::of(&rows);
    let mut found: Vec<Option<StatedSum>> = rows
        .iter()
        .enumerate()
        .map(|(index, (row, judged))| ledger.sum(index, *row, *judged))
        .collect();
    if let Some(last) = found.iter_mut().rev().flatten().next() {
        last.is_last = true;
    }
    found
}

/// In a list of names and amounts only, a first or last row that equals all others together is their sum.
fn mark_bare_total(rows: &mut [(u32, Judged)]) {
    let is_operation = |(_, judged): &(u32, Judged)| judged.kind == Kind::Operation;
    let count = rows.iter().filter(|row| is_operation(row)).count();
    let all: Money = rows
        .iter()
        .filter(|row| is_operation(row))
        .map(|(_, judged)| judged.amount)
        .sum();
    let ends = [
        rows.iter().position(is_operation),
        rows.iter().rposition(is_operation),
    ];
    for index in ends.into_iter().flatten() {
        if let Some((_, judged)) = rows.get_mut(index)
            && judged.is_thin
            && count > 3
            && !judged.amount.is_zero()
            && all - judged.amount == judged.amount
        {
            judged.kind = Kind::Sum;
            return;
        }
    }
}

/// What the operations above each row come to.
struct Ledger<'r> {
    rows: &'r [(u32, Judged)],
    /// The sum of the operations above each row, and how many they are; one entry more than rows.
    above: Vec<(Money, usize)>,
    /// The rows at which a sum may begin or end, by the sum above them.
    bounds: HashMap<Money, Vec<usize>>,
    /// The last row above each row that is a sum.
    sum_before: Vec<usize>,
}

impl<'r> Ledger<'r> {
    fn of(rows: &'r [(u32, Judged)]) -> Self {
        let mut above = vec![(Money::ZERO, 0)];
        let mut bounds: HashMap<Money, Vec<usize>> = HashMap::from([(Money::ZERO, vec![0])]);
        let mut sum_before = Vec::with_capacity(rows.len());
        let (mut sum, mut count, mut last_sum) = (Money::ZERO, 0, 0);
        for (index, (_, judged)) in rows.iter().enumerate() {
            sum_before.push(last_sum);
            if judged.kind == Kind::Operation {
                sum += judged.amount;
                count += 1;
            } else {
                bounds.entry(sum).or_default().push(index);
                if judged.kind == Kind::Sum {
                    last_sum = index;
                }
            }
            above.push((sum, count));
        }
        bounds.entry(sum).or_default().push(rows.len());
        Self {
            rows,
            above,
            bounds,
            sum_before,
        }
    }

    fn sum(&self, index: usize, row: u32, judged: Judged) -> Option<StatedSum> {
        let of = match judged.kind {
            Kind::Operation | Kind::Between => return None,
            Kind::SumIfItAddsUp => Some(self.adds_up(index, judged.amount)?),
            Kind::Sum => self.adds_up(index, judged.amount),
        };
        let (all, count) = self.above.last().copied().unwrap_or_default();
        let since = self.sum_before.get(index).copied().unwrap_or(0);
        let beside = self.between(since, index).map_or(Money::ZERO, |(sum, _)| sum);
        let covered = of.and_then(|(first, last)| self.between(first, last));
        Some(StatedSum {
            row,
            amount: judged.amount,
            of: of.and_then(|(first, last)| self.operations(first, last)),
            beside,
            all,
            is_total: judged.amount == all || covered.is_some_and(|(_, covered)| covered == count),
            is_last: false,
        })
    }

    /// The rows between which the operations come to an amount: those above, as far as they reach, else those below.
    fn adds_up(&self, index: usize, amount: Money) -> Option<(usize, usize)> {
        let (sum, count) = self.above.get(index).copied()?;
        let counted = |bound: usize| self.above.get(bound).map_or(0, |(_, count)| *count);
        let begins = self.bounds.get(&(sum - amount)).and_then(|bounds| {
            let reached = bounds.partition_point(|bound| *bound < index);
            bounds
                .iter()
                .take(reached)
                .rev()
                .copied()
                .find(|bound| counted(*bound) < count)
        });
        if let Some(first) = begins {
            return Some((first, index));
        }
        let ends = self.bounds.get(&(sum + amount)).and_then(|bounds| {
            let passed = bounds.partition_point(|bound| *bound <= index);
            bounds
                .iter()
                .skip(passed)
                .copied()
                .find(|bound| counted(*bound) > count)
        });
        ends.map(|last| (index, last))
    }

    /// The sum and count of the operations between two rows.
    fn between(&self, first: usize, last: usize) -> Option<(Money, usize)> {
        let ((before, fewer), (until, more)) = (self.above.get(first)?, self.above.get(last)?);
        Some((*until - *before, more - fewer))
    }

    /// The first and last operation between two rows.
    fn operations(&self, first: usize, last: usize) -> Option<(u32, u32)> {
        let rows = self.rows.get(first..last)?;
        let mut of = rows
            .iter()
            .filter(|(_, judged)| judged.kind == Kind::Operation)
            .map(|(row, _)| *row);
        let first = of.next()?;
        Some((first, of.next_back().unwrap_or(first)))
    }
}

impl StatedSum {
    /// Whether it agrees with the operations.
    pub(super) const fn agrees(&self) -> bool {
        self.of.is_some() || self.is_total
    }

    /// Whether the list means it as the sum of everything.
    pub(super) const fn is_of_all(&self) -> bool {
        self.is_total || (self.is_last && self.of.is_none())
    }

    /// What the list says and what the operations come to.
    pub(super) fn text(&self) -> Text {
        let row = self.row + 1;
        let say = |language: Language| {
            let stated = self.amount.display(language);
            let counted = if self.is_of_all() { self.all } else { self.beside };
            let difference = (counted - self.amount).display(language);
            let counted = counted.display(language);
            match (language, self.is_of_all(), self.agrees(), self.of) {
                (Language::De, true, true, _) => {
                    format!(
                        "Zeile {row}: Die Liste nennt als Summe {stated}; das stimmt mit allen Vorhaben der Liste überein."
                    )
                }
                (Language::En, true, true, _) => {
                    format!(
                        "Row {row}: the list states {stated} as its sum; this agrees with all operations of the list."
                    )
                }
                (Language::De, false, _, Some((first, last))) => format!(
                    "Zeile {row}: Die Zwischensumme {stated} stimmt mit den Vorhaben der Zeilen {} bis {} überein.",
                    first + 1,
                    last + 1
                ),
                (Language::En, false, _, Some((first, last))) => format!(
                    "Row {row}: the subtotal {stated} agrees with the operations of rows {} to {}.",
                    first + 1,
                    last + 1
                ),
                (Language::De, true, ..) => format!(
                    "Zeile {row}: Die Liste nennt als Summe {stated}, ihre lesbaren Vorhaben ergeben {counted} \
                     (Unterschied {difference}). Bitte prüfen Sie die nicht übernommenen Zeilen und die Liste."
                ),
                (Language::En, true, ..) => format!(
                    "Row {row}: the list states {stated} as its sum, its readable operations come to {counted} \
                     (difference {difference}). Please check the rows not taken, and the list."
                ),
                (Language::De, false, ..) => format!(
                    "Zeile {row}: Die Liste nennt als Zwischensumme {stated}, die Vorhaben darüber ergeben {counted} \
                     (Unterschied {difference}). Bitte prüfen Sie die nicht übernommenen Zeilen und die Liste."
                ),
                (Language::En, false, ..) => format!(
                    "Row {row}: the list states {stated} as a subtotal, the operations above come to {counted} \
                     (difference {difference}). Please check the rows not taken, and the list."
                ),
            }
        };
        Text::new(say(Language::De), say(Language::En))
    }
}

#[cfg(test)]
mod tests;
