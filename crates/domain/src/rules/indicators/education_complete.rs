//! IND-18: the education levels cover all participants.
//!
//! ## Was geprüft wird
//! EECO09, EECO10 und EECO11 (Bildungsstand) sind zusammen so groß wie EECO01: im Quartal und kumuliert, je
//! Geschlecht und insgesamt. Sind es mehr, meldet IND-04; sind alle null, IND-14.
//!
//! ## Warum
//! Jede Person hat einen Bildungsstand, auch wer keinen Abschluss hat: ISCED 0 gehört zu EECO09.
//!
//! ## Beispiel
//! Die Bildungsstufen der Frauen ergeben fünf, eingetreten sind sechs Frauen.
//!
//! ## Abhilfe
//! Den fehlenden Bildungsstand ergänzen oder begründen.
//!
//! ## What it checks
//! EECO09, EECO10 and EECO11 (education) are together EECO01: in the quarter and cumulatively, for each gender and
//! in total. Where they are more, IND-04 says so; where all are zero, IND-14.
//!
//! ## Why
//! Everyone has a level of education, also who has no certificate: ISCED 0 belongs to EECO09.
//!
//! ## Example
//! The education levels of women sum to five, six women have entered.
//!
//! ## How to fix
//! Add the missing level of education, or give the reason.

use super::{
    super::subject::Subject,
    comparison::{BOTH, compare},
};
use crate::finding::{Code, Detail, Finding, Span, Who};

/// Looks for education levels below the participants. Where all levels are zero for everyone, `IND-14` says it.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if subject.runs(Code::Ind14) && unknown(subject) {
        return Vec::new();
    }
    compare(
        subject,
        &["EECO01", "EECO09", "EECO10", "EECO11"],
        BOTH,
        |who, span, counts| {
            let (total, levels) = counts.split_first()?;
            let (total, sum) = (*total, levels.iter().sum());
            (sum < total).then_some(Detail::EducationIncomplete {
                who,
                span,
                sum,
                total,
            })
        },
    )
}

/// Whether participants entered in the quarter and all levels are zero for everyone.
fn unknown(subject: &Subject<'_>) -> bool {
    let count = |code: &str| subject.count(code, Who::All, Span::Quarter);
    let levels = ["EECO09", "EECO10", "EECO11"];
    count("EECO01") > Some(0) && levels.into_iter().all(|code| count(code) == Some(0))
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECO10", [2, 1, 1])
    }

    #[test]
    fn education_levels_below_the_participants_are_found() {
        assert_eq!(example().lines(), ["IND-18 Indikatoren!C5"]);
    }

    #[test]
    fn a_gap_of_earlier_quarters_is_found_cumulatively() {
        let grid = Grid::sound()
            .counted_before("EECO10", [18, 5, 6])
            .counted_before("EECO10+11", [30, 11, 6]);
        assert_eq!(grid.cells(Code::Ind18), ["Indikatoren!D5"]);
    }
}
