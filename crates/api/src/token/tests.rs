//! Forged tokens (ASVS V9, robustness goal 38): each differs from a good one in one thing.

use serde_json::{Value, json};

use super::*;

const KEY: [u8; 32] = *b"0123456789abcdefghijklmnopqrstuv";

fn tokens() -> AccessTokens {
    AccessTokens::new(&SecretKey::from_bytes(KEY)).unwrap()
}

fn pass() -> Pass {
    Pass {
        user: UserId(Uuid::from_u128(7)),
        session: Uuid::from_u128(8),
        epoch: 9,
    }
}

/// The claims of a good token, to be spoilt.
fn good() -> Value {
    let now = get_current_timestamp();
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": pass().user, "sid": pass().session, "epoch": pass().epoch,
        "iat": now, "nbf": now, "exp": now + 600, "token_use": "access",
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = good();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = good();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

fn signed(header: &Header, claims: &Value) -> String {
    jsonwebtoken::encode(header, claims, &EncodingKey::from_secret(&KEY)).unwrap()
}

/// URL-safe base64 without padding, by hand: a forger does not ask our library.
fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let digit = usize::try_from(bits >> (18 - 6 * place) & 63).unwrap();
            out.push(char::from(DIGITS[digit]));
        }
    }
    out
}

#[test]
fn a_good_token_tells_who_calls() {
    let tokens = tokens();
    assert_eq!(tokens.verify(&tokens.issue(&pass()).unwrap()).unwrap(), pass());
    // The forger's workshop makes good tokens too, so that each forgery below fails for its own reason.
    assert_eq!(tokens.verify(&signed(&our_header(), &good())).unwrap(), pass());
}

#[test]
fn a_token_with_one_wrong_claim_is_refused() {
    let now = get_current_timestamp();
    for (name, claims) in [
        ("expired", with("exp", json!(now - LEEWAY_S - 1))),
        ("no exp", without("exp")),
        ("exp as text", with("exp", json!("9999999999"))),
        ("negative exp", with("exp", json!(-1))),
        ("not yet", with("nbf", json!(now + LEEWAY_S + 5))),
        ("no nbf", without("nbf")),
        ("another issuer", with("iss", json!("someone"))),
        ("no issuer", without("iss")),
        ("issuers as list", with("iss", json!([ISSUER, "someone"]))),
        ("another audience", with("aud", json!("other-api"))),
        ("no audience", without("aud")),
        ("several audiences", with("aud", json!([AUDIENCE, "other-api"]))),
        ("no subject", without("sub")),
        ("subject is no id", with("sub", json!("admin"))),
        ("no session", without("sid")),
        ("session is no id", with("sid", json!("all"))),
        ("no epoch", without("epoch")),
        ("negative epoch", with("epoch", json!(-1))),
        ("refresh as access", with("token_use", json!("refresh"))),
        ("no use", without("token_use")),
        ("claims of rights", with("role", json!("admin"))),
    ] {
        assert!(
            tokens().verify(&signed(&our_header(), &claims)).is_err(),
            "{name}"
        );
    }
}

/// The header of a good token, spoilt.
fn spoilt(spoil: fn(&mut Header)) -> Header {
    let mut header = our_header();
    spoil(&mut header);
    header
}

#[test]
fn a_token_with_a_foreign_header_is_refused() {
    for (name, header) in [
        ("other algorithm of the family", Header::new(Algorithm::HS512)),
        ("type of another token", Header::new(Algorithm::HS256)),
        (
            "kid with a path",
            spoilt(|header| header.kid = Some("../../dev/null".into())),
        ),
        (
            "kid with SQL",
            spoilt(|header| header.kid = Some("' UNION SELECT 'key' --".into())),
        ),
        (
            "jku",
            spoilt(|header| header.jku = Some("https://evil.example/keys".into())),
        ),
        (
            "x5u",
            spoilt(|header| header.x5u = Some("https://evil.example/cert".into())),
        ),
        ("x5c", spoilt(|header| header.x5c = Some(vec!["MIIB".to_owned()]))),
        ("cty", spoilt(|header| header.cty = Some("JWT".into()))),
    ] {
        assert!(tokens().verify(&signed(&header, &good())).is_err(), "{name}");
    }
}

#[test]
fn a_token_without_or_with_a_foreign_signature_is_refused() {
    let good = signed(&our_header(), &good());
    let (head, signature) = good.rsplit_once('.').unwrap();
    let (header, claims) = head.split_once('.').unwrap();
    let none = base64(r#"{"typ":"at+jwt","alg":"none"}"#);
    let jwk = base64(r#"{"typ":"at+jwt","alg":"HS256","jwk":{"kty":"oct","k":"AAAA"}}"#);
    let foreign = EncodingKey::from_secret(&[7; 32]);
    let empty = EncodingKey::from_secret(b"");
    let claims_value = self::good();
    for (name, token) in [
        ("nothing", String::new()),
        ("dots", "..".to_owned()),
        ("alg none, no signature", format!("{none}.{claims}.")),
        ("alg none, old signature", format!("{none}.{claims}.{signature}")),
        ("key in the header", format!("{jwk}.{claims}.{signature}")),
        ("no signature", format!("{header}.{claims}.")),
        ("two parts", head.to_owned()),
        ("four parts", format!("{good}.{signature}")),
        ("truncated", good[..good.len() - 2].to_owned()),
        (
            "altered claims",
            format!(
                "{header}.{}.{signature}",
                base64(&claims_value.to_string().replace('7', "8"))
            ),
        ),
        (
            "altered signature",
            format!("{head}.{}", signature.chars().rev().collect::<String>()),
        ),
        (
            "foreign key",
            jsonwebtoken::encode(&our_header(), &claims_value, &foreign).unwrap(),
        ),
        (
            "empty key",
            jsonwebtoken::encode(&our_header(), &claims_value, &empty).unwrap(),
        ),
        (
            "too long",
            format!("{good}{}", "a".repeat(limits::TOKEN_LENGTH.size())),
        ),
        ("bytes beyond ASCII", format!("{good}ä")),
    ] {
        assert!(tokens().verify(&token).is_err(), "{name}");
    }
}

#[test]
fn a_token_is_good_within_the_leeway_of_clocks() {
    let now = get_current_timestamp();
    for (name, claims) in [
        ("just expired", with("exp", json!(now - LEEWAY_S + 10))),
        ("almost due", with("nbf", json!(now + LEEWAY_S - 10))),
    ] {
        assert!(tokens().verify(&signed(&our_header(), &claims)).is_ok(), "{name}");
    }
}

#[test]
fn the_keys_of_tokens_are_never_printed() {
    assert_eq!(format!("{:?}", tokens()), "AccessTokens(…)");
}
