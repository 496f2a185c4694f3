//! Checks of what a round says of single rules.

use super::{Check, LIST_LIMIT};
use crate::{
    finding::{Code, Severity},
    round::{FundingRound, RoundFault as Fault, RuleMode, RuleSetting, rule::INDISPENSABLE},
};

impl Check {
    pub(super) fn rules(&mut self, round: &FundingRound) {
        let count = round.rules.len();
        if count > LIST_LIMIT {
            let limit = LIST_LIMIT;
            self.add("rules", Fault::TooMany { count, limit });
        }
        let entries = round.rules.iter().take(LIST_LIMIT);
        for (index, entry) in entries.enumerate() {
            let place = format!("rules.{}", entry.code);
            for fault in alone(entry, round) {
                self.add(&place, fault);
            }
            let mut earlier = round.rules.iter().take(index);
            if earlier.any(|other| other.code == entry.code && other.meets(entry)) {
                self.add(&place, Fault::RuleTwice);
            }
        }
        for (code, severity) in &round.severities {
            if INDISPENSABLE.contains(code) && !weighs_as_ever(*code, Some(*severity)) {
                self.add(format!("severities.{code}"), Fault::RuleIndispensable);
            }
        }
    }
}

fn weighs_as_ever(code: Code, severity: Option<Severity>) -> bool {
    severity.is_none_or(|severity| severity == code.default_severity())
}

/// What is wrong with an entry, whatever the others say.
fn alone(entry: &RuleSetting, round: &FundingRound) -> Vec<Fault> {
    let mut faults = Vec::new();
    let silent = RuleSetting {
        code: entry.code,
        severity: None,
        mode: RuleMode::Active,
        effective_from: None,
        effective_until: None,
    };
    if *entry == silent {
        faults.push(Fault::RuleSilent);
    }
    let dated = entry.effective_from.is_some() || entry.effective_until.is_some();
    let runs_always = entry.mode == RuleMode::Active && !dated && weighs_as_ever(entry.code, entry.severity);
    if INDISPENSABLE.contains(&entry.code) && !runs_always {
        faults.push(Fault::RuleIndispensable);
    }
    if entry.mode == RuleMode::Shadow && entry.severity == Some(Severity::Off) {
        faults.push(Fault::RuleOffInShadow);
    }
    if round.severities.contains_key(&entry.code) {
        faults.push(Fault::RuleInSeverities);
    }
    match (entry.effective_from, entry.effective_until) {
        (Some(from), Some(until)) if from > until => faults.push(Fault::RuleDates { from, until }),
        _ => {}
    }
    let quarters = round.period.quarters();
    let ends = [entry.effective_from, entry.effective_until];
    let outside = ends.into_iter().flatten().find(|end| !quarters.contains(end));
    faults.extend(outside.map(|quarter| Fault::RuleOutsideRound { quarter }));
    faults
}
