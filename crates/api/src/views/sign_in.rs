//! Signing in, renewing and signing out.

use chrono::{DateTime, Utc};
use nachweis_domain::access::{Grant, Scope};
use nachweis_service::SignedIn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{prose::Prose, settings};

/// Name and password of a local account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// The name to sign in with.
    pub(crate) name: Prose,
    /// The password.
    pub(crate) password: Prose,
}

/// The token that renews or ends a session.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshToken {
    /// As received; each is good for one renewal.
    pub(crate) refresh_token: Prose,
}

/// What came back from an issuer, with the secret of who began.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Completion {
    /// The code, as the issuer gave it to the browser.
    pub(crate) code: Prose,
    /// The state, as the issuer gave it to the browser.
    pub(crate) state: Prose,
    /// The secret, as the start gave it.
    pub(crate) binding: Prose,
    /// The issuer that says to have answered, where the browser brought it along.
    pub(crate) iss: Option<Prose>,
}

/// A sign-in that was begun at an issuer.
#[derive(Serialize, ToSchema)]
#[schema(as = BegunSignIn)]
pub(crate) struct BegunView {
    /// Where the browser goes to sign in.
    pub(crate) authorization_url: String,
    /// The secret of who began: keep it where only the same browser has it, and hand it in to complete.
    pub(crate) binding: String,
    /// Until when it can be completed.
    pub(crate) expires_at: DateTime<Utc>,
}

/// A session: a short access token and the token that renews it once.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct SessionView {
    /// Send it as `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds until the access token ends.
    expires_in_s: u64,
    /// Send it to `/auth/refresh` for the next access token. Each is good once.
    refresh_token: String,
    /// When the refresh token ends: 14 days from now, and at the latest with its session, 30 days after signing in with a
    /// password or 12 hours after signing in at an issuer.
    refresh_expires_at: DateTime<Utc>,
    /// Who signed in.
    account: AccountView,
}

/// The account of a session.
#[derive(Serialize, ToSchema)]
#[schema(as = Account)]
pub(crate) struct AccountView {
    /// The id.
    id: Uuid,
    /// The name to sign in with.
    name: String,
    /// The name for people.
    display_name: String,
    /// The language of texts: `de` or `en`.
    language: &'static str,
    /// What was granted.
    grants: Vec<GrantView>,
}

/// A role with its scope.
#[derive(Serialize, ToSchema)]
#[schema(as = Grant)]
pub(crate) struct GrantView {
    /// `lead`, `coordinator`, `manager`, `ministry`, `partner`, `centre`, `auditor` or `admin`.
    role: &'static str,
    /// What kind of scope: `subproject`, `network`, `field` or `all`.
    scope: &'static str,
    /// The subproject, network or action field; missing for `all`.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
}

impl SessionView {
    /// The session for sending.
    pub(crate) fn of(signed_in: SignedIn, access_token: String) -> Self {
        let account = signed_in.account;
        Self {
            access_token,
            token_type: "Bearer",
            expires_in_s: settings::ACCESS_LIFE_S,
            refresh_token: signed_in.refresh_token,
            refresh_expires_at: signed_in.refresh_expires_at,
            account: AccountView {
                id: account.id.0,
                name: account.name,
                display_name: account.display_name,
                language: account.language.code(),
                grants: account.grants.iter().map(GrantView::of).collect(),
            },
        }
    }
}

impl GrantView {
    fn of(grant: &Grant) -> Self {
        let (scope, of) = match &grant.scope {
            Scope::Subproject(no) => ("subproject", Some(no.to_string())),
            Scope::Network(code) => ("network", Some(code.to_string())),
            Scope::Field(key) => ("field", Some(key.to_string())),
            Scope::All => ("all", None),
        };
        Self {
            role: grant.role.as_str(),
            scope,
            of,
        }
    }
}
