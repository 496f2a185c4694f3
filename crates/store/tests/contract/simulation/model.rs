//! The naive model: lists that are searched from one end to the other, and rules written down once more.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nachweis_domain::{
    finding::{Code, Severity},
    key::SubprojectNo,
    ledger::Ledger,
    money::Money,
    quarter::Quarter,
    record::{ReopeningId, UploadId, UploadState, UserId, WaiverId},
};
use nachweis_store::Store;

use super::steps::{Step, expiry};
use crate::sample::code;

mod waivers;

use waivers::Waivers;

struct Revision {
    id: UploadId,
    of: (SubprojectNo, Quarter),
    number: u32,
    state: UploadState,
    cents: i64,
    findings: Vec<(Code, Severity)>,
    uploaded_by: UserId,
    submitted_by: Option<UserId>,
    /// When it was handed in, and which of its findings were waived then.
    submitted: Option<(DateTime<Utc>, Vec<bool>)>,
    endorsed_by: Option<UserId>,
    accepted_by: Option<UserId>,
}

struct Reopening {
    id: ReopeningId,
    of: (SubprojectNo, Quarter),
    asked_by: UserId,
    confirmed: Option<DateTime<Utc>>,
    until: DateTime<Utc>,
}

/// What must be the case.
#[derive(Default)]
pub(crate) struct Model {
    revisions: Vec<Revision>,
    closed: Vec<Quarter>,
    reopenings: Vec<Reopening>,
    coordinated: bool,
    waivers: Waivers,
    /// When something last happened.
    now: DateTime<Utc>,
}

impl Revision {
    fn of_severity(&self, severity: Severity) -> impl Iterator<Item = Code> {
        let findings = self.findings.iter().filter(move |(_, each)| *each == severity);
        findings.map(|(code, _)| *code)
    }
}

/// What stands in the way of an upload: which, of what, and the codes that block.
type Blocked = (UploadId, (SubprojectNo, Quarter), Vec<Code>);

impl Model {
    /// A recent upload and its warnings.
    pub(crate) fn recent(&self, back: u64) -> Option<(UploadId, u32)> {
        let back = usize::try_from(back).unwrap();
        self.revisions.iter().rev().nth(back).map(|one| {
            let warnings = one.of_severity(Severity::Warning).count();
            (one.id, u32::try_from(warnings).unwrap())
        })
    }

    /// A recent upload that is blocked and has nothing else in its way.
    pub(crate) fn blocked(&self, back: u64) -> Option<Blocked> {
        let blocked = self.revisions.iter().rev();
        let blocked = blocked.filter(|one| one.state == UploadState::Blocked && self.is_free(one, self.now));
        let found = blocked.take(usize::try_from(back).unwrap() + 1).last()?;
        let codes = found.of_severity(Severity::Blocking).collect();
        Some((found.id, found.of.clone(), codes))
    }

    /// A blocked upload that could be handed in under waivers just now.
    pub(crate) fn under_waivers(&self) -> Option<UploadId> {
        let mut blocked = self.revisions.iter().rev();
        let ready = |one: &&Revision| one.state == UploadState::Blocked && self.may_submit(one, self.now);
        blocked.find(ready).map(|one| one.id)
    }

    /// A recent waiver and until when it was asked for.
    pub(crate) fn waiver(&self, back: u64) -> Option<(WaiverId, DateTime<Utc>)> {
        self.waivers.recent(usize::try_from(back).unwrap(), self.now)
    }

    /// Whether a step hands in what is blocked.
    pub(crate) fn hands_in_blocked(&self, step: &Step) -> bool {
        matches!(step, Step::Submit { id, .. } if self.of(*id).state == UploadState::Blocked)
    }

    /// Whether somebody would decide on their own request for a waiver.
    pub(crate) fn is_own_waiver(&self, step: &Step, moment: DateTime<Utc>) -> bool {
        matches!(step, Step::Waiver(step) if self.waivers.is_own(step, moment))
    }

    /// What is known of waivers, for comparing.
    pub(crate) const fn waivers(&self) -> &Waivers {
        &self.waivers
    }

