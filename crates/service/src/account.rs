//! An account as others see it: never with its password.

use chrono::{DateTime, Utc};
use nachweis_domain::{
    access::{Caller, Grant},
    language::Language,
    record::UserId,
};
use nachweis_store::{Pass, User};
use serde::Serialize;

/// A person with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The id.
    pub id: UserId,
    /// The name to sign in with.
    pub name: String,
    /// The name for people.
    pub display_name: String,
    /// The language of texts for this person.
    pub language: Language,
    /// What was granted.
    pub grants: Vec<Grant>,
    /// Whether the account may no longer be used.
    pub disabled: bool,
}

/// What is needed to create an account.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The name to sign in with: 3 to 64 lower-case letters, digits, `.`, `-`, `_` or `@`, beginning with a letter.
    pub name: String,
    /// The name for people.
    pub display_name: String,
    /// The password, or none for an account that cannot sign in with one.
    pub password: Option<String>,
    /// The language of texts for this person.
    pub language: Language,
    /// What to grant.
    pub grants: Vec<Grant>,
}

impl std::fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewAccount")
            .field("name", &self.name)
            .field("grants", &self.grants)
            .finish_non_exhaustive()
    }
}

/// What a successful sign-in or renewal gives.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub account: Account,
    /// What an access token of the session names.
    pub pass: Pass,
    /// The token that renews the session once: 64 hexadecimal digits. Kept by the service only as a hash.
    pub refresh_token: String,
    /// When the token ends.
    pub refresh_expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn")
            .field("account", &self.account.id)
            .field("refresh_expires_at", &self.refresh_expires_at)
            .finish_non_exhaustive()
    }
}

impl From<User> for Account {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            name: user.name,
            display_name: user.display_name,
            language: user.language,
            grants: user.grants,
            disabled: user.disabled_at.is_some(),
        }
    }
}

impl Account {
    /// The account as the one who asks for something.
    pub fn caller(&self) -> Caller {
        Caller {
            user: self.id,
            grants: self.grants.clone(),
        }
    }
}
