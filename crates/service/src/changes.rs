//! What an upload changes: against the last accepted revision, and against the last quarter.

use nachweis_domain::{
    access::{Act, Caller},
    figures::QuarterlyFigures,
    life,
    record::{Upload, UploadId, UploadState},
    round::FundingRound,
};

use crate::{
    change_preview::{ChangePreview, Comparison, compare, compare_vouchers},
    error::ServiceError,
    service::Service,
};

impl Service {
    /// What differs from the last accepted revision of the quarter, and from the revision that counts for the quarter before.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is no such upload, or the caller may not see it.
    pub fn changes(&self, caller: &Caller, id: UploadId) -> Result<ChangePreview, ServiceError> {
        let (upload, _) = self.visible_upload(caller, Act::ReadUpload, id)?;
        let round = self.known_round(&upload.round)?;
        let figures = self.store.figures_of(id)?;
        let accepted = self.last_accepted(&upload)?;
        let before = self
            .store
            .uploads_of(&upload.subproject, upload.quarter.previous())?;
        let last_quarter = life::counting(&before, |other| other.state);
        Ok(ChangePreview {
            upload: id,
            quarter: upload.quarter,
            accepted: self.comparison(round, accepted.as_ref(), (&upload, &figures))?,
            last_quarter: self.comparison(round, last_quarter, (&upload, &figures))?,
        })
    }
}

impl Service {
    /// The last revision before an upload that was accepted: the one that counts, unless the upload or a later one has taken
    /// its place.
    fn last_accepted(&self, upload: &Upload) -> Result<Option<Upload>, ServiceError> {
        let was_accepted = |state| matches!(state, UploadState::Accepted | UploadState::Superseded);
        let revisions = self.store.uploads_of(&upload.subproject, upload.quarter)?;
        Ok(revisions
            .into_iter()
            .filter(|other| other.revision < upload.revision && was_accepted(other.state))
            .max_by_key(|other| other.revision))
    }

    fn comparison(
        &self,
        round: &FundingRound,
        with: Option<&Upload>,
        (upload, figures): (&Upload, &QuarterlyFigures),
    ) -> Result<Option<Comparison>, ServiceError> {
        let Some(with) = with else { return Ok(None) };
        let before = self.store.figures_of(with.id)?;
        let is_same_quarter = with.quarter == upload.quarter;
        Ok(Some(Comparison {
            upload: with.id,
            quarter: with.quarter,
            revision: with.revision,
            changes: compare(round, &before, figures),
            vouchers: is_same_quarter.then(|| compare_vouchers(&before.vouchers, &figures.vouchers)),
        }))
    }
}
