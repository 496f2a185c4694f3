//! IND-05: no trait exceeds the participants.
//!
//! ## Was geprüft wird
//! Jeder der Indikatoren EECO12 bis EECO17 ist für sich höchstens so groß wie EECO01: im Quartal und kumuliert, je
//! Geschlecht und insgesamt.
//!
//! ## Warum
//! Gezählt werden Teilnehmende mit einem Merkmal; es können nicht mehr sein als Teilnehmende (VO (EU) 2021/1057
//! Anhang I).
//!
//! ## Beispiel
//! Vier Männer mit Behinderungen sind eingetragen, eingetreten sind drei Männer.
//!
//! ## Abhilfe
//! Die Zahl berichtigen; Schätzungen sind zulässig, aber nicht über die Zahl der Teilnehmenden hinaus.
//!
//! ## What it checks
//! Each of the indicators EECO12 to EECO17 by itself is at most EECO01: in the quarter and cumulatively, for each
//! gender and in total.
//!
//! ## Why
//! Participants with a trait are counted; there cannot be more of them than participants (Regulation (EU) 2021/1057
//! Annex I).
//!
//! ## Example
//! Four men with disabilities are entered, three men have entered the project.
//!
//! ## How to fix
//! Correct the number; estimates are allowed, but not beyond the number of participants.

use super::{
    super::subject::Subject,
    comparison::{BOTH, compare},
};
use crate::{
    finding::{Detail, Finding},
    key::IndicatorCode,
};

const TRAITS: [&str; 6] = ["EECO12", "EECO13", "EECO14", "EECO15", "EECO16", "EECO17"];

/// Compares every trait with the participants.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let of_trait = |code: &'static str| {
        compare(subject, &[code, "EECO01"], BOTH, move |who, span, counts| {
            let [part, total] = *counts else { return None };
            let code = IndicatorCode::new(code);
            (part > total).then_some(Detail::TraitExceeds {
                code,
                who,
                span,
                part,
                total,
            })
        })
    };
    TRAITS.into_iter().flat_map(of_trait).collect()
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECO12", [0, 4, 0])
    }

    #[test]
    fn a_trait_above_the_participants_is_found_at_its_cell() {
        assert_eq!(example().lines(), ["IND-05 Indikatoren!D16"]);
    }

    #[test]
    fn every_trait_is_checked() {
        for code in super::TRAITS {
            let grid = Grid::sound().count(code, [0, 0, 2]);
            assert_eq!(grid.cells(Code::Ind05).len(), 1, "{code}");
        }
    }
}
