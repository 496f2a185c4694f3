//! Linking identities at OpenID Connect issuers to accounts. Nothing is linked by itself: neither a name nor an address of
//! mail at an issuer says whose account it is.

use nachweis_domain::{
    access::{Act, Caller},
    language::Text,
    limits,
    record::UserId,
};
use nachweis_store::Identity;

use crate::{error::ServiceError, gate, id, service::Service};

impl Service {
    /// Links an identity to an account, which its owner can sign in to from then on.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::Hidden`] when there is no such account; [`ServiceError::Invalid`] for a
    /// subject that no issuer gives or too many identities; [`ServiceError::Store`] with a conflict when it is linked to
    /// another account.
    pub fn link_identity(
        &self,
        caller: &Caller,
        user: UserId,
        identity: &Identity,
    ) -> Result<(), ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        self.account(user)?;
        check_subject(&identity.subject)?;
        let linked = self.store.identities_of(user)?;
        if !linked.contains(identity) && linked.len() >= limits::IDENTITIES.size() {
            return Err(too_many());
        }
        let now = self.clock.now();
        let named = (id::at(now), identity);
        Ok(self.store.link_identity(user, named, caller.user, now)?)
    }

    /// Unlinks an identity from an account and ends all its sessions at once.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`]; [`ServiceError::Hidden`] when there is no such account, or the identity is not linked
    /// to it.
    pub fn unlink_identity(
        &self,
        caller: &Caller,
        user: UserId,
        identity: &Identity,
    ) -> Result<(), ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        self.account(user)?;
        let now = self.clock.now();
        if self.store.unlink_identity(user, identity, caller.user, now)? {
            Ok(())
        } else {
            Err(ServiceError::Hidden)
        }
    }

    /// The identities that are linked to an account, sorted.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn identities(&self, caller: &Caller, user: UserId) -> Result<Vec<Identity>, ServiceError> {
        gate::programme(caller, Act::ManageUsers)?;
        Ok(self.store.identities_of(user)?)
    }
}

/// Refuses what no issuer calls a person: OpenID Connect Core §2 asks for at most 255 ASCII characters.
fn check_subject(subject: &str) -> Result<(), ServiceError> {
    let fits = (1..=limits::SUBJECT.size()).contains(&subject.len());
    if fits
        && subject
            .chars()
            .all(|char| char.is_ascii() && !char.is_ascii_control())
    {
        return Ok(());
    }
    Err(ServiceError::Invalid {
        code: "subject",
        text: Text::new(
            "Die Kennung einer Person bei einem Anmeldedienst (sub) hat 1 bis 255 ASCII-Zeichen. Bitte so angeben, wie die abgewiesene Anmeldung sie nennt.",
            "What an issuer calls a person (sub) has 1 to 255 ASCII characters. Please give it as the refused sign-in names it.",
        ),
    })
}

fn too_many() -> ServiceError {
    let most = limits::IDENTITIES.value;
    ServiceError::Invalid {
        code: "too-many-identities",
        text: Text::new(
            format!("Ein Konto hat höchstens {most} verknüpfte Identitäten. Bitte zuerst eine lösen."),
            format!("An account has at most {most} linked identities. Please unlink one first."),
        ),
    }
}
