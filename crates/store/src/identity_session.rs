//! Sessions that begin with an identity at an issuer. Whether it is linked is looked at where the session begins, in one
//! transaction: who unlinks an identity meanwhile leaves no session behind.

use nachweis_domain::record::Action;
use serde_json::json;

use crate::{
    account,
    actor::Actor,
    error::StoreError,
    identity::{self, Identity},
    session::Pass,
    store::Store,
    token::{self, NewRefreshToken},
};

impl Store {
    /// Begins a session of the account of a token with its first token, and journals the sign-in. `None`, and nothing is
    /// changed, when the identity is not linked to this account, or no longer, or the account is disabled.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn sign_in_with_identity(
        &self,
        identity: &Identity,
        new: &NewRefreshToken,
    ) -> Result<Option<Pass>, StoreError> {
        self.write_at("sign in with an identity", new.issued_at, |conn, at| {
            match identity::find(conn, identity)? {
                Some((_, owner)) if owner == new.user => {}
                _ => return Ok(None),
            }
            if account::require(conn, new.user)?.disabled_at.is_some() {
                return Ok(None);
            }
            let detail = json!({ "issuer": identity.issuer });
            let by_at = (Actor::User(new.user), at);
            account::journal_account(conn, new.user, Action::SignedIn, (&detail, &[]), by_at)?;
            token::begin(conn, new).map(Some)
        })
    }
}
