//! What is in a dossier, for programs.

use chrono::{DateTime, Utc};
use nachweis_domain::{dossier::Dossier, key::RoundCode, key::SubprojectNo, proof::Head, record::Sha256};
use serde::Serialize;

use super::package::Packed;
use crate::error::ServiceError;

/// The form of the file.
const FORMAT: &str = "nachweis-dossier-1";

#[derive(Serialize)]
struct Manifest<'a> {
    format: &'static str,
    subproject: &'a SubprojectNo,
    round: &'a RoundCode,
    /// The moment up to which the record is shown.
    as_of: DateTime<Utc>,
    /// What the whole journal came down to at that moment.
    head: Head,
    files: Vec<Listed<'a>>,
}

#[derive(Serialize)]
struct Listed<'a> {
    path: &'a str,
    size_bytes: u64,
    sha256: Sha256,
}

/// The manifest of the files so far.
///
/// # Errors
/// Never with these values; serialising says so by its type.
pub(super) fn json(dossier: &Dossier, files: &[Packed]) -> Result<Vec<u8>, ServiceError> {
    let manifest = Manifest {
        format: FORMAT,
        subproject: &dossier.subproject.no,
        round: &dossier.round.code,
        as_of: dossier.head.at,
        head: dossier.head,
        files: files
            .iter()
            .map(|file| Listed {
                path: &file.path,
                size_bytes: file.size_bytes,
                sha256: file.sha256,
            })
            .collect(),
    };
    super::journal_file::serialised(serde_json::to_vec_pretty(&manifest)).map(|mut json| {
        json.push(b'\n');
        json
    })
}
