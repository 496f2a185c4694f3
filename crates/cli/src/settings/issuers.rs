//! OpenID Connect issuers in the settings. Secrets stand in files or in the environment, never beside the rest.

use std::path::{Path, PathBuf};

use nachweis_api::{ClientSecret, IssuerSettings, Loopback};
use nachweis_domain::{language::Text, limits};
use serde::{Deserialize, Serialize};

use super::variable;
use crate::{failure::Failure, open};

/// Where Debian keeps the certificates that are trusted.
const ROOTS: &str = "/etc/ssl/certs/ca-certificates.crt";

/// An issuer as file and environment hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IssuerEntry {
    /// The name in addresses and on the command line.
    pub(crate) name: String,
    /// The address as the issuer names itself.
    pub(crate) issuer: String,
    client_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_secret_file: Option<PathBuf>,
    redirect_uri: String,
    #[serde(default = "only_openid")]
    scopes: Vec<String>,
    #[serde(default)]
    required_acr: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ca_file: Option<PathBuf>,
    #[serde(default)]
    allow_http_loopback: bool,
}

fn only_openid() -> Vec<String> {
    vec!["openid".to_owned()]
}

impl IssuerEntry {
    /// The issuer with its secret and the certificates that are trusted for it.
    pub(super) fn load(&self) -> Result<IssuerSettings, Failure> {
        let secret = match &self.client_secret_file {
            Some(file) => Some(read_text(file)?),
            None => variable(&format!("client_secret_{}", self.name.replace('-', "_"))),
        };
        let roots = match &self.ca_file {
            Some(file) => read_roots(file)?,
            None if self.issuer.starts_with("http:") => Vec::new(),
            None => read_roots(Path::new(ROOTS))?,
        };
        Ok(IssuerSettings {
            name: self.name.clone(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            client_secret: secret.as_deref().map(ClientSecret::new),
            redirect_uri: self.redirect_uri.clone(),
            scopes: self.scopes.clone(),
            required_acr: self.required_acr.clone(),
            roots,
            loopback: if self.allow_http_loopback {
                Loopback::Allowed
            } else {
                Loopback::Refused
            },
        })
    }
}

/// The address of the issuer that is named, by its name or its address.
pub(super) fn address_of<'a>(entries: &'a [IssuerEntry], named: &str) -> Result<&'a str, Failure> {
    let found = entries
        .iter()
        .find(|entry| entry.name == named || entry.issuer == named);
    found.map(|entry| entry.issuer.as_str()).ok_or_else(|| {
        let known: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
        let (de, en) = match known.join(", ") {
            none if none.is_empty() => ("keine".to_owned(), "none".to_owned()),
            some => (some.clone(), some),
        };
        Failure::new(Text::new(
            format!(
                "Den Anmeldedienst „{named}“ gibt es in den Einstellungen nicht. Eingestellt sind: {de}. Bitte unter [[issuers]] einen Eintrag anlegen."
            ),
            format!(
                "There is no issuer “{named}” in the settings. There are: {en}. Please add an entry [[issuers]]."
            ),
        ))
    })
}

fn read_roots(file: &Path) -> Result<Vec<u8>, Failure> {
    open::read_within(file, &limits::ISSUER_ROOTS)
}

fn read_text(file: &Path) -> Result<String, Failure> {
    String::from_utf8(read_roots(file)?)
        .map_err(|_bytes| Failure::unreadable(file, &std::io::ErrorKind::InvalidData.into()))
}
