//! The answer to an upload: what is kept, everything that was found, and how far it came.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    life::{self, Place, Situation, Step, Turn},
    record::{RatedFinding, Upload, UserId},
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
    /// Whether the lead can hand it in now: it is checked, or each of its blocking findings is waived, its quarter is open, and no
    /// other revision stands in the way.
    pub submittable: bool,
}

impl Service {
    /// The verdict on an upload as the record holds it.
    pub(crate) fn kept_verdict(&self, upload: Upload) -> Result<Verdict, ServiceError> {
        let progress = self.store.progress_of(upload.id)?.ok_or(ServiceError::Hidden)?;
        let situation = self.store.situation(upload.id, self.clock.now())?;
        Ok(Verdict {
            turn: self.turn_of(&upload, &situation)?,
            submittable: situation.after(Step::Submit).is_ok(),
            findings: self.store.findings_at(upload.id, self.clock.now())?,
            upload,
            same_as_before: false,
            submitted: progress.submitted,
            endorsed: progress.endorsed,
            decided: progress.decided,
            return_reason: progress.return_reason,
        })
    }

    fn turn_of(&self, upload: &Upload, situation: &Situation) -> Result<Turn, ServiceError> {
        let others = self.store.uploads_of(&upload.subproject, upload.quarter)?;
        let place = if others.iter().all(|other| other.revision <= upload.revision) {
            Place::Newest
        } else {
            Place::Older
        };
        Ok(turn_of(place, situation))
    }
}

/// Whose turn it is with an upload that stands there among those of its quarter.
pub(crate) const fn turn_of(place: Place, situation: &Situation) -> Turn {
    life::turn_with(place, situation.standing, situation.state, situation.endorsement)
}

impl Verdict {
    /// The verdict on an upload that was just kept, the newest of its quarter.
    pub(crate) fn fresh(upload: Upload, findings: Vec<RatedFinding>, situation: &Situation) -> Self {
        Self {
            submittable: situation.after(Step::Submit).is_ok(),
            turn: turn_of(Place::Newest, situation),
            upload,
            findings,
            same_as_before: false,
            submitted: None,
            endorsed: None,
            decided: None,
            return_reason: None,
        }
    }
}
