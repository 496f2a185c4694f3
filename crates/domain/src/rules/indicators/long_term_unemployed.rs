//! IND-02: long-term unemployed are unemployed.
//!
//! ## Was geprüft wird
//! EECO03 (langzeitarbeitslos) ist höchstens so groß wie EECO02 (arbeitslos): im Quartal und kumuliert, je
//! Geschlecht und insgesamt.
//!
//! ## Warum
//! Langzeitarbeitslose sind in EECO02 mitgezählt (VO (EU) 2021/1057 Anhang I: „Arbeitslose, auch
//! Langzeitarbeitslose“).
//!
//! ## Beispiel
//! Fünf langzeitarbeitslose und vier arbeitslose Frauen sind eingetragen.
//!
//! ## Abhilfe
//! EECO02 um die Langzeitarbeitslosen ergänzen oder EECO03 berichtigen.
//!
//! ## What it checks
//! EECO03 (long-term unemployed) is at most EECO02 (unemployed): in the quarter and cumulatively, for each gender
//! and in total.
//!
//! ## Why
//! Long-term unemployed are counted in EECO02 as well (Regulation (EU) 2021/1057 Annex I: “unemployed, including
//! long-term unemployed”).
//!
//! ## Example
//! Five long-term unemployed and four unemployed women are entered.
//!
//! ## How to fix
//! Add the long-term unemployed to EECO02, or correct EECO03.

use super::{
    super::subject::Subject,
    comparison::{BOTH, compare},
};
use crate::finding::{Detail, Finding};

/// Compares long-term unemployed with unemployed.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    compare(subject, &["EECO03", "EECO02"], BOTH, |who, span, counts| {
        let [part, whole] = *counts else { return None };
        (part > whole).then_some(Detail::PartExceeds {
            who,
            span,
            part,
            whole,
        })
    })
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECO03", [5, 1, 0])
    }

    #[test]
    fn more_long_term_unemployed_than_unemployed_are_found() {
        assert_eq!(example().lines(), ["IND-02 Indikatoren!C7"]);
        assert!(Grid::sound().count("EECO03", [4, 2, 0]).check().is_empty());
    }

    #[test]
    fn earlier_quarters_count() {
        let grid = Grid::sound().counted_before("EECO03", [28, 0, 0]);
        assert_eq!(grid.cells(Code::Ind02), ["Indikatoren!C7"]);
    }
}
