//! FIN-09: spending stays within the award.
//!
//! ## Was geprüft wird
//! Alle Ausgaben des Bewilligungszeitraums bis zum Ende des Quartals, Einnahmen abgezogen, übersteigen nicht den
//! bewilligten Gesamtbetrag.
//!
//! ## Warum
//! Mehr als bewilligt wird nicht gefördert; das Gesamtergebnis des Finanzierungsplans ist verbindlich (ANBest-P Nr.
//! 1.2).
//!
//! ## Beispiel
//! Bewilligt sind 180.000,00 €, ausgegeben sind insgesamt 190.000,00 €.
//!
//! ## Abhilfe
//! Die Ausgaben berichtigen oder eine Erhöhung beantragen.
//!
//! ## What it checks
//! All spending of the grant period up to the end of the quarter, income deducted, does not exceed the awarded
//! total.
//!
//! ## Why
//! More than the award is not funded; the total of the financing plan is binding (ANBest-P no. 1.2).
//!
//! ## Example
//! €180,000.00 is awarded, €190,000.00 is spent in total.
//!
//! ## How to fix
//! Correct the spending or apply for an increase.

use super::super::subject::Subject;
use crate::finding::{Detail, Finding};

/// Compares the total with the award; the finding stands at the largest amount of the quarter and names the others.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let spent = subject.total();
    let awarded = subject.context.plan.awarded(subject.round);
    if spent <= awarded {
        return Vec::new();
    }
    let detail = Detail::OverAward { spent, awarded };
    match subject.cells_of_total() {
        Some((at, others)) => vec![Finding::at(at, detail).with_related(others)],
        None => vec![Finding::whole(detail)],
    }
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, key::ItemKey, money::Money, rules::testing::Grid};

    /// EUR 180,000 are awarded, 90,000 spent before the quarter, 15,000 in it.
    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().spend("staff_employees", "92500.00")
    }

    #[test]
    fn spending_above_the_award_is_found_at_the_largest_amount() {
        assert_eq!(example().cells(Code::Fin09), ["Ausgaben!E5"]);
    }

    #[test]
    fn the_award_itself_may_be_spent() {
        let before = |euro: i64| {
            Grid::sound().context(|context| {
                context.history.spent = [(ItemKey::new("staff_employees"), Money::from_euro(euro))].into();
            })
        };
        assert!(before(165_000).cells(Code::Fin09).is_empty());
        assert_eq!(before(165_001).cells(Code::Fin09).len(), 1);
    }

    #[test]
    fn income_is_deducted() {
        let grid = Grid::sound().spend("income", "1.00").context(|context| {
            context.history.spent = [(ItemKey::new("staff_employees"), Money::from_euro(165_001))].into();
        });
        assert!(grid.cells(Code::Fin09).is_empty());
    }
}