    /// A recent request to reopen.
    pub(crate) fn asked(&self, back: u64) -> Option<ReopeningId> {
        let back = usize::try_from(back).unwrap();
        self.reopenings.iter().rev().nth(back).map(|one| one.id)
    }

    pub(crate) const fn is_coordinated(&self) -> bool {
        self.coordinated
    }

    fn of(&self, id: UploadId) -> &Revision {
        self.revisions.iter().find(|one| one.id == id).unwrap()
    }

    /// Whether the quarter takes anything of the subproject.
    fn is_open(&self, of: &(SubprojectNo, Quarter), moment: DateTime<Utc>) -> bool {
        let reopened = |one: &Reopening| {
            &one.of == of && one.confirmed.is_some_and(|from| from <= moment) && moment < one.until
        };
        !self.closed.contains(&of.1) || self.reopenings.iter().any(reopened)
    }

    fn stands(state: UploadState) -> bool {
        matches!(state, UploadState::Submitted | UploadState::Endorsed)
    }

    /// How many entries of the journal a step makes at a moment, at least for a plan: none when it must not happen.
    pub(crate) fn entries_of(&self, step: &Step, moment: DateTime<Utc>) -> u64 {
        let allowed = match step {
            Step::Upload { new, .. } => self.is_open(&(new.subproject.clone(), new.quarter), moment),
            Step::Submit { id, .. } => self.may_submit(self.of(*id), moment),
            Step::Endorse { id, by } => {
                let one = self.of(*id);
                let own = one.uploaded_by == *by || one.submitted_by == Some(*by);
                one.state == UploadState::Submitted
                    && self.coordinated
                    && !own
                    && self.is_open(&one.of, moment)
            }
            Step::Accept { id, by } => {
                let one = self.of(*id);
                let ready = one.state == UploadState::Endorsed
                    || (one.state == UploadState::Submitted && !self.coordinated);
                let replaces = self.accepted(&one.of).is_some();
                let happens = ready && self.may_decide(one, *by, moment);
                return u64::from(happens) + u64::from(happens && replaces);
            }
            Step::Return { id, by } => {
                let one = self.of(*id);
                Self::stands(one.state) && self.may_decide(one, *by, moment)
            }
            Step::Close { quarter } => {
                let undecided = self
                    .revisions
                    .iter()
                    .any(|one| one.of.1 == *quarter && Self::stands(one.state));
                !self.closed.contains(quarter) && !undecided
            }
            Step::Ask { quarter, .. } => self.closed.contains(quarter),
            Step::Confirm { id, by } => {
                let asked = self.reopenings.iter().find(|one| one.id == *id).unwrap();
                let accepted = self.accepted(&asked.of).map(|at| self.revisions[at].accepted_by);
                let own = asked.asked_by == *by || accepted == Some(Some(*by));
                asked.confirmed.is_none() && !own && moment < asked.until
            }
            Step::Plan { .. } | Step::Coordinate { .. } => true,
            Step::Waiver(step) => self.waivers.allow(step, moment),
        };
        u64::from(allowed)
    }

    fn may_submit(&self, one: &Revision, moment: DateTime<Utc>) -> bool {
        self.is_ready(one, moment) && self.is_free(one, moment)
    }

    /// Whether the quarter is open and no other revision stands in the way.
    fn is_free(&self, one: &Revision, moment: DateTime<Utc>) -> bool {
        let others = self
            .revisions
            .iter()
            .filter(|other| other.of == one.of && other.id != one.id);
        let in_the_way = |other: &Revision| {
            Self::stands(other.state) || (other.state == UploadState::Accepted && other.number > one.number)
        };
        self.is_open(&one.of, moment) && !others.into_iter().any(in_the_way)
    }

    /// Whether nothing blocks an upload that was not handed in, or each of what blocks it is waived.
    fn is_ready(&self, one: &Revision, moment: DateTime<Utc>) -> bool {
        let mut blocking = one.of_severity(Severity::Blocking);
        one.state == UploadState::Checked
            || one.state == UploadState::Blocked
                && blocking.all(|code| self.waivers.count(&one.of, code, moment))
    }

