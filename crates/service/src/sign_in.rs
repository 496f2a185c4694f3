//! Signing in with name and password.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use nachweis_domain::record::Action;
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
        let checked = user
            .as_ref()
            .filter(|user| user.disabled_at.is_none())
            .and_then(|user| user.password_hash.clone());
        let right = password::matches(password, checked.as_ref().map(PasswordHash::as_str));
        let account = user.map(Account::from);
        let signed_in = match (&account, &checked) {
            (Some(account), Some(checked)) if right => self.new_session(account, checked, now)?,
            _ => None,
        };
        let Some(signed_in) = signed_in else {
            self.record_failure(account.as_ref(), now)?;
            return Err(ServiceError::SignIn(SignInFailure::Credentials));
        };
        self.sign_in_succeeded(&counted)?;
        Ok(signed_in)
    }

    /// Journals a failure. What was typed is never kept: an unknown name may be a password in the wrong field.
    fn record_failure(&self, account: Option<&Account>, now: DateTime<Utc>) -> Result<(), ServiceError> {
        let object = account.map_or_else(|| "unknown".to_owned(), |account| account.id.to_string());
        let detail = serde_json::json!({});
        self.store
            .record_event(Actor::System, Action::SignInFailed, &object, &detail, now)?;
        Ok(())
    }
}
