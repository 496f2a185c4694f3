//! What all requests share: the service, the tokens, the space for arriving workbooks, rendered reports.

use nachweis_domain::limits;
use std::path::PathBuf;

use nachweis_service::Service;

use crate::{
    capacity::{Capacity, PerAccount},
    client_address::TrustedProxy,
    error::ApiError,
    oidc::Issuers,
    rendered::RenderedReports,
    settings::{self, ApiSettings, Times},
    token::AccessTokens,
};

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Desk {
    /// The use cases.
    pub(crate) service: Service,
    /// Makes and checks access tokens.
    pub(crate) tokens: AccessTokens,
    /// Bounds the memory of workbooks that arrive at the same time.
    pub(crate) arriving: Capacity,
    /// Bounds what of it one account takes.
    pub(crate) arriving_of_one: PerAccount,
    /// Bounds the exports that are written at the same time.
    pub(crate) exports: Capacity,
    /// Reports as bytes, as long as nothing changes.
    pub(crate) rendered: RenderedReports,
    /// Where exports stand while they are sent.
    pub(crate) export_folder: PathBuf,
    /// Peers whose proxy headers are believed.
    pub(crate) trusted_proxies: Vec<TrustedProxy>,
    /// Uploads of one person in an hour.
    pub(crate) uploads_per_hour: usize,
    /// OpenID Connect issuers.
    pub(crate) issuers: Issuers,
    /// Bounds the questions to issuers at the same time.
    pub(crate) asking: Capacity,
    /// The times in which clients must do their part.
    pub(crate) times: Times,
}

impl Desk {
    /// The desk of a service under these settings.
    ///
    /// # Errors
    /// When the key of the settings cannot sign, or an issuer cannot be used.
    pub(crate) fn new(service: Service, settings: &ApiSettings) -> Result<Self, ApiError> {
        Ok(Self {
            service,
            tokens: AccessTokens::new(&settings.token_key)?,
            arriving: Capacity::new(settings::ARRIVING_LIMIT_BYTES),
            arriving_of_one: PerAccount::new(limits::ARRIVING_OF_ONE.size()),
            exports: Capacity::new(settings::EXPORTS_AT_ONCE),
            rendered: RenderedReports::default(),
            trusted_proxies: settings.trusted_proxies.clone(),
            uploads_per_hour: settings.uploads_per_hour,
            issuers: Issuers::new(&settings.issuers)?,
            asking: Capacity::new(limits::ISSUER_ASKED.size()),
            times: settings.times,
            export_folder: settings.export_folder.clone().unwrap_or_else(std::env::temp_dir),
        })
    }
}
