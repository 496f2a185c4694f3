//! Asking an issuer over HTTP: one question, one answer, within bounds. Redirects are not followed.

use nachweis_domain::limits;
use std::{sync::Arc, time::Duration};

use nachweis_service::IssuerFailure;
use serde::de::DeserializeOwned;
use ureq::{
    Agent, Body, Proxy,
    http::{Response, header},
    tls::{PemItem, RootCerts, TlsConfig, parse_pem},
};

use super::{
    settings::{IssuerSettings, IssuerSettingsError, Loopback, SettingsFault},
    unavailable,
};

/// Asks an issuer.
#[derive(Debug)]
pub(super) struct Web {
    agent: Agent,
}

/// An answer: its status and what stands in it.
pub(super) struct Told<T> {
    pub(super) status: u16,
    pub(super) content: T,
}

impl Web {
    /// Asks under the settings of an issuer.
    ///
    /// # Errors
    /// When no certificate is trusted and one is needed.
    pub(super) fn new(settings: &IssuerSettings) -> Result<Self, IssuerSettingsError> {
        let roots: Vec<_> = parse_pem(&settings.roots)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        if roots.is_empty() && settings.issuer.starts_with("https:") {
            return Err(settings.error(SettingsFault::Roots));
        }
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::from(roots))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .https_only(settings.loopback == Loopback::Refused)
            .http_status_as_error(false)
            .proxy(proxy(settings.loopback, Proxy::try_from_env()))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(Duration::from_secs(limits::ISSUER_TIME.value)))
            .max_response_header_size(limits::ISSUER_HEADERS.size())
            .user_agent("nachweis")
            .accept("application/json")
            .build()
            .into();
        Ok(Self { agent })
    }

    /// Reads what stands at an address.
    ///
    /// # Errors
    /// [`IssuerFailure::Unavailable`] for anything but JSON of this form with status 200.
    pub(super) fn read<T: DeserializeOwned>(&self, address: &str) -> Result<T, IssuerFailure> {
        let response = self.agent.get(address).call();
        let told = told(address, response)?;
        if told.status == 200 {
            Ok(told.content)
        } else {
            Err(unavailable(format_args!(
                "{address} answered with {}",
                told.status
            )))
        }
    }

    /// Sends a form, with an `Authorization` where one is given.
    ///
    /// # Errors
    /// [`IssuerFailure::Unavailable`] for anything but JSON of this form with status 200, 400 or 401.
    pub(super) fn send<T: DeserializeOwned>(
        &self,
        address: &str,
        authorization: Option<&str>,
        form: &[(&str, &str)],
    ) -> Result<Told<T>, IssuerFailure> {
        let mut request = self.agent.post(address);
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        told(address, request.send_form(form.iter().copied()))
    }
}

/// The proxy of the environment, which sees nothing of what is said over `https`; none where `http` on this machine will do,
/// which would go through it in clear.
fn proxy(loopback: Loopback, of_environment: Option<Proxy>) -> Option<Proxy> {
    of_environment.filter(|_| loopback == Loopback::Refused)
}

fn told<T: DeserializeOwned>(
    address: &str,
    response: Result<Response<Body>, ureq::Error>,
) -> Result<Told<T>, IssuerFailure> {
    let failed = |error: ureq::Error| unavailable(format_args!("{address}: {error}"));
    let mut response = response.map_err(failed)?;
    let status = response.status().as_u16();
    if ![200, 400, 401].contains(&status) {
        return Err(unavailable(format_args!("{address} answered with {status}")));
    }
    let bytes = response
        .body_mut()
        .with_config()
        .limit(limits::ISSUER_ANSWER.value)
        .read_to_vec()
        .map_err(failed)?;
    // What stands there is not told even to the log: it may be a token.
    let content = serde_json::from_slice(&bytes).map_err(|error| {
        unavailable(format_args!(
            "{address} sent no such JSON ({:?})",
            error.classify()
        ))
    })?;
    Ok(Told { status, content })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_on_this_machine_in_clear_goes_through_no_proxy() {
        let given = Proxy::new("http://192.0.2.1:3128").ok();
        assert!(given.is_some());
        assert_eq!(proxy(Loopback::Refused, given.clone()), given);
        assert_eq!(proxy(Loopback::Allowed, given), None);
    }
}
