//! IND-15: the programme addresses adults.
//!
//! ## Was geprüft wird
//! EECO06 (unter 18 Jahren) ist im Quartal null.
//!
//! ## Warum
//! Das Programm richtet sich an Erwachsene; Kinder und Jugendliche deuten auf eine Verwechslung der Zeilen hin.
//!
//! ## Beispiel
//! Für EECO06 stehen zwei Personen.
//!
//! ## Abhilfe
//! Die Zeile prüfen; nehmen tatsächlich Minderjährige teil, dies begründen.
//!
//! ## What it checks
//! EECO06 (below 18 years) is zero in the quarter.
//!
//! ## Why
//! The programme addresses adults; children suggest that rows were mixed up.
//!
//! ## Example
//! EECO06 says two persons.
//!
//! ## How to fix
//! Check the row; if minors do take part, give the reason.

use super::super::subject::Subject;
use crate::finding::{Detail, Finding, Span, Who};

const CHILDREN: &str = "EECO06";

/// Looks for participants below 18.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let count = subject
        .count(CHILDREN, Who::All, Span::Quarter)
        .filter(|count| *count > 0);
    let found = count.and_then(|count| {
        let at = subject.count_cell(CHILDREN, Who::All)?;
        Some(Finding::at(at, Detail::Children { count }))
    });
    found.into_iter().collect()
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECO06", [1, 1, 0])
    }

    #[test]
    fn children_are_found_at_the_total() {
        assert_eq!(example().cells(Code::Ind15), ["Indikatoren!F10"]);
    }
}
