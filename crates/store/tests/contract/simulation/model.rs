//! The naive model: lists that are searched from one end to the other, and rules written down once more.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use nachweis_domain::{
    finding::Severity,
    key::SubprojectNo,
    ledger::Ledger,
    money::Money,
    quarter::Quarter,
    record::{ReopeningId, UploadId, UploadState, UserId},
};
use nachweis_store::Store;

use super::steps::{Step, expiry};

struct Revision {
    id: UploadId,
    of: (SubprojectNo, Quarter),
    number: u32,
    state: UploadState,
    cents: i64,
    warnings: u32,
    uploaded_by: UserId,
    submitted_by: Option<UserId>,
    endorsed_by: Option<UserId>,
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
}

impl Model {
    /// A recent upload and its warnings.
    pub(crate) fn recent(&self, back: u64) -> Option<(UploadId, u32)> {
        let back = usize::try_from(back).unwrap();
        self.revisions
            .iter()
            .rev()
            .nth(back)
            .map(|one| (one.id, one.warnings))
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
                asked.confirmed.is_none() && asked.asked_by != *by && moment < asked.until
            }
            Step::Plan { .. } | Step::Coordinate { .. } => true,
        };
        u64::from(allowed)
    }

    fn may_submit(&self, one: &Revision, moment: DateTime<Utc>) -> bool {
        let others = self
            .revisions
            .iter()
            .filter(|other| other.of == one.of && other.id != one.id);
        let in_the_way = |other: &Revision| {
            Self::stands(other.state) || (other.state == UploadState::Accepted && other.number > one.number)
        };
        one.state == UploadState::Checked
            && self.is_open(&one.of, moment)
            && !others.into_iter().any(in_the_way)
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
        match step {
            Step::Upload { new, cents } => {
                let of = (new.subproject.clone(), new.quarter);
                let before = self.revisions.iter().filter(|one| one.of == of).count();
                let count = |severity| new.findings.iter().filter(|one| one.severity == severity).count();
                self.revisions.push(Revision {
                    id: new.id,
                    of,
                    number: u32::try_from(before).unwrap() + 1,
                    state: if count(Severity::Blocking) > 0 {
                        UploadState::Blocked
                    } else {
                        UploadState::Checked
                    },
                    cents: *cents,
                    warnings: u32::try_from(count(Severity::Warning)).unwrap(),
                    uploaded_by: new.uploaded_by,
                    submitted_by: None,
                    endorsed_by: None,
                });
            }
            Step::Submit { id, by, .. } => self.change(*id, |one| {
                one.state = UploadState::Submitted;
                one.submitted_by = Some(*by);
            }),
            Step::Endorse { id, by } => self.change(*id, |one| {
                one.state = UploadState::Endorsed;
                one.endorsed_by = Some(*by);
            }),
            Step::Accept { id, .. } => {
                if let Some(older) = self.accepted(&self.of(*id).of) {
                    self.revisions[older].state = UploadState::Superseded;
                }
                self.change(*id, |one| one.state = UploadState::Accepted);
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
        }
    }

    fn change(&mut self, id: UploadId, how: impl FnOnce(&mut Revision)) {
        how(self.revisions.iter_mut().find(|one| one.id == id).unwrap());
    }

    /// The store holds what the model says of everything that the step could have touched.
    pub(crate) fn agrees(&self, store: &Store, step: &Step) {
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
