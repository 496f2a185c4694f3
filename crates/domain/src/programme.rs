//! A programme as it is imported: networks, subprojects with their plans, money paid out; and what can be wrong in it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    key::{NetworkCode, SubprojectNo},
    plan::{Disbursement, PlanVersion},
    round::FundingRound,
    subproject::{AwardPath, RegionalNetwork, Subproject},
};

mod look_alike;
mod problem;

pub use look_alike::{LookAlike, look_alikes};
pub use problem::{ProgrammeFault, ProgrammeProblem};

/// A programme to be imported into one round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammeImport {
    /// Networks.
    pub networks: Vec<RegionalNetwork>,
    /// Subprojects, each with one plan version; a subproject with several plan versions stands here several times,
    /// with the same master data.
    pub subprojects: Vec<(Subproject, PlanVersion)>,
    /// Plan versions that come without their subproject, because it is recorded already: change notices.
    pub plans: Vec<(SubprojectNo, PlanVersion)>,
    /// Money paid out.
    pub disbursements: Vec<(SubprojectNo, Disbursement)>,
}

impl ProgrammeImport {
    /// The numbers of all subprojects, each once, in order.
    pub fn numbers(&self) -> BTreeSet<&SubprojectNo> {
        self.subprojects
            .iter()
            .map(|(subproject, _)| &subproject.no)
            .collect()
    }

    /// The first plan version of each subproject: what was awarded at the start.
    pub fn first_plans(&self) -> BTreeMap<&SubprojectNo, &PlanVersion> {
        let mut first: BTreeMap<&SubprojectNo, &PlanVersion> = BTreeMap::new();
        for (subproject, plan) in &self.subprojects {
            let known = first.entry(&subproject.no).or_insert(plan);
            if plan.number < known.number {
                *known = plan;
            }
        }
        first
    }
}

/// What the record holds of the round already: a later file need not repeat it, so that change notices and payments can
/// come alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Codes of networks.
    pub networks: BTreeSet<NetworkCode>,
    /// Numbers of subprojects.
    pub subprojects: BTreeSet<SubprojectNo>,
}

/// Everything that is wrong in a programme that is added to what is recorded, in the order of its parts; empty when it
/// can be imported.
pub fn check(round: &FundingRound, import: &ProgrammeImport, recorded: &Recorded) -> Vec<ProgrammeProblem> {
    let mut problems = Problems {
        round,
        recorded,
        found: Vec::new(),
    };
    problems.networks(import);
    problems.subprojects(import);
    problems.plans(import);
    problems.disbursements(import);
    problems.found
}

struct Problems<'a> {
    round: &'a FundingRound,
    recorded: &'a Recorded,
    found: Vec<ProgrammeProblem>,
}

