//! Settings: command line before environment before file before default.

mod issuers;

use std::path::{Path, PathBuf};

use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
};
use nachweis_api::{IssuerSettings, TrustedProxy};
use nachweis_domain::{
    language::{Language, Text},
    limits,
};
use nachweis_service::{HeadKey, SecretKey};
use serde::{Deserialize, Serialize};

use self::issuers::IssuerEntry;
use crate::{args::Global, failure::Failure, wrong_settings};

/// The settings file that is read when none is named and it exists.
const DEFAULT_FILE: &str = "nachweis.toml";

/// Settings of a run of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    /// Where everything is kept.
    pub(crate) database_url: String,
    /// Where to serve.
    pub(crate) listen: String,
    /// Language of messages and reports.
    pub(crate) lang: Language,
    /// Rounds of one's own.
    pub(crate) round_files: Vec<PathBuf>,
    /// Peers whose proxy headers are believed.
    pub(crate) trusted_proxies: Vec<TrustedProxy>,
    /// Uploads of one person over HTTP in an hour.
    pub(crate) uploads_per_hour: usize,
    /// Where heads of the journal are noted while the service runs.
    pub(crate) heads_file: Option<PathBuf>,
    issuers: Vec<IssuerEntry>,
    token_key: Option<SecretKey>,
    seal_key: Option<SecretKey>,
    head_key: Option<SecretKey>,
}

/// Settings as file and environment hold them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    database_url: String,
    listen: String,
    lang: Language,
    round_files: Vec<PathBuf>,
    trusted_proxies: Vec<String>,
    uploads_per_hour: usize,
    issuers: Vec<IssuerEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seal_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    head_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heads_file: Option<PathBuf>,
}

impl Default for Raw {
    fn default() -> Self {
        Self {
            database_url: "sqlite://nachweis.db".to_owned(),
            listen: "127.0.0.1:8080".to_owned(),
            lang: Language::De,
            round_files: Vec::new(),
            trusted_proxies: Vec::new(),
            uploads_per_hour: limits::UPLOADS_PER_HOUR.size(),
            issuers: Vec::new(),
            token_key: None,
            seal_key: None,
            head_key: None,
            heads_file: None,
        }
    }
}

/// The settings that are texts. Their variables are taken as they stand: a key of digits is no number.
const TEXTS: [&str; 7] = [
    "database_url",
    "listen",
    "lang",
    "token_key",
    "seal_key",
    "head_key",
    "heads_file",
];

impl Settings {
    /// Gathers the settings of a run.
    pub(crate) fn gather(global: &Global) -> Result<Self, Failure> {
        let mut figment = Figment::from(Serialized::defaults(Raw::default()));
        if let Some(file) = settings_file(global.config.as_deref())? {
            figment = figment.merge(Toml::file_exact(file));
        }
        for name in TEXTS {
            if let Some(value) = variable(name) {
                figment = figment.merge(Serialized::default(name, value));
            }
        }
        if let Some(files) = variable("round_files") {
            let files: Vec<PathBuf> = std::env::split_paths(&files).collect();
            figment = figment.merge(Serialized::default("round_files", files));
        }
        if let Some(proxies) = variable("trusted_proxies") {
            let proxies: Vec<&str> = proxies.split(',').map(str::trim).collect();
            figment = figment.merge(Serialized::default("trusted_proxies", proxies));
        }
        if let Some(number) = variable("uploads_per_hour") {
            figment = figment.merge(Serialized::default("uploads_per_hour", whole_number(&number)?));
        }
        if let Some(entries) = variable("issuers") {
            figment = figment.merge(Toml::string(&format!("issuers = {entries}")));
        }
        let raw: Raw = figment
            .extract()
            .map_err(|error| wrong_settings::failure(&error))?;
        let mut round_files = raw.round_files;
        round_files.extend(global.round_files.iter().cloned());
        Ok(Self {
            database_url: global.database_url.clone().unwrap_or(raw.database_url),
            listen: raw.listen,
            lang: global.lang.map_or(raw.lang, Language::from),
            round_files,
            trusted_proxies: proxies(&raw.trusted_proxies)?,
            uploads_per_hour: raw.uploads_per_hour,
            issuers: raw.issuers,
            token_key: key("NACHWEIS_TOKEN_KEY", raw.token_key)?,
            seal_key: key("NACHWEIS_SEAL_KEY", raw.seal_key)?,
            head_key: key("NACHWEIS_HEAD_KEY", raw.head_key)?,
            heads_file: raw.heads_file,
        })
    }

