//! The dossier of a subproject: one ZIP with everything that the record holds of it, to be read without this program.
//!
//! Streamed to the file; beside the tables memory holds one original at a time. Every export is journalled.

use std::path::Path;

use nachweis_domain::{
    access::{Act, Caller},
    dossier::{Dossier, original_path},
    key::SubprojectNo,
    language::{Language, Text},
    limits,
    past_moment::PastMoment,
    proof::Head,
    record::{Action, Sha256},
};
use nachweis_report::render;
use nachweis_store::{Actor, DossierReader};

use crate::{error::ServiceError, gate, service::Service, uploads::lost_original};

mod journal_file;
mod manifest;
mod package;
mod readme;

use package::Package;

/// What a dossier that was written holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDossier {
    /// The journal up to the last entry that concerns the subproject.
    pub head: Head,
    /// The originals in it; those that were erased are not.
    pub originals: usize,
    /// The files in it, the list of hashes included.
    pub files: usize,
    /// The hash of the list of hashes `SHA256SUMS`: whoever notes it can tell any changed byte later. The journal holds it.
    pub sums: Sha256,
}

impl Service {
    /// Whether the caller may export the dossier of a subproject: asked before a turn is taken for it.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`].
    pub fn may_export_dossier(&self, caller: &Caller, no: &SubprojectNo) -> Result<(), ServiceError> {
        gate::subproject(caller, Act::ExportDossier, &self.known_subproject(no)?)
    }

    /// Writes the dossier of a subproject as it is, or as it was at a past moment. The same state gives the same bytes.
    ///
    /// # Errors
    /// [`ServiceError::Hidden`] or [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] for a moment that is still to come,
    /// one before the subproject was recorded, or a dossier beyond the limits; [`ServiceError::File`] when the file cannot
    /// be written; or when the database fails.
    pub fn export_dossier(
        &self,
        caller: &Caller,
        no: &SubprojectNo,
        until: Option<PastMoment>,
        language: Language,
        to: &Path,
    ) -> Result<WrittenDossier, ServiceError> {
        self.may_export_dossier(caller, no)?;
        let moment = self.past(until)?;
        let package = Package::beside(to)?;
        let written = self
            .store
            .dossier(no, moment, |record| write(record, language, package))?;
        let (written, package) = written.ok_or_else(not_recorded)?;
        let mut detail = serde_json::json!({
            "export": "dossier",
            "language": language.code(),
            "sums": written.sums,
        });
        if let (Some(until), Some(detail)) = (until, detail.as_object_mut()) {
            detail.insert("as_of".to_owned(), until.to_string().into());
        }
        let actor = Actor::User(caller.user);
        self.store
            .record_event(actor, Action::Exported, no.as_str(), &detail, self.clock.now())?;
        // Only what is journalled stands under its name.
        package.keep(to)?;
        Ok(written)
    }
}

/// Fills a package and seals it with the list of hashes.
fn write(
    record: &mut DossierReader<'_, '_>,
    language: Language,
    mut package: Package,
) -> Result<(WrittenDossier, Package), ServiceError> {
    let dossier = record.contents()?;
    refuse_beyond_limits(&dossier)?;
    let erased = record.erased()?;
    package.add("README.txt", readme::text(&dossier, &erased).as_bytes())?;
    let workbook = render::xlsx(&nachweis_report::dossier(&dossier), language)?;
    package.add("dossier.xlsx", &workbook)?;
    let mut originals = 0;
    for revision in &dossier.uploads {
        if erased.contains_key(&revision.upload.sha256) {
            continue;
        }
        let bytes = record
            .original(&revision.upload.sha256)?
            .ok_or_else(|| lost_original(&revision.upload.sha256))?;
        package.add(&original_path(&revision.upload), &bytes)?;
        originals += 1;
    }
    package.add("journal.jsonl", &journal_file::lines(&dossier)?)?;
    let manifest = manifest::json(&dossier, package.files())?;
    package.add("manifest.json", &manifest)?;
    let sums = package.seal()?;
    let written = WrittenDossier {
        head: dossier.head,
        originals,
        files: package.files().len(),
        sums,
    };
    Ok((written, package))
}

/// Refuses what is larger than any dossier should be, before anything is written.
fn refuse_beyond_limits(dossier: &Dossier) -> Result<(), ServiceError> {
    let files = u64::try_from(dossier.uploads.len()).unwrap_or(u64::MAX);
    let sizes = dossier.uploads.iter().map(|revision| revision.upload.size_bytes);
    let bytes = sizes.fold(0_u64, u64::saturating_add);
    if !limits::DOSSIER_ORIGINALS.is_exceeded_by(files) && !limits::DOSSIER_SIZE.is_exceeded_by(bytes) {
        return Ok(());
    }
    Err(ServiceError::Invalid {
        code: "dossier-size",
        text: Text::new(
            "Die Akte würde größer als vorgesehen. Bitte die Originale einzeln herunterladen oder die Prüfdatei verwenden.",
            "The dossier would be larger than intended. Please fetch the originals one by one, or use the audit workbook.",
        ),
    })
}

fn not_recorded() -> ServiceError {
    ServiceError::Invalid {
        code: "as-of-early",
        text: Text::new(
            "Zum verlangten Zeitpunkt war das Teilvorhaben noch nicht erfasst. Bitte einen späteren Zeitpunkt angeben.",
            "The subproject was not recorded yet at the moment asked for. Please give a later moment.",
        ),
    }
}
