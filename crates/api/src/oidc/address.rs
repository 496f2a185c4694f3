//! Where a browser goes to sign in at an issuer (OpenID Connect Core 1.0 §3.1.2.1, RFC 7636).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use nachweis_service::BegunAtIssuer;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{description::Description, settings::IssuerSettings};

/// The address with everything that ties the answer to this sign-in.
pub(super) fn of(settings: &IssuerSettings, description: &Description, begun: &BegunAtIssuer) -> String {
    // Checked when it was described; an address without parameters would be refused by the issuer.
    let Ok(mut url) = Url::parse(&description.authorization_endpoint) else {
        return description.authorization_endpoint.clone();
    };
    let scopes = settings.scopes.join(" ");
    let challenge = challenge(&begun.proof.verifier);
    {
        let mut query = url.query_pairs_mut();
        for (name, value) in [
            ("response_type", "code"),
            ("client_id", settings.client_id.as_str()),
            ("redirect_uri", &settings.redirect_uri),
            ("scope", &scopes),
            ("state", &begun.state),
            ("nonce", &begun.proof.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ] {
            query.append_pair(name, value);
        }
        if !settings.required_acr.is_empty() {
            query.append_pair("acr_values", &settings.required_acr.join(" "));
        }
    }
    url.into()
}

/// What a proof key comes to (RFC 7636 §4.2).
fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use nachweis_service::Proof;

    use super::{
        super::{description::tests::described, settings::tests::settings},
        *,
    };

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn the_address_holds_all_parameters_once_and_no_secret() {
        let mut settings = settings();
        settings.required_acr = vec!["hoch".to_owned(), "sehr-hoch".to_owned()];
        let description = serde_json::from_value(described()).unwrap();
        let begun = BegunAtIssuer {
            state: "s".repeat(64),
            binding: "b".repeat(64),
            proof: Proof {
                nonce: "n".repeat(64),
                verifier: "v".repeat(64),
            },
            expires_at: chrono::DateTime::UNIX_EPOCH,
        };
        let address = of(&settings, &description, &begun);
        let url = Url::parse(&address).unwrap();
        let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let names: BTreeMap<_, _> = query.iter().cloned().collect();
        assert_eq!((query.len(), names.len()), (10, 10), "{address}");
        assert_eq!(names["tenant"], "1");
        assert_eq!(names["acr_values"], "hoch sehr-hoch");
        assert_eq!(names["code_challenge_method"], "S256");
        for secret in ["geheim", &begun.binding, &begun.proof.verifier] {
            assert!(!address.contains(secret), "{secret}");
        }
    }
}
