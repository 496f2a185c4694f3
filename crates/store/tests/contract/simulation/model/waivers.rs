//! What the model knows of waivers: one list, and the rules written down once more.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    finding::Code,
    key::SubprojectNo,
    quarter::Quarter,
    record::{UserId, WaiverId},
    waiver::Waiver,
};

use crate::simulation::steps::{OPEN_AT_MOST, WaiverStep, expiry};

/// The codes that can be waived, of those that the simulation knows.
const WAIVABLE: [Code; 2] = [Code::Fin04, Code::Fin05];

struct Asked {
    id: WaiverId,
    no: SubprojectNo,
    code: Code,
    quarters: (Quarter, Quarter),
    by: UserId,
    at: DateTime<Utc>,
    until: DateTime<Utc>,
    /// By whom, until when if granted, and when.
    decided: Option<(UserId, Option<DateTime<Utc>>, DateTime<Utc>)>,
    withdrawn: Option<(UserId, DateTime<Utc>)>,
}

/// All waivers in the order in which they were asked for.
#[derive(Default)]
pub(crate) struct Waivers(Vec<Asked>);

/// A waiver as it was known at a moment: what the simulation says of it.
type Known = (
    (u32, WaiverId, SubprojectNo, Code, (Quarter, Quarter)),
    (UserId, DateTime<Utc>, DateTime<Utc>),
    Option<(UserId, Option<DateTime<Utc>>, DateTime<Utc>)>,
    Option<(UserId, DateTime<Utc>)>,
);

impl Asked {
    /// Nobody has decided or withdrawn, and its time has not passed.
    fn waits(&self, moment: DateTime<Utc>) -> bool {
        self.decided.is_none() && self.withdrawn.is_none() && moment < self.until
    }

    /// It was granted until later, and nobody withdrew it.
    fn counts(&self, moment: DateTime<Utc>) -> bool {
        let until = self.decided.and_then(|(_, until, _)| until);
        self.withdrawn.is_none() && until.is_some_and(|until| moment < until)
    }
}

impl Waivers {
    /// A recent waiver and until when it was asked for, one that waits if there is any.
    pub(crate) fn recent(&self, back: usize, now: DateTime<Utc>) -> Option<(WaiverId, DateTime<Utc>)> {
        let recent = || self.0.iter().rev();
        let waiting = recent().filter(|one| one.waits(now)).nth(back);
        waiting
            .or_else(|| recent().nth(back))
            .map(|one| (one.id, one.until))
    }

    fn of(&self, id: WaiverId) -> &Asked {
        self.0.iter().find(|one| one.id == id).unwrap()
    }

    /// Whether findings of a code in a quarter of a subproject are waived.
    pub(crate) fn count(
        &self,
        (no, quarter): &(SubprojectNo, Quarter),
        code: Code,
        moment: DateTime<Utc>,
    ) -> bool {
        let fits = |one: &Asked| {
            one.no == *no
                && one.code == code
                && one.quarters.0 <= *quarter
                && *quarter <= one.quarters.1
                && one.counts(moment)
        };
        WAIVABLE.contains(&code) && self.0.iter().any(fits)
    }

    /// Whether a step may be taken.
    pub(crate) fn allow(&self, step: &WaiverStep, moment: DateTime<Utc>) -> bool {
        match step {
            WaiverStep::Ask { no, .. } => {
                let waiting = self.0.iter().filter(|one| one.no == *no && one.waits(moment));
                waiting.count() < OPEN_AT_MOST
            }
            WaiverStep::Decide { id, by, until } => {
                let one = self.of(*id);
                let in_time = until.is_none_or(|until| moment < until && until <= one.until);
                one.waits(moment) && one.by != *by && in_time
            }
            WaiverStep::Withdraw { id, .. } => {
                let one = self.of(*id);
                one.waits(moment) || one.counts(moment)
            }
        }
    }

    /// Whether a step is refused for nothing but that somebody would decide on their own request.
    pub(crate) fn is_own(&self, step: &WaiverStep, moment: DateTime<Utc>) -> bool {
        match step {
            WaiverStep::Decide { id, by, .. } => {
                let one = self.of(*id);
                one.waits(moment) && one.by == *by
            }
            _ => false,
        }
    }

    /// The step happened at this moment.
    pub(crate) fn follow(&mut self, step: &WaiverStep, moment: DateTime<Utc>) {
        match step {
            WaiverStep::Ask {
                id,
                no,
                code,
                quarters,
                by,
                hours,
            } => self.0.push(Asked {
                id: *id,
                no: no.clone(),
                code: *code,
                quarters: *quarters,
                by: *by,
                at: moment,
                until: expiry(moment, *hours),
                decided: None,
                withdrawn: None,
            }),
            WaiverStep::Decide { id, by, until } => {
                self.change(*id, |one| one.decided = Some((*by, *until, moment)));
            }
            WaiverStep::Withdraw { id, by } => self.change(*id, |one| one.withdrawn = Some((*by, moment))),
        }
    }

    fn change(&mut self, id: WaiverId, how: impl FnOnce(&mut Asked)) {
        how(self.0.iter_mut().find(|one| one.id == id).unwrap());
    }

    /// Moments right at and right before what happened to waivers.
    pub(crate) fn moments(&self) -> Vec<DateTime<Utc>> {
        let decided = self.0.iter().filter_map(|one| one.decided.map(|(_, _, at)| at));
        let withdrawn = self.0.iter().filter_map(|one| one.withdrawn.map(|(_, at)| at));
        let all = self.0.iter().map(|one| one.at).chain(decided).chain(withdrawn);
        all.flat_map(|at| [at - crate::as_of::STEP, at]).collect()
    }

    /// Waivers are what was known of them at a moment, and nobody granted what they had asked for.
    pub(crate) fn agree(&self, found: &[Waiver], moment: DateTime<Utc>) {
        let known = (1..).zip(&self.0).filter(|(_, one)| one.at <= moment);
        let expected: Vec<Known> = known
            .map(|(number, one)| {
                (
                    (number, one.id, one.no.clone(), one.code, one.quarters),
                    (one.by, one.at, one.until),
                    one.decided.filter(|(_, _, at)| *at <= moment),
                    one.withdrawn.filter(|(_, at)| *at <= moment),
                )
            })
            .collect();
        let told = |one: &Waiver| -> Known {
            (
                (
                    one.number,
                    one.id,
                    one.subproject.clone(),
                    one.code,
                    (one.first, one.last),
                ),
                (one.asked_by, one.asked_at, one.asked_until),
                one.decision
                    .as_ref()
                    .map(|decision| (decision.by, decision.until, decision.at)),
                one.withdrawal
                    .as_ref()
                    .map(|withdrawal| (withdrawal.by, withdrawal.at)),
            )
        };
        let found_known: Vec<Known> = found.iter().map(told).collect();
        assert_eq!(found_known, expected, "as of {moment}");
        for one in found {
            let decided_by = one.decision.as_ref().map(|decision| decision.by);
            assert_ne!(decided_by, Some(one.asked_by), "{one:?}");
        }
    }
}
