//! FIN-06: every voucher number occurs once.
//!
//! ## Was geprüft wird
//! Keine Belegnummer kommt im Bericht zweimal vor oder wurde schon in einem früheren Quartal gemeldet. Zeilen, die
//! ein früheres Quartal korrigieren, nennen die Nummer des ursprünglichen Belegs; sie dürfen nur nicht Zeile für
//! Zeile gleich sein.
//!
//! ## Warum
//! Ein doppelt gemeldeter Beleg wird doppelt erstattet.
//!
//! ## Beispiel
//! Die Nummer 2024-117 steht in den Zeilen 12 und 48.
//!
//! ## Abhilfe
//! Die Nummer berichtigen oder den doppelten Beleg entfernen.
//!
//! ## What it checks
//! No voucher number occurs twice in the report or was reported for an earlier quarter. Lines that correct an
//! earlier quarter name the number of the original voucher; only must two of them not be alike.
//!
//! ## Why
//! A voucher reported twice is paid for twice.
//!
//! ## Example
//! The number 2024-117 stands in rows 12 and 48.
//!
//! ## How to fix
//! Correct the number or remove the duplicate voucher.

use std::collections::HashMap;

use super::super::subject::Subject;
use crate::{
    figures::{Voucher, VoucherColumn},
    finding::{Detail, Finding},
    money::Money,
    quarter::Quarter,
};

/// What must not occur twice: a number, and of corrections the number with quarter and amount.
type Key<'a> = (&'a str, Option<(Quarter, Option<Money>)>);

/// Looks for numbers that occur twice; the finding stands at the later one and names the first.
pub(in crate::rules) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let list = &subject.figures.vouchers;
    let earlier = &subject.context.history.voucher_numbers;
    let mut first: HashMap<Key<'_>, &Voucher> = HashMap::with_capacity(list.rows.len());
    let mut found = Vec::new();
    for voucher in &list.rows {
        let Some(number) = voucher.number.as_deref() else {
            continue;
        };
        let at = || list.cell(voucher, VoucherColumn::Number);
        let duplicate = |earlier| Detail::DuplicateVoucher {
            number: number.to_owned(),
            earlier,
        };
        let key = (number, voucher.corrects.map(|quarter| (quarter, voucher.amount)));
        if let Some(original) = first.get(&key) {
            let related = vec![list.cell(original, VoucherColumn::Number)];
            found.push(Finding::at(at(), duplicate(false)).with_related(related));
            continue;
        }
        first.insert(key, voucher);
        if voucher.corrects.is_none() && earlier.contains(number) {
            found.push(Finding::at(at(), duplicate(true)));
        }
    }
    found
}

#[cfg(test)]
pub(in crate::rules) mod tests {
    use crate::{
        finding::{Code, Detail},
        money::Money,
        rules::testing::{Grid, quarter},
    };

    pub(in crate::rules) fn example() -> Grid {
        Grid::sound().add_voucher(|voucher| voucher.number = Some("B-2".to_owned()))
    }

    #[test]
    fn the_second_occurrence_is_found_and_names_the_first() {
        let findings = example().check();
        assert_eq!(example().lines(), ["FIN-06 Belege!A9"]);
        assert_eq!(findings[0].related[0].to_string(), "Belege!A6");
    }

    #[test]
    fn a_number_of_an_earlier_quarter_is_found() {
        let grid = Grid::sound().voucher("B-4", |voucher| voucher.number = Some("A-2".to_owned()));
        let findings = grid.check();
        assert_eq!(grid.cells(Code::Fin06), ["Belege!A8"]);
        assert!(matches!(
            findings[0].detail,
            Detail::DuplicateVoucher { earlier: true, .. }
        ));
    }

    #[test]
    fn corrections_name_the_number_of_the_original() {
        let correction = |euro: i64| {
            move |voucher: &mut crate::figures::Voucher| {
                voucher.number = Some("A-1".to_owned());
                voucher.corrects = Some(quarter("2024-Q1"));
                voucher.amount = Some(Money::from_euro(euro));
            }
        };
        let reversed_and_booked_anew = Grid::sound()
            .add_voucher(correction(-50))
            .add_voucher(correction(50));
        assert!(reversed_and_booked_anew.check().is_empty());
        let twice_the_same = Grid::sound()
            .add_voucher(correction(-50))
            .add_voucher(correction(-50));
        assert_eq!(twice_the_same.cells(Code::Fin06), ["Belege!A10"]);
    }

    #[test]
    fn vouchers_without_number_are_no_duplicates() {
        let grid = Grid::sound().voucher("B-1", |voucher| voucher.number = None);
        let grid = grid.voucher("B-2", |voucher| voucher.number = None);
        assert!(grid.cells(Code::Fin06).is_empty());
    }
}
