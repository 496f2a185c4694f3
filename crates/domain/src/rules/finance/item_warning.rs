//! FIN-07: a plan item nears the limit of its plan.
//!
//! ## Was geprüft wird
//! Ein Einzelansatz überschreitet seinen Plan um mehr als die Warnschwelle der Förderrunde (üblich: 15 %): den Plan
//! des gesamten Bewilligungszeitraums oder den des Kalenderjahrs. Pauschalen und Einnahmen zählen nicht als
//! Einzelansatz.
//!
//! ## Warum
//! Einzelansätze dürfen nur begrenzt und nur bei Einsparungen an anderer Stelle überschritten werden (ANBest-P Nr.
//! 1.2); wer es früh merkt, kann noch steuern. Ist auch die Grenze ohne Ausgleich überschritten, meldet FIN-08 den
//! Ansatz.
//!
//! ## Beispiel
//! Für Ausgaben für Teilnehmende sind 2024 4.000,00 € geplant, bis zum 3. Quartal sind 4.800,00 € ausgegeben.
//!
//! ## Abhilfe
//! Den Betrag prüfen und die Abweichung begründen oder eine Planänderung beantragen.
//!
//! ## What it checks
//! A plan item exceeds its plan by more than the warning threshold of the funding round (usually 15%): the plan of
//! the whole grant period or that of the calendar year. Flat rates and income are no plan items in this sense.
//!
//! ## Why
//! Plan items may be exceeded within limits only, and only against savings elsewhere (ANBest-P no. 1.2); who
//! notices early can still steer. Where the limit is exceeded without offset as well, FIN-08 names the item.
//!
//! ## Example
//! €4,000.00 is planned for participant costs in 2024, €4,800.00 is spent by the third quarter.
//!
//! ## How to fix
//! Check the amount and give the reason, or apply for a change of plan.

use std::collections::BTreeSet;

use super::{
    super::subject::Subject,
    item_limit,
    overrun::{self, Overrun},
};
use crate::{
    finding::{Code, Detail, Finding},
    key::ItemKey,
};

/// Looks for items above the warning threshold: one finding for each item, first for the grant period. Items that
/// `FIN-08` names are left out.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut named: BTreeSet<&ItemKey> = match subject.round.severity(Code::Fin08) {
        Some(_) => item_limit::overruns(subject)
            .iter()
            .map(|overrun| overrun.item)
            .collect(),
        None => BTreeSet::new(),
    };
    let threshold = subject.round.thresholds.item_warning;
    let of_grant = overrun::of_grant(subject)
        .into_iter()
        .map(|overrun| (None, overrun));
    let year = Some(subject.context.quarter.year());
    let of_year = overrun::of_year(subject)
        .into_iter()
        .map(|overrun| (year, overrun));
    let mut found = Vec::new();
    for (year, overrun) in of_grant.chain(of_year) {
        if overrun.exceeds(threshold) && named.insert(overrun.item) {
            found.push(finding(subject, year, &overrun));
        }
    }
    found
}

fn finding(subject: &Subject<'_>, year: Option<i32>, overrun: &Overrun<'_>) -> Finding {
    Finding::at(
        overrun.at.clone(),
        Detail::ItemOverWarning {
            item: subject.item_name(overrun.item),
            year,
            plan: overrun.plan,
            spent: overrun.spent,
            over: overrun.over(),
            threshold: subject.round.thresholds.item_warning,
        },
    )
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        finding::{Code, Detail},
        key::ItemKey,
        money::Money,
        rules::testing::Grid,
    };

    /// Participant costs: EUR 2,000 of the year's 4,000 are spent before the quarter.
    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().spend("participant_costs", "2800.00")
    }

    fn year_of(grid: &Grid) -> Option<i32> {
        let finding = grid
            .check()
            .into_iter()
            .find(|finding| finding.code() == Code::Fin07)
            .unwrap();
        match finding.detail {
            Detail::ItemOverWarning { year, .. } => year,
            _ => unreachable!(),
        }
    }

    #[test]
    fn an_item_above_the_years_plan_is_found_at_its_amount() {
        assert_eq!(example().cells(Code::Fin07), ["Ausgaben!E8"]);
        assert_eq!(year_of(&example()), Some(2024));
    }

    #[test]
    fn exactly_the_threshold_is_not_above_it() {
        assert!(
            Grid::sound()
                .spend("participant_costs", "2600.00")
                .cells(Code::Fin07)
                .is_empty()
        );
        assert_eq!(
            Grid::sound()
                .spend("participant_costs", "2600.01")
                .cells(Code::Fin07)
                .len(),
            1
        );
    }

    #[test]
    fn the_plan_of_the_grant_period_comes_first() {
        // EUR 12,000 in three years; 6,000 before the quarter, staff has saved the rest of its plan to date.
        let grid = Grid::sound()
            .spend("participant_costs", "7900.00")
            .context(|context| {
                context
                    .history
                    .spent
                    .insert(ItemKey::new("staff_employees"), Money::from_euro(30_000));
            });
        assert_eq!(grid.cells(Code::Fin07).len(), 1);
        assert_eq!(year_of(&grid), None);
    }

    #[test]
    fn an_item_that_is_planned_for_other_years_only_is_found() {
        let grid = Grid::sound()
            .spend("participant_costs", "1.00")
            .context(|context| {
                let later = [(2025, Money::from_euro(12_000))].into();
                context
                    .plan
                    .items
                    .insert(ItemKey::new("participant_costs"), later);
            });
        assert_eq!(year_of(&grid), Some(2024));
    }

    #[test]
    fn nothing_spent_in_the_quarter_is_not_found_again() {
        let grid = Grid::sound()
            .spend("participant_costs", "0.00")
            .context(|context| {
                let year = &mut context.history.spent_this_year;
                year.insert(ItemKey::new("participant_costs"), Money::from_euro(9_000));
            });
        assert!(grid.cells(Code::Fin07).is_empty());
    }
}
