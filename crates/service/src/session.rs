//! Sessions: renewing them once per token, ending them, and who stands behind one.

use chrono::{DateTime, TimeDelta, Utc};
use nachweis_domain::{
    access::{Act, Caller},
    limits::{self, Limit},
    record::UserId,
};
use nachweis_store::{Identity, NewRefreshToken, Pass, PasswordHash, RefreshOutcome};

use crate::{
    account::{Account, SignedIn},
    error::{ServiceError, SignInFailure},
    gate, id,
    refresh_token::RefreshToken,
    service::Service,
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
        let expires_at = now + days(limits::REFRESH_DAYS);
        match self
            .store
            .rotate_refresh_token(&old.hash(), &new.hash(), expires_at, now)?
        {
            RefreshOutcome::Rotated { pass, expires_at } => {
                let account = self.live_account(pass.user)?;
                Ok(signed_in(account, pass, &new, expires_at))
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

    /// Who asks with an access token, with what is granted now. The end of the session, a disabled account and changed
    /// grants act at once, on all instances: everything is read from the database.
    ///
    /// # Errors
    /// [`ServiceError::SignIn`] with [`SignInFailure::Session`] when the token no longer holds.
    pub fn caller(&self, pass: &Pass) -> Result<Caller, ServiceError> {
        let grants = self.store.grants_of(pass, self.clock.now())?;
        Ok(Caller {
            user: pass.user,
            grants: grants.ok_or(ServiceError::SignIn(SignInFailure::Session))?,
        })
    }

    /// Begins a session that lasts as long as one access token and is not renewed: for scripts.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::Hidden`] when there is no such account;
    /// [`ServiceError::SignIn`] with [`SignInFailure::Session`] when it is disabled.
    pub fn script_session(&self, caller: &Caller, user: UserId) -> Result<Pass, ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        if self.account(user)?.disabled {
            return Err(ServiceError::SignIn(SignInFailure::Session));
        }
        let now = self.clock.now();
        let minutes = i64::try_from(limits::ACCESS_MINUTES.value).unwrap_or(1);
        let end = now + TimeDelta::minutes(minutes);
        Ok(self.store.begin_session(user, id::at(now), now, end)?)
    }
}

impl Service {
    /// Begins a session of an account whose password was checked against this hash and journals it; `None` when it has
    /// another one by now or was disabled.
    pub(crate) fn new_session(
        &self,
        account: &Account,
        checked: &PasswordHash,
        now: DateTime<Utc>,
    ) -> Result<Option<SignedIn>, ServiceError> {
        let token = RefreshToken::random();
        let new = first(&token, account.id, (now, now + days(limits::SESSION_DAYS)));
        let pass = self.store.sign_in_with_password(checked, &new)?;
        Ok(pass.map(|pass| signed_in(account.clone(), pass, &token, new.expires_at)))
    }

    /// Begins a session of an account with an identity and journals it; `None` when the identity is no longer linked to it or
    /// it was disabled.
    pub(crate) fn new_session_with(
        &self,
        identity: &Identity,
        account: Account,
        now: DateTime<Utc>,
    ) -> Result<Option<SignedIn>, ServiceError> {
        let token = RefreshToken::random();
        let hours = i64::try_from(limits::ISSUER_SESSION_HOURS.value).unwrap_or(1);
        let new = first(&token, account.id, (now, now + TimeDelta::hours(hours)));
        let pass = self.store.sign_in_with_identity(identity, &new)?;
        Ok(pass.map(|pass| signed_in(account, pass, &token, new.expires_at)))
    }

    fn live_account(&self, user: UserId) -> Result<Account, ServiceError> {
        match self.account(user) {
            Ok(account) if !account.disabled => Ok(account),
            Ok(_) | Err(ServiceError::Hidden) => Err(ServiceError::SignIn(SignInFailure::Session)),
            Err(error) => Err(error),
        }
    }
}

/// The first token of a session that lasts from a moment to another at the longest.
fn first(
    token: &RefreshToken,
    user: UserId,
    (now, session_ends_at): (DateTime<Utc>, DateTime<Utc>),
) -> NewRefreshToken {
    NewRefreshToken {
        hash: token.hash(),
        family: id::at(now),
        user,
        issued_at: now,
        expires_at: session_ends_at.min(now + days(limits::REFRESH_DAYS)),
        session_ends_at,
    }
}

fn days(limit: Limit) -> TimeDelta {
    TimeDelta::days(i64::try_from(limit.value).unwrap_or(1))
}

fn signed_in(
    account: Account,
    pass: Pass,
    token: &RefreshToken,
    refresh_expires_at: DateTime<Utc>,
) -> SignedIn {
    SignedIn {
        account,
        pass,
        refresh_token: token.to_text(),
        refresh_expires_at,
    }
}
