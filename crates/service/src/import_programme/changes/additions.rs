//! Plan versions and payments of an import that the record does not have yet, by the rules of the store.

use std::collections::BTreeMap;

use nachweis_domain::{
    key::SubprojectNo,
    ledger::SubprojectState,
    plan::{Disbursement, PlanVersion},
    programme::ProgrammeImport,
};

use super::Payments;

type Recorded<'a> = BTreeMap<&'a SubprojectNo, &'a SubprojectState>;

/// How many plan versions are new: they plan otherwise than the last one recorded for their day of effect.
pub(super) fn plans(recorded: &Recorded<'_>, import: &ProgrammeImport) -> usize {
    let mut last: BTreeMap<_, &PlanVersion> = BTreeMap::new();
    for state in recorded.values() {
        let of_state = state.plans.iter();
        last.extend(of_state.map(|plan| ((&state.subproject.no, plan.effective_from), plan)));
    }
    let with_subproject = import
        .subprojects
        .iter()
        .map(|(subproject, plan)| (&subproject.no, plan));
    let alone = import.plans.iter().map(|(no, plan)| (no, plan));
    let mut count = 0;
    for (no, plan) in with_subproject.chain(alone) {
        let before = last.insert((no, plan.effective_from), plan);
        count += usize::from(!before.is_some_and(|before| before.plans_the_same(plan)));
    }
    count
}

/// The payments that the record does not have as often as the file.
pub(super) fn payments(recorded: &Recorded<'_>, import: &ProgrammeImport) -> Payments {
    let mut there: BTreeMap<&SubprojectNo, Vec<&Disbursement>> = recorded
        .iter()
        .map(|(no, state)| (*no, state.disbursements.iter().collect()))
        .collect();
    let mut new = Payments::default();
    for (no, paid) in &import.disbursements {
        let known = there.entry(no).or_default();
        if let Some(found) = known.iter().position(|other| *other == paid) {
            known.swap_remove(found);
        } else {
            new.count += 1;
            new.total += paid.amount;
        }
    }
    new
}
