//! What the subprojects report: money, participants, texts, and how each workbook fares.

use std::collections::BTreeMap;

use nachweis_domain::{
    key::SubprojectNo, plan::PlanVersion, programme::ProgrammeImport, subproject::Subproject,
};

mod money;
mod quirk;

pub(crate) use money::{disbursements, union_allowed};

/// Each subproject once, in the order of numbers, with its plan versions in order.
pub(crate) fn subprojects_with_plans(import: &ProgrammeImport) -> Vec<(&Subproject, Vec<&PlanVersion>)> {
    let mut grouped: BTreeMap<&SubprojectNo, (&Subproject, Vec<&PlanVersion>)> = BTreeMap::new();
    for (subproject, plan) in &import.subprojects {
        let entry = grouped
            .entry(&subproject.no)
            .or_insert_with(|| (subproject, Vec::new()));
        entry.1.push(plan);
    }
    let mut grouped: Vec<_> = grouped.into_values().collect();
    for (_, plans) in &mut grouped {
        plans.sort_by_key(|plan| plan.number);
    }
    grouped
}
