//! IND-07: women, men and non-binary persons sum to the total.
//!
//! ## Was geprüft wird
//! Bei jedem Personenindikator ist die Gesamtzahl der Zeile die Summe aus Frauen, Männern und nicht-binären
//! Personen.
//!
//! ## Warum
//! Alle Personenindikatoren werden nach Geschlecht gemeldet (VO (EU) 2021/1057 Anhang I); die Summe wird aus den
//! Teilen gebildet.
//!
//! ## Beispiel
//! Sechs Frauen, drei Männer und eine nicht-binäre Person sind eingetragen, als Gesamtzahl steht elf.
//!
//! ## Abhilfe
//! Die Formel der Gesamtzahl wiederherstellen oder die Teile berichtigen.
//!
//! ## What it checks
//! In every indicator of persons the total of the row is the sum of women, men and non-binary persons.
//!
//! ## Why
//! All indicators of persons are reported by gender (Regulation (EU) 2021/1057 Annex I); the sum is made from the
//! parts.
//!
//! ## Example
//! Six women, three men and one non-binary person are entered, the total says eleven.
//!
//! ## How to fix
//! Restore the formula of the total, or correct the parts.

use super::super::subject::Subject;
use crate::{
    finding::{Detail, Finding, Span, Who},
    round::Counted,
};

/// Compares total and parts of every row of persons; rows with a missing count are left out.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let persons = subject
        .round
        .indicators
        .iter()
        .filter(|spec| spec.counts == Counted::Persons);
    persons
        .filter_map(|spec| {
            let total = subject.indicator(spec.code.as_str())?.total.as_ref()?;
            let sum = subject.count(spec.code.as_str(), Who::All, Span::Quarter)?;
            let stated = subject.typed_count(&total.at).unwrap_or(total.value);
            let detail = Detail::GenderSum {
                code: spec.code.clone(),
                sum,
                total: stated,
            };
            (sum != stated).then(|| Finding::at(total.at.clone(), detail))
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
        Grid::sound().indicator("EECO01", |row| row.total.as_mut().unwrap().value = 11)
    }

    #[test]
    fn a_total_that_is_not_the_sum_is_found_at_its_cell_and_nowhere_else() {
        assert_eq!(example().lines(), ["IND-07 Indikatoren!F5"]);
    }

    #[test]
    fn a_total_typed_over_the_formula_is_found_although_the_computed_one_counts() {
        let grid = Grid::sound().typed_over("Indikatoren!F5", Shown::Count(11));
        assert_eq!(grid.lines(), ["IND-07 Indikatoren!F5"]);
    }

    #[test]
    fn rows_with_a_missing_count_are_left_to_the_reader() {
        let grid = example().indicator("EECO01", |row| row.men = None);
        assert!(grid.cells(Code::Ind07).is_empty());
    }
}
