//! IND-19: counter totals are the sums of their parts.
//!
//! ## Was geprüft wird
//! Jede Kennzahl, die eine Summe anderer ist (zum Beispiel Beratungskontakte insgesamt), enthält im Quartal genau
//! diese Summe. Die Förderrunde nennt die Summen.
//!
//! ## Warum
//! Erst-, Qualifizierungs- und Folgeberatungen werden getrennt gezählt; ein Kontakt, der in zwei Arten steht, würde
//! doppelt zählen.
//!
//! ## Beispiel
//! Die Kontakte ergeben sieben, als Summe stehen acht.
//!
//! ## Abhilfe
//! Die Formel der Summe wiederherstellen oder die Teile berichtigen.
//!
//! ## What it checks
//! Every counter that is a sum of others (such as counselling contacts in total) holds exactly this sum in the
//! quarter. The funding round names the sums.
//!
//! ## Why
//! First, qualification and follow-up consultations are counted apart; a contact that stands in two kinds would
//! count twice.
//!
//! ## Example
//! The contacts sum to seven, the total says eight.
//!
//! ## How to fix
//! Restore the formula of the total, or correct the parts.

use super::super::subject::Subject;
use crate::finding::{Detail, Finding};

/// Compares every total with its parts; totals with a missing count are left out.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let totals = subject
        .round
        .counters
        .iter()
        .filter(|spec| !spec.sum_of.is_empty());
    totals
        .filter_map(|spec| {
            let total = subject.counter(&spec.key)?.count.as_ref()?;
            let parts = spec.sum_of.iter().map(|part| subject.counter_in_quarter(part));
            let expected: i64 = parts.sum::<Option<i64>>()?;
            let stated = subject.typed_count(&total.at).unwrap_or(total.value);
            let detail = Detail::CounterSum {
                counter: spec.name.clone(),
                found: stated,
                expected,
            };
            (stated != expected).then(|| Finding::at(total.at.clone(), detail))
        })
        .collect()
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        finding::{Code, Shown},
        rules::testing::Grid,
    };

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().counter("contacts_total", Some(8))
    }

    #[test]
    fn a_total_that_differs_from_its_parts_is_found_at_its_cell() {
        assert_eq!(example().lines(), ["IND-19 Kennzahlen!C8"]);
    }

    #[test]
    fn a_total_typed_over_the_formula_is_found_although_the_computed_one_counts() {
        let grid = Grid::sound().typed_over("Kennzahlen!C8", Shown::Count(8));
        assert_eq!(grid.lines(), ["IND-19 Kennzahlen!C8"]);
    }

    #[test]
    fn a_missing_part_is_left_to_the_reader() {
        assert!(
            example()
                .counter("contacts_first", None)
                .cells(Code::Ind19)
                .is_empty()
        );
    }
}
