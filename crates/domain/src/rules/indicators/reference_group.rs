//! IND-10: no result exceeds its reference group.
//!
//! ## Was geprüft wird
//! Kein Ergebnisindikator ist kumuliert größer als die Gruppe, in der das Ergebnis möglich ist, je Geschlecht und
//! insgesamt. Die Förderrunde nennt die Gruppen: EECR01 höchstens EECO04; EECR04 und EECR05 höchstens EECO02 +
//! EECO04; EECR06 höchstens EECO05.
//!
//! ## Warum
//! Nur wer beim Eintritt nicht erwerbstätig oder arbeitslos war, kann danach „in Beschäftigung“ gezählt werden; nur
//! Erwerbstätige können ihre Lage verbessern.
//!
//! ## Beispiel
//! Sieben Frauen waren beim Eintritt nicht erwerbstätig, acht sind nach der Teilnahme auf Arbeitsuche.
//!
//! ## Abhilfe
//! Das Ergebnis oder den Erwerbsstatus beim Eintritt berichtigen.
//!
//! ## What it checks
//! No result indicator is cumulatively larger than the group in which the result is possible, for each gender and
//! in total. The funding round names the groups: EECR01 at most EECO04; EECR04 and EECR05 at most EECO02 + EECO04;
//! EECR06 at most EECO05.
//!
//! ## Why
//! Only who was inactive or unemployed at entry can be counted as “in employment” afterwards; only the employed can
//! improve their situation.
//!
//! ## Example
//! Seven women were inactive at entry, eight are searching for a job upon leaving.
//!
//! ## How to fix
//! Correct the result, or the employment status at entry.

use super::{
    super::subject::Subject,
    comparison::{CUMULATIVE, compare},
    linked_output::linked_output,
};
use crate::{
    finding::{Detail, Finding},
    key::IndicatorCode,
};

/// Compares every result with its reference group, unless that is just the output of `IND-09`.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for spec in &subject.round.indicators {
        let linked = linked_output(subject.round, spec);
        let is_linked = matches!(spec.reference.as_slice(), [only] if Some(only) == linked);
        if spec.reference.is_empty() || is_linked {
            continue;
        }
        let group: Vec<&str> = spec.reference.iter().map(IndicatorCode::as_str).collect();
        let mut codes = vec![spec.code.as_str()];
        codes.extend(&group);
        found.extend(compare(subject, &codes, CUMULATIVE, |who, _, counts| {
            let (result, outputs) = counts.split_first()?;
            let (result, size) = (*result, outputs.iter().sum());
            (result > size).then(|| Detail::ResultExceedsGroup {
                code: spec.code.clone(),
                who,
                result,
                group: group.join(" + "),
                size,
            })
        }));
    }
    found
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    /// Seven women were inactive at entry, six of them are searching for a job before the quarter.
    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECR01", [2, 0, 0])
    }

    #[test]
    fn a_result_above_its_group_is_found_at_its_cell() {
        assert_eq!(example().cells(Code::Ind10), ["Indikatoren!C29"]);
    }

    #[test]
    fn a_group_of_several_outputs_is_their_sum() {
        // 28 unemployed and 7 inactive women so far; 12 in employment before the quarter.
        assert!(
            Grid::sound()
                .count("EECR04", [23, 1, 0])
                .cells(Code::Ind10)
                .is_empty()
        );
        assert_eq!(
            Grid::sound().count("EECR04", [24, 1, 0]).cells(Code::Ind10).len(),
            1
        );
    }

    #[test]
    fn a_result_above_the_participants_is_left_to_another_rule_where_they_are_the_group() {
        let grid = Grid::sound().count("EECR03", [31, 1, 0]);
        assert!(grid.cells(Code::Ind10).is_empty());
    }

    #[test]
    fn the_round_names_the_groups() {
        let grid = example().round(|round| {
            round
                .indicators
                .iter_mut()
                .for_each(|spec| spec.reference.clear());
        });
        assert!(grid.cells(Code::Ind10).is_empty());
    }
}
