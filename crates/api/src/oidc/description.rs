//! What an issuer says of itself (OpenID Connect Discovery 1.0 §4).

use nachweis_service::IssuerFailure;
use serde::Deserialize;

use super::{settings::IssuerSettings, unavailable, web::Web};

/// What an issuer says of itself, as far as it is needed. Its addresses may be spoken to.
#[derive(Debug, Deserialize)]
pub(super) struct Description {
    issuer: String,
    /// Where browsers sign in.
    pub(super) authorization_endpoint: String,
    /// Where codes become tokens.
    pub(super) token_endpoint: String,
    /// Where its keys stand.
    pub(super) jwks_uri: String,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
    code_challenge_methods_supported: Option<Vec<String>>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

impl Description {
    /// Whether it names itself in each answer (RFC 9207).
    pub(super) const fn names_itself(&self) -> bool {
        self.authorization_response_iss_parameter_supported
    }

    /// Whether secrets are taken in the form only: `client_secret_basic` is the default and what is preferred.
    pub(super) fn takes_secrets_in_forms_only(&self) -> bool {
        let methods = self.token_endpoint_auth_methods_supported.as_deref();
        let takes = |method: &str| methods.is_some_and(|methods| methods.iter().any(|taken| taken == method));
        takes("client_secret_post") && !takes("client_secret_basic")
    }
}

/// Asks an issuer what it says of itself.
///
/// # Errors
/// [`IssuerFailure::Unavailable`] when it does not answer, is another one, or what it says cannot be used.
pub(super) fn ask(web: &Web, settings: &IssuerSettings) -> Result<Description, IssuerFailure> {
    let base = settings.issuer.trim_end_matches('/');
    let description: Description = web.read(&format!("{base}/.well-known/openid-configuration"))?;
    check(&description, settings)?;
    Ok(description)
}

fn check(description: &Description, settings: &IssuerSettings) -> Result<(), IssuerFailure> {
    if description.issuer != settings.issuer {
        return Err(unavailable("it says to be another issuer"));
    }
    for address in [
        &description.authorization_endpoint,
        &description.token_endpoint,
        &description.jwks_uri,
    ] {
        if settings.address(address).is_none() {
            return Err(unavailable("it names an address without https"));
        }
    }
    let methods = description.code_challenge_methods_supported.as_deref();
    if methods.is_some_and(|methods| !methods.iter().any(|method| method == "S256")) {
        return Err(unavailable("it does not know the proof key S256"));
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::{Value, json};

    use super::{super::settings::tests::settings, *};

    pub(crate) fn described() -> Value {
        let base = "https://login.example.org/iq";
        json!({
            "issuer": base,
            "authorization_endpoint": format!("{base}/auth?tenant=1"),
            "token_endpoint": format!("{base}/token"),
            "jwks_uri": format!("{base}/jwks"),
        })
    }

    fn checked(change: impl FnOnce(&mut Value)) -> Result<Description, IssuerFailure> {
        let mut value = described();
        change(&mut value);
        let description: Description = serde_json::from_value(value).unwrap();
        check(&description, &settings()).map(|()| description)
    }

    #[test]
    fn an_issuer_must_be_the_one_asked_for_and_its_addresses_https() {
        checked(|_| {}).unwrap();
        checked(|it| it["code_challenge_methods_supported"] = json!(["plain", "S256"])).unwrap();
        for (name, value) in [
            ("issuer", json!("https://login.example.org/iq/")),
            ("issuer", json!("https://LOGIN.example.org/iq")),
            ("token_endpoint", json!("http://login.example.org/token")),
            ("jwks_uri", json!("file:///etc/passwd")),
            ("authorization_endpoint", json!("javascript:alert(1)")),
            ("code_challenge_methods_supported", json!(["plain"])),
        ] {
            let failure = checked(|it| it[name] = value.clone()).unwrap_err();
            assert_eq!(failure.code(), "issuer-unavailable", "{name} {value}");
        }
    }

    #[test]
    fn secrets_go_into_the_form_only_where_nothing_else_is_taken() {
        for (methods, in_forms) in [
            (None, false),
            (Some(json!(["client_secret_basic", "client_secret_post"])), false),
            (Some(json!(["client_secret_post"])), true),
            (Some(json!(["private_key_jwt"])), false),
        ] {
            let description = checked(|it| {
                if let Some(methods) = &methods {
                    it["token_endpoint_auth_methods_supported"] = methods.clone();
                }
            })
            .unwrap();
            assert_eq!(description.takes_secrets_in_forms_only(), in_forms, "{methods:?}");
        }
    }
}