impl Problems<'_> {
    fn add(&mut self, object: &impl ToString, fault: ProgrammeFault) {
        self.found.push(ProgrammeProblem {
            object: object.to_string(),
            fault,
        });
    }

    fn networks(&mut self, import: &ProgrammeImport) {
        let mut seen = BTreeSet::new();
        for network in &import.networks {
            if network.round != self.round.code {
                self.add(
                    &network.code,
                    ProgrammeFault::OtherRound(network.round.to_string()),
                );
            }
            if !seen.insert(&network.code) {
                self.add(&network.code, ProgrammeFault::DuplicateNetwork);
            }
        }
    }

    fn subprojects(&mut self, import: &ProgrammeImport) {
        let networks: BTreeSet<&NetworkCode> = import.networks.iter().map(|network| &network.code).collect();
        let mut seen: BTreeMap<&SubprojectNo, &Subproject> = BTreeMap::new();
        let mut versions = BTreeSet::new();
        for (subproject, plan) in &import.subprojects {
            match seen.insert(&subproject.no, subproject) {
                None => self.subproject(subproject, &networks),
                Some(before) if before != subproject => {
                    self.add(&subproject.no, ProgrammeFault::DuplicateSubproject);
                }
                Some(_) => {}
            }
            if !versions.insert((&subproject.no, plan.number)) {
                self.add(&subproject.no, ProgrammeFault::DuplicatePlan(plan.number));
            }
            self.plan(&subproject.no, plan);
        }
    }

    fn subproject(&mut self, subproject: &Subproject, networks: &BTreeSet<&NetworkCode>) {
        let round = self.round;
        let no = &subproject.no;
        if subproject.round != round.code {
            self.add(no, ProgrammeFault::OtherRound(subproject.round.to_string()));
        }
        for (name, text) in [
            ("title", &subproject.title),
            ("carrier", &subproject.carrier.name),
        ] {
            if text.trim().is_empty() {
                self.add(no, ProgrammeFault::Empty(name));
            }
        }
        let via = match &subproject.award_path {
            AwardPath::PassedOn { via } => Some(via),
            AwardPath::Direct => None,
        };
        for network in subproject.network.iter().chain(via) {
            if !networks.contains(network) && !self.recorded.networks.contains(network) {
                self.add(no, ProgrammeFault::UnknownNetwork(network.to_string()));
            }
        }
        if !round.strands.iter().any(|strand| strand.key == subproject.strand) {
            self.add(no, ProgrammeFault::UnknownStrand(subproject.strand.to_string()));
        }
        if !round
            .action_fields
            .iter()
            .any(|field| field.key == subproject.action_field)
        {
            self.add(
                no,
                ProgrammeFault::UnknownField(subproject.action_field.to_string()),
            );
        }
        let grant = subproject.grant_period;
        if grant.first > grant.last || grant.first < round.period.first || grant.last > round.period.last {
            self.add(no, ProgrammeFault::GrantOutsideRound(grant, round.period));
        }
        self.place(subproject);
    }

    fn place(&mut self, subproject: &Subproject) {
        let Some(nuts2) = subproject.nuts2 else { return };
        let facts = nuts2.facts();
        if subproject.land.is_some_and(|land| land != facts.land) {
            self.add(&subproject.no, ProgrammeFault::RegionOutsideLand(facts.code));
        }
    }

    fn plan(&mut self, no: &SubprojectNo, plan: &PlanVersion) {
        let round = self.round;
        for (item, years) in &plan.items {
            if round.plan_item(item).is_none() {
                self.add(no, ProgrammeFault::UnknownItem(item.to_string()));
            }
            for (year, amount) in years {
                if amount.is_negative() {
                    self.add(no, ProgrammeFault::NegativePlan(item.to_string(), *year, *amount));
                }
            }
        }
        for source in plan
            .sources
            .keys()
            .filter(|source| round.source(source).is_none())
        {
            self.add(no, ProgrammeFault::UnknownSource(source.to_string()));
        }
        for code in plan.targets.keys().filter(|code| round.indicator(code).is_none()) {
            self.add(no, ProgrammeFault::UnknownIndicator(code.to_string()));
        }
        let (sources, items) = (plan.sources.values().sum(), plan.awarded(round));
        if sources != items {
            self.add(
                no,
                ProgrammeFault::SourcesDiffer {
                    version: plan.number,
                    sources,
                    items,
                },
            );
        }
    }

    /// Plan versions that come alone.
    fn plans(&mut self, import: &ProgrammeImport) {
        let mut versions = BTreeSet::new();
        for (no, plan) in &import.plans {
            if !self.recorded.subprojects.contains(no) {
                self.add(no, ProgrammeFault::UnknownPlanned(plan.number));
            }
            if !versions.insert((no, plan.number)) {
                self.add(no, ProgrammeFault::DuplicatePlan(plan.number));
            }
            self.plan(no, plan);
        }
    }

    fn disbursements(&mut self, import: &ProgrammeImport) {
        let numbers = import.numbers();
        for (no, disbursement) in &import.disbursements {
            if !numbers.contains(no) && !self.recorded.subprojects.contains(no) {
                self.add(no, ProgrammeFault::UnknownPaid(disbursement.paid_on));
            }
            if self.round.source(&disbursement.source).is_none() {
                self.add(no, ProgrammeFault::UnknownSource(disbursement.source.to_string()));
            }
        }
    }
}

#[cfg(test)]
mod tests;