    /// For each finding of an upload whether it was waived when that was handed in, or is while it was not.
    fn waived(&self, one: &Revision, moment: DateTime<Utc>) -> Vec<bool> {
        if let Some((_, waived)) = &one.submitted {
            return waived.clone();
        }
        let codes = one.findings.iter().map(|(code, _)| *code);
        codes
            .map(|code| self.waivers.count(&one.of, code, moment))
            .collect()
    }

    fn may_decide(&self, one: &Revision, by: UserId, moment: DateTime<Utc>) -> bool {
        let hands = [Some(one.uploaded_by), one.submitted_by, one.endorsed_by];
        !hands.contains(&Some(by)) && self.is_open(&one.of, moment)
    }

    fn accepted(&self, of: &(SubprojectNo, Quarter)) -> Option<usize> {
        self.revisions
            .iter()
            .position(|one| &one.of == of && one.state == UploadState::Accepted)
    }

    /// The step happened at this moment.
    pub(crate) fn follow(&mut self, step: &Step, moment: DateTime<Utc>) {
        self.now = moment;
        match step {
            Step::Upload { new, cents } => {
                let of = (new.subproject.clone(), new.quarter);
                let before = self.revisions.iter().filter(|one| one.of == of).count();
                let rated = new.findings.iter();
                let findings: Vec<_> = rated.map(|one| (one.finding.code(), one.severity)).collect();
                self.revisions.push(Revision {
                    id: new.id,
                    of,
                    number: u32::try_from(before).unwrap() + 1,
                    state: if findings
                        .iter()
                        .any(|(_, severity)| *severity == Severity::Blocking)
                    {
                        UploadState::Blocked
                    } else {
                        UploadState::Checked
                    },
                    cents: *cents,
                    findings,
                    uploaded_by: new.uploaded_by,
                    submitted_by: None,
                    submitted: None,
                    endorsed_by: None,
                    accepted_by: None,
                });
            }
            Step::Submit { id, by, .. } => {
                let waived = self.waived(self.of(*id), moment);
                self.change(*id, |one| {
                    one.state = UploadState::Submitted;
                    one.submitted_by = Some(*by);
                    one.submitted = Some((moment, waived));
                });
            }
            Step::Endorse { id, by } => self.change(*id, |one| {
                one.state = UploadState::Endorsed;
                one.endorsed_by = Some(*by);
            }),
            Step::Accept { id, by } => {
                if let Some(older) = self.accepted(&self.of(*id).of) {
                    self.revisions[older].state = UploadState::Superseded;
                }
                self.change(*id, |one| {
                    one.state = UploadState::Accepted;
                    one.accepted_by = Some(*by);
                });
            }
            Step::Return { id, .. } => self.change(*id, |one| one.state = UploadState::Returned),
            Step::Close { quarter } => self.closed.push(*quarter),
            Step::Ask {
                id,
                no,
                quarter,
                by,
                hours,
            } => self.reopenings.push(Reopening {
                id: *id,
                of: (no.clone(), *quarter),
                asked_by: *by,
                confirmed: None,
                until: expiry(moment, *hours),
            }),
            Step::Confirm { id, .. } => {
                let asked = self.reopenings.iter_mut().find(|one| one.id == *id).unwrap();
                asked.confirmed = Some(moment);
            }
            Step::Plan { .. } => {}
            Step::Coordinate { begins } => self.coordinated = *begins,
            Step::Waiver(step) => self.waivers.follow(step, moment),
        }
    }

    fn change(&mut self, id: UploadId, how: impl FnOnce(&mut Revision)) {
        how(self.revisions.iter_mut().find(|one| one.id == id).unwrap());
    }

