//! Accounts: creating, listing, granting, disabling.

use nachweis_domain::{
    access::{Act, Caller, Grant},
    language::Text,
    limits,
    record::UserId,
};
use nachweis_store::{NewUser, PasswordHash};

use crate::{
    account::{Account, NewAccount},
    error::ServiceError,
    gate, id, login_name, password,
    service::Service,
};

impl Service {
    /// Creates an account. There is no default account: the first one is created on the command line.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] for a name or password that is not taken;
    /// [`ServiceError::Store`] with a conflict when the name exists.
    pub fn create_user(&self, caller: &Caller, new: &NewAccount) -> Result<Account, ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        login_name::check(&new.name)?;
        login_name::check_display(&new.display_name)?;
        check_grants(&new.grants)?;
        let password_hash = match &new.password {
            Some(password) => {
                password::check(password, &new.name)?;
                Some(PasswordHash::new(password::hash(password)?))
            }
            None => None,
        };
        for grant in &new.grants {
            self.check_scope(grant)?;
        }
        let now = self.clock.now();
        let user = NewUser {
            id: UserId(id::at(now)),
            name: new.name.clone(),
            display_name: new.display_name.trim().to_owned(),
            password_hash,
            language: new.language,
            grants: new.grants.clone(),
        };
        self.store.create_user(&user, caller.user, now)?;
        self.account(user.id)
    }

    /// All accounts in the order of their names.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn users(&self, caller: &Caller) -> Result<Vec<Account>, ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        Ok(self.store.users()?.into_iter().map(Account::from).collect())
    }

    /// The account of a name to sign in with.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], or [`ServiceError::Hidden`] when there is none.
    pub fn user_by_name(&self, caller: &Caller, name: &str) -> Result<Account, ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        let user = self.store.user_by_name(&login_name::normal(name))?;
        user.map(Account::from).ok_or(ServiceError::Hidden)
    }

    /// Grants a role. It acts at once: access tokens of before are no longer taken, sessions give out new ones.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::Hidden`] when there is no such account; [`ServiceError::Invalid`]
    /// when there is no such subproject, network or action field.
    pub fn grant(&self, caller: &Caller, user: UserId, grant: &Grant) -> Result<Account, ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        let mut grants = self.account(user)?.grants;
        grants.push(grant.clone());
        check_grants(&grants)?;
        self.check_scope(grant)?;
        self.store.grant(user, grant, caller.user, self.clock.now())?;
        self.account(user)
    }

    /// Withdraws a role. It acts at once, as granting does; what was not granted is no error.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], or [`ServiceError::Hidden`] when there is no such account.
    pub fn withdraw(&self, caller: &Caller, user: UserId, grant: &Grant) -> Result<Account, ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        self.account(user)?;
        self.store.withdraw(user, grant, caller.user, self.clock.now())?;
        self.account(user)
    }

    /// Sets the password of an account and ends all its sessions at once.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::Hidden`] when there is no such account; [`ServiceError::Invalid`]
    /// for a password that is not taken.
    pub fn set_password(&self, caller: &Caller, user: UserId, password: &str) -> Result<(), ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        let account = self.account(user)?;
        password::check(password, &account.name)?;
        let hash = PasswordHash::new(password::hash(password)?);
        Ok(self
            .store
            .set_password(user, &hash, caller.user, self.clock.now())?)
    }

    /// Disables an account and ends its sessions at once.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], or [`ServiceError::Hidden`] when there is no such account.
    pub fn disable_user(&self, caller: &Caller, user: UserId) -> Result<Account, ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        self.account(user)?;
        self.store.disable_user(user, caller.user, self.clock.now())?;
        self.account(user)
    }
}

impl Service {
    /// An account by its id.
    pub(crate) fn account(&self, user: UserId) -> Result<Account, ServiceError> {
        self.store
            .user(user)?
            .map(Account::from)
            .ok_or(ServiceError::Hidden)
    }
}

fn check_grants(grants: &[Grant]) -> Result<(), ServiceError> {
    if grants.len() <= limits::GRANTS.size() {
        return Ok(());
    }
    let most = limits::GRANTS.value;
    Err(ServiceError::Invalid {
        code: "too-many-grants",
        text: Text::new(
            format!(
                "Ein Konto hat höchstens {most} Rechte. Bitte ein Recht für ein Netzwerk oder Handlungsfeld vergeben."
            ),
            format!(
                "An account has at most {most} grants. Please grant a role for a network or an action field."
            ),
        ),
    })
}
