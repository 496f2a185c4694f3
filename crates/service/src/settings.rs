//! What a deployment decides about the service.

use std::path::PathBuf;

use nachweis_store::DatabaseUrl;

use crate::secret::SecretKey;

/// What a deployment decides about the service.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where everything is kept.
    pub database_url: DatabaseUrl,
    /// Round files of the deployment; one with the code of a shipped round takes its place.
    pub round_files: Vec<PathBuf>,
    /// Seals issued workbooks: the same on all instances, and kept for as long as their workbooks come back.
    pub seal_key: SecretKey,
    /// The program that runs the confined reader (`nachweis` itself): it is started with `ingest-worker`.
    pub program: PathBuf,
}
