//! FIN-02: a flat rate is its base times its rate, to the cent.
//!
//! ## Was geprüft wird
//! Der Betrag einer Pauschale ist die Summe ihrer Bezugsansätze im Quartal mal dem Satz der Förderrunde,
//! kaufmännisch auf ganze Cent gerundet.
//!
//! ## Warum
//! Pauschalen sind vereinfachte Kostenoptionen: Sie werden berechnet und nicht eingetragen (VO (EU) 2021/1060 Art.
//! 54 bis 56).
//!
//! ## Beispiel
//! Bei 10.000,00 € direkten Personalausgaben und 40 % ergeben sich 4.000,00 €; eingetragen sind 4.100,00 €.
//!
//! ## Abhilfe
//! Die Formel der Vorlage wiederherstellen und die Datei neu berechnen lassen.
//!
//! ## What it checks
//! The amount of a flat rate is the sum of its base items in the quarter times the rate of the funding round,
//! rounded half up to whole cents.
//!
//! ## Why
//! Flat rates are simplified cost options: they are computed and never typed (Regulation (EU) 2021/1060 Art. 54 to
//! 56).
//!
//! ## Example
//! With €10,000.00 of direct staff costs and 40% the flat rate is €4,000.00; €4,100.00 is entered.
//!
//! ## How to fix
//! Restore the formula of the template and let the file calculate.

use super::super::subject::Subject;
use crate::{
    finding::{Detail, Finding},
    money::Money,
    round::ItemKind,
};

/// Recomputes every flat rate. One whose base has a missing figure is left out: the missing figure is found already.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for spec in &subject.round.plan_items {
        let ItemKind::FlatRate { base, rate, .. } = &spec.kind else {
            continue;
        };
        let parts: Option<Vec<_>> = base.iter().map(|item| subject.item(item)).collect();
        let (Some(parts), Some(figure)) = (parts, subject.item(&spec.key)) else {
            continue;
        };
        let base: Money = parts.iter().map(|part| part.amount.value).sum();
        let expected = base.share(*rate);
        let found_at = &figure.amount.at;
        let amount = subject.typed_amount(found_at).unwrap_or(figure.amount.value);
        if amount != expected {
            let detail = Detail::FlatRate {
                item: spec.name.clone(),
                found: amount,
                base,
                rate: *rate,
                expected,
            };
            let related = parts.iter().map(|part| part.amount.at.clone()).collect();
            found.push(Finding::at(found_at.clone(), detail).with_related(related));
        }
    }
    found
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        finding::{Code, Shown},
        key::ItemKey,
        money::Money,
        rules::testing::Grid,
    };

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().spend("remaining_costs", "4100.00")
    }

    #[test]
    fn a_typed_flat_rate_is_found_at_its_cell() {
        assert_eq!(example().cells(Code::Fin02), ["Ausgaben!E7"]);
    }

    #[test]
    fn an_amount_typed_over_the_formula_is_found_although_the_computed_one_counts() {
        let grid = Grid::sound().typed_over("Ausgaben!E7", Shown::Money(Money::from_euro(4_100)));
        assert_eq!(grid.lines(), ["FIN-02 Ausgaben!E7"]);
    }

    #[test]
    fn half_a_cent_rounds_up() {
        // 40 % of EUR 10,000.01 is EUR 4,000.004; of EUR 10,000.02 it is 4,000.008.
        let grid = Grid::sound().spend("freelancer_fees", "2500.01");
        assert!(grid.cells(Code::Fin02).is_empty());
        let grid = Grid::sound().spend("freelancer_fees", "2500.02");
        assert_eq!(grid.cells(Code::Fin02), ["Ausgaben!E7"]);
        assert!(
            grid.spend("remaining_costs", "4000.01")
                .cells(Code::Fin02)
                .is_empty()
        );
    }

    #[test]
    fn a_missing_base_is_left_to_the_reader() {
        let mut grid = example();
        grid.figures
            .expenditure
            .retain(|figure| figure.item != ItemKey::new("freelancer_fees"));
        assert!(grid.cells(Code::Fin02).is_empty());
    }
}
