//! Identities at OpenID Connect issuers, each linked to one account at most: who proves one is signed in to its account.
//!
//! Each stays with its account: what was unlinked can be linked to the same one again and to no other (`former_identity`).
//! Otherwise a person could decide with a second account what was handed in with the first.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    limits::{self, Limit},
    record::{Action, UserId},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    account::{self, User},
    actor::Actor,
    attest::{Group, tables},
    connection::{Conn, on},
    error::{Conflict, Kind, StoreError},
    kept,
    schema::{former_identity, identity},
    session,
    store::Store,
};

/// Who somebody is at an issuer. Both parts are compared byte for byte.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The issuer's address as it names itself, at most [`limits::ISSUER_ADDRESS`].
    pub issuer: String,
    /// What the issuer calls the person (`sub`), at most [`limits::SUBJECT`]. Never given to somebody else.
    pub subject: String,
}

impl std::fmt::Debug for Identity {
    /// Shows nothing about the person.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({}, ***)", self.issuer)
    }
}

/// The row of an identity: its id and its account.
pub(crate) fn find(conn: &mut Conn<'_>, of: &Identity) -> Result<Option<(String, UserId)>, StoreError> {
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

/// The account that an identity was linked to before and was unlinked from.
fn former_owner(conn: &mut Conn<'_>, of: &Identity) -> Result<Option<UserId>, StoreError> {
    let row: Option<(String, String)> = on!(conn, c => former_identity::table
        .filter(former_identity::issuer.eq(&of.issuer))
        .filter(former_identity::subject.eq(&of.subject))
        .select((former_identity::id, former_identity::user_id))
        .first(c)
        .optional())?;
    row.map(|(id, user)| kept::parsed("user_id", &user).map_err(|column| column.of("former_identity", &id)))
        .transpose()
}

fn journal(
    conn: &mut Conn<'_>,
    (user, identity): (UserId, &Identity),
    (action, rows): (Action, &[Group]),
    by_at: (Actor, DateTime<Utc>),
) -> Result<(), StoreError> {
    // The subject stands in the row for which the entry vouches, and not in the journal: it says something of a person.
    let detail = json!({ "issuer": identity.issuer });
    account::journal_account(conn, user, action, (&detail, rows), by_at)
}

fn insert_former(
    conn: &mut Conn<'_>,
    (row, user, of): (&str, UserId, &Identity),
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    on!(conn, c => diesel::insert_into(former_identity::table)
        .values((
            former_identity::id.eq(row),
            former_identity::user_id.eq(user.to_string()),
            former_identity::issuer.eq(&of.issuer),
            former_identity::subject.eq(&of.subject),
            former_identity::unlinked_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    Ok(())
}

impl Store {
    /// Links an identity to an account. What is linked to it already is not linked or journalled again.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such account, [`Conflict::IdentityTaken`] when it is or was linked to
    /// another one, [`StoreError::Unfit`] when a part of it is empty or too long; or when the database fails.
    pub fn link_identity(
        &self,
        user: UserId,
        (id, identity): (Uuid, &Identity),
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let by = by.into();
        let fits = |text: &str, limit: Limit| (1..=limit.size()).contains(&text.len());
        if !fits(&identity.issuer, limits::ISSUER_ADDRESS) || !fits(&identity.subject, limits::SUBJECT) {
            return Err(StoreError::Unfit { kind: Kind::Text });
        }
        self.write_at("link an identity", at, |conn, at| {
            account::require(conn, user)?;
            let linked = find(conn, identity)?.map(|(_, owner)| owner);
            let owner = match linked {
                Some(owner) => Some(owner),
                None => former_owner(conn, identity)?,
            };
            if let Some(owner) = owner.filter(|owner| *owner != user) {
                let name = account::require(conn, owner)?.name;
                return Err(StoreError::Conflict(Conflict::IdentityTaken { name }));
            }
            if linked.is_some() {
                return Ok(());
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
            let rows = [Group::new(&tables::IDENTITY, &[&row])];
            journal(conn, (user, identity), (Action::IdentityLinked, &rows), (by, at))
        })
    }

    /// Unlinks an identity from its account and ends all sessions of the account. Whether it was linked to it. It stays kept
    /// whose it was.
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
            let mut rows = vec![Group::new(&tables::IDENTITY, &[&row])];
            if former_owner(conn, identity)?.is_none() {
                insert_former(conn, (&row, user, identity), at)?;
                rows.push(Group::new(&tables::FORMER_IDENTITY, &[&row]));
            }
            on!(conn, c => diesel::delete(identity::table.find(&row)).execute(c))?;
            session::end_all(conn, user, at)?;
            journal(
                conn,
                (user, identity),
                (Action::IdentityUnlinked, &rows),
                (by, at),
            )?;
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
