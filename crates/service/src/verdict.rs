//! The answer to an upload: what is kept, everything that was found, and how far it came.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    life::{self, Place, Turn},
    record::{RatedFinding, Upload, UserId},
    waiver,
};

use crate::{error::ServiceError, service::Service};

/// The answer to an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The upload with its revision, hash, rule version and state.
    pub upload: Upload,
    /// All findings in the order of the workbook, with the lead's comments; their positions are what comments refer to.
    pub findings: Vec<RatedFinding>,
    /// The same bytes had been uploaded before for the same subproject and quarter: this is the first receipt.
    pub same_as_before: bool,
    /// Who handed it in, and when.
    pub submitted: Option<(UserId, DateTime<Utc>)>,
    /// Who endorsed it, and when.
    pub endorsed: Option<(UserId, DateTime<Utc>)>,
    /// Who accepted or returned it, and when.
    pub decided: Option<(UserId, DateTime<Utc>)>,
    /// Why it was returned.
    pub return_reason: Option<String>,
    /// Whose turn it is with it: nobody's where it is decided, or where a newer revision takes its place.
    pub turn: Turn,
}

impl Service {
    /// The verdict on an upload as the record holds it.
    pub(crate) fn kept_verdict(&self, upload: Upload) -> Result<Verdict, ServiceError> {
        let progress = self.store.progress_of(upload.id)?.ok_or(ServiceError::Hidden)?;
        Ok(Verdict {
            turn: self.turn_of(&upload)?,
            findings: self.store.findings_at(upload.id, self.clock.now())?,
            upload,
            same_as_before: false,
            submitted: progress.submitted,
            endorsed: progress.endorsed,
            decided: progress.decided,
            return_reason: progress.return_reason,
        })
    }

    fn turn_of(&self, upload: &Upload) -> Result<Turn, ServiceError> {
        let situation = self.store.situation(upload.id, self.clock.now())?;
        let others = self.store.uploads_of(&upload.subproject, upload.quarter)?;
        let place = if others.iter().all(|other| other.revision <= upload.revision) {
            Place::Newest
        } else {
            Place::Older
        };
        Ok(life::turn_with(
            place,
            situation.standing,
            upload.state,
            situation.endorsement,
        ))
    }
}

impl Verdict {
    /// Whether the lead can hand it in: it is checked, or each of its blocking findings is waived, and its quarter is open.
    pub fn is_submittable(&self) -> bool {
        self.turn != Turn::Closed && life::is_submittable(self.upload.state, waiver::blocking(&self.findings))
    }

    /// The verdict on an upload that was just kept.
    pub(crate) const fn fresh(upload: Upload, findings: Vec<RatedFinding>) -> Self {
        Self {
            upload,
            findings,
            same_as_before: false,
            submitted: None,
            endorsed: None,
            decided: None,
            return_reason: None,
            turn: Turn::Lead,
        }
    }
}
