//! What of a round's ledger a caller may see: their reports are made from nothing else.

use nachweis_domain::{
    access::{Act, Caller},
    ledger::{Ledger, SubprojectIndex},
};

use crate::gate;

/// The ledger with the subprojects that the caller may see in reports, and with their networks only.
pub(crate) fn restrict(caller: &Caller, mut ledger: Ledger) -> Ledger {
    let visible: Vec<bool> = ledger
        .subprojects
        .iter()
        .map(|state| gate::allows(caller, Act::ReadReport, &state.subproject))
        .collect();
    if visible.iter().all(|visible| *visible) {
        return ledger;
    }
    let places = new_places(&visible);
    let place = |old: SubprojectIndex| places.get(old).copied().flatten();
    let mut flags = visible.iter();
    ledger
        .subprojects
        .retain(|_| flags.next().copied().unwrap_or(false));
    ledger
        .expenditure
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    ledger
        .funds
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    ledger
        .indicators
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    ledger
        .counters
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    ledger
        .quarters
        .retain_mut(|entry| moved(&mut entry.subproject, place));
    let subprojects = &ledger.subprojects;
    ledger.networks.retain(|network| {
        subprojects
            .iter()
            .any(|state| state.subproject.network.as_ref() == Some(&network.code))
    });
    ledger
}

/// Where each subproject stands after the hidden ones have gone.
fn new_places(visible: &[bool]) -> Vec<Option<SubprojectIndex>> {
    let mut next = 0;
    visible
        .iter()
        .map(|visible| {
            visible.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect()
}

/// Moves an entry to its subproject's new place; `false` when that is gone.
fn moved(index: &mut SubprojectIndex, place: impl Fn(SubprojectIndex) -> Option<SubprojectIndex>) -> bool {
    match place(*index) {
        Some(new) => {
            *index = new;
            true
        }
        None => false,
    }
}
