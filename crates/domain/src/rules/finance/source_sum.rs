//! FIN-10: the sources of the quarter sum to its spending.
//!
//! ## Was geprüft wird
//! Was im Blatt „Mittel“ als verausgabt steht, ergibt über alle Quellen zusammen die Ausgaben des Quartals;
//! Einnahmen sind abgezogen.
//!
//! ## Warum
//! Jeder ausgegebene Euro stammt aus einer Quelle; daraus werden die Anteile von EU, Bund und Träger berechnet.
//!
//! ## Beispiel
//! Die Quellen ergeben 14.900,00 €, die Ausgaben betragen 15.000,00 €.
//!
//! ## Abhilfe
//! Die verausgabten Beträge je Quelle so berichtigen, dass sie zusammen die Ausgaben ergeben.
//!
//! ## What it checks
//! What the sheet “Mittel” gives as spent sums over all sources to the spending of the quarter; income is deducted.
//!
//! ## Why
//! Every euro spent comes from a source; the shares of the Union, the Bund and the carrier are computed from this.
//!
//! ## Example
//! The sources sum to €14,900.00, spending is €15,000.00.
//!
//! ## How to fix
//! Correct the amounts spent per source so that they sum to the spending.

use super::super::subject::Subject;
use crate::{
    cell::Located,
    finding::{Detail, Finding},
    money::Money,
};

/// Compares both sums. Nothing is found while an amount on either side is missing.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let sources = subject.round.sources.iter();
    let amounts: Option<Vec<&Located<Money>>> = sources
        .map(|source| {
            let fund = subject
                .figures
                .funds
                .iter()
                .find(|fund| fund.source == source.key)?;
            fund.spent.as_ref()
        })
        .collect();
    let Some(amounts) = amounts.filter(|_| subject.has_all_items()) else {
        return Vec::new();
    };
    let sources: Money = amounts.iter().map(|amount| amount.value).sum();
    let spent = subject.total_in_quarter();
    match amounts.split_first() {
        Some((first, others)) if sources != spent => {
            let related = others.iter().map(|amount| amount.at.clone()).collect();
            vec![Finding::at(first.at.clone(), Detail::SourcesSum { sources, spent }).with_related(related)]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().spend_from("federal", "8150.00")
    }

    #[test]
    fn sources_that_do_not_sum_to_spending_are_found_at_the_first_and_name_all() {
        assert_eq!(example().lines(), ["FIN-10 Mittel!D5"]);
        assert_eq!(example().check()[0].related.len(), 4);
    }

    #[test]
    fn one_cent_counts() {
        assert_eq!(
            Grid::sound()
                .spend_from("federal", "8250.01")
                .cells(Code::Fin10)
                .len(),
            1
        );
    }

    #[test]
    fn income_lowers_what_the_sources_pay() {
        let grid = Grid::sound().spend("income", "100.00");
        assert_eq!(grid.cells(Code::Fin10).len(), 1);
        assert!(
            grid.spend_from("federal", "8150.00")
                .cells(Code::Fin10)
                .is_empty()
        );
    }

    #[test]
    fn nothing_is_found_while_an_amount_is_missing() {
        assert!(
            example()
                .fund("own_private", |fund| fund.spent = None)
                .cells(Code::Fin10)
                .is_empty()
        );
        let mut grid = example();
        grid.figures.expenditure.pop();
        assert!(grid.cells(Code::Fin10).is_empty());
    }
}
