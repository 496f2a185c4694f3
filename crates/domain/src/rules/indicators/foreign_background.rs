//! IND-16: participants have a foreign background.
//!
//! ## Was geprüft wird
//! EECO14 (ausländische Herkunft) erreicht kumuliert den von der Förderrunde erwarteten Anteil an EECO01 (üblich:
//! 90 %).
//!
//! ## Warum
//! Zielgruppe sind Menschen ausländischer Herkunft; ein niedriger Anteil deutet auf fehlende Angaben hin.
//!
//! ## Beispiel
//! Von 70 Teilnehmenden haben 55 eine ausländische Herkunft.
//!
//! ## Abhilfe
//! Die Zahlen prüfen und ergänzen oder den Anteil begründen.
//!
//! ## What it checks
//! EECO14 (foreign background) cumulatively reaches the share of EECO01 that the funding round expects (usually
//! 90%).
//!
//! ## Why
//! The target group are people of foreign background; a low share suggests missing data.
//!
//! ## Example
//! Of 70 participants 55 have a foreign background.
//!
//! ## How to fix
//! Check and complete the numbers, or give the reason for the share.

use rust_decimal::Decimal;

use super::{super::subject::Subject, comparison::cells};
use crate::finding::{Detail, Finding, Span, Who};

/// Compares the cumulative share with the one expected.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let codes = ["EECO14", "EECO01"];
    let counts = codes.map(|code| subject.count(code, Who::All, Span::Cumulative));
    let [Some(count), Some(total)] = counts else {
        return Vec::new();
    };
    let expected = subject.round.thresholds.foreign_background;
    if Decimal::from(count) >= Decimal::from(total) * expected.fraction() {
        return Vec::new();
    }
    let found = cells(subject, &codes, Who::All).map(|(at, related)| {
        let detail = Detail::ForeignBackground {
            count,
            total,
            expected,
        };
        Finding::at(at, detail).with_related(related)
    });
    found.into_iter().collect()
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    /// Sixty of sixty participants before the quarter.
    pub(in crate::rules) fn example() -> Grid {
        Grid::sound()
            .count("EECO13", [0, 0, 0])
            .count("EECO14", [1, 1, 0])
            .counted_before("EECO14", [30, 18, 6])
    }

    #[test]
    fn a_share_below_the_expected_one_is_found() {
        assert_eq!(example().cells(Code::Ind16), ["Indikatoren!F18"]);
    }

    #[test]
    fn the_expected_share_itself_is_enough() {
        assert!(
            Grid::sound()
                .count("EECO14", [2, 1, 0])
                .cells(Code::Ind16)
                .is_empty()
        );
        assert_eq!(
            Grid::sound().count("EECO14", [1, 1, 0]).cells(Code::Ind16).len(),
            1
        );
    }
}
