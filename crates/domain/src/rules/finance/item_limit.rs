//! FIN-08: a plan item exceeds its plan beyond the limit and without offset.
//!
//! ## Was geprüft wird
//! Ein Einzelansatz überschreitet seinen Plan des gesamten Bewilligungszeitraums um mehr als die Grenze der
//! Förderrunde (üblich: 20 %), und was alle Ansätze über ihrem Plan liegen, ist nicht durch Einsparungen anderer
//! Einzelansätze in den gemeldeten Quartalen ausgeglichen. Pauschalen sind keine freien Einzelansätze: Sie gleichen
//! nichts aus, ihr Mehrbetrag muss aber mit ausgeglichen werden.
//!
//! ## Warum
//! Der Finanzierungsplan ist im Gesamtergebnis verbindlich; mehr als 20 % Überschreitung ohne Ausgleich braucht
//! eine Änderung des Plans (ANBest-P Nr. 1.2).
//!
//! ## Beispiel
//! Für Ausgaben für Teilnehmende sind insgesamt 12.000,00 € geplant und 15.000,00 € ausgegeben; andere Ansätze
//! haben nichts eingespart.
//!
//! ## Abhilfe
//! Den Betrag berichtigen oder eine Planänderung beantragen; nach ihrer Genehmigung eine neue Vorlage
//! herunterladen.
//!
//! ## What it checks
//! A plan item exceeds its plan of the whole grant period by more than the limit of the funding round (usually
//! 20%), and what all items lie above their plans is not offset by savings of other plan items in the reported
//! quarters. Flat rates are no free plan items: they offset nothing, but what they grow by must be offset as well.
//!
//! ## Why
//! The financing plan is binding in its total; exceeding an item by more than 20% without offset needs a change of
//! plan (ANBest-P no. 1.2).
//!
//! ## Example
//! €12,000.00 is planned for participant costs in total and €15,000.00 is spent; other items have saved nothing.
//!
//! ## How to fix
//! Correct the amount or apply for a change of plan; download a new template once it is approved.

use super::{super::subject::Subject, overrun};
use crate::{
    finding::{Detail, Finding},
    overrun::Standing,
};

/// Looks for items above the limit without offset.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let (overruns, balance) = overrun::of_grant(subject);
    let over_limit = overruns
        .into_iter()
        .filter(|(_, standing)| *standing == Standing::OverLimit);
    over_limit
        .map(|(overrun, _)| {
            Finding::at(
                overrun.at.clone(),
                Detail::ItemOverLimit {
                    item: subject.item_name(overrun.item),
                    plan: overrun.plan,
                    spent: overrun.spent,
                    over: overrun.over(),
                    threshold: subject.round.thresholds.item_limit,
                    offset: balance.saved,
                },
            )
        })
        .collect()
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, key::ItemKey, money::Money, rules::testing::Grid};

    /// Participant costs: EUR 12,000 in three years, 6,000 spent before the quarter.
    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().spend("participant_costs", "9000.00")
    }

    #[test]
    fn an_item_above_the_limit_is_found_at_its_amount_and_nowhere_else() {
        assert_eq!(example().cells(Code::Fin08), ["Ausgaben!E8"]);
        assert!(example().cells(Code::Fin07).is_empty());
    }

    #[test]
    fn exactly_the_limit_is_not_above_it() {
        let at_limit = Grid::sound().spend("participant_costs", "8400.00");
        assert!(at_limit.cells(Code::Fin08).is_empty());
        assert_eq!(at_limit.cells(Code::Fin07).len(), 1);
        let above = Grid::sound().spend("participant_costs", "8400.01");
        assert_eq!(above.cells(Code::Fin08).len(), 1);
    }

    #[test]
    fn savings_to_date_of_other_items_offset_it() {
        // Participant costs lie EUR 3,000 above their plan.
        let saved = |euro: i64| {
            example().context(|context| {
                let spent = context.history.spent.get_mut("staff_employees").unwrap();
                *spent -= Money::from_euro(euro);
            })
        };
        assert!(saved(3_000).cells(Code::Fin08).is_empty());
        assert_eq!(saved(3_000).cells(Code::Fin07).len(), 1);
        assert_eq!(saved(2_999).cells(Code::Fin08).len(), 1);
    }

    #[test]
    fn a_flat_rate_offsets_nothing_and_must_be_offset_itself() {
        let flat_rate = |euro: i64| {
            example().context(|context| {
                let spent = context.history.spent.get_mut("staff_employees").unwrap();
                *spent -= Money::from_euro(3_000);
                context
                    .history
                    .spent
                    .insert(ItemKey::new("remaining_costs"), Money::from_euro(euro));
            })
        };
        assert!(flat_rate(44_000).cells(Code::Fin08).is_empty());
        assert_eq!(flat_rate(44_001).cells(Code::Fin08).len(), 1);
        let only_flat_rate_saved = example().context(|context| {
            context
                .history
                .spent
                .insert(ItemKey::new("remaining_costs"), Money::ZERO);
        });
        assert_eq!(only_flat_rate_saved.cells(Code::Fin08).len(), 1);
    }

    #[test]
    fn a_quarter_that_is_not_reported_saves_nothing() {
        // What employees did not spend looks like a saving, unless it was planned for a quarter that is not reported.
        let gap = |reported: Option<[&str; 5]>| {
            example().context(|context| {
                let spent = context.history.spent.get_mut("staff_employees").unwrap();
                *spent -= Money::from_euro(3_000);
                context.history.reported_quarters =
                    reported.map(|quarters| quarters.map(|quarter| quarter.parse().unwrap()).into());
            })
        };
        assert!(gap(None).cells(Code::Fin08).is_empty());
        let all_but_one = ["2023-Q1", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2"];
        assert_eq!(gap(Some(all_but_one)).cells(Code::Fin08).len(), 1);
    }

    #[test]
    fn an_item_without_plan_is_above_any_limit() {
        let grid = Grid::sound().context(|context| {
            context.plan.items.remove("participant_costs");
        });
        assert_eq!(grid.cells(Code::Fin08), ["Ausgaben!E8"]);
    }

    #[test]
    fn a_round_that_switches_the_limit_off_still_warns() {
        let grid = example().round(|round| {
            round
                .severities
                .insert(Code::Fin08, crate::finding::Severity::Off);
        });
        assert_eq!(grid.cells(Code::Fin07), ["Ausgaben!E8"]);
    }
}
