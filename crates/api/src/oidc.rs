//! OpenID Connect issuers (Core 1.0, Discovery 1.0, RFC 7636, RFC 9207): where to sign in, and who has proven to have.
//!
//! What an issuer says of itself and its keys are remembered for a while, by each process for itself; nothing else is kept.
//! What it sends is read up to a limit, within a time, without following it anywhere, and never shown to anybody. This room
//! does not know accounts: it answers with the subject, the service says whose it is.

use nachweis_domain::limits::{self, Limit};
use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::Algorithm;
use nachweis_service::{BegunAtIssuer, IssuerFailure, Proof};

mod address;
mod description;
mod exchange;
mod id_token;
mod keys;
mod settings;
mod web;

use description::Description;
use keys::{Key, Keys};
pub use settings::{ClientSecret, IssuerSettings, IssuerSettingsError, Loopback, SettingsFault};
use web::Web;

/// The issuers of a deployment.
#[derive(Debug)]
pub(crate) struct Issuers(Vec<Issuer>);

/// An issuer, with what is remembered of it.
pub(crate) struct Issuer {
    pub(crate) settings: IssuerSettings,
    web: Web,
    memory: Mutex<Memory>,
}

/// What is remembered of an issuer, each with when it was asked for.
#[derive(Default)]
struct Memory {
    description: Option<(DateTime<Utc>, Arc<Description>)>,
    keys: Option<(DateTime<Utc>, Arc<Keys>)>,
    /// When keys were last asked for because a token named an unknown one, or at all.
    keys_asked: Option<DateTime<Utc>>,
    /// When it last did not answer as it should.
    failed: Option<DateTime<Utc>>,
}

/// What a browser brings back from an issuer.
pub(crate) struct Answer<'a> {
    /// The code.
    pub(crate) code: &'a str,
    /// The issuer that says to have answered (RFC 9207).
    pub(crate) iss: Option<&'a str>,
}

impl Issuers {
    /// The issuers of these settings. Nothing is asked yet.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub(crate) fn new(settings: &[IssuerSettings]) -> Result<Self, IssuerSettingsError> {
        settings::check_together(settings)?;
        let issuers = settings.iter().map(|settings| {
            settings.check()?;
            Ok(Issuer {
                web: Web::new(settings)?,
                settings: settings.clone(),
                memory: Mutex::default(),
            })
        });
        issuers.collect::<Result<_, _>>().map(Self)
    }

    /// The issuer of a name.
    pub(crate) fn find(&self, name: &str) -> Option<&Issuer> {
        self.0.iter().find(|issuer| issuer.settings.name == name)
    }
}

impl Issuer {
    /// Where a browser goes to sign in.
    ///
    /// # Errors
    /// [`IssuerFailure::Unavailable`].
    pub(crate) fn address(&self, begun: &BegunAtIssuer, now: DateTime<Utc>) -> Result<String, IssuerFailure> {
        let description = self.description(now)?;
        Ok(address::of(&self.settings, &description, begun))
    }

    /// Whether the issuer can be asked at all, before a sign-in is begun.
    ///
    /// # Errors
    /// [`IssuerFailure::Unavailable`].
    pub(crate) fn is_there(&self, now: DateTime<Utc>) -> Result<(), IssuerFailure> {
        self.description(now).map(drop)
    }

    /// Who has signed in, as the issuer calls the person.
    ///
    /// # Errors
    /// [`IssuerFailure`] with the reason.
    pub(crate) fn subject(
        &self,
        answer: &Answer<'_>,
        proof: &Proof,
        now: DateTime<Utc>,
    ) -> Result<String, IssuerFailure> {
        let description = self.description(now)?;
        let named = answer
            .iss
            .map_or(!description.names_itself(), |iss| iss == self.settings.issuer);
        if !named {
            return Err(unproven("iss-parameter"));
        }
        let tokens = exchange::tokens(&self.web, (&self.settings, &description), answer.code, proof)?;
        let header = id_token::header(&tokens.id_token)?;
        let key = self.key(&description, (header.kid.as_deref(), header.alg), now)?;
        let expected = id_token::Expected {
            issuer: &self.settings.issuer,
            client_id: &self.settings.client_id,
            nonce: &proof.nonce,
            access_token: tokens.access_token.as_deref(),
            required_acr: &self.settings.required_acr,
            now,
        };
        id_token::subject(&tokens.id_token, (&key, header.alg), &expected)
    }
}

impl Issuer {
    fn description(&self, now: DateTime<Utc>) -> Result<Arc<Description>, IssuerFailure> {
        if let Some((at, description)) = &self.remembered().description
            && is_young(*at, limits::ISSUER_AGE, now)
        {
            return Ok(Arc::clone(description));
        }
        let found = self.asked(now, || description::ask(&self.web, &self.settings))?;
        let found = Arc::new(found);
        self.remembered().description = Some((now, Arc::clone(&found)));
        Ok(found)
    }

    /// The key that a token names. Keys are asked for again by age, and when an unknown one is named: then not more often
    /// than once in a while, so that forged tokens make no traffic.
    fn key(
        &self,
        description: &Description,
        named: (Option<&str>, Algorithm),
        now: DateTime<Utc>,
    ) -> Result<Key, IssuerFailure> {
        let unknown = || unproven("key");
        let remembered = self.remembered().keys.clone();
        if let Some((at, keys)) = remembered
            && is_young(at, limits::ISSUER_AGE, now)
        {
            if let Some(key) = keys.find(named) {
                return Ok(key.clone());
            }
            let mut memory = self.remembered();
            if memory
                .keys_asked
                .is_some_and(|at| is_young(at, limits::ISSUER_KEY_PAUSE, now))
            {
                return Err(unknown());
            }
            memory.keys_asked = Some(now);
        }
        let keys = self.asked(now, || keys::ask(&self.web, description))?;
        let found = keys.find(named).cloned();
        let mut memory = self.remembered();
        memory.keys = Some((now, Arc::new(keys)));
        memory.keys_asked = Some(now);
        found.ok_or_else(unknown)
    }

    /// Asks the issuer, unless it has just failed.
    fn asked<T>(
        &self,
        now: DateTime<Utc>,
        ask: impl FnOnce() -> Result<T, IssuerFailure>,
    ) -> Result<T, IssuerFailure> {
        let failed = self.remembered().failed;
        if failed.is_some_and(|at| is_young(at, limits::ISSUER_PAUSE, now)) {
            return Err(unavailable("it has failed a moment ago"));
        }
        ask().inspect_err(|_| self.remembered().failed = Some(now))
    }

    fn remembered(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Issuer({})", self.settings.name)
    }
}

fn is_young(at: DateTime<Utc>, limit: Limit, now: DateTime<Utc>) -> bool {
    let seconds = match limit.unit {
        limits::Unit::Minutes => limit.value.saturating_mul(60),
        _ => limit.value,
    };
    now - at < TimeDelta::seconds(i64::try_from(seconds).unwrap_or(1))
}

/// What the issuer gave does not hold, with a stable name of what.
pub(crate) const fn unproven(reason: &'static str) -> IssuerFailure {
    IssuerFailure::Unproven { reason }
}

/// The issuer cannot be used, with the reason for the log.
pub(crate) fn unavailable(reason: impl fmt::Display) -> IssuerFailure {
    IssuerFailure::Unavailable {
        reason: reason.to_string(),
    }
}
