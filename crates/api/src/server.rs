//! Serving: bind, run until a signal comes, let running requests end.

use std::net::SocketAddr;

use actix_web::{
    HttpServer,
    dev::{Server, ServerHandle},
    rt::System,
};
use nachweis_service::Service;

use crate::{
    app::{Shared, app},
    desk::Desk,
    error::ApiError,
    patience,
    settings::{self, ApiSettings},
};

/// A server that listens.
#[derive(Clone, Debug)]
pub struct Running {
    /// Where it listens; with the real port when port 0 was asked for.
    pub address: SocketAddr,
    /// Stops it.
    pub stopper: Stopper,
}

/// Stops a server from another thread.
#[derive(Clone, Debug)]
pub struct Stopper(ServerHandle);

impl Stopper {
    /// Takes no more connections and lets running requests end, 30 seconds at most.
    pub fn stop(&self) {
        // The command is queued at once; what is returned only waits for the end.
        drop(self.0.stop(true));
    }
}

/// Serves until SIGTERM (running requests end, 30 seconds at most) or SIGINT (at once), or until it is stopped.
///
/// Blocks. `started` is called once as soon as connections are taken. Prints nothing.
///
/// # Errors
/// [`ApiError::AddressTaken`] and [`ApiError::AddressRefused`] before anything is served, [`ApiError::TokenKey`] when
/// the key cannot sign, [`ApiError::Serving`] when the server breaks off.
pub fn run(
    service: Service,
    settings: &ApiSettings,
    started: impl FnOnce(Running) + 'static,
) -> Result<(), ApiError> {
    let shared = Shared::new(Desk::new(service, settings)?);
    let settings = settings.clone();
    System::new().block_on(async move {
        let (server, address) = listen(shared, &settings)?;
        started(Running {
            address,
            stopper: Stopper(server.handle()),
        });
        server.await.map_err(ApiError::Serving)
    })
}

fn listen(shared: Shared, settings: &ApiSettings) -> Result<(Server, SocketAddr), ApiError> {
    let workers = settings.workers.max(1);
    let times = settings.times;
    let server = HttpServer::new(move || app(&shared))
        .workers(workers)
        .max_connections(settings::CONNECTIONS.div_ceil(workers))
        .worker_max_blocking_threads(settings::USE_CASES_PER_WORKER)
        .client_request_timeout(times.head)
        .client_disconnect_timeout(times.close)
        .keep_alive(times.idle)
        .on_connect(move |connection, data| {
            if let Some(stream) = connection.downcast_ref() {
                patience::watch(stream, data, times);
            }
        })
        .shutdown_timeout(settings::SHUTDOWN_S)
        .bind(settings.address)
        .map_err(|source| ApiError::binding(settings.address, source))?;
    let address = server.addrs().first().copied().unwrap_or(settings.address);
    Ok((server.run(), address))
}
