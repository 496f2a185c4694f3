//! The clean submissions of a quarter that wait for a decision of the caller, so that nobody names hundreds of them.

use nachweis_domain::{
    access::{Act, Caller},
    key::RoundCode,
    language::Text,
    life::Step,
    limits,
    quarter::Quarter,
    record::UploadState,
    subproject::Subproject,
};
use nachweis_store::{RoundUpload, StoreError};

use crate::{error::ServiceError, gate, round_uploads::ListedUpload, service::Service, uploads};

/// A decision that is taken on many clean submissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CleanStep {
    /// The coordinator of the network endorses them.
    Endorse,
    /// The manager accepts them.
    Accept,
}

impl CleanStep {
    const fn act(self) -> Act {
        match self {
            Self::Endorse => Act::Endorse,
            Self::Accept => Act::Accept,
        }
    }

    const fn step(self) -> Step {
        match self {
            Self::Endorse => Step::Endorse,
            Self::Accept => Step::Accept,
        }
    }

    /// Whether submissions of a state wait for the decision, of the caller or of somebody else.
    const fn concerns(self, state: UploadState) -> bool {
        match self {
            Self::Endorse => matches!(state, UploadState::Submitted),
            Self::Accept => state.is_open(),
        }
    }
}

/// What of a quarter waits for a decision, in the order of the subprojects.
#[derive(Debug)]
pub struct CleanSubmissions {
    /// Clean submissions on which the caller may decide now, at most as many as one step takes.
    pub ready: Vec<ListedUpload>,
    /// How many further ones are beyond what one step takes.
    pub beyond: usize,
    /// Submissions that are left out, each with why.
    pub left_out: Vec<(ListedUpload, ServiceError)>,
}

impl Service {
    /// The submissions of a quarter that stand for a decision: those without warnings, or with waived ones only, on which the
    /// caller may decide, and the others each with why it is left out. A read: nothing is decided.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is no such round; [`ServiceError::Forbidden`] when the caller may take such a
    /// decision on no subproject of it.
    pub fn clean_submissions(
        &self,
        caller: &Caller,
        round: &RoundCode,
        quarter: Quarter,
        step: CleanStep,
    ) -> Result<CleanSubmissions, ServiceError> {
        let known = self.seen_uploads(caller, round, Some(quarter))?;
        let decides = |subproject| gate::allows(caller, step.act(), subproject);
        if !known.subprojects.iter().any(decides) {
            gate::programme(caller, step.act())?;
        }
        let (mut ready, mut left_out) = (Vec::new(), Vec::new());
        for upload in &known.uploads {
            let subproject = known.subproject(&upload.upload.subproject);
            let Some(subproject) = subproject.filter(|_| step.concerns(upload.situation.state)) else {
                continue;
            };
            let listed = ListedUpload::of(upload.clone());
            match ready_for(caller, step, subproject, upload) {
                Ok(()) => ready.push(listed),
                Err(error) => left_out.push((listed, error)),
            }
        }
        let beyond = split(&mut ready, limits::ACCEPT_MANY.size());
        Ok(CleanSubmissions {
            ready,
            beyond,
            left_out,
        })
    }
}

/// Whether the caller may decide on a submission in passing, as the decision itself would find it.
fn ready_for(
    caller: &Caller,
    step: CleanStep,
    subproject: &Subproject,
    known: &RoundUpload,
) -> Result<(), ServiceError> {
    let hands = uploads::hands(step.act(), &known.upload, &known.progress);
    gate::handled(caller, step.act(), subproject, &hands)?;
    known
        .situation
        .after(step.step())
        .map_err(|refusal| ServiceError::of_decision(StoreError::of_refusal(refusal), step.act()))?;
    match known.upload.warnings.saturating_sub(known.waived_warnings) {
        0 => Ok(()),
        count => Err(with_warnings(count, step)),
    }
}

/// Keeps what one step takes, and gives how many more there are.
fn split<T>(ready: &mut Vec<T>, limit: usize) -> usize {
    let beyond = ready.len().saturating_sub(limit);
    ready.truncate(limit);
    beyond
}

/// A submission with warnings is decided on by itself: somebody reads its comments.
pub(crate) fn with_warnings(count: u32, step: CleanStep) -> ServiceError {
    let (de, en) = match count {
        1 => ("eine Warnung".to_owned(), "one warning".to_owned()),
        count => (format!("{count} Warnungen"), format!("{count} warnings")),
    };
    let (then_de, then_en) = match step {
        CleanStep::Endorse => (
            "Die Koordination des Netzwerks liest sie und befürwortet die Einreichung einzeln.",
            "The network coordination reads them and endorses the submission by itself.",
        ),
        CleanStep::Accept => (
            "Die Programmsteuerung liest sie und nimmt die Einreichung einzeln an.",
            "The programme management reads them and accepts the submission by itself.",
        ),
    };
    ServiceError::Invalid {
        code: "with-warnings",
        text: Text::new(
            format!("Diese Einreichung hat {de} mit Anmerkung der Leitung. {then_de}"),
            format!("This submission has {en} with the lead's comment. {then_en}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_takes_as_many_as_its_limit_and_tells_how_many_more_wait() {
        for (count, kept, beyond) in [(0, 0, 0), (3, 3, 0), (5, 3, 2)] {
            let mut ready: Vec<u32> = (0..count).collect();
            assert_eq!((split(&mut ready, 3), ready.len()), (beyond, kept), "{count}");
        }
    }
}
