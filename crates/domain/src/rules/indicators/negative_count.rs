//! IND-13: counts are not below zero.
//!
//! ## Was geprüft wird
//! Keine Anzahl wird durch eine negative Zahl kumuliert kleiner als null, auch nicht durch eine benannte Korrektur.
//! Zahlen, die fehlen oder keine ganzen Zahlen sind, melden VAL-10 und VAL-05.
//!
//! ## Warum
//! Eine Korrektur kann höchstens zurücknehmen, was vorher gezählt wurde.
//!
//! ## Beispiel
//! Für EECO16 steht -3, bisher wurde niemand gezählt.
//!
//! ## Abhilfe
//! Die Zahl berichtigen.
//!
//! ## What it checks
//! No count falls below zero cumulatively by a negative number, not even by a named correction. Numbers that are
//! missing or not whole are found by VAL-10 and VAL-05.
//!
//! ## Why
//! A correction can take back at most what was counted before.
//!
//! ## Example
//! EECO16 says -3, nobody was counted so far.
//!
//! ## How to fix
//! Correct the number.

use super::super::subject::Subject;
use crate::{
    cell::{CellRef, Located},
    figures::IndicatorFigure,
    finding::{Detail, Finding, Who},
    language::Text,
};

/// A negative count of the quarter.
pub(super) struct NegativeCount {
    pub(super) at: CellRef,
    /// The indicator's code or the counter's name.
    pub(super) name: Text,
    /// As entered.
    pub(super) count: i64,
    /// The cumulative value without and with it.
    pub(super) before: i64,
    pub(super) after: i64,
    /// Whether quarter and reason of the correction are named.
    pub(super) is_named: bool,
}

/// Looks for counts that fall below zero.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    negative_counts(subject)
        .into_iter()
        .filter(|negative| negative.after < 0)
        .map(|negative| {
            Finding::at(
                negative.at,
                Detail::CountInvalid {
                    count: negative.count,
                },
            )
        })
        .collect()
}

/// All negative counts of indicators and counters that are entered: a sum is negative only because of its parts. A total
/// counts only where there are no genders.
pub(super) fn negative_counts(subject: &Subject<'_>) -> Vec<NegativeCount> {
    let mut found = Vec::new();
    let is_sum = |row: &&IndicatorFigure| subject.round.reserved_sums.iter().any(|sum| sum.code == row.code);
    for row in subject.figures.indicators.iter().filter(|row| !is_sum(row)) {
        let code = row.code.as_str();
        let is_named = row.corrects.is_some()
            && row
                .note
                .as_ref()
                .is_some_and(|note| !note.value.trim().is_empty());
        let genders = [
            (&row.women, Who::Women),
            (&row.men, Who::Men),
            (&row.non_binary, Who::NonBinary),
        ];
        let total = genders
            .iter()
            .all(|(count, _)| count.is_none())
            .then_some((&row.total, Who::All));
        for (count, who) in genders.into_iter().chain(total) {
            let before = subject.count_before(code, who);
            let negative = negative(count.as_ref(), before);
            found.extend(negative.map(|negative| NegativeCount {
                name: Text::new(code, code),
                is_named,
                ..negative
            }));
        }
    }
    for spec in subject
        .round
        .counters
        .iter()
        .filter(|spec| spec.sum_of.is_empty())
    {
        let count = subject
            .counter(&spec.key)
            .and_then(|figure| figure.count.as_ref());
        let negative = negative(count, subject.counter_before(&spec.key));
        found.extend(negative.map(|negative| NegativeCount {
            name: spec.name.clone(),
            ..negative
        }));
    }
    found
}

fn negative(count: Option<&Located<i64>>, before: i64) -> Option<NegativeCount> {
    let count = count.filter(|count| count.value < 0)?;
    Some(NegativeCount {
        at: count.at.clone(),
        name: Text::default(),
        count: count.value,
        before,
        after: before.saturating_add(count.value),
        is_named: false,
    })
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECO16", [-3, 0, 0])
    }

    #[test]
    fn a_count_that_falls_below_zero_is_found_at_its_cell() {
        assert_eq!(example().lines(), ["IND-13 Indikatoren!C20"]);
    }

    #[test]
    fn entities_and_counters_do_not_fall_below_zero_either() {
        let grid = Grid::sound().indicator("EECO18", |row| row.total.as_mut().unwrap().value = -1);
        let grid = grid.counter("full_equivalence", Some(-1));
        assert_eq!(grid.cells(Code::Ind13), ["Indikatoren!F22", "Kennzahlen!C13"]);
    }
}
