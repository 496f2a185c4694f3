//! The people of the tests, and tokens as the service would issue them (or as a forger would).

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header, get_current_timestamp};
use nachweis_domain::{
    access::{Caller, Grant, Role, Scope},
    language::Language,
};
use nachweis_service::{Account, NewAccount, Pass, Service};
use serde_json::{Value, json};

/// The key of all test servers.
pub(crate) const TOKEN_KEY: [u8; 32] = *b"an.example.key.of.the.tests:0123";
/// The password of those who sign in with one.
pub(crate) const PASSWORD: &str = "Laterne Segel Butterbrot";

/// An account with one grant or none. Hashing a password is slow on purpose, so most have none.
pub(crate) fn account(service: &Service, name: &str, grants: Vec<Grant>, password: Option<&str>) -> Account {
    let new = NewAccount {
        name: name.to_owned(),
        display_name: name.to_owned(),
        password: password.map(str::to_owned),
        language: Language::De,
        grants,
    };
    service.create_user(&Service::operator(), &new).unwrap()
}

/// A role for everything.
pub(crate) fn all(role: Role) -> Grant {
    Grant {
        role,
        scope: Scope::All,
    }
}

/// An account as the one who asks.
pub(crate) fn caller(account: &Account) -> Caller {
    account.caller()
}

/// A session of an account that has just begun.
pub(crate) fn pass(service: &Service, account: &Account) -> Pass {
    service.script_session(&Service::operator(), account.id).unwrap()
}

/// The moment, in whole seconds.
pub(crate) fn now() -> DateTime<Utc> {
    let seconds = i64::try_from(get_current_timestamp()).unwrap();
    DateTime::from_timestamp(seconds, 0).unwrap()
}

/// The claims of a good access token.
pub(crate) fn claims(pass: &Pass) -> Value {
    let now = get_current_timestamp();
    json!({
        "iss": "nachweis", "aud": "nachweis-api", "sub": pass.user, "sid": pass.session,
        "epoch": pass.epoch, "iat": now, "nbf": now, "exp": now + 600,
        "token_use": "access",
    })
}

/// The header of a good access token.
pub(crate) fn header() -> Header {
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some("at+jwt".to_owned());
    header
}

/// A token under the key of the service.
pub(crate) fn signed(header: &Header, claims: &Value) -> String {
    jsonwebtoken::encode(header, claims, &EncodingKey::from_secret(&TOKEN_KEY)).unwrap()
}

/// A good access token.
pub(crate) fn token(pass: &Pass) -> String {
    signed(&header(), &claims(pass))
}
