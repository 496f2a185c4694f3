//! IND-01: participants are the sum of their employment statuses.
//!
//! ## Was geprüft wird
//! EECO01 (Teilnehmende) ist die Summe aus EECO02 (arbeitslos), EECO04 (nicht erwerbstätig) und EECO05
//! (erwerbstätig): im Quartal und kumuliert, je Geschlecht und insgesamt.
//!
//! ## Warum
//! Jede Person hat beim Eintritt genau einen Erwerbsstatus (VO (EU) 2021/1057 Anhang I).
//!
//! ## Beispiel
//! Sieben Frauen sind eingetreten, ihre Erwerbsstatus ergeben sechs.
//!
//! ## Abhilfe
//! Die Zahlen angleichen: fehlt ein Erwerbsstatus oder ist eine Person zu viel gezählt?
//!
//! ## What it checks
//! EECO01 (participants) is the sum of EECO02 (unemployed), EECO04 (inactive) and EECO05 (employed): in the quarter
//! and cumulatively, for each gender and in total.
//!
//! ## Why
//! Everyone has exactly one employment status at entry (Regulation (EU) 2021/1057 Annex I).
//!
//! ## Example
//! Seven women have entered, their employment statuses sum to six.
//!
//! ## How to fix
//! Make the numbers agree: is a status missing, or is one person counted too many?

use super::{
    super::subject::Subject,
    comparison::{BOTH, compare},
};
use crate::finding::{Detail, Finding};

/// Compares participants with their employment statuses.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    compare(
        subject,
        &["EECO01", "EECO02", "EECO04", "EECO05"],
        BOTH,
        |who, span, counts| {
            let (total, statuses) = counts.split_first()?;
            let (total, sum) = (*total, statuses.iter().sum());
            (total != sum).then_some(Detail::StatusSum {
                who,
                span,
                total,
                sum,
            })
        },
    )
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECO01", [7, 3, 1])
    }

    #[test]
    fn a_gender_whose_statuses_differ_is_found_at_its_cell_and_the_total_is_not() {
        assert_eq!(example().cells(Code::Ind01), ["Indikatoren!C5"]);
    }

    #[test]
    fn every_gender_is_checked() {
        assert_eq!(
            Grid::sound().count("EECO05", [2, 2, 1]).cells(Code::Ind01).len(),
            3
        );
    }

    #[test]
    fn a_cumulative_difference_is_found_where_the_quarter_is_right() {
        let grid = Grid::sound().counted_before("EECO04", [6, 0, 7]);
        assert_eq!(grid.cells(Code::Ind01), ["Indikatoren!E5"]);
    }

    #[test]
    fn a_missing_count_is_left_to_the_reader() {
        let grid = example().indicator("EECO02", |row| row.women = None);
        assert!(grid.cells(Code::Ind01).is_empty());
    }

    #[test]
    fn a_correction_is_compared_cumulatively_only() {
        let corrected = |counts| {
            Grid::sound().count("EECO01", counts).indicator("EECO01", |row| {
                row.corrects = Some(crate::cell::Located::new(
                    crate::rules::testing::quarter("2024-Q1"),
                    crate::cell::CellRef::at("Indikatoren", 4, 6),
                ));
            })
        };
        let repaired = corrected([4, 3, 1]).counted_before("EECO01", [38, 18, 6]);
        assert!(repaired.cells(Code::Ind01).is_empty());
        assert_eq!(corrected([4, 3, 1]).cells(Code::Ind01), ["Indikatoren!C5"]);
    }
}
