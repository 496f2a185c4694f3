//! IND-12: a cumulative value falls only by a named correction.
//!
//! ## Was geprüft wird
//! Eine negative Zahl im Quartal senkt den kumulierten Wert. Bei einem Indikator ist das zulässig, wenn die Zeile
//! das korrigierte Quartal und den Grund nennt. Kennzahlen sind nie negativ.
//!
//! ## Warum
//! Kumulierte Werte werden an die Kommission gemeldet und sinken nicht von selbst; wer einen früheren Wert
//! berichtigt, muss ihn nachvollziehbar machen.
//!
//! ## Beispiel
//! Für EECO12 steht -1, ein korrigiertes Quartal ist nicht genannt.
//!
//! ## Abhilfe
//! Das korrigierte Quartal, zum Beispiel 2024-Q1, und den Grund eintragen oder die Zahl berichtigen.
//!
//! ## What it checks
//! A negative number in the quarter lowers the cumulative value. In an indicator this is allowed when the row names
//! the corrected quarter and the reason. Counters are never negative.
//!
//! ## Why
//! Cumulative values are reported to the Commission and do not fall by themselves; who corrects an earlier value
//! must make it traceable.
//!
//! ## Example
//! EECO12 says -1, no corrected quarter is named.
//!
//! ## How to fix
//! Enter the corrected quarter, for example 2024-Q1, and the reason, or correct the number.

use super::{super::subject::Subject, negative_count::negative_counts};
use crate::finding::{Detail, Finding};

/// Looks for falls without a named correction. What would fall below zero is left to `IND-13`.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    negative_counts(subject)
        .into_iter()
        .filter(|negative| negative.after >= 0 && !negative.is_named)
        .map(|negative| {
            let detail = Detail::FallWithoutCorrection {
                name: negative.name,
                before: negative.before,
                after: negative.after,
            };
            Finding::at(negative.at, detail)
        })
        .collect()
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        cell::{CellRef, Located},
        finding::Code,
        rules::testing::{Grid, quarter},
    };

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound()
            .counted_before("EECO12", [4, 2, 0])
            .count("EECO12", [-1, 0, 0])
    }

    fn named(grid: Grid, note: &str) -> Grid {
        grid.indicator("EECO12", |row| {
            row.corrects = Some(Located::new(
                quarter("2024-Q1"),
                CellRef::at("Indikatoren", 15, 6),
            ));
            row.note = Some(Located::new(note.to_owned(), CellRef::at("Indikatoren", 15, 7)));
        })
    }

    #[test]
    fn a_fall_without_correction_is_found_at_its_cell() {
        assert_eq!(example().lines(), ["IND-12 Indikatoren!C16"]);
    }

    #[test]
    fn a_fall_with_quarter_and_reason_is_allowed() {
        assert!(named(example(), "Doppelzählung").check().is_empty());
    }

    #[test]
    fn a_fall_without_reason_is_found() {
        assert_eq!(named(example(), "  ").lines(), ["IND-12 Indikatoren!C16"]);
    }

    #[test]
    fn a_counter_falls_never() {
        let grid = Grid::sound().counter("qualification_dropped_out", Some(-2));
        assert_eq!(grid.cells(Code::Ind12), ["Kennzahlen!C12"]);
    }
}
