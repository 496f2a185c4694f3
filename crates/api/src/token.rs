//! Access tokens: signed, short-lived, carrying who calls and nothing about what they may do.
//!
//! One algorithm (HS256) with one key from the configuration. A token's header must be, byte for byte, the one that is
//! written here: `alg: none`, other algorithms, `kid`, `jku`, `jwk`, `x5u` and `crit` are thereby refused before
//! anything of the token is used (ASVS 9.1.1–9.1.3). Session, account and rights are read anew with every request.

use std::fmt;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, get_current_timestamp};
use nachweis_domain::{limits, record::UserId};
use nachweis_service::{Pass, SecretKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{error::ApiError, settings::ACCESS_LIFE_S};

/// How far clocks may be apart, in seconds.
pub(crate) const LEEWAY_S: u64 = limits::TOKEN_LEEWAY.value;
const ISSUER: &str = "nachweis";
const AUDIENCE: &str = "nachweis-api";

/// An access token of a session, as `nachweis token` prints it: good for ten minutes.
///
/// # Errors
/// [`ApiError::TokenKey`] when the key cannot sign.
pub fn access_token(key: &SecretKey, pass: &Pass) -> Result<String, ApiError> {
    Ok(AccessTokens::new(key)?.issue(pass)?)
}

/// Makes and checks access tokens.
pub(crate) struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    /// The first part of every token of ours, with its dot.
    header: String,
}

/// Why a token is refused. Not told to the caller beyond “not valid”.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenError {
    /// It is longer than any of ours.
    #[error("the token is too long")]
    Length,
    /// Its header is not ours.
    #[error("the token has a foreign header")]
    Header,
    /// Its signature, form or a claim does not hold.
    #[error("the token does not hold")]
    Claims(#[from] jsonwebtoken::errors::Error),
    /// It is a token for something else.
    #[error("the token is not an access token")]
    Use,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Use {
    Access,
    #[serde(other)]
    Foreign,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    /// The session, and the epoch of the account: both must still hold in the database.
    sid: Uuid,
    epoch: u64,
    iat: u64,
    nbf: u64,
    exp: u64,
    token_use: Use,
}

impl AccessTokens {
    /// Tokens under this key.
    ///
    /// # Errors
    /// When the key cannot sign.
    pub(crate) fn new(key: &SecretKey) -> Result<Self, TokenError> {
        let encoding = EncodingKey::from_secret(key.as_bytes());
        let trial = jsonwebtoken::encode(&our_header(), &(), &encoding)?;
        let header = trial.split_inclusive('.').next().unwrap_or_default().to_owned();
        Ok(Self {
            encoding,
            decoding: DecodingKey::from_secret(key.as_bytes()),
            validation: validation(),
            header,
        })
    }

    /// A token of a session, good for [`ACCESS_LIFE_S`] while the session lasts.
    ///
    /// # Errors
    /// When it cannot be signed.
    pub(crate) fn issue(&self, pass: &Pass) -> Result<String, TokenError> {
        let now = get_current_timestamp();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: pass.user,
            sid: pass.session,
            epoch: pass.epoch,
            iat: now,
            nbf: now,
            exp: now.saturating_add(ACCESS_LIFE_S),
            token_use: Use::Access,
        };
        Ok(jsonwebtoken::encode(&our_header(), &claims, &self.encoding)?)
    }

    /// What a token names: whose it is, its session and epoch, which the database must confirm.
    ///
    /// # Errors
    /// When the token is not one of ours, is altered, or is not good now.
    pub(crate) fn verify(&self, token: &str) -> Result<Pass, TokenError> {
        if token.len() > limits::TOKEN_LENGTH.size() {
            return Err(TokenError::Length);
        }
        if !token.starts_with(&self.header) {
            return Err(TokenError::Header);
        }
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation)?.claims;
        if claims.token_use == Use::Access {
            Ok(Pass {
                user: claims.sub,
                session: claims.sid,
                epoch: claims.epoch,
            })
        } else {
            Err(TokenError::Use)
        }
    }
}

impl fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessTokens(…)")
    }
}

fn our_header() -> Header {
    let mut header = Header::new(Algorithm::HS256);
    // RFC 9068: an access token says that it is one.
    header.typ = Some("at+jwt".to_owned());
    header
}

fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.leeway = LEEWAY_S;
    validation.validate_nbf = true;
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
    validation
}

#[cfg(test)]
mod tests;
