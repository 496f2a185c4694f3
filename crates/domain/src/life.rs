//! The life of a quarter (design.md §3) as a state machine: which step leads where, what forbids it, and who can help.
//!
//! `checked → submitted → endorsed → accepted`, with `returned` from the coordinator's or the manager's turn, and
//! `superseded` when a newer revision of the same subproject and quarter is accepted. Nothing here knows a database or a
//! clock: the moment and everything around the upload are arguments.

mod refusal;
mod standing;
mod turn;

pub use refusal::Refusal;
pub use standing::{Reopening, Standing};
pub use turn::{Place, Turn, turn, turn_in, turn_with};

use serde::{Deserialize, Serialize};

use crate::record::UploadState;

/// Of the revisions of one subproject's quarter, in their order, the one that counts: the accepted one, and where there is
/// none the one that stands for decision.
pub fn counting<T>(revisions: &[T], state: impl Fn(&T) -> UploadState) -> Option<&T> {
    let first = |counts: fn(UploadState) -> bool| {
        let mut revisions = revisions.iter();
        revisions.find(|revision| counts(state(revision)))
    };
    first(|state| state == UploadState::Accepted).or_else(|| first(UploadState::is_open))
}

/// Whether the lead can hand an upload in: it is checked, or each of its blocking findings is waived.
pub fn is_submittable(state: UploadState, blocking: Blocking) -> bool {
    match state {
        UploadState::Checked => true,
        UploadState::Blocked => blocking == Blocking::Waived,
        _ => false,
    }
}

/// A step that somebody takes with an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The lead hands it in.
    Submit,
    /// The coordinator of the network endorses it.
    Endorse,
    /// The manager accepts it.
    Accept,
    /// The coordinator or the manager returns it with a reason.
    Return,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 4] = [Self::Submit, Self::Endorse, Self::Accept, Self::Return];
}

/// Whether the coordinator of a network has a say before the manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endorsement {
    /// A subproject of a network, in a round that asks for it.
    Needed,
    /// A subproject outside of networks, a network's own coordination, or a round that does not ask for it.
    NotNeeded,
}

/// Other revisions of the same subproject and quarter, as far as they matter for a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// The revision that is handed in and not decided, other than the one in question.
    pub open: Option<OpenRevision>,
    /// The highest accepted revision above the one in question.
    pub newer_accepted: Option<u32>,
}

/// A revision that stands for decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenRevision {
    /// Its number.
    pub revision: u32,
    /// Its state: submitted or endorsed.
    pub state: UploadState,
}

/// What the verdict's blocking findings mean for handing an upload in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blocking {
    /// At least one stands in the way, where there are any.
    Stands,
    /// Each of them is waived at this moment.
    Waived,
}

/// Everything around an upload that decides on a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    /// The state of the upload.
    pub state: UploadState,
    /// Whether its blocking findings are waived.
    pub blocking: Blocking,
    /// Whether the quarter takes steps at this moment.
    pub standing: Standing,
    /// Whether a coordinator endorses first.
    pub endorsement: Endorsement,
    /// Other revisions of the quarter.
    pub others: Others,
}

impl Situation {
    /// The state that a step leads to.
    ///
    /// # Errors
    /// The first [`Refusal`] in this order: the quarter is closed, the state does not allow the step, the coordinator is
    /// first, another revision stands in the way.
    ///
    /// ```
    /// use nachweis_domain::{life::*, record::UploadState};
    /// let checked = Situation {
    ///     state: UploadState::Checked,
    ///     blocking: Blocking::Stands,
    ///     standing: Standing::Open,
    ///     endorsement: Endorsement::Needed,
    ///     others: Others::default(),
    /// };
    /// assert_eq!(checked.after(Step::Submit), Ok(UploadState::Submitted));
    /// let waived = Situation { state: UploadState::Blocked, blocking: Blocking::Waived, ..checked };
    /// assert_eq!(waived.after(Step::Submit), Ok(UploadState::Submitted));
    /// let submitted = Situation { state: UploadState::Submitted, ..checked };
    /// assert_eq!(submitted.after(Step::Accept), Err(Refusal::NotEndorsed));
    /// assert_eq!(submitted.after(Step::Endorse), Ok(UploadState::Endorsed));
    /// ```
    pub fn after(&self, step: Step) -> Result<UploadState, Refusal> {
        if let Some(closed) = self.standing.refusal() {
            return Err(closed);
        }
        let wrong_state = Refusal::State {
            found: self.state,
            turn: turn(Some(self.state), self.endorsement),
        };
        match (step, self.state) {
            (Step::Submit, state) if is_submittable(state, self.blocking) => self.submitted(),
            (Step::Endorse, UploadState::Submitted) => match self.endorsement {
                Endorsement::Needed => Ok(UploadState::Endorsed),
                Endorsement::NotNeeded => Err(Refusal::EndorsementNotNeeded),
            },
            (Step::Accept, UploadState::Submitted) => match self.endorsement {
                Endorsement::Needed => Err(Refusal::NotEndorsed),
                Endorsement::NotNeeded => Ok(UploadState::Accepted),
            },
            (Step::Accept, UploadState::Endorsed) => Ok(UploadState::Accepted),
            (Step::Return, UploadState::Submitted | UploadState::Endorsed) => Ok(UploadState::Returned),
            _ => Err(wrong_state),
        }
    }

    /// Only one revision of a quarter may stand for decision, and none that is older than what was accepted.
    fn submitted(&self) -> Result<UploadState, Refusal> {
        if let Some(open) = self.others.open {
            return Err(Refusal::OpenRevision {
                revision: open.revision,
                turn: turn(Some(open.state), self.endorsement),
            });
        }
        if let Some(revision) = self.others.newer_accepted {
            return Err(Refusal::NewerRevision { revision });
        }
        Ok(UploadState::Submitted)
    }
}

#[cfg(test)]
mod tests;
