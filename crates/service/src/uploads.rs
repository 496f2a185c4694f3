//! Seeing an upload: its verdict, its original, its marked copy.

use nachweis_domain::{
    access::{Act, Caller},
    language::Language,
    record::{Sha256, Upload, UploadId, UserId},
    subproject::Subproject,
};
use nachweis_store::{Progress, StoreError};

use crate::{error::ServiceError, gate, service::Service, verdict::Verdict};

impl Service {
    /// An upload with its findings.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] when there is none of this id, or the caller may not see it.
    pub fn upload(&self, caller: &Caller, id: UploadId) -> Result<Verdict, ServiceError> {
        let (upload, _) = self.visible_upload(caller, Act::ReadUpload, id)?;
        self.kept_verdict(upload)
    }

    /// The original as it came: its name and its bytes.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Store`] when the kept bytes no longer
    /// have the hash of the upload.
    pub fn original(&self, caller: &Caller, id: UploadId) -> Result<(String, Vec<u8>), ServiceError> {
        let (upload, _) = self.visible_upload(caller, Act::ReadFile, id)?;
        let bytes = self.kept_bytes(&upload)?;
        Ok((upload.file_name, bytes))
    }

    /// The lead's own workbook with every finding marked in its cell, as XLSX.
    ///
    /// The original is read again in a confined process, so that values that never became figures (what was typed in a
    /// cell that could not be read) stand in the copy as well.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] when the upload is none of
    /// our workbooks, in which nothing can be marked; [`ServiceError::Busy`].
    pub fn marked(&self, caller: &Caller, id: UploadId, language: Language) -> Result<Vec<u8>, ServiceError> {
        let (upload, _) = self.visible_upload(caller, Act::ReadFile, id)?;
        let bytes = self.kept_bytes(&upload)?;
        let reading = self.reader.read(&bytes)?;
        let envelope = reading.envelope.as_ref().ok_or_else(nothing_to_mark)?;
        let round = self.known_round(&envelope.round)?;
        let findings = self.store.findings_at(id, self.clock.now())?;
        let marked = nachweis_ingest::mark(round, &reading, &findings, language, &self.seal_key)?;
        Ok(marked)
    }
}

impl Service {
    /// An upload with its subproject, when the caller may do this with it.
    pub(crate) fn visible_upload(
        &self,
        caller: &Caller,
        act: Act,
        id: UploadId,
    ) -> Result<(Upload, Subproject), ServiceError> {
        let upload = self.store.upload(id)?.ok_or(ServiceError::Hidden)?;
        let subproject = self.known_subproject(&upload.subproject)?;
        gate::handled(caller, act, &subproject, &self.hands(act, &upload)?)?;
        Ok((upload, subproject))
    }

    /// Who had a hand in an upload: nobody decides on what passed through their own.
    fn hands(&self, act: Act, upload: &Upload) -> Result<Vec<UserId>, ServiceError> {
        Ok(match self.store.progress_of(upload.id)? {
            Some(progress) => hands(act, upload, &progress),
            None => vec![upload.uploaded_by],
        })
    }

    fn kept_bytes(&self, upload: &Upload) -> Result<Vec<u8>, ServiceError> {
        self.store
            .original(&upload.sha256)?
            .ok_or_else(|| lost_original(&upload.sha256))
    }
}

/// Who had a hand in an upload that came so far.
pub(crate) fn hands(act: Act, upload: &Upload, progress: &Progress) -> Vec<UserId> {
    // Endorsing twice is no matter of four eyes.
    let endorsed = progress.endorsed.filter(|_| act != Act::Endorse);
    let others = [progress.submitted, endorsed]
        .into_iter()
        .flatten()
        .map(|(user, _)| user);
    std::iter::once(upload.uploaded_by).chain(others).collect()
}

/// An upload stands in the record and its original does not, though nobody erased it.
pub(crate) fn lost_original(sha256: &Sha256) -> ServiceError {
    let lost = StoreError::Corrupt {
        table: "original",
        id: sha256.to_string(),
        reason: "its row is missing".to_owned(),
    };
    lost.into()
}

fn nothing_to_mark() -> ServiceError {
    ServiceError::Invalid {
        code: "nothing-to-mark",
        text: nachweis_domain::language::Text::new(
            "Diese Datei ist keine von Nachweis ausgegebene Arbeitsmappe; darin kann nichts markiert werden. Bitte die Vorlage des Quartals herunterladen und die Werte übertragen.",
            "This file is not a workbook issued by Nachweis; nothing can be marked in it. Please download the template of the quarter and transfer the values.",
        ),
    }
}
