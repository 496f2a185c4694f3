//! IND-17: entities are counted where the action field supports them.
//!
//! ## Was geprüft wird
//! EECO18 (öffentliche Verwaltungen) und EECO19 (kleine und mittlere Unternehmen) sind im Quartal null, wenn das
//! Handlungsfeld des Teilvorhabens keine Organisationen unterstützt. Die Förderrunde nennt die Handlungsfelder, die
//! es tun; nennt sie keine, entfällt die Prüfung.
//!
//! ## Warum
//! Organisationen zählen nur, wenn die Förderung ihnen gilt. Wer eine Person aus einem Betrieb berät, zählt die
//! Person.
//!
//! ## Beispiel
//! Ein Teilvorhaben der Anerkennungsberatung zählt drei Unternehmen.
//!
//! ## Abhilfe
//! Die Zahl prüfen; wurden tatsächlich Organisationen unterstützt, dies begründen.
//!
//! ## What it checks
//! EECO18 (public administrations) and EECO19 (small and medium-sized enterprises) are zero in the quarter when the
//! action field of the subproject does not support entities. The funding round names the action fields that do;
//! where it names none, this is not checked.
//!
//! ## Why
//! Entities count only when the support is for them. Who advises a person of a company counts the person.
//!
//! ## Example
//! A subproject of recognition counselling counts three enterprises.
//!
//! ## How to fix
//! Check the number; if entities were supported, give the reason.

use super::super::subject::Subject;
use crate::{
    finding::{Detail, Finding, Span, Who},
    round::Counted,
};

/// Looks for entities where none are supported.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let supporting = &subject.round.supports_entities;
    if supporting.is_empty() || supporting.contains(&subject.context.subproject.action_field) {
        return Vec::new();
    }
    let entities = subject
        .round
        .indicators
        .iter()
        .filter(|spec| spec.counts == Counted::Entities);
    entities
        .filter_map(|spec| {
            let code = spec.code.as_str();
            let count = subject
                .count(code, Who::All, Span::Quarter)
                .filter(|count| *count > 0)?;
            let at = subject.count_cell(code, Who::All)?;
            let code = spec.code.clone();
            Some(Finding::at(at, Detail::EntitiesUnexpected { code, count }))
        })
        .collect()
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{key::ActionFieldKey, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().indicator("EECO19", |row| row.total.as_mut().unwrap().value = 3)
    }

    #[test]
    fn entities_of_a_counselling_subproject_are_found() {
        assert_eq!(example().lines(), ["IND-17 Indikatoren!F23"]);
    }

    #[test]
    fn the_round_names_the_action_fields_that_support_entities() {
        let grid = example().context(|context| {
            context.subproject.action_field = ActionFieldKey::new("labour_market_actors");
        });
        assert!(grid.check().is_empty());
        assert!(
            example()
                .round(|round| round.supports_entities.clear())
                .check()
                .is_empty()
        );
    }
}
