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
    finding::{Detail, Finding, Span, Who},
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
            let total = total.checked_add(typed_beside(subject, sum.code.as_str(), who))?;
            let expected = parts.iter().sum();
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

/// By how much what is typed over the formulas of a sum differs from what they give, and counts. The total of persons
/// is another rule's.
fn typed_beside(subject: &Subject<'_>, code: &str, who: Who) -> i64 {
    let beside = |who| {
        let typed = subject.typed_count(&subject.count_cell(code, who)?)?;
        typed.checked_sub(subject.count(code, who, Span::Quarter)?)
    };
    let genders = [Who::Women, Who::Men, Who::NonBinary];
    let has_genders = subject
        .indicator(code)
        .is_some_and(|figure| figure.women.is_some() || figure.men.is_some() || figure.non_binary.is_some());
    match who {
        Who::All if has_genders => genders.into_iter().filter_map(beside).sum(),
        who => beside(who).unwrap_or(0),
    }
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        finding::{Code, Shown},
        rules::testing::Grid,
    };

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
    fn a_sum_typed_over_the_formula_is_found_although_the_computed_one_counts() {
        let grid = Grid::sound()
            .count("EECO02+04", [5, 2, 1])
            .typed_over("Indikatoren!C24", Shown::Count(6));
        assert_eq!(grid.lines(), ["IND-08 Indikatoren!C24"]);
    }

    #[test]
    fn the_round_says_which_sums_there_are() {
        let grid = example().round(|round| round.reserved_sums.clear());
        assert!(grid.cells(Code::Ind08).is_empty());
    }
}
