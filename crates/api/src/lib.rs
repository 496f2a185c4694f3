//! HTTP: the JSON API with OpenAPI and sign-in (design.md §6.2).
//!
//! A handler parses, calls one use case of [`nachweis_service`] on a thread that may wait, and renders. Who may do what
//! is decided by the service, never here. What stands around every handler is in `edge`; problems are RFC 9457.
//! This room knows no database, no workbook format and no report.

mod app;
mod body;
mod capacity;
mod client_address;
mod desk;
mod download;
mod edge;
mod error;
mod headers;
mod idempotency;
mod negotiation;
mod oidc;
mod openapi;
mod page;
mod params;
mod patience;
mod problem;
mod prose;
mod rendered;
mod routes;
mod server;
mod session;
mod settings;
mod shown;
mod token;
mod views;

pub use client_address::{TrustedProxy, TrustedProxyError};
pub use error::ApiError;
pub use oidc::{ClientSecret, IssuerSettings, IssuerSettingsError, Loopback, SettingsFault};
pub use openapi::openapi;
pub use routes::operations;
pub use server::{Running, Stopper, run};
pub use settings::{ApiSettings, Times};
pub use shown::{changes, receipt, uploads};
pub use token::access_token;
