//! IND-08: reserved sums are the sums of their parts.
//!
//! ## Was geprüft wird
//! Jede Zeile, die eine Summe anderer Indikatoren ist (zum Beispiel EECO02+04), enthält genau diese Summe: im
//! Quartal und kumuliert, je Geschlecht und insgesamt. Die Förderrunde nennt die Summen.
//!
//! ## Warum
//! Das System der Kommission prüft diese Summen beim Empfang (SFC, Prüfregeln 144 ff.) und weist abweichende Zahlen
//! zurück.
//!
//! ## Beispiel
//! EECO02 ist 4 und EECO04 ist 1, für EECO02+04 stehen 6.
//!
//! ## Abhilfe
//! Die Formel der Zeile wiederherstellen oder die Teile berichtigen.
//!
//! ## What it checks
//! Every row that is a sum of other indicators (such as EECO02+04) holds exactly this sum: in the quarter and
//! cumulatively, for each gender and in total. The funding round names the sums.
//!
//! ## Why
//! The system of the Commission checks these sums on receipt (SFC, validation rules 144 ff.) and rejects numbers
//! that differ.
//!
//! ## Example
//! EECO02 is 4 and EECO04 is 1, EECO02+04 says 6.
//!
//! ## How to fix
//! Restore the formula of the row, or correct the parts.

use super::{
    super::subject::Subject,
    comparison::{BOTH, compare},
};
use crate::{
    finding::{Detail, Finding},
    key::IndicatorCode,
};

/// Compares every reserved sum of the round with its parts.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for sum in &subject.round.reserved_sums {
        let mut codes = vec![sum.code.as_str()];
        codes.extend(sum.parts.iter().map(IndicatorCode::as_str));
        found.extend(compare(subject, &codes, BOTH, |who, span, counts| {
            let (total, parts) = counts.split_first()?;
            let (total, expected) = (*total, parts.iter().sum());
            (total != expected).then(|| Detail::ReservedSum {
                code: sum.code.clone(),
                who,
                span,
                found: total,
                expected,
            })
        }));
    }
    found
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound()
            .count("EECO02+04", [0, 0, 0])
            .indicator("EECO02+04", |row| {
                row.women.as_mut().unwrap().value = 6;
                row.total.as_mut().unwrap().value += 1;
            })
    }

    #[test]
    fn a_sum_that_differs_from_its_parts_is_found_at_its_cell() {
        assert_eq!(example().lines(), ["IND-08 Indikatoren!C24"]);
    }

    #[test]
    fn the_round_says_which_sums_there_are() {
        let grid = example().round(|round| round.reserved_sums.clear());
        assert!(grid.cells(Code::Ind08).is_empty());
    }
}
