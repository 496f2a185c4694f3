//! IND-03: the age groups do not exceed the participants.
//!
//! ## Was geprüft wird
//! EECO06 (unter 18), EECO07 (18 bis 29) und EECO08 (ab 55) sind zusammen höchstens so groß wie EECO01: im Quartal
//! und kumuliert, je Geschlecht und insgesamt.
//!
//! ## Warum
//! Jede Person gehört höchstens einer dieser Altersgruppen an; wer 30 bis 54 Jahre alt ist, gehört zu keiner (VO
//! (EU) 2021/1057 Anhang I).
//!
//! ## Beispiel
//! Die Altersgruppen der Männer ergeben vier, eingetreten sind drei Männer.
//!
//! ## Abhilfe
//! Die Altersgruppen berichtigen; maßgeblich ist das Alter beim Eintritt.
//!
//! ## What it checks
//! EECO06 (below 18), EECO07 (18 to 29) and EECO08 (55 and above) are together at most EECO01: in the quarter and
//! cumulatively, for each gender and in total.
//!
//! ## Why
//! Everyone belongs to at most one of these age groups; who is 30 to 54 belongs to none (Regulation (EU) 2021/1057
//! Annex I).
//!
//! ## Example
//! The age groups of men sum to four, three men have entered.
//!
//! ## How to fix
//! Correct the age groups; the age at entry counts.

use super::{
    super::subject::Subject,
    comparison::{BOTH, compare},
};
use crate::finding::{Detail, Finding};

/// Compares the sum of the age groups with the participants.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    compare(
        subject,
        &["EECO01", "EECO06", "EECO07", "EECO08"],
        BOTH,
        |who, span, counts| {
            let (total, groups) = counts.split_first()?;
            let (total, sum) = (*total, groups.iter().sum());
            (sum > total).then_some(Detail::AgeExceeds {
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
        Grid::sound().count("EECO07", [2, 4, 0])
    }

    #[test]
    fn age_groups_above_the_participants_are_found() {
        assert_eq!(example().lines(), ["IND-03 Indikatoren!D5"]);
    }

    #[test]
    fn participants_of_middle_age_are_in_no_group() {
        let grid = Grid::sound().count("EECO07", [0, 0, 0]);
        assert!(grid.cells(Code::Ind03).is_empty());
    }
}
