//! A code becomes tokens (OpenID Connect Core 1.0 §3.1.3, RFC 6749 §2.3.1).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use nachweis_domain::limits;
use nachweis_service::{IssuerFailure, Proof};
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;

use super::{
    description::Description,
    settings::{ClientSecret, IssuerSettings},
    unavailable, unproven,
    web::Web,
};

/// The tokens of a code.
pub(super) struct Tokens {
    /// Says who signed in.
    pub(super) id_token: String,
    /// Not used, but for its hash.
    pub(super) access_token: Option<String>,
}

#[derive(Deserialize)]
struct Sent {
    id_token: Option<String>,
    access_token: Option<String>,
    error: Option<String>,
}

/// Gives a code and its proof key for tokens.
///
/// # Errors
/// [`IssuerFailure::CodeRefused`], [`IssuerFailure::Unproven`] without a token, [`IssuerFailure::Unavailable`].
pub(super) fn tokens(
    web: &Web,
    (settings, description): (&IssuerSettings, &Description),
    code: &str,
    proof: &Proof,
) -> Result<Tokens, IssuerFailure> {
    if code.is_empty() || code.len() > limits::ISSUER_CODE.size() {
        return Err(IssuerFailure::CodeRefused);
    }
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", &settings.redirect_uri),
        ("code_verifier", &proof.verifier),
    ];
    let mut authorization = None;
    match &settings.client_secret {
        Some(secret) if description.takes_secrets_in_forms_only() => {
            form.extend([
                ("client_id", settings.client_id.as_str()),
                ("client_secret", secret.as_str()),
            ]);
        }
        Some(secret) => authorization = Some(basic(&settings.client_id, secret)),
        None => form.push(("client_id", &settings.client_id)),
    }
    let told = web.send::<Sent>(&description.token_endpoint, authorization.as_deref(), &form)?;
    match (told.status, told.content) {
        (200, sent) => Ok(Tokens {
            id_token: sent.id_token.ok_or_else(|| unproven("no-token"))?,
            access_token: sent.access_token,
        }),
        (
            _,
            Sent {
                error: Some(error), ..
            },
        ) if error == "invalid_grant" => Err(IssuerFailure::CodeRefused),
        (status, sent) => {
            let error: String = sent.error.unwrap_or_default().chars().take(40).collect();
            Err(unavailable(format_args!(
                "the token endpoint answered {status} {error:?}"
            )))
        }
    }
}

/// Name and secret of a client, each encoded as in a form.
fn basic(client_id: &str, secret: &ClientSecret) -> String {
    let [id, secret] =
        [client_id, secret.as_str()].map(|text| byte_serialize(text.as_bytes()).collect::<String>());
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_secret_are_encoded_before_they_are_joined() {
        let header = basic("nachweis:iq", &ClientSecret::new("ge heim%"));
        let joined = STANDARD.decode(header.strip_prefix("Basic ").unwrap()).unwrap();
        assert_eq!(String::from_utf8(joined).unwrap(), "nachweis%3Aiq:ge+heim%25");
    }
}