    /// The store holds what the model says of everything that the step could have touched.
    pub(crate) fn agrees(&self, store: &Store, step: &Step, moment: DateTime<Utc>) {
        match step {
            Step::Submit { id, .. } => self.findings_agree(store, self.of(*id), moment),
            Step::Waiver(_) => {
                let found = store.waivers_of_round(&code()).unwrap();
                self.waivers.agree(&found, moment);
            }
            _ => {}
        }
        let of = match step {
            Step::Upload { new, .. } => (new.subproject.clone(), new.quarter),
            Step::Submit { id, .. }
            | Step::Endorse { id, .. }
            | Step::Accept { id, .. }
            | Step::Return { id, .. } => self.of(*id).of.clone(),
            _ => return,
        };
        let mine: Vec<&Revision> = self.revisions.iter().filter(|one| one.of == of).collect();
        for one in &mine {
            let kept = store.upload(one.id).unwrap().unwrap();
            assert_eq!(
                (kept.state, kept.revision),
                (one.state, one.number),
                "{step:?}: {kept:?}"
            );
            let progress = store.progress_of(one.id).unwrap().unwrap();
            if let Some((decided_by, _)) = progress.decided {
                let hands = [Some(one.uploaded_by), one.submitted_by, one.endorsed_by];
                assert!(!hands.contains(&Some(decided_by)), "{step:?}: {progress:?}");
            }
        }
        let count = |wanted: fn(UploadState) -> bool| mine.iter().filter(|one| wanted(one.state)).count();
        assert!(
            count(Self::stands) <= 1,
            "{step:?}: more than one stands for decision"
        );
        assert!(
            count(|state| state == UploadState::Accepted) <= 1,
            "{step:?}: more than one is accepted"
        );
    }

    /// Findings are waived as the model says. What was blocked was handed in only with each of what blocked it under a
    /// waiver of that code and quarter, granted by somebody else, not expired and not withdrawn then: the record itself
    /// says so.
    fn findings_agree(&self, store: &Store, one: &Revision, moment: DateTime<Utc>) {
        let found = store.findings_at(one.id, moment).unwrap();
        let marks: Vec<bool> = found.iter().map(|rated| rated.waiver.is_some()).collect();
        assert_eq!(marks, self.waived(one, moment), "{found:?} at {moment}");
        let Some((at, _)) = one.submitted else { return };
        let blocking = found.iter().filter(|rated| rated.severity == Severity::Blocking);
        for rated in blocking {
            let named = rated.waiver.unwrap_or_else(|| panic!("{rated:?} is not waived"));
            let waiver = store.waiver(named.id).unwrap();
            let decision = waiver.decision.as_ref().unwrap();
            assert!(
                waiver.subproject == one.of.0
                    && waiver.code == rated.finding.code()
                    && (waiver.first..=waiver.last).contains(&one.of.1)
                    && decision.by != waiver.asked_by
                    && decision.at < at
                    && decision.until.is_some_and(|until| at < until)
                    && waiver
                        .withdrawal
                        .as_ref()
                        .is_none_or(|withdrawal| at < withdrawal.at),
                "{rated:?} was handed in at {at} under {waiver:?}"
            );
        }
    }

    /// Every finding of every upload is waived as the model says.
    pub(crate) fn all_findings_agree(&self, store: &Store, moment: DateTime<Utc>) {
        let with_findings = self.revisions.iter().filter(|one| !one.findings.is_empty());
        for one in with_findings {
            self.findings_agree(store, one, moment);
        }
    }

    /// The ledger is what a naive sum over the revisions that count makes of it.
    pub(crate) fn makes(&self, ledger: &Ledger) {
        let mut expected: BTreeMap<(SubprojectNo, Quarter), (Money, Money)> = BTreeMap::new();
        for one in &self.revisions {
            let sum = Money::from_cents(one.cents + one.cents * 2 / 5);
            if one.state == UploadState::Accepted {
                expected.insert(one.of.clone(), (sum, sum));
            } else if Self::stands(one.state) && self.accepted(&one.of).is_none() {
                expected.insert(one.of.clone(), (sum, Money::ZERO));
            }
        }
        let mut found: BTreeMap<(SubprojectNo, Quarter), (Money, Money)> = BTreeMap::new();
        for entry in &ledger.expenditure {
            let no = ledger.subprojects[entry.subproject].subproject.no.clone();
            let sums = found.entry((no, entry.quarter)).or_default();
            sums.0 += entry.reported;
            sums.1 += entry.accepted;
        }
        assert_eq!(found, expected);
    }
}
