//! IND-14: education and age of participants are known.
//!
//! ## Was geprüft wird
//! Sind Teilnehmende gezählt, ist mindestens eine Bildungsstufe (EECO09 bis EECO11) größer als null, im Quartal und
//! kumuliert; und kumuliert mindestens eine Altersgruppe (EECO06 bis EECO08). Das Alter wird nur kumuliert geprüft,
//! weil in einem Quartal alle Eintretenden 30 bis 54 Jahre alt sein können.
//!
//! ## Warum
//! Nullen in der ganzen Gruppe bedeuten meist, dass die Angaben nicht erhoben oder nicht übertragen wurden.
//!
//! ## Beispiel
//! Zehn Personen sind eingetreten, alle Bildungsstufen sind 0.
//!
//! ## Abhilfe
//! Die Angaben ergänzen oder begründen, warum sie fehlen.
//!
//! ## What it checks
//! Where participants are counted, at least one education level (EECO09 to EECO11) is above zero, in the quarter
//! and cumulatively; and cumulatively at least one age group (EECO06 to EECO08). Age is checked cumulatively only,
//! because in one quarter all who enter can be 30 to 54 years old.
//!
//! ## Why
//! Zeros in the whole group usually mean that the data were not collected or not carried over.
//!
//! ## Example
//! Ten persons have entered, all education levels are 0.
//!
//! ## How to fix
//! Add the data, or give the reason why they are missing.

use super::{super::subject::Subject, comparison::cells};
use crate::finding::{Detail, Finding, MissingGroup, Span, Who};

const EDUCATION: [&str; 4] = ["EECO01", "EECO09", "EECO10", "EECO11"];
const AGE: [&str; 4] = ["EECO01", "EECO06", "EECO07", "EECO08"];

/// Looks for groups that are zero throughout.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let education = [Span::Quarter, Span::Cumulative]
        .into_iter()
        .find_map(|span| unknown(subject, &EDUCATION, span, MissingGroup::Education));
    let age = unknown(subject, &AGE, Span::Cumulative, MissingGroup::Age);
    education.into_iter().chain(age).collect()
}

fn unknown(subject: &Subject<'_>, codes: &[&str], span: Span, missing: MissingGroup) -> Option<Finding> {
    let counts: Option<Vec<i64>> = codes
        .iter()
        .map(|code| subject.count(code, Who::All, span))
        .collect();
    let counts = counts?;
    let (total, group) = counts.split_first()?;
    if *total <= 0 || group.iter().any(|count| *count != 0) {
        return None;
    }
    let (at, related) = cells(subject, codes, Who::All)?;
    let detail = Detail::NoEducationOrAge {
        span,
        total: *total,
        missing,
    };
    Some(Finding::at(at, detail).with_related(related))
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    fn without(grid: Grid, codes: [&str; 3]) -> Grid {
        codes
            .into_iter()
            .fold(grid, |grid, code| grid.count(code, [0, 0, 0]))
    }

    pub(in crate::rules) fn example() -> Grid {
        without(Grid::sound(), ["EECO09", "EECO10", "EECO11"])
    }

    #[test]
    fn participants_without_education_are_found_once() {
        assert_eq!(example().lines(), ["IND-14 Indikatoren!F5"]);
    }

    #[test]
    fn a_quarter_of_participants_of_middle_age_is_usual() {
        assert!(
            without(Grid::sound(), ["EECO06", "EECO07", "EECO08"])
                .check()
                .is_empty()
        );
    }

    #[test]
    fn no_age_group_in_all_quarters_is_found() {
        let grid = without(Grid::sound(), ["EECO06", "EECO07", "EECO08"]);
        let grid = ["EECO06", "EECO07", "EECO08", "EECO06+07"]
            .into_iter()
            .fold(grid, |grid, code| grid.counted_before(code, [0, 0, 0]));
        assert_eq!(grid.cells(Code::Ind14), ["Indikatoren!F5"]);
    }
}
