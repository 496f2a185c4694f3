//! Sessions that begin with a password. Whether it is still the one that was checked is looked at where the session begins,
//! in one transaction: who changes it meanwhile, because somebody else knows it, leaves no session behind.

use nachweis_domain::record::Action;
use serde_json::json;

use crate::{
    account::{self, PasswordHash},
    actor::Actor,
    error::StoreError,
    session::Pass,
    store::Store,
    token::{self, NewRefreshToken},
};

impl Store {
    /// Begins a session of the account of a token with its first token, and journals the sign-in. `checked` is what the
    /// password was checked against. `None`, and nothing is changed, when the account has another one by now or is disabled.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such account; or when the database fails or a row is damaged.
    pub fn sign_in_with_password(
        &self,
        checked: &PasswordHash,
        new: &NewRefreshToken,
    ) -> Result<Option<Pass>, StoreError> {
        self.write_at("sign in with a password", new.issued_at, |conn, at| {
            let user = account::require(conn, new.user)?;
            if user.disabled_at.is_some() || user.password_hash.as_ref() != Some(checked) {
                return Ok(None);
            }
            let by_at = (Actor::User(new.user), at);
            account::journal_account(conn, new.user, Action::SignedIn, (&json!({}), &[]), by_at)?;
            token::begin(conn, new).map(Some)
        })
    }
}
