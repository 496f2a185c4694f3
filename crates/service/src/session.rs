//! Sessions: renewing them once per token, ending them, and who stands behind one.

use chrono::{DateTime, Utc};
use nachweis_domain::{access::Caller, record::UserId};
use nachweis_store::{NewRefreshToken, RefreshOutcome};

use crate::{
    account::{Account, SignedIn},
    error::{ServiceError, SignInFailure},
    id,
    refresh_token::RefreshToken,
    service::Service,
    sign_in::refresh_life,
};

impl Service {
    /// Renews a session. The token is used up; using it a second time ends the whole session, because one of the two
    /// users has stolen it.
    ///
    /// # Errors
    /// [`ServiceError::SignIn`] with [`SignInFailure::Session`].
    pub fn renew(&self, token: &str) -> Result<SignedIn, ServiceError> {
        let ended = || ServiceError::SignIn(SignInFailure::Session);
        let now = self.clock.now();
        let old = RefreshToken::parse(token).ok_or_else(ended)?;
        let new = RefreshToken::random();
        let expires_at = now + refresh_life();
        match self
            .store
            .rotate_refresh_token(&old.hash(), &new.hash(), expires_at, now)?
        {
            RefreshOutcome::Rotated { user } => {
                let account = self.live_account(user)?;
                Ok(signed_in(account, &new, expires_at))
            }
            RefreshOutcome::Reused { .. } | RefreshOutcome::Unknown | RefreshOutcome::Expired => Err(ended()),
        }
    }

    /// Ends the session of a token; a token that is not known is no error.
    ///
    /// # Errors
    /// [`ServiceError::Store`].
    pub fn sign_out(&self, token: &str) -> Result<(), ServiceError> {
        if let Some(token) = RefreshToken::parse(token) {
            self.store.revoke_refresh_token(&token.hash(), self.clock.now())?;
        }
        Ok(())
    }

    /// The account behind a valid access token, with what is granted now.
    ///
    /// # Errors
    /// [`ServiceError::SignIn`] with [`SignInFailure::Session`] when the account is gone or disabled.
    pub fn session(&self, user: UserId) -> Result<Account, ServiceError> {
        self.live_account(user)
    }

    /// Who asks, behind a valid access token: changed grants and disabled accounts act at once.
    ///
    /// # Errors
    /// [`ServiceError::SignIn`] with [`SignInFailure::Session`] when the account is gone or disabled.
    pub fn caller(&self, user: UserId) -> Result<Caller, ServiceError> {
        Ok(self.live_account(user)?.caller())
    }
}

impl Service {
    /// Begins a session of an account.
    pub(crate) fn new_session(&self, account: Account, now: DateTime<Utc>) -> Result<SignedIn, ServiceError> {
        let token = RefreshToken::random();
        let expires_at = now + refresh_life();
        self.store.save_refresh_token(&NewRefreshToken {
            hash: token.hash(),
            family: id::at(now),
            user: account.id,
            issued_at: now,
            expires_at,
        })?;
        Ok(signed_in(account, &token, expires_at))
    }

    fn live_account(&self, user: UserId) -> Result<Account, ServiceError> {
        match self.account(user) {
            Ok(account) if !account.disabled => Ok(account),
            Ok(_) | Err(ServiceError::Hidden) => Err(ServiceError::SignIn(SignInFailure::Session)),
            Err(error) => Err(error),
        }
    }
}

fn signed_in(account: Account, token: &RefreshToken, refresh_expires_at: DateTime<Utc>) -> SignedIn {
    SignedIn {
        account,
        refresh_token: token.to_text(),
        refresh_expires_at,
    }
}
