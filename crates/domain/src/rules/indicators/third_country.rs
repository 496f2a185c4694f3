//! IND-06: third-country nationals have a foreign background.
//!
//! ## Was geprüft wird
//! EECO13 (Drittstaatsangehörige) ist höchstens so groß wie EECO14 (ausländische Herkunft): im Quartal und
//! kumuliert, je Geschlecht und insgesamt.
//!
//! ## Warum
//! Wer die Staatsangehörigkeit eines Drittstaats hat, hat in aller Regel eine ausländische Herkunft; eine
//! Abweichung deutet auf vertauschte Zahlen hin.
//!
//! ## Beispiel
//! Fünf Frauen aus Drittstaaten und vier Frauen ausländischer Herkunft sind eingetragen.
//!
//! ## Abhilfe
//! Beide Zahlen prüfen und berichtigen oder die Abweichung begründen.
//!
//! ## What it checks
//! EECO13 (third-country nationals) is at most EECO14 (foreign background): in the quarter and cumulatively, for
//! each gender and in total.
//!
//! ## Why
//! Who is a national of a third country has a foreign background as a rule; a difference suggests swapped numbers.
//!
//! ## Example
//! Five women from third countries and four women of foreign background are entered.
//!
//! ## How to fix
//! Check and correct both numbers, or give the reason for the difference.

use super::{
    super::subject::Subject,
    comparison::{BOTH, compare},
};
use crate::finding::{Detail, Finding};

/// Compares third-country nationals with participants of foreign background.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    compare(subject, &["EECO13", "EECO14"], BOTH, |who, span, counts| {
        let [third_country, background] = *counts else {
            return None;
        };
        (third_country > background).then_some(Detail::ThirdCountry {
            who,
            span,
            third_country,
            background,
        })
    })
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{finding::Code, rules::testing::Grid};

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().count("EECO14", [4, 3, 1])
    }

    #[test]
    fn more_third_country_nationals_than_foreign_background_are_found() {
        assert_eq!(example().cells(Code::Ind06), ["Indikatoren!C17"]);
        assert!(
            Grid::sound()
                .count("EECO14", [5, 3, 1])
                .cells(Code::Ind06)
                .is_empty()
        );
    }
}
