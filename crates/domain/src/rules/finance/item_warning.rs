//! FIN-07: a plan item nears the limit of its plan, is not offset or needs consent.
//!
//! ## Was geprüft wird
//! Ein Einzelansatz überschreitet seinen Plan um mindestens die Warnschwelle der Förderrunde (üblich: 15 %): den Plan
//! des gesamten Bewilligungszeitraums oder den des Kalenderjahrs. Gemeldet wird außerdem, wenn er den Plan des
//! Bewilligungszeitraums überschreitet, ohne dass Einsparungen anderer Ansätze das ausgleichen, und wenn er die Grenze
//! der Förderrunde (üblich: 20 %) überschreitet, auch wenn andere das ausgleichen. Pauschalen und Einnahmen zählen nicht
//! als Einzelansatz.
//!
//! ## Warum
//! Einzelansätze dürfen bis zur Grenze und nur bei Einsparungen an anderer Stelle überschritten werden, darüber hinaus
//! nur mit Zustimmung (ANBest-P Nr. 1.2); wer es früh merkt, kann noch steuern. Ist die Grenze ohne Ausgleich
//! überschritten, meldet FIN-08 den Ansatz.
//!
//! ## Beispiel
//! Für Ausgaben für Teilnehmende sind 2024 4.000,00 € geplant, bis zum 3. Quartal sind 4.800,00 € ausgegeben.
//!
//! ## Abhilfe
//! Den Betrag prüfen und die Abweichung begründen, die Zustimmung nennen oder eine Planänderung beantragen.
//!
//! ## What it checks
//! A plan item exceeds its plan by at least the warning threshold of the funding round (usually 15%): the plan of the
//! whole grant period or that of the calendar year. It is also noted when it exceeds the plan of the grant period
//! without savings of other items that offset it, and when it exceeds the limit of the funding round (usually 20%) even
//! if others offset it. Flat rates and income are no plan items in this sense.
//!
//! ## Why
//! Plan items may be exceeded up to the limit and only against savings elsewhere, by more only with consent (ANBest-P
//! no. 1.2); who notices early can still steer. Where the limit is exceeded without offset, FIN-08 names the item.
//!
//! ## Example
//! €4,000.00 is planned for participant costs in 2024, €4,800.00 is spent by the third quarter.
//!
//! ## How to fix
//! Check the amount and give the reason, name the consent, or apply for a change of plan.

use std::collections::BTreeSet;

use super::{
    super::subject::Subject,
    overrun::{self, Overrun},
};
use crate::{
    finding::{Code, Detail, Finding},
    key::ItemKey,
    overrun::{Balance, Standing, reaches},
};

/// Looks for items that near the limit, are not offset or need consent: one finding for each item, first for the grant
/// period. Items that `FIN-08` names are left out.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut named: BTreeSet<&ItemKey> = BTreeSet::new();
    let mut found = Vec::new();
    let (overruns, balance) = overrun::of_grant(subject);
    for (overrun, standing) in &overruns {
        if *standing == Standing::OverLimit && subject.runs(Code::Fin08) {
            named.insert(overrun.item);
        } else if let Some(detail) = of_grant(subject, overrun, *standing, balance) {
            named.insert(overrun.item);
            found.push(Finding::at(overrun.at.clone(), detail));
        }
    }
    let threshold = subject.round.thresholds.item_warning;
    for overrun in overrun::of_year(subject) {
        if reaches(overrun.plan, overrun.spent, threshold) && named.insert(overrun.item) {
            let year = subject.context.quarter.year();
            let detail = above_warning(subject, Some(year), &overrun);
            found.push(Finding::at(overrun.at, detail));
        }
    }
    found
}

/// What is said of an item above its plan of the grant period, if anything.
fn of_grant(
    subject: &Subject<'_>,
    overrun: &Overrun<'_>,
    standing: Standing,
    balance: Balance,
) -> Option<Detail> {
    let item = subject.item_name(overrun.item);
    let &Overrun { plan, spent, .. } = overrun;
    match standing {
        Standing::Within | Standing::Offset => None,
        Standing::Warned => Some(above_warning(subject, None, overrun)),
        Standing::NotOffset | Standing::OverLimit => Some(Detail::ItemNotOffset {
            item,
            plan,
            spent,
            over: balance.over,
            offset: balance.saved,
        }),
        Standing::NeedsConsent => Some(Detail::ItemNeedsConsent {
            item,
            plan,
            spent,
            over: overrun.over(),
            threshold: subject.round.thresholds.item_limit,
        }),
    }
}

fn above_warning(subject: &Subject<'_>, year: Option<i32>, overrun: &Overrun<'_>) -> Detail {
    Detail::ItemOverWarning {
        item: subject.item_name(overrun.item),
        year,
        plan: overrun.plan,
        spent: overrun.spent,
        over: overrun.over(),
        threshold: subject.round.thresholds.item_warning,
    }
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
    fn the_threshold_itself_is_warned_of_and_a_cent_less_is_not() {
        for (amount, findings) in [("2599.99", 0), ("2600.00", 1), ("2600.01", 1)] {
            let grid = Grid::sound().spend("participant_costs", amount);
            assert_eq!(grid.cells(Code::Fin07).len(), findings, "{amount}");
        }
    }

    /// Participant costs: EUR 12,000 planned in three years, so many spent; employees have saved so many.
    fn of_grant(spent: &str, saved: i64) -> Option<Detail> {
        let grid = Grid::sound()
            .spend("participant_costs", spent)
            .context(|context| {
                // The year's plan is large enough to say nothing.
                let plan = context.plan.items.get_mut("participant_costs").unwrap();
                *plan = [(2024, Money::from_euro(12_000))].into();
                let spent = context.history.spent.get_mut("staff_employees").unwrap();
                *spent -= Money::from_euro(saved);
            });
        let findings = grid.check().into_iter();
        let mut found = findings.filter(|finding| [Code::Fin07, Code::Fin08].contains(&finding.code()));
        let detail = found.next().map(|finding| finding.detail);
        assert_eq!(found.next(), None, "one finding for each item");
        detail
    }

    #[test]
    fn an_overrun_of_the_grant_is_said_as_it_stands() {
        // EUR 6,000 were spent before the quarter.
        assert_eq!(of_grant("6000.00", 0), None);
        assert_eq!(of_grant("7799.99", 1_800), None, "below 15 % and offset");
        let Some(Detail::ItemNotOffset { over, offset, .. }) = of_grant("6001.00", 0) else {
            unreachable!()
        };
        assert_eq!((over, offset), (Money::from_euro(1), Money::ZERO));
        let warned = of_grant("7800.00", 1_800);
        assert!(
            matches!(warned, Some(Detail::ItemOverWarning { year: None, .. })),
            "{warned:?}"
        );
        let limit = of_grant("8400.00", 2_399);
        assert!(matches!(limit, Some(Detail::ItemNotOffset { .. })), "{limit:?}");
        let consent = of_grant("8400.01", 2_401);
        assert!(
            matches!(consent, Some(Detail::ItemNeedsConsent { .. })),
            "{consent:?}"
        );
        let blocked = of_grant("8400.01", 2_400);
        assert!(
            matches!(blocked, Some(Detail::ItemOverLimit { .. })),
            "{blocked:?}"
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
