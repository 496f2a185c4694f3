//! FIN-12: own funds reach their minimum.
//!
//! ## Was geprüft wird
//! Die seit Beginn eingesetzten Eigenmittel erreichen den Mindestanteil der Förderrunde an den zuwendungsfähigen
//! Ausgaben. Ein halber Cent je Quartal bleibt wegen der Rundung unbeachtet.
//!
//! ## Warum
//! Der Träger beteiligt sich mit Eigenmitteln; fehlen sie am Ende, sinkt die Förderung. Deshalb früh melden, aber
//! nicht sperren: Eigenmittel dürfen später folgen.
//!
//! ## Beispiel
//! Bei 105.000,00 € Ausgaben und 5 % sind 5.250,00 € erforderlich; eingesetzt sind 5.000,00 €.
//!
//! ## Abhilfe
//! Erläutern, wann die Eigenmittel folgen, oder die Aufteilung auf die Quellen berichtigen.
//!
//! ## What it checks
//! The own funds used since the beginning reach the minimum share of eligible expenditure that the funding round
//! sets. Half a cent per quarter is disregarded because of rounding.
//!
//! ## Why
//! The carrier contributes own funds; if they are missing in the end, the funding drops. So this is said early, but
//! does not block: own funds may follow later.
//!
//! ## Example
//! With spending of €105,000.00 and 5%, €5,250.00 is required; €5,000.00 is used.
//!
//! ## How to fix
//! Explain when own funds will follow, or correct the split over the sources.

use super::super::subject::Subject;
use crate::{
    finding::{Detail, Finding},
    round::SourceKind,
};

/// Compares cumulative own funds with the minimum. Nothing is found while an amount is missing.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let used = subject
        .spent_from(SourceKind::Own)
        .filter(|_| subject.has_all_items());
    let (Some(amount), Some((at, others))) = (used, subject.cells_of_source(SourceKind::Own)) else {
        return Vec::new();
    };
    let required = subject.total().share(subject.round.own_funds_minimum);
    if amount + subject.rounding_room() >= required {
        return Vec::new();
    }
    vec![Finding::at(at, Detail::OwnFunds { amount, required }).with_related(others)]
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rate::Rate, rules::testing::Grid};

    /// EUR 5,250 are required, 4,500 were used before the quarter.
    pub(in crate::rules) fn example() -> Grid {
        Grid::sound()
            .spend_from("own_public", "500.00")
            .spend_from("federal", "8500.00")
    }

    #[test]
    fn missing_own_funds_are_found_at_their_first_source() {
        assert_eq!(example().lines(), ["FIN-12 Mittel!D7"]);
    }

    #[test]
    fn all_sources_of_own_funds_count_together() {
        let grid = example()
            .spend_from("own_private", "250.00")
            .spend_from("federal", "8250.00");
        assert!(grid.check().is_empty());
    }

    #[test]
    fn money_of_third_parties_is_no_own_funds() {
        let grid = example()
            .spend_from("third_party", "250.00")
            .spend_from("federal", "8250.00");
        assert_eq!(grid.cells(Code::Fin12).len(), 1);
    }

    #[test]
    fn a_round_without_minimum_requires_nothing() {
        let grid = example().round(|round| round.own_funds_minimum = Rate::ZERO);
        assert!(grid.check().is_empty());
    }
}
