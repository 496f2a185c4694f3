//! Corrections of earlier quarters: vouchers that name the quarter they correct, and the two views that follow.
//!
//! *As reported*, a correction counts in the quarter of the workbook that carries it. *As corrected*, it counts in the
//! quarter that it corrects. Both views have the same sum.

use std::collections::BTreeMap;

use crate::{
    key::{ItemKey, SubprojectNo},
    ledger::{ExpenditureEntry, Ledger, SubprojectIndex},
    money::Money,
    quarter::Quarter,
};

/// What the vouchers of a workbook correct of an item in an earlier quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Whose.
    pub subproject: SubprojectNo,
    /// The quarter of the workbook that carries it.
    pub quarter: Quarter,
    /// The quarter that it corrects.
    pub corrects: Quarter,
    /// The plan item.
    pub item: ItemKey,
    /// The sum of the vouchers, with its sign.
    pub amount: Money,
    /// Whether the workbook is accepted.
    pub is_accepted: bool,
}

/// Where an amount stands in the ledger.
type Place = (SubprojectIndex, Quarter, ItemKey);

/// The corrections that move to another quarter in [`as_corrected`], with whose they are: those of a subproject of the ledger
/// that name another quarter, which is reported.
pub fn moved<'a>(
    ledger: &Ledger,
    corrections: &'a [Correction],
) -> impl Iterator<Item = (SubprojectIndex, &'a Correction)> {
    corrections.iter().filter_map(|correction| {
        let subproject = ledger.index_of(&correction.subproject)?;
        let is_reported = ledger.quarters.iter().any(|state| {
            state.subproject == subproject && state.quarter == correction.corrects && state.is_reported
        });
        (is_reported && correction.corrects != correction.quarter).then_some((subproject, correction))
    })
}

/// The ledger with each correction in the quarter that it corrects; the sum of each item stays. A correction of a quarter
/// that is not reported stays where it was reported, because spending there would contradict that nothing was.
pub fn as_corrected(mut ledger: Ledger, corrections: &[Correction]) -> Ledger {
    let mut entries: BTreeMap<Place, [Money; 2]> = BTreeMap::new();
    for entry in std::mem::take(&mut ledger.expenditure) {
        let amounts = entries
            .entry((entry.subproject, entry.quarter, entry.item))
            .or_default();
        add(amounts, [entry.reported, entry.accepted]);
    }
    for (subproject, correction) in moved(&ledger, corrections) {
        let accepted = if correction.is_accepted {
            correction.amount
        } else {
            Money::ZERO
        };
        let place = |quarter| (subproject, quarter, correction.item.clone());
        add(
            entries.entry(place(correction.quarter)).or_default(),
            [-correction.amount, -accepted],
        );
        add(
            entries.entry(place(correction.corrects)).or_default(),
            [correction.amount, accepted],
        );
    }
    ledger.expenditure = entries
        .into_iter()
        .map(
            |((subproject, quarter, item), [reported, accepted])| ExpenditureEntry {
                subproject,
                quarter,
                item,
                reported,
                accepted,
            },
        )
        .collect();
    ledger
}

fn add(sums: &mut [Money; 2], amounts: [Money; 2]) {
    for (sum, amount) in sums.iter_mut().zip(amounts) {
        *sum += amount;
    }
}
