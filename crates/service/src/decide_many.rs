//! Many decisions at once, all or none: for imports of what was decided elsewhere and for the demonstration.

use nachweis_domain::{
    access::{Act, Caller},
    record::{Upload, UploadId, WarningComment},
};
use nachweis_store::{Decision, Verdict};

use crate::{comment, error::ServiceError, service::Service};

/// What is decided on an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    /// The lead hands it in, with comments on all warnings.
    Submit(Vec<WarningComment>),
    /// The coordinator of the network endorses it.
    Endorse,
    /// The manager accepts it.
    Accept,
    /// The manager returns it for this reason.
    Return(String),
}

impl Service {
    /// Takes many decisions in one transaction, in their order, each by its own caller. The same checks apply as for
    /// each alone.
    ///
    /// # Errors
    /// As [`Service::submit`], [`Service::accept`] and [`Service::return_to_lead`], for the first that cannot be taken;
    /// none is taken then.
    pub fn decide_many(
        &self,
        decisions: &[(Caller, UploadId, Decided)],
    ) -> Result<Vec<Upload>, ServiceError> {
        let at = self.clock.now();
        let decisions: Vec<Decision> = decisions
            .iter()
            .map(|(caller, id, what)| {
                Ok(Decision {
                    id: *id,
                    what: self.checked(caller, *id, what)?,
                    by: caller.user,
                    at,
                })
            })
            .collect::<Result<_, ServiceError>>()?;
        let act = decisions
            .first()
            .map_or(Act::Submit, |decision| act_of(&decision.what));
        self.store
            .decide_many(&decisions)
            .map_err(|error| ServiceError::of_decision(error, act))
    }
}

impl Service {
    fn checked(&self, caller: &Caller, id: UploadId, what: &Decided) -> Result<Verdict, ServiceError> {
        match what {
            Decided::Submit(comments) => {
                self.visible_upload(caller, Act::Submit, id)?;
                let comments =
                    comment::checked_comments(&self.store.findings_at(id, self.clock.now())?, comments)?;
                Ok(Verdict::Submit(comments))
            }
            Decided::Endorse => {
                self.visible_upload(caller, Act::Endorse, id)?;
                Ok(Verdict::Endorse)
            }
            Decided::Accept => {
                self.visible_upload(caller, Act::Accept, id)?;
                Ok(Verdict::Accept)
            }
            Decided::Return(reason) => {
                self.visible_upload(caller, Act::Return, id)?;
                Ok(Verdict::Return(comment::checked_reason(reason)?.to_owned()))
            }
        }
    }
}

const fn act_of(what: &Verdict) -> Act {
    match what {
        Verdict::Submit(_) => Act::Submit,
        Verdict::Endorse => Act::Endorse,
        Verdict::Accept => Act::Accept,
        Verdict::Return(_) => Act::Return,
    }
}
