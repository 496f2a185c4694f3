//! What a deployment decides about the HTTP edge, and the limits that it cannot raise.

use nachweis_domain::limits;
use std::{net::SocketAddr, path::PathBuf, time::Duration};

use nachweis_service::SecretKey;

use crate::{client_address::TrustedProxy, oidc::IssuerSettings};

/// What a deployment decides about the HTTP edge.
#[derive(Clone, Debug)]
pub struct ApiSettings {
    /// Where the service listens. Port 0 takes any free one.
    pub address: SocketAddr,
    /// Signs access tokens: 256 bits, the same on all instances. Without a key there is no start.
    pub token_key: SecretKey,
    /// Threads that serve connections.
    pub workers: usize,
    /// Where large exports stand while they are sent; the system's temporary folder when `None`.
    pub export_folder: Option<PathBuf>,
    /// Peers whose proxy headers tell where a request comes from.
    pub trusted_proxies: Vec<TrustedProxy>,
    /// Uploads of one person in an hour.
    pub uploads_per_hour: usize,
    /// OpenID Connect issuers with which people sign in.
    pub issuers: Vec<IssuerSettings>,
    /// The times in which clients must do their part.
    pub times: Times,
}

impl ApiSettings {
    /// The usual settings: two workers, the system's temporary folder, no proxies, the usual number of uploads,
    /// no issuers, the times of the table of limits.
    pub const fn new(address: SocketAddr, token_key: SecretKey) -> Self {
        Self {
            address,
            token_key,
            workers: 2,
            export_folder: None,
            trusted_proxies: Vec::new(),
            uploads_per_hour: limits::UPLOADS_PER_HOUR.size(),
            issuers: Vec::new(),
            times: Times::usual(),
        }
    }
}

/// The times in which clients must do their part. No deployment sets others than those of the table of limits; tests do.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// For the head of a request to come.
    pub head: Duration,
    /// For which a connection stays open without a request.
    pub idle: Duration,
    /// For a JSON body to come.
    pub json_body: Duration,
    /// For a workbook to come.
    pub workbook: Duration,
    /// For a piece of an answer to be taken.
    pub answer: Duration,
    /// For a client to close its end.
    pub close: Duration,
}

impl Times {
    /// Those of the table of limits.
    pub const fn usual() -> Self {
        Self {
            head: Duration::from_secs(limits::REQUEST_TIME.value),
            idle: Duration::from_secs(limits::IDLE_TIME.value),
            json_body: Duration::from_secs(limits::BODY_TIME.value),
            workbook: Duration::from_secs(limits::WORKBOOK_TIME.value),
            answer: Duration::from_secs(limits::ANSWER_TIME.value),
            close: Duration::from_secs(limits::CLOSE_TIME.value),
        }
    }
}

/// Connections open at the same time; more wait in the kernel.
pub(crate) const CONNECTIONS: usize = limits::CONNECTIONS.size();
/// Threads per worker that run use cases; more wait.
pub(crate) const USE_CASES_PER_WORKER: usize = limits::USE_CASES.size();
/// The time that requests have to end when the service stops, in seconds.
pub(crate) const SHUTDOWN_S: u64 = limits::SHUTDOWN_TIME.value;
/// The largest JSON body in bytes.
pub(crate) const JSON_LIMIT_BYTES: usize = limits::JSON_BODY.size();
/// How long an access token is good, in seconds.
pub(crate) const ACCESS_LIFE_S: u64 = limits::ACCESS_MINUTES.value * 60;
/// Exports that are made at the same time.
pub(crate) const EXPORTS_AT_ONCE: usize = limits::EXPORTS_AT_ONCE.size();
/// Bytes of workbooks that all requests together may hold in memory while they arrive.
pub(crate) const ARRIVING_LIMIT_BYTES: usize = limits::ARRIVING.size();
