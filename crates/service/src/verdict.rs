//! The answer to an upload: what is kept, everything that was found, and how far it came.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    life,
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
    /// Who accepted or returned it, and when.
    pub decided: Option<(UserId, DateTime<Utc>)>,
    /// Why it was returned.
    pub return_reason: Option<String>,
}

impl Service {
    /// The verdict on an upload as the record holds it.
    pub(crate) fn kept_verdict(&self, upload: Upload) -> Result<Verdict, ServiceError> {
        let progress = self.store.progress_of(upload.id)?.ok_or(ServiceError::Hidden)?;
        Ok(Verdict {
            findings: self.store.findings_at(upload.id, self.clock.now())?,
            upload,
            same_as_before: false,
            submitted: progress.submitted,
            decided: progress.decided,
            return_reason: progress.return_reason,
        })
    }
}

impl Verdict {
    /// Whether the lead can hand it in: it is checked, or each of its blocking findings is waived.
    pub fn is_submittable(&self) -> bool {
        life::is_submittable(self.upload.state, waiver::blocking(&self.findings))
    }

    /// The verdict on an upload that was just kept.
    pub(crate) const fn fresh(upload: Upload, findings: Vec<RatedFinding>) -> Self {
        Self {
            upload,
            findings,
            same_as_before: false,
            submitted: None,
            decided: None,
            return_reason: None,
        }
    }
}