    /// The key that signs access tokens.
    pub(crate) fn token_key(&self) -> Result<SecretKey, Failure> {
        self.token_key
            .clone()
            .ok_or_else(|| missing_key("NACHWEIS_TOKEN_KEY"))
    }

    /// The OpenID Connect issuers, with their secrets.
    pub(crate) fn issuers(&self) -> Result<Vec<IssuerSettings>, Failure> {
        self.issuers.iter().map(IssuerEntry::load).collect()
    }

    /// The address of an issuer, by its name or its address.
    pub(crate) fn issuer_address(&self, named: &str) -> Result<&str, Failure> {
        issuers::address_of(&self.issuers, named)
    }

    /// The key that seals issued workbooks.
    pub(crate) fn seal_key(&self) -> Result<SecretKey, Failure> {
        self.seal_key
            .clone()
            .ok_or_else(|| missing_key("NACHWEIS_SEAL_KEY"))
    }

    /// The key that signs heads of the journal.
    pub(crate) fn head_key(&self) -> Result<HeadKey, Failure> {
        let seed = self
            .head_key
            .as_ref()
            .ok_or_else(|| missing_key("NACHWEIS_HEAD_KEY"))?;
        HeadKey::new(seed).ok_or_else(|| missing_key("NACHWEIS_HEAD_KEY"))
    }

    /// The same settings on another database and with other keys: the demonstration has its own.
    pub(crate) fn for_demonstration(&self, database_url: String, keys: (SecretKey, SecretKey)) -> Self {
        Self {
            database_url,
            token_key: Some(keys.0),
            seal_key: Some(keys.1),
            ..self.clone()
        }
    }
}

/// The variable `NACHWEIS_…` of a setting.
fn variable(name: &str) -> Option<String> {
    Env::var(&format!("NACHWEIS_{}", name.to_uppercase()))
}

fn whole_number(text: &str) -> Result<usize, Failure> {
    text.trim().parse().map_err(|_number| {
        Failure::new(Text::new(
            format!(
                "NACHWEIS_UPLOADS_PER_HOUR ist keine ganze Zahl: „{text}“. Bitte zum Beispiel 20 setzen."
            ),
            format!("NACHWEIS_UPLOADS_PER_HOUR is no whole number: “{text}”. Please set for example 20."),
        ))
    })
}

fn proxies(texts: &[String]) -> Result<Vec<TrustedProxy>, Failure> {
    let named = texts.iter().filter(|text| !text.is_empty());
    named
        .map(|text| {
            text.parse().map_err(|_proxy| {
                Failure::new(Text::new(
                    format!("In trusted_proxies steht „{text}“. Möglich sind Adressen wie 10.0.0.7 und Netze wie 10.0.0.0/8."),
                    format!("There is “{text}” in trusted_proxies. Possible are addresses such as 10.0.0.7 and networks such as 10.0.0.0/8."),
                ))
            })
        })
        .collect()
}

fn settings_file(named: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    match named {
        Some(file) if file.is_file() => Ok(Some(file.to_owned())),
        Some(file) if file.is_dir() => Err(Failure::folder(file)),
        Some(file) => Err(Failure::missing_file(file)),
        None => Ok(Some(PathBuf::from(DEFAULT_FILE)).filter(|file| file.is_file())),
    }
}

fn key(variable: &'static str, text: Option<String>) -> Result<Option<SecretKey>, Failure> {
    text.map(|text| {
        text.parse().map_err(|_key| {
            Failure::new(Text::new(
                format!("{variable} ist kein Schlüssel aus 64 Hexadezimalziffern. Einen neuen gibt `openssl rand -hex 32` aus."),
                format!("{variable} is not a key of 64 hexadecimal digits. `openssl rand -hex 32` prints a new one."),
            ))
        })
    })
    .transpose()
}

fn missing_key(variable: &'static str) -> Failure {
    Failure::new(Text::new(
        format!("{variable} fehlt. Bitte den Schlüssel setzen; `openssl rand -hex 32` gibt einen neuen aus."),
        format!("{variable} is missing. Please set the key; `openssl rand -hex 32` prints a new one."),
    ))
}
