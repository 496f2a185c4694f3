//! Whether an ID token proves who signed in (OpenID Connect Core 1.0 §3.1.3.7).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, Header, Validation};
use nachweis_domain::limits;
use nachweis_service::IssuerFailure;
use serde::Deserialize;
use sha2::{Digest as _, Sha256, Sha512};

use super::{
    keys::{Key, TAKEN},
    unproven,
};
use crate::token::LEEWAY_S;

/// What a token must say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    /// The access token that came with it.
    pub(super) access_token: Option<&'a str>,
    /// One of these, unless there are none.
    pub(super) required_acr: &'a [String],
    pub(super) now: DateTime<Utc>,
}

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    at_hash: Option<String>,
    acr: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// The header of a token, before its signature is checked: with an algorithm that is taken, of a kind that is understood.
/// Keys that it brings along (`jwk`, `jku`, `x5c` …) are not looked at.
///
/// # Errors
/// [`IssuerFailure::Unproven`].
pub(super) fn header(token: &str) -> Result<Header, IssuerFailure> {
    // `none` and unknown algorithms cannot be read.
    let header = jsonwebtoken::decode_header(token).map_err(|_unreadable| unproven("header"))?;
    let is_jwt = |typ: &String| typ.eq_ignore_ascii_case("JWT");
    if !TAKEN.contains(&header.alg) {
        Err(unproven("algorithm"))
    } else if header.crit.is_some() {
        Err(unproven("critical-header"))
    } else if header.typ.as_ref().is_some_and(|typ| !is_jwt(typ)) {
        Err(unproven("type"))
    } else {
        Ok(header)
    }
}

/// The person whom a token names, when its signature and all that it says hold.
///
/// # Errors
/// [`IssuerFailure::Unproven`] with what does not hold, [`IssuerFailure::TooWeak`].
pub(super) fn subject(
    token: &str,
    (key, algorithm): (&Key, Algorithm),
    expected: &Expected<'_>,
) -> Result<String, IssuerFailure> {
    let mut validation = Validation::new(algorithm);
    // What the token says is checked below, at the moment of the service's clock.
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let claims = jsonwebtoken::decode::<Claims>(token, &key.decoding, &validation)
        .map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::Json(_) => unproven("form"),
            _ => unproven("signature"),
        })?
        .claims;
    check(claims, algorithm, expected)
}

fn check(claims: Claims, algorithm: Algorithm, expected: &Expected<'_>) -> Result<String, IssuerFailure> {
    let leeway = i64::try_from(LEEWAY_S).unwrap_or(0);
    let now = expected.now.timestamp();
    let to_come = |at: i64| at > now.saturating_add(leeway);
    let at_hash = claims.at_hash.as_deref();
    let fits = |hash: &str| {
        expected
            .access_token
            .is_some_and(|token| hash == half(token, algorithm))
    };
    let subject = &claims.sub;
    let fault = [
        (claims.iss != expected.issuer, "issuer"),
        (!claims.aud.holds(expected.client_id), "audience"),
        (!authorized(&claims, expected.client_id), "authorized-party"),
        (claims.exp.saturating_add(leeway) < now, "expired"),
        (to_come(claims.iat) || claims.nbf.is_some_and(to_come), "not-yet"),
        (claims.nonce.as_deref() != Some(expected.nonce), "nonce"),
        (at_hash.is_some_and(|hash| !fits(hash)), "access-token-hash"),
        (!is_subject(subject), "subject"),
    ]
    .into_iter()
    .find_map(|(wrong, reason)| wrong.then_some(reason));
    if let Some(reason) = fault {
        return Err(unproven(reason));
    }
    let required = expected.required_acr;
    if !required.is_empty() && !claims.acr.is_some_and(|acr| required.contains(&acr)) {
        return Err(IssuerFailure::TooWeak);
    }
    Ok(claims.sub)
}

impl Audience {
    fn holds(&self, client_id: &str) -> bool {
        match self {
            Self::One(audience) => audience == client_id,
            Self::Several(audiences) => audiences.iter().any(|audience| audience == client_id),
        }
    }

    fn is_alone(&self) -> bool {
        match self {
            Self::One(_) => true,
            Self::Several(audiences) => audiences.len() == 1,
        }
    }
}

/// A token that is for others as well must say that it was made for us; one that names somebody must name us.
fn authorized(claims: &Claims, client_id: &str) -> bool {
    match &claims.azp {
        Some(party) => party == client_id,
        None => claims.aud.is_alone(),
    }
}

