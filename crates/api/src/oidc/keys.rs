//! The keys of an issuer (RFC 7517), as far as they check signatures with an algorithm that is taken.

use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyOperations, PublicKeyUse},
};
use nachweis_domain::limits;
use nachweis_service::IssuerFailure;
use serde::Deserialize;
use serde_json::Value;

use super::{description::Description, web::Web};

/// The algorithms that are taken: asymmetric ones only, so that no public key can pass as a shared one.
pub(super) const TAKEN: [Algorithm; 4] = [
    Algorithm::RS256,
    Algorithm::PS256,
    Algorithm::ES256,
    Algorithm::EdDSA,
];

/// A key with the algorithms that it may be used with.
#[derive(Clone)]
pub(super) struct Key {
    kid: Option<String>,
    algorithms: Vec<Algorithm>,
    /// Checks signatures.
    pub(super) decoding: DecodingKey,
}

/// The keys of an issuer.
pub(super) struct Keys(Vec<Key>);

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// Asks for the keys of an issuer.
///
/// # Errors
/// [`IssuerFailure::Unavailable`].
pub(super) fn ask(web: &Web, description: &Description) -> Result<Keys, IssuerFailure> {
    Ok(Keys::of(web.read(&description.jwks_uri)?))
}

impl Keys {
    /// Keys of kinds that are not known are left out, as RFC 7517 §5 asks for.
    fn of(set: KeySet) -> Self {
        let keys = set.keys.into_iter().take(limits::ISSUER_KEYS.size());
        Self(keys.filter_map(key).collect())
    }

    /// The key of an id for an algorithm. A token may leave the id out only where there is no choice.
    pub(super) fn find(&self, (kid, algorithm): (Option<&str>, Algorithm)) -> Option<&Key> {
        let mut fitting = self
            .0
            .iter()
            .filter(|key| key.algorithms.contains(&algorithm))
            .filter(|key| kid.is_none() || key.kid.as_deref() == kid);
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

fn key(value: Value) -> Option<Key> {
    let jwk: Jwk = serde_json::from_value(value).ok()?;
    let common = &jwk.common;
    let for_signatures = !matches!(
        common.public_key_use,
        Some(PublicKeyUse::Encryption | PublicKeyUse::Other(_))
    );
    let verifies = common
        .key_operations
        .as_ref()
        .is_none_or(|operations| operations.contains(&KeyOperations::Verify));
    let of_kind: &[Algorithm] = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => &[Algorithm::RS256, Algorithm::PS256],
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => &[Algorithm::ES256],
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => &[Algorithm::EdDSA],
        _ => &[],
    };
    let algorithms: Vec<Algorithm> = of_kind
        .iter()
        .copied()
        .filter(|algorithm| {
            common
                .key_algorithm
                .is_none_or(|named| named == (*algorithm).into())
        })
        .collect();
    if !for_signatures || !verifies || algorithms.is_empty() {
        return None;
    }
    Some(Key {
        kid: common.key_id.clone(),
        algorithms,
        decoding: DecodingKey::from_jwk(&jwk).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keys(keys: &Value) -> Keys {
        Keys::of(serde_json::from_value(json!({ "keys": keys })).unwrap())
    }

    fn ed(kid: &str) -> Value {
        // RFC 8037, appendix A.2.
        json!({ "kty": "OKP", "crv": "Ed25519", "kid": kid, "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" })
    }

    #[test]
    fn keys_are_taken_for_signatures_of_their_kind_only() {
        let rsa = json!({ "kty": "RSA", "kid": "a", "n": "sXch", "e": "AQAB" });
        let with = |name: &str, value: Value| {
            let mut key = rsa.clone();
            key[name] = value;
            keys(&json!([key]))
        };
        let finds = |keys: &Keys| TAKEN.map(|algorithm| keys.find((Some("a"), algorithm)).is_some());
        assert_eq!(finds(&keys(&json!([rsa]))), [true, true, false, false]);
        assert_eq!(finds(&with("alg", json!("PS256"))), [false, true, false, false]);
        assert_eq!(finds(&with("use", json!("sig"))), [true, true, false, false]);
        assert_eq!(
            finds(&with("key_ops", json!(["verify"]))),
            [true, true, false, false]
        );
        assert_eq!(finds(&keys(&json!([ed("a")]))), [false, false, false, true]);
        for (name, value) in [
            ("use", json!("enc")),
            ("alg", json!("RS512")),
            ("alg", json!("RSA-OAEP")),
            ("key_ops", json!(["encrypt"])),
            ("kid", json!("b")),
        ] {
            assert_eq!(finds(&with(name, value.clone())), [false; 4], "{name} {value}");
        }
    }

    #[test]
    fn shared_and_unknown_keys_are_left_out_without_spoiling_the_others() {
        let keys = keys(&json!([
            { "kty": "oct", "kid": "a", "k": "c2VjcmV0" },
            { "kty": "AKP", "kid": "a", "alg": "ML-DSA-44", "pub": "x" },
            { "kty": "OKP", "crv": "X25519", "kid": "a", "x": "x" },
            "no key",
            ed("a"),
        ]));
        assert_eq!(keys.0.len(), 1);
        assert!(keys.find((Some("a"), Algorithm::HS256)).is_none());
    }

    #[test]
    fn a_token_without_a_key_id_is_taken_only_where_there_is_no_choice() {
        let find = |set: &Value, kid| keys(set).find((kid, Algorithm::EdDSA)).is_some();
        assert!(find(&json!([ed("a")]), None));
        assert!(!find(&json!([ed("a"), ed("b")]), None));
        assert!(find(&json!([ed("a"), ed("b")]), Some("b")));
        assert!(!find(&json!([ed("a"), ed("a")]), Some("a")), "two of one id");
        assert!(!find(&json!([]), None));
    }
}
