//! IND-09: no result exceeds the participants.
//!
//! ## Was geprüft wird
//! Kein Ergebnisindikator ist kumuliert größer als der Output-Indikator, mit dem er verknüpft ist, je Geschlecht
//! und insgesamt: EECO01 (Teilnehmende); in Runden ohne EECO01 der einzige Indikator seiner Bezugsgruppe.
//!
//! ## Warum
//! Wer ein Ergebnis erzielt, hat teilgenommen. Das System der Kommission prüft jedes Ergebnis gegen den verknüpften
//! Output (SFC, Tabelle 10, Regel vom 01.07.2025).
//!
//! ## Beispiel
//! Bis heute sind 42 Frauen eingetreten, 43 Frauen haben eine Qualifizierung erlangt.
//!
//! ## Abhilfe
//! Das Ergebnis berichtigen oder fehlende Eintritte nachtragen.
//!
//! ## What it checks
//! No result indicator is cumulatively larger than the output indicator it is linked to, for each gender and in
//! total: EECO01 (participants); in rounds without EECO01 the only indicator of its reference group.
//!
//! ## Why
//! Who achieves a result has taken part. The system of the Commission checks every result against its linked output
//! (SFC, table 10, rule of 1 July 2025).
//!
//! ## Example
//! 42 women have entered so far, 43 women have gained a qualification.
//!
//! ## How to fix
//! Correct the result, or add missing entries.

use super::{
    super::subject::Subject,
    comparison::{CUMULATIVE, compare},
};
use crate::{
    finding::{Detail, Finding},
    key::IndicatorCode,
    round::{FundingRound, IndicatorKind, IndicatorSpec},
};

/// The code of all participants in the common output indicators (Regulation (EU) 2021/1057 Annex I).
const PARTICIPANTS: &str = "EECO01";

/// Compares every result with its linked output.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let results = subject
        .round
        .indicators
        .iter()
        .filter(|spec| spec.kind == IndicatorKind::Result);
    let linked = results.filter_map(|spec| Some((spec, linked_output(subject.round, spec)?)));
    linked
        .flat_map(|(spec, output)| {
            compare(
                subject,
                &[spec.code.as_str(), output.as_str()],
                CUMULATIVE,
                |who, _, counts| {
                    let [result, output] = *counts else { return None };
                    let code = spec.code.clone();
                    (result > output).then_some(Detail::ResultExceedsOutput {
                        code,
                        who,
                        result,
                        output,
                    })
                },
            )
        })
        .collect()
}

/// The output that a result is linked to.
pub(super) fn linked_output<'a>(
    round: &'a FundingRound,
    spec: &'a IndicatorSpec,
) -> Option<&'a IndicatorCode> {
    let participants = round
        .indicators
        .iter()
        .find(|output| output.code.as_str() == PARTICIPANTS);
    match (participants, spec.reference.as_slice()) {
        (Some(participants), _) => Some(&participants.code),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    /// Fourteen women have gained a qualification by the quarter, 42 have entered.
    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECR03", [31, 1, 0])
    }

    #[test]
    fn a_result_above_the_participants_is_found_at_its_cell() {
        assert_eq!(example().cells(Code::Ind09), ["Indikatoren!C31"]);
        assert!(
            Grid::sound()
                .count("EECR03", [30, 1, 0])
                .cells(Code::Ind09)
                .is_empty()
        );
    }

    #[test]
    fn a_quarter_may_have_more_results_than_entries() {
        assert!(
            Grid::sound()
                .count("EECR03", [7, 1, 0])
                .cells(Code::Ind09)
                .is_empty()
        );
    }

    #[test]
    fn a_round_without_eeco01_compares_with_the_only_reference() {
        let grid = Grid::sound().count("EECR01", [20, 0, 0]).round(|round| {
            round.indicators.retain(|spec| spec.code.as_str() != "EECO01");
        });
        assert_eq!(grid.cells(Code::Ind09), ["Indikatoren!C29"]);
        assert!(grid.cells(Code::Ind10).is_empty());
    }
}
