//! IND-11: results do not exceed those who have left.
//!
//! ## Was geprüft wird
//! Kein Ergebnisindikator ist kumuliert größer als die Zahl der bisher Ausgetretenen. Die Förderrunde sagt, welche
//! Kennzahlen Austritte zählen; nennt sie keine, entfällt die Prüfung.
//!
//! ## Warum
//! Ergebnisse werden nach dem Austritt erhoben; sie können nicht zahlreicher sein als die Austritte.
//!
//! ## Beispiel
//! 42 Personen sind bisher ausgetreten, 45 haben eine Qualifizierung erlangt.
//!
//! ## Abhilfe
//! Die Austritte nachtragen oder das Ergebnis berichtigen, sonst die Abweichung begründen.
//!
//! ## What it checks
//! No result indicator is cumulatively larger than the number of those who have left so far. The funding round says
//! which counters count leavers; where it names none, this is not checked.
//!
//! ## Why
//! Results are surveyed after leaving; there cannot be more of them than leavers.
//!
//! ## Example
//! 42 persons have left so far, 45 have gained a qualification.
//!
//! ## How to fix
//! Add the leavers or correct the result; otherwise give the reason.

use super::{super::subject::Subject, comparison::cells};
use crate::{
    cell::CellRef,
    finding::{Detail, Finding, Span, Who},
    round::IndicatorKind,
};

/// Compares every result with the leavers; nothing is found while a counter of leavers is missing. What exceeds even
/// the participants is left to `IND-09`.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let counters = &subject.round.leavers;
    let so_far = |counter| {
        subject
            .counter_in_quarter(counter)?
            .checked_add(subject.counter_before(counter))
    };
    let leavers: Option<i64> = counters.iter().map(so_far).sum();
    let Some(leavers) = leavers.filter(|_| !counters.is_empty()) else {
        return Vec::new();
    };
    let rows: Vec<CellRef> = counters
        .iter()
        .filter_map(|counter| Some(subject.counter(counter)?.at.clone()))
        .collect();
    let all = |code: &str| subject.count(code, Who::All, Span::Cumulative);
    let participants = all("EECO01").unwrap_or(i64::MAX);
    let results = subject
        .round
        .indicators
        .iter()
        .filter(|spec| spec.kind == IndicatorKind::Result);
    results
        .filter_map(|spec| {
            let result =
                all(spec.code.as_str()).filter(|result| *result > leavers && *result <= participants)?;
            let (at, _) = cells(subject, &[spec.code.as_str()], Who::All)?;
            let code = spec.code.clone();
            let detail = Detail::ResultsExceedLeavers {
                code,
                result,
                leavers,
            };
            Some(Finding::at(at, detail).with_related(rows.clone()))
        })
        .collect()
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    /// Eighteen have gained a qualification before the quarter; 42 have left by its end.
    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECR03", [15, 12, 0])
    }

    #[test]
    fn more_results_than_leavers_are_found_at_the_total() {
        assert_eq!(example().cells(Code::Ind11), ["Indikatoren!F31"]);
        assert!(
            Grid::sound()
                .count("EECR03", [14, 10, 0])
                .cells(Code::Ind11)
                .is_empty()
        );
    }

    #[test]
    fn a_round_that_counts_no_leavers_is_not_checked() {
        assert!(
            example()
                .round(|round| round.leavers.clear())
                .cells(Code::Ind11)
                .is_empty()
        );
    }

    #[test]
    fn a_missing_counter_is_left_to_the_reader() {
        assert!(
            example()
                .counter("qualification_finished", None)
                .cells(Code::Ind11)
                .is_empty()
        );
    }
}
