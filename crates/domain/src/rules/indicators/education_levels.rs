//! IND-04: the education levels do not exceed the participants.
//!
//! ## Was geprüft wird
//! EECO09, EECO10 und EECO11 (Bildungsstand) sind zusammen höchstens so groß wie EECO01: im Quartal und kumuliert,
//! je Geschlecht und insgesamt. Sind es weniger, meldet IND-18.
//!
//! ## Warum
//! Jede Person hat beim Eintritt genau einen höchsten Bildungsstand (VO (EU) 2021/1057 Anhang I, ISCED 0 bis 8).
//!
//! ## Beispiel
//! Die Bildungsstufen der Frauen ergeben sieben, eingetreten sind sechs Frauen.
//!
//! ## Abhilfe
//! Die Bildungsstufen berichtigen; es zählt nur der höchste Abschluss.
//!
//! ## What it checks
//! EECO09, EECO10 and EECO11 (education) are together at most EECO01: in the quarter and cumulatively, for each
//! gender and in total. Where they are less, IND-18 says so.
//!
//! ## Why
//! Everyone has exactly one highest level of education at entry (Regulation (EU) 2021/1057 Annex I, ISCED 0 to 8).
//!
//! ## Example
//! The education levels of women sum to seven, six women have entered.
//!
//! ## How to fix
//! Correct the education levels; only the highest one counts.

use super::{
    super::subject::Subject,
    comparison::{BOTH, compare},
};
use crate::finding::{Detail, Finding};

/// Compares the sum of the education levels with the participants.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    compare(
        subject,
        &["EECO01", "EECO09", "EECO10", "EECO11"],
        BOTH,
        |who, span, counts| {
            let (total, levels) = counts.split_first()?;
            let (total, sum) = (*total, levels.iter().sum());
            (sum > total).then_some(Detail::EducationExceeds {
                who,
                span,
                sum,
                total,
            })
        },
    )
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECO11", [3, 1, 0])
    }

    #[test]
    fn education_levels_above_the_participants_are_found() {
        assert_eq!(example().lines(), ["IND-04 Indikatoren!C5"]);
    }

    #[test]
    fn fewer_are_left_to_another_rule() {
        let grid = Grid::sound().count("EECO11", [1, 1, 0]);
        assert!(grid.cells(Code::Ind04).is_empty());
        assert_eq!(grid.cells(Code::Ind18).len(), 1);
    }
}
