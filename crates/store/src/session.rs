//! Sessions: what an access token names, and whether that still holds. Read with every request, so that the end of a
//! session, a disabled account and a changed role act at once on all instances.

use chrono::{DateTime, Utc};
use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension,
    QueryDsl, RunQueryDsl,
};
use nachweis_domain::{access::Grant, record::UserId};
use uuid::Uuid;

use crate::{
    account,
    connection::{Conn, on},
    error::StoreError,
    grant, kept,
    schema::{refresh_token, role_grant, session, user_account},
    store::Store,
};

/// What an access token names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Whose it is.
    pub user: UserId,
    /// The session it was given out in: the family of its refresh tokens.
    pub session: Uuid,
    /// How often password, grants or state of the account had changed when it was given out.
    pub epoch: u64,
}

/// Begins a session that expires, and that ends at the latest at `ends_at`; those of the account that have expired are forgotten.
pub(crate) fn begin(
    conn: &mut Conn<'_>,
    (id, user): (Uuid, UserId),
    at: DateTime<Utc>,
    (expires_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Pass, StoreError> {
    account::require(conn, user)?;
    let expired = session::user_id
        .eq(user.to_string())
        .and(session::expires_at.lt(kept::moment(at)));
    on!(conn, c => diesel::delete(session::table.filter(expired)).execute(c))?;
    on!(conn, c => diesel::insert_into(session::table)
        .values((
            session::id.eq(id.to_string()),
            session::user_id.eq(user.to_string()),
            session::began_at.eq(kept::moment(at)),
            session::expires_at.eq(kept::moment(expires_at.min(ends_at))),
            session::ends_at.eq(kept::moment(ends_at)),
        ))
        .execute(c))?;
    pass(conn, id, user)
}

/// When a session ends however often it is renewed; `None` when it is forgotten.
pub(crate) fn end_of(conn: &mut Conn<'_>, id: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    let ends_at: Option<i64> = on!(conn, c => session::table
        .find(id)
        .select(session::ends_at)
        .first(c)
        .optional())?;
    let read = |ends_at| kept::read_moment("ends_at", ends_at).map_err(|column| column.of("session", id));
    ends_at.map(read).transpose()
}

/// Lets a session last longer.
pub(crate) fn prolong(
    conn: &mut Conn<'_>,
    (id, user): (Uuid, UserId),
    expires_at: DateTime<Utc>,
) -> Result<Pass, StoreError> {
    on!(conn, c => diesel::update(session::table.find(id.to_string()))
        .set(session::expires_at.eq(kept::moment(expires_at)))
        .execute(c))?;
    pass(conn, id, user)
}

fn pass(conn: &mut Conn<'_>, session: Uuid, user: UserId) -> Result<Pass, StoreError> {
    let epoch: i64 = on!(conn, c => user_account::table
        .find(user.to_string())
        .select(user_account::epoch)
        .first(c))?;
    let epoch = kept::number("epoch", epoch).map_err(|column| column.of("user_account", user))?;
    Ok(Pass { user, session, epoch })
}

/// Ends a session with its refresh tokens. Whether it was still running.
pub(crate) fn end(conn: &mut Conn<'_>, id: &str, at: DateTime<Utc>) -> Result<bool, StoreError> {
    let open = refresh_token::family
        .eq(id)
        .and(refresh_token::revoked_at.is_null());
    on!(conn, c => diesel::update(refresh_token::table.filter(open))
        .set(refresh_token::revoked_at.eq(kept::moment(at)))
        .execute(c))?;
    let running = session::id.eq(id).and(session::ended_at.is_null());
    let ended = on!(conn, c => diesel::update(session::table.filter(running))
        .set(session::ended_at.eq(kept::moment(at)))
        .execute(c))?;
    Ok(ended > 0)
}

/// Ends all sessions of an account with their refresh tokens, and all access tokens.
pub(crate) fn end_all(conn: &mut Conn<'_>, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let open = refresh_token::user_id
        .eq(user.to_string())
        .and(refresh_token::revoked_at.is_null());
    on!(conn, c => diesel::update(refresh_token::table.filter(open))
        .set(refresh_token::revoked_at.eq(kept::moment(at)))
        .execute(c))?;
    let running = session::user_id
        .eq(user.to_string())
        .and(session::ended_at.is_null());
    on!(conn, c => diesel::update(session::table.filter(running))
        .set(session::ended_at.eq(kept::moment(at)))
        .execute(c))?;
    next_epoch(conn, user)
}

/// Ends the access tokens of an account; its sessions go on and give out new ones.
pub(crate) fn next_epoch(conn: &mut Conn<'_>, user: UserId) -> Result<(), StoreError> {
    on!(conn, c => diesel::update(user_account::table.find(user.to_string()))
        .set(user_account::epoch.eq(user_account::epoch + 1))
        .execute(c))?;
    Ok(())
}

/// A grant beside its session; nothing where nothing is granted.
type Row = (Option<String>, Option<String>, Option<String>);

impl Store {
    /// Begins a session without a refresh token, for an access token of the command line.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such account; or when the database fails.
    pub fn begin_session(
        &self,
        user: UserId,
        id: Uuid,
        at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<Pass, StoreError> {
        self.write("begin a session", |conn| {
            begin(conn, (id, user), at, (expires_at, expires_at))
        })
    }

    /// What is granted now to who comes with this pass, sorted; `None` when its session has ended, its account is
    /// disabled or has changed since. One query over primary keys.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn grants_of(&self, pass: &Pass, at: DateTime<Utc>) -> Result<Option<Vec<Grant>>, StoreError> {
        let epoch: i64 = kept::fit(pass.epoch)?;
        let rows: Vec<Row> = self.read("read a session", |conn| {
            Ok(on!(conn, c => session::table
                .inner_join(user_account::table.on(user_account::id.eq(session::user_id)))
                .left_join(role_grant::table.on(role_grant::user_id.eq(user_account::id)))
                .filter(session::id.eq(pass.session.to_string()))
                .filter(session::user_id.eq(pass.user.to_string()))
                .filter(session::ended_at.is_null())
                .filter(session::expires_at.gt(kept::moment(at)))
                .filter(user_account::disabled_at.is_null())
                .filter(user_account::epoch.eq(epoch))
                .select((
                    role_grant::role.nullable(),
                    role_grant::scope_kind.nullable(),
                    role_grant::scope_key.nullable(),
                ))
                .load(c))?)
        })?;
        if rows.is_empty() {
            return Ok(None);
        }
        let granted = rows.iter().filter_map(|row| match row {
            (Some(role), Some(kind), Some(key)) => Some(grant::read(role, kind, key)),
            _ => None,
        });
        let mut grants: Vec<Grant> = granted
            .collect::<Result<_, _>>()
            .map_err(|column| column.of("role_grant", pass.user))?;
        grants.sort();
        Ok(Some(grants))
    }
}
