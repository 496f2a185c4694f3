//! Seeing the uploads of a round as a list: where each stands, whose turn it is, and whether anything in it asks to be read.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    access::{Act, Caller},
    key::RoundCode,
    life::{Place, Turn},
    quarter::Quarter,
    record::{Upload, UploadState, UserId},
};
use nachweis_store::{RoundUpload, RoundUploads};

use crate::{error::ServiceError, gate, reporting_quarter, service::Service, verdict};

/// Which uploads of a round are listed: those that fit everything that is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UploadFilter {
    /// Those of this quarter.
    pub quarter: Option<Quarter>,
    /// Those in this state.
    pub state: Option<UploadState>,
    /// Those with which it is this turn.
    pub turn: Option<Turn>,
    /// Those that are clean, or those that are not.
    pub clean: Option<bool>,
}

/// An upload as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedUpload {
    /// The upload.
    pub upload: Upload,
    /// Who handed it in, and when.
    pub submitted: Option<(UserId, DateTime<Utc>)>,
    /// Whose turn it is with it: nobody's where it is decided, or where a newer revision takes its place.
    pub turn: Turn,
    /// Blocking findings that are waived.
    pub waived_blocking: u32,
    /// Warnings that are waived.
    pub waived_warnings: u32,
}

impl ListedUpload {
    /// The upload with what is known around it.
    pub(crate) fn of(known: RoundUpload) -> Self {
        let place = if known.is_newest {
            Place::Newest
        } else {
            Place::Older
        };
        Self {
            turn: verdict::turn_of(place, &known.situation),
            submitted: known.progress.submitted,
            upload: known.upload,
            waived_blocking: known.waived_blocking,
            waived_warnings: known.waived_warnings,
        }
    }

    /// Blocking findings that are not waived.
    pub const fn open_blocking(&self) -> u32 {
        self.upload.blocking.saturating_sub(self.waived_blocking)
    }

    /// Warnings that are not waived.
    pub const fn open_warnings(&self) -> u32 {
        self.upload.warnings.saturating_sub(self.waived_warnings)
    }

    /// Whether nothing in it asks to be read: it has no blocking findings and no warnings, or waived ones only.
    pub const fn is_clean(&self) -> bool {
        self.open_blocking() == 0 && self.open_warnings() == 0
    }
}

impl UploadFilter {
    fn fits(&self, listed: &ListedUpload) -> bool {
        let Self {
            quarter,
            state,
            turn,
            clean,
        } = *self;
        quarter.is_none_or(|quarter| quarter == listed.upload.quarter)
            && state.is_none_or(|state| state == listed.upload.state)
            && turn.is_none_or(|turn| turn == listed.turn)
            && clean.is_none_or(|clean| clean == listed.is_clean())
    }
}

impl Service {
    /// The uploads of a round that the caller may read and that fit, in the order of subproject, quarter and revision.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is no such round, [`ServiceError::Forbidden`] for callers without any role;
    /// [`ServiceError::Invalid`] for a quarter outside the round.
    pub fn uploads_of_round(
        &self,
        caller: &Caller,
        round: &RoundCode,
        filter: &UploadFilter,
    ) -> Result<Vec<ListedUpload>, ServiceError> {
        let known = self.seen_uploads(caller, round, filter.quarter)?;
        let listed = known.uploads.into_iter().map(ListedUpload::of);
        Ok(listed.filter(|listed| filter.fits(listed)).collect())
    }

    /// The uploads of a round, or of one of its quarters, and its subprojects, as far as the caller may read them.
    ///
    /// # Errors
    /// As [`Service::uploads_of_round`].
    pub(crate) fn seen_uploads(
        &self,
        caller: &Caller,
        round: &RoundCode,
        quarter: Option<Quarter>,
    ) -> Result<RoundUploads, ServiceError> {
        gate::programme(caller, Act::ReadRounds)?;
        let funded = self.known_round(round)?;
        if let Some(quarter) = quarter.filter(|quarter| !funded.period.quarters().contains(quarter)) {
            // A mistyped quarter would look like one in which nobody uploaded anything.
            return Err(reporting_quarter::outside_round(funded.period, quarter));
        }
        let code = &funded.code;
        let mut known = self.store.round_uploads(code, quarter, self.clock.now())?;
        known
            .subprojects
            .retain(|subproject| gate::allows(caller, Act::ReadUpload, subproject));
        let mut uploads = std::mem::take(&mut known.uploads);
        uploads.retain(|one| known.subproject(&one.upload.subproject).is_some());
        Ok(RoundUploads { uploads, ..known })
    }
}