fn is_subject(subject: &str) -> bool {
    (1..=limits::SUBJECT.size()).contains(&subject.len())
        && subject
            .chars()
            .all(|char| char.is_ascii() && !char.is_ascii_control())
}

/// The left half of a token's hash, with the hash of the algorithm.
fn half(token: &str, algorithm: Algorithm) -> String {
    let hash = if algorithm == Algorithm::EdDSA {
        Sha512::digest(token).to_vec()
    } else {
        Sha256::digest(token).to_vec()
    };
    URL_SAFE_NO_PAD.encode(hash.get(..hash.len() / 2).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn good() -> Value {
        json!({
            "iss": "https://login.example.org", "sub": "lena-4711", "aud": "nachweis", "exp": NOW + 60, "iat": NOW,
            "nonce": "n-1", "at_hash": half("access", Algorithm::RS256),
        })
    }

    fn checked(claims: &Value, required_acr: &[String]) -> Result<String, &'static str> {
        let expected = Expected {
            issuer: "https://login.example.org",
            client_id: "nachweis",
            nonce: "n-1",
            access_token: Some("access"),
            required_acr,
            now: DateTime::from_timestamp(NOW, 0).unwrap(),
        };
        let claims: Claims = serde_json::from_value(claims.clone()).map_err(|_form| "form")?;
        check(claims, Algorithm::RS256, &expected).map_err(|failure| failure.reason())
    }

    fn with(name: &str, value: Value) -> Result<String, &'static str> {
        let mut claims = good();
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value;
        }
        checked(&claims, &[])
    }

    #[test]
    fn each_claim_that_does_not_hold_is_named() {
        assert_eq!(checked(&good(), &[]), Ok("lena-4711".to_owned()));
        for (name, value, reason) in [
            ("iss", json!("https://login.example.org/"), "issuer"),
            ("iss", Value::Null, "form"),
            ("aud", json!("other"), "audience"),
            ("aud", json!([]), "audience"),
            ("aud", json!(["other", "nachweis"]), "authorized-party"),
            ("aud", Value::Null, "form"),
            ("azp", json!("other"), "authorized-party"),
            ("exp", json!(NOW - 31), "expired"),
            ("exp", Value::Null, "form"),
            ("exp", json!("never"), "form"),
            ("iat", json!(NOW + 31), "not-yet"),
            ("iat", Value::Null, "form"),
            ("nbf", json!(NOW + 31), "not-yet"),
            ("nonce", json!("n-2"), "nonce"),
            ("nonce", Value::Null, "nonce"),
            (
                "at_hash",
                json!(half("another", Algorithm::RS256)),
                "access-token-hash",
            ),
            ("sub", json!(""), "subject"),
            ("sub", json!("lena\u{0}"), "subject"),
            ("sub", json!("Özlem"), "subject"),
            ("sub", json!("a".repeat(256)), "subject"),
            ("sub", Value::Null, "form"),
        ] {
            assert_eq!(with(name, value.clone()), Err(reason), "{name} {value}");
        }
    }

    #[test]
    fn what_may_differ_is_taken() {
        for (name, value) in [
            ("aud", json!(["nachweis"])),
            ("azp", json!("nachweis")),
            ("exp", json!(NOW - 30)),
            ("iat", json!(NOW + 30)),
            ("nbf", json!(NOW)),
            ("at_hash", Value::Null),
            ("sub", json!("a".repeat(255))),
            ("email", json!("lena@example.org")),
        ] {
            assert!(with(name, value.clone()).is_ok(), "{name} {value}");
        }
        let mut several = good();
        several["aud"] = json!(["other", "nachweis"]);
        several["azp"] = json!("nachweis");
        checked(&several, &[]).unwrap();
    }

    #[test]
    fn a_person_must_be_checked_as_strictly_as_is_asked_for() {
        let required = ["hoch".to_owned(), "sehr-hoch".to_owned()];
        let with_acr = |acr: Value| {
            let mut claims = good();
            claims["acr"] = acr;
            checked(&claims, &required)
        };
        assert!(with_acr(json!("sehr-hoch")).is_ok());
        assert_eq!(with_acr(json!("normal")), Err("sign-in-too-weak"));
        assert_eq!(checked(&good(), &required), Err("sign-in-too-weak"));
    }

    #[test]
    fn the_hash_of_an_access_token_is_that_of_the_standard() {
        // OpenID Connect Core 1.0, appendix A.3.
        let token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        assert_eq!(half(token, Algorithm::RS256), "77QmUPtjPfzWtF2AnpK9RQ");
        assert_eq!(half(token, Algorithm::EdDSA).len(), 43);
    }
}
