//! `nachweis serve`: the HTTP API.

mod heads;

use std::net::SocketAddr;

use nachweis_api::ApiSettings;
use nachweis_domain::language::{Language, Text};
use nachweis_service::Service;

use crate::{Outcome, args::ServeArgs, failure::Failure, open, say, settings::Settings};

/// Serves until a signal comes.
pub(crate) fn run(args: &ServeArgs, settings: &Settings) -> Result<Outcome, Failure> {
    let address = address(args.listen.as_deref().unwrap_or(&settings.listen))?;
    let key = settings.token_key()?;
    let api = ApiSettings {
        trusted_proxies: settings.trusted_proxies.clone(),
        uploads_per_hour: settings.uploads_per_hour,
        issuers: settings.issuers()?,
        ..ApiSettings::new(address, key)
    };
    let service = open::service(settings)?;
    if let Some(file) = settings.heads_file.clone() {
        heads::note_on_schedule(service.clone(), settings.head_key()?, file, settings.lang);
    }
    serve(service, &api, settings.lang)
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
    settings: &ApiSettings,
    language: Language,
) -> Result<Outcome, Failure> {
    nachweis_api::run(service, settings, move |running| {
        let place = running.address;
        say::note(&match language {
            Language::De => format!("Nachweis läuft auf http://{place}/api/v1 – beenden mit Strg+C."),
            Language::En => format!("Nachweis serves http://{place}/api/v1 – stop it with Ctrl+C."),
        });
    })?;
    Ok(Outcome::Clean)
}
