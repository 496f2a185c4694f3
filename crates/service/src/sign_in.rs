//! Signing in with name and password.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use nachweis_domain::record::Action;
use nachweis_ingest::limits;
use nachweis_store::{Actor, PasswordHash};

use crate::{
    account::{Account, SignedIn},
    error::{ServiceError, SignInFailure},
    login_name, password,
    service::Service,
};

impl Service {
    /// Signs a person in, who comes from an address where one is known. Unknown names take as long as wrong passwords
    /// and are answered alike.
    ///
    /// # Errors
    /// [`ServiceError::SignIn`] with [`SignInFailure::Credentials`] or, after too many failures,
    /// [`SignInFailure::TooMany`]; [`ServiceError::Busy`] when too many sign in at the same time.
    pub fn sign_in(
        &self,
        name: &str,
        password: &str,
        from: Option<IpAddr>,
    ) -> Result<SignedIn, ServiceError> {
        let name = login_name::normal(name);
        self.sign_ins
            .one_at_a_time(|| self.sign_in_now(&name, password, from))
    }
}

impl Service {
    fn sign_in_now(
        &self,
        name: &str,
        password: &str,
        from: Option<IpAddr>,
    ) -> Result<SignedIn, ServiceError> {
        let now = self.clock.now();
        let counted = self.count_sign_in(name, from)?;
        let user = self.store.user_by_name(name)?;
        let usable = user.as_ref().filter(|user| user.disabled_at.is_none());
        let stored = usable
            .and_then(|user| user.password_hash.as_ref())
            .map(PasswordHash::as_str);
        let right = password::matches(password, stored);
        match user {
            Some(user) if right => {
                self.sign_in_succeeded(&counted)?;
                let account = Account::from(user);
                self.record_sign_in(Action::SignedIn, Some(&account), now)?;
                self.new_session(account, now)
            }
            user => {
                let account = user.map(Account::from);
                self.record_sign_in(Action::SignInFailed, account.as_ref(), now)?;
                Err(ServiceError::SignIn(SignInFailure::Credentials))
            }
        }
    }

    /// Journals a sign-in or a failure. What was typed is never kept: an unknown name may be a password in the wrong
    /// field.
    fn record_sign_in(
        &self,
        action: Action,
        account: Option<&Account>,
        now: DateTime<Utc>,
    ) -> Result<(), ServiceError> {
        let object = account.map_or_else(|| "unknown".to_owned(), |account| account.id.to_string());
        let actor = match (action, account) {
            (Action::SignedIn, Some(account)) => Actor::User(account.id),
            _ => Actor::System,
        };
        self.store
            .record_event(actor, action, &object, &serde_json::json!({}), now)?;
        Ok(())
    }
}

/// How long a refresh token may rest without use.
pub(crate) fn refresh_life() -> chrono::TimeDelta {
    chrono::TimeDelta::days(i64::try_from(limits::REFRESH_DAYS.value).unwrap_or(1))
}
