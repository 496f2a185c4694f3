//! Accepting many clean submissions in one step: all or none, with the reason for each that stands in the way.

use nachweis_domain::{
    access::{Act, Caller},
    finding::Severity,
    key::SubprojectNo,
    language::{Language, Text},
    limits,
    quarter::Quarter,
    record::{Upload, UploadId},
    waiver,
};
use nachweis_store::{Conflict, StoreError};

use crate::{
    clean_submissions::{CleanStep, with_warnings},
    error::ServiceError,
    gate,
    service::Service,
};

impl Service {
    /// Accepts submissions without warnings, or with waived ones only, in one transaction. One that is named twice counts once.
    ///
    /// A submission with warnings is not among those that are accepted in passing: somebody reads its comments.
    ///
    /// # Errors
    /// [`ServiceError::Prevented`] with every submission that stands in the way and why; none is accepted then. The
    /// error of the first one where the caller may accept none of them. [`ServiceError::Invalid`] without any submission
    /// or with too many.
    pub fn accept_many(&self, caller: &Caller, ids: &[UploadId]) -> Result<Vec<Upload>, ServiceError> {
        let ids = distinct(ids)?;
        let mut prevented = Vec::new();
        for id in &ids {
            if let Err(error) = self.clean_submission(caller, *id) {
                prevented.push((*id, error.expected()?));
            }
        }
        let refused = |(_, error): &(UploadId, ServiceError)| {
            matches!(error, ServiceError::Hidden | ServiceError::Forbidden(_))
        };
        if prevented.len() == ids.len() && prevented.iter().all(refused) {
            return Err(prevented.swap_remove(0).1);
        }
        let at = self.clock.now();
        let asked: Vec<UploadId> = ids
            .iter()
            .copied()
            .filter(|id| prevented.iter().all(|(other, _)| other != id))
            .collect();
        if prevented.is_empty() {
            match self.store.accept_many(&asked, caller.user, at)? {
                Ok(uploads) => return Ok(uploads),
                Err(found) => prevented = found.into_iter().map(of_store).collect(),
            }
        } else {
            let further = self.store.unacceptable(&asked, caller.user, at)?;
            prevented.extend(further.into_iter().map(of_store));
        }
        let place = |id: &UploadId| ids.iter().position(|other| other == id);
        prevented.sort_by_key(|(id, _)| place(id));
        Err(ServiceError::Prevented(prevented))
    }

    /// The newest revision of a quarter, for people who name it by subproject and quarter.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is none, or the caller may not see it.
    pub fn newest_upload(
        &self,
        caller: &Caller,
        no: &SubprojectNo,
        quarter: Quarter,
    ) -> Result<Upload, ServiceError> {
        let subproject = self.known_subproject(no)?;
        gate::subproject(caller, Act::ReadUpload, &subproject)?;
        let uploads = self.store.uploads_of(no, quarter)?;
        uploads
            .into_iter()
            .max_by_key(|upload| upload.revision)
            .ok_or(ServiceError::Hidden)
    }
}

impl Service {
    fn clean_submission(&self, caller: &Caller, id: UploadId) -> Result<(), ServiceError> {
        let (upload, _) = self.visible_upload(caller, Act::Accept, id)?;
        self.unless_possible(&upload, Act::Accept)?;
        if upload.warnings == 0 {
            return Ok(());
        }
        // Warnings that are waived ask nobody for anything.
        let findings = self.store.findings_at(id, self.clock.now())?;
        let waived = waiver::waived(&findings, Severity::Warning);
        match upload.warnings.saturating_sub(waived) {
            0 => Ok(()),
            count => Err(with_warnings(count, CleanStep::Accept)),
        }
    }
}

impl ServiceError {
    /// A refusal of one submission; any other error ends the whole.
    fn expected(self) -> Result<Self, Self> {
        match self {
            Self::Hidden
            | Self::Forbidden(_)
            | Self::State { .. }
            | Self::Invalid { .. }
            | Self::Store(StoreError::Conflict(
                Conflict::QuarterClosed { .. } | Conflict::ReopeningExpired { .. },
            )) => Ok(self),
            other => Err(other),
        }
    }
}

fn of_store((id, error): (UploadId, StoreError)) -> (UploadId, ServiceError) {
    (id, ServiceError::of_decision(error, Act::Accept))
}

/// The submissions, each once, in their order.
fn distinct(ids: &[UploadId]) -> Result<Vec<UploadId>, ServiceError> {
    let mut distinct = Vec::new();
    for id in ids {
        if !distinct.contains(id) {
            distinct.push(*id);
        }
    }
    let count = u64::try_from(distinct.len()).unwrap_or(u64::MAX);
    if distinct.is_empty() || limits::ACCEPT_MANY.is_exceeded_by(count) {
        return Err(unfit_number(limits::ACCEPT_MANY.value));
    }
    Ok(distinct)
}

fn unfit_number(limit: u64) -> ServiceError {
    let [de, en] = [Language::De, Language::En].map(|language| language.group(limit));
    ServiceError::Invalid {
        code: "submissions-number",
        text: Text::new(
            format!("In einem Schritt werden 1 bis {de} Einreichungen angenommen. Bitte so viele nennen."),
            format!("1 to {en} submissions are accepted in one step. Please name that many."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_bound_as_people_write_it() {
        let ServiceError::Invalid { text, .. } = unfit_number(1_000) else {
            unreachable!("it is refused");
        };
        assert!(text.de.contains("1 bis 1.000 "), "{}", text.de);
        assert!(text.en.contains("1 to 1,000 "), "{}", text.en);
    }
}
