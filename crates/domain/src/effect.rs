//! What other rules would have found: uploads that were judged, judged anew, and how the two verdicts differ.
//!
//! A round is compared with another version of itself: with its rules in shadow switched on, or with a proposed round
//! file. Nothing here reads a workbook or a record; the caller brings both verdicts on each upload.

mod counted;

pub use counted::{Both, Effect, Hits, Judged, LeftOut, Listed, Place, RuleEffect, Uncounted};

use std::collections::BTreeMap;

use crate::{
    cell::CellRef,
    finding::{Code, Detail, Finding, Severity},
    record::RatedFinding,
    round::FundingRound,
    rules,
};

/// How a verdict changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It would be found.
    Found,
    /// It would weigh differently: so much before.
    Weighed(Severity),
    /// It would say something else of the same cell, such as another threshold, and weigh the same.
    Reworded,
    /// It would no longer be found.
    Gone,
}

/// A finding in which two verdicts on an upload differ; one that is gone has the severity that it had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// How.
    pub change: Change,
    /// What.
    pub rated: RatedFinding,
}

impl Changed {
    /// Whether it would block and did not.
    fn becomes_blocking(&self) -> bool {
        let blocks = self.rated.severity == Severity::Blocking;
        match self.change {
            Change::Found => blocks,
            Change::Weighed(before) => blocks && before < Severity::Blocking,
            Change::Reworded | Change::Gone => false,
        }
    }
}

/// In what two verdicts on the same upload differ, in the order of the workbook.
///
/// ```
/// use nachweis_domain::{effect::{changes, Change}, finding::{Detail, Finding}, round::shipped, rules};
/// let round = shipped().remove(0);
/// let verdict = rules::rate(&round, "2024-Q3".parse()?, vec![Finding::whole(Detail::NotDeclared)]);
/// assert!(changes(verdict.clone(), verdict.clone()).is_empty());
/// assert_eq!(changes(Vec::new(), verdict)[0].change, Change::Found);
/// # Ok::<(), nachweis_domain::quarter::QuarterError>(())
/// ```
pub fn changes(before: Vec<RatedFinding>, after: Vec<RatedFinding>) -> Vec<Changed> {
    let mut open: BTreeMap<(Option<CellRef>, Code), Vec<RatedFinding>> = BTreeMap::new();
    for rated in before {
        open.entry(place(&rated.finding)).or_default().push(rated);
    }
    let mut changed = Vec::new();
    let mut unmatched = Vec::new();
    for rated in after {
        let same = open.get_mut(&place(&rated.finding)).and_then(|known| {
            let same = known.iter().position(|one| one.finding == rated.finding)?;
            Some(known.swap_remove(same))
        });
        match same {
            None => unmatched.push(rated),
            Some(same) if same.severity == rated.severity => {}
            Some(same) => changed.push(Changed {
                change: Change::Weighed(same.severity),
                rated,
            }),
        }
    }
    for rated in unmatched {
        let place = place(&rated.finding);
        // What is said of the workbook as a whole is told apart by its words alone.
        let there = open.get_mut(&place).filter(|_| place.0.is_some());
        let change = match there.and_then(Vec::pop) {
            None => Change::Found,
            Some(other) if other.severity == rated.severity => Change::Reworded,
            Some(other) => Change::Weighed(other.severity),
        };
        changed.push(Changed { change, rated });
    }
    let gone = open.into_values().flatten();
    changed.extend(gone.map(|rated| Changed {
        change: Change::Gone,
        rated,
    }));
    changed.sort_by(|one, other| one.rated.finding.cmp(&other.rated.finding));
    changed
}

fn place(finding: &Finding) -> (Option<CellRef>, Code) {
    (finding.at.clone(), finding.code())
}

/// What judging anew needs to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// The figures that are kept of an upload say all that the differing rules look at.
    Figures,
    /// The original must be read once more.
    Originals,
}

impl Evidence {
    /// What the difference between two versions of a round needs: figures where only rules, rates and thresholds differ
    /// that are compared with figures, else the originals.
    pub fn needed(before: &FundingRound, after: &FundingRound) -> Self {
        let needs_original = |code: &&Code| rules::needs_original(**code);
        let differing = Code::ALL.iter().filter(|code| differs(before, after, **code));
        // Figures alone do not say whose workbook it was; the findings that are kept do.
        if differing.filter(needs_original).count() > 0 || *before != alike(before, after) {
            Self::Originals
        } else {
            Self::Figures
        }
    }

    /// What of a verdict is found anew with this evidence; the rest of a verdict stays as it was given
    /// ([`Self::leaves`]).
    pub fn speaks_of(self, rated: &RatedFinding) -> bool {
        match self {
            Self::Originals => true,
            Self::Figures => !rules::needs_original(subject(&rated.finding)),
        }
    }

    /// What of a kept verdict this evidence cannot find anew: it is part of both verdicts, so that an upload that was
    /// blocked by it is not taken for one that would be blocked from now on.
    pub fn leaves(self, kept: Vec<RatedFinding>) -> Vec<RatedFinding> {
        kept.into_iter().filter(|rated| !self.speaks_of(rated)).collect()
    }
}

/// The later version with everything as before that only figures are compared with.
fn alike(before: &FundingRound, after: &FundingRound) -> FundingRound {
    let before = before.clone();
    FundingRound {
        rule_version: before.rule_version,
        rules: before.rules,
        severities: before.severities,
        thresholds: before.thresholds,
        esf_caps: before.esf_caps,
        own_funds_minimum: before.own_funds_minimum,
        leavers: before.leavers,
        supports_entities: before.supports_entities,
        report_due_days: before.report_due_days,
        retention_years: before.retention_years,
        endorsement: before.endorsement,
        ..after.clone()
    }
}

/// Whether two versions of a round say different things of a rule.
pub fn differs(before: &FundingRound, after: &FundingRound, code: Code) -> bool {
    let quarters = before.period.quarters();
    let severity = |round: &FundingRound| -> Vec<_> {
        let quarters = quarters.iter();
        quarters.map(|quarter| round.severity(code, *quarter)).collect()
    };
    severity(before) != severity(after)
}

/// The rule that a finding tells of: of further findings the one that they are of.
const fn subject(finding: &Finding) -> Code {
    match finding.detail {
        Detail::FurtherFindings { code, .. } => code,
        _ => finding.code(),
    }
}

/// How many findings one stands for.
const fn weight(finding: &Finding) -> u64 {
    match finding.detail {
        Detail::FurtherFindings { count, .. } => count,
        _ => 1,
    }
}

#[cfg(test)]
mod tests;
