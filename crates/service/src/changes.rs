//! What an upload changes: against the last accepted revision, and against the last quarter.

use nachweis_domain::{
    access::{Act, Caller},
    figures::QuarterlyFigures,
    quarter::Quarter,
    record::{Upload, UploadId, UploadState},
    round::FundingRound,
};

use crate::{
    change_preview::{ChangePreview, Comparison, compare},
    error::ServiceError,
    service::Service,
};

impl Service {
    /// What differs from the last accepted revision of the quarter, and from the quarter before.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is no such upload, or the caller may not see it.
    pub fn changes(&self, caller: &Caller, id: UploadId) -> Result<ChangePreview, ServiceError> {
        let (upload, _) = self.visible_upload(caller, Act::ReadUpload, id)?;
        let round = self.known_round(&upload.round)?;
        let figures = self.store.figures_of(id)?;
        let accepted = self.latest(
            &upload,
            upload.quarter,
            &[UploadState::Accepted, UploadState::Superseded],
        )?;
        let last_quarter = self.latest(
            &upload,
            upload.quarter.previous(),
            &[
                UploadState::Accepted,
                UploadState::Submitted,
                UploadState::Endorsed,
            ],
        )?;
        Ok(ChangePreview {
            upload: id,
            quarter: upload.quarter,
            accepted: self.comparison(round, accepted, &figures)?,
            last_quarter: self.comparison(round, last_quarter, &figures)?,
        })
    }
}

impl Service {
    /// The latest other revision of a quarter in one of some states; for the own quarter, only earlier ones.
    fn latest(
        &self,
        upload: &Upload,
        quarter: Quarter,
        states: &[UploadState],
    ) -> Result<Option<Upload>, ServiceError> {
        let uploads = self.store.uploads_of(&upload.subproject, quarter)?;
        Ok(uploads
            .into_iter()
            .filter(|other| states.contains(&other.state))
            .filter(|other| other.quarter != upload.quarter || other.revision < upload.revision)
            .max_by_key(|other| other.revision))
    }

    fn comparison(
        &self,
        round: &FundingRound,
        with: Option<Upload>,
        figures: &QuarterlyFigures,
    ) -> Result<Option<Comparison>, ServiceError> {
        let Some(with) = with else { return Ok(None) };
        let before = self.store.figures_of(with.id)?;
        Ok(Some(Comparison {
            upload: with.id,
            quarter: with.quarter,
            revision: with.revision,
            changes: compare(round, &before, figures),
        }))
    }
}
