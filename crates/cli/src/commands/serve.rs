//! `nachweis serve`: the HTTP API.

use std::net::SocketAddr;

use nachweis_api::ApiSettings;
use nachweis_domain::language::{Language, Text};
use nachweis_service::{SecretKey, Service};

use crate::{Outcome, args::ServeArgs, failure::Failure, open, say, settings::Settings};

/// Serves until a signal comes.
pub(crate) fn run(args: &ServeArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let address = address(args.listen.as_deref().unwrap_or(&settings.listen))?;
    let key = settings.token_key()?;
    serve(open::service(settings)?, address, key, settings.lang)
}

/// An address with its port.
pub(crate) fn address(text: &str) -> Result<SocketAddr, Failure> {
    text.parse().map_err(|_address| {
        Failure::new(Text::new(
            format!("„{text}“ ist keine Adresse mit Port. Möglich ist zum Beispiel 127.0.0.1:8080."),
            format!("“{text}” is no address with a port. Possible is for example 127.0.0.1:8080."),
        ))
    })
}

/// Serves, and says where as soon as connections are taken.
pub(crate) fn serve(
    service: Service,
    address: SocketAddr,
    key: SecretKey,
    language: Language,
) -> Result<Outcome, Failure> {
    nachweis_api::run(service, &ApiSettings::new(address, key), move |running| {
        let place = running.address;
        say::note(&match language {
            Language::De => format!("Nachweis läuft auf http://{place}/api/v1 – beenden mit Strg+C."),
            Language::En => format!("Nachweis serves http://{place}/api/v1 – stop it with Ctrl+C."),
        });
    })?;
    Ok(Outcome::Clean)
}
