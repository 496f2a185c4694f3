//! Identities at OpenID Connect issuers, each linked to one account at most: who proves one is signed in to its account.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::record::{Action, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::{
    account::{self, User},
    actor::Actor,
    attest::{Group, tables},
    connection::{Conn, on},
    error::{Conflict, Kind, StoreError},
    kept,
    schema::identity,
    session,
    store::Store,
};

/// Who somebody is at an issuer. Both parts are compared byte for byte.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The issuer's address as it names itself, 1 to 500 bytes.
    pub issuer: String,
    /// What the issuer calls the person (`sub`), 1 to 255 bytes. Never given to somebody else.
    pub subject: String,
}

impl std::fmt::Debug for Identity {
    /// Shows nothing about the person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({}, ***)", self.issuer)
    }
}

/// The row of an identity: its id and its account.
fn find(conn: &mut Conn<'_>, of: &Identity) -> Result<Option<(String, UserId)>, StoreError> {
    let row: Option<(String, String)> = on!(conn, c => identity::table
        .filter(identity::issuer.eq(&of.issuer))
        .filter(identity::subject.eq(&of.subject))
        .select((identity::id, identity::user_id))
        .first(c)
        .optional())?;
    row.map(|(id, user)| {
        let user = kept::parsed("user_id", &user).map_err(|column| column.of("identity", &id))?;
        Ok((id, user))
    })
    .transpose()
}

fn journal(
    conn: &mut Conn<'_>,
    (user, identity, row): (UserId, &Identity, &str),
    action: Action,
    by_at: (Actor, DateTime<Utc>),
) -> Result<(), StoreError> {
    // The subject stands in the row for which the entry vouches, and not in the journal: it says something of a person.
    let detail = json!({ "issuer": identity.issuer });
    let rows = [Group::new(&tables::IDENTITY, &[&row])];
    account::journal_account(conn, user, action, (&detail, &rows), by_at)
}

impl Store {
    /// Links an identity to an account. What is linked to it already is not linked or journalled again.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such account, [`Conflict::IdentityTaken`] when it is linked to another
    /// one, [`StoreError::Unfit`] when a part of it is empty or too long; or when the database fails.
    pub fn link_identity(
        &self,
        user: UserId,
        (id, identity): (Uuid, &Identity),
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let by = by.into();
        if !(1..=500).contains(&identity.issuer.len()) || !(1..=255).contains(&identity.subject.len()) {
            return Err(StoreError::Unfit { kind: Kind::Text });
        }
        self.write_at("link an identity", at, |conn, at| {
            account::require(conn, user)?;
            match find(conn, identity)? {
                Some((_, owner)) if owner == user => return Ok(()),
                Some((_, owner)) => {
                    let name = account::require(conn, owner)?.name;
                    return Err(StoreError::Conflict(Conflict::IdentityTaken { name }));
                }
                None => {}
            }
            let row = id.to_string();
            on!(conn, c => diesel::insert_into(identity::table)
                .values((
                    identity::id.eq(&row),
                    identity::user_id.eq(user.to_string()),
                    identity::issuer.eq(&identity.issuer),
                    identity::subject.eq(&identity.subject),
                    identity::linked_at.eq(kept::moment(at)),
                ))
                .execute(c))?;
            journal(conn, (user, identity, &row), Action::IdentityLinked, (by, at))
        })
    }

    /// Unlinks an identity from its account and ends all sessions of the account. Whether it was linked to it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unlink_identity(
        &self,
        user: UserId,
        identity: &Identity,
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let by = by.into();
        self.write_at("unlink an identity", at, |conn, at| {
            let row = match find(conn, identity)? {
                Some((row, owner)) if owner == user => row,
                _ => return Ok(false),
            };
            on!(conn, c => diesel::delete(identity::table.find(&row)).execute(c))?;
            session::end_all(conn, user, at)?;
            journal(conn, (user, identity, &row), Action::IdentityUnlinked, (by, at))?;
            Ok(true)
        })
    }

    /// The account that an identity is linked to.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn user_of_identity(&self, identity: &Identity) -> Result<Option<User>, StoreError> {
        self.read("read an identity", |conn| {
            find(conn, identity)?
                .map(|(_, user)| account::require(conn, user))
                .transpose()
        })
    }

    /// The identities of an account, sorted.
    ///
    /// # Errors
    /// When the database fails.
    pub fn identities_of(&self, user: UserId) -> Result<Vec<Identity>, StoreError> {
        let rows: Vec<(String, String)> = self.read("read the identities of an account", |conn| {
            Ok(on!(conn, c => identity::table
                .filter(identity::user_id.eq(user.to_string()))
                .select((identity::issuer, identity::subject))
                .load(c))?)
        })?;
        let identities = rows
            .into_iter()
            .map(|(issuer, subject)| Identity { issuer, subject });
        let mut identities: Vec<Identity> = identities.collect();
        identities.sort();
        Ok(identities)
    }
}
