//! Refresh tokens: each is used once and followed by the next of its family. A token used twice was stolen by someone;
//! its whole family ends. Only hashes are kept.

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::record::{Action, Sha256, UserId};
use serde_json::json;
use uuid::Uuid;

use crate::{
    account,
    actor::Actor,
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    schema::{refresh_token, user_account},
    session::{self, Pass},
    store::Store,
};

/// A refresh token to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefreshToken {
    /// The SHA-256 of the token.
    pub hash: Sha256,
    /// What it shares with those that follow it.
    pub family: Uuid,
    /// Whose.
    pub user: UserId,
    /// When it was given out.
    pub issued_at: DateTime<Utc>,
    /// From when it is no longer taken.
    pub expires_at: DateTime<Utc>,
    /// When its session ends, however often it is renewed; then no token of it is taken either.
    pub session_ends_at: DateTime<Utc>,
}

/// What using a refresh token gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefreshOutcome {
    /// It was used up, and the next one of its family is kept.
    Rotated {
        /// What the next access token names.
        pass: Pass,
        /// When the next one expires: at the end of its session at the latest.
        expires_at: DateTime<Utc>,
    },
    /// It had been used or revoked before; its whole family has ended.
    Reused {
        /// Whose.
        user: UserId,
    },
    /// No such token.
    Unknown,
    /// It came too late, its session has lasted as long as it may, or its account is disabled.
    Expired,
}

fn insert(conn: &mut Conn<'_>, new: &NewRefreshToken) -> Result<(), StoreError> {
    on!(conn, c => diesel::insert_into(refresh_token::table)
        .values((
            refresh_token::token_hash.eq(new.hash.to_string()),
            refresh_token::family.eq(new.family.to_string()),
            refresh_token::user_id.eq(new.user.to_string()),
            refresh_token::issued_at.eq(kept::moment(new.issued_at)),
            refresh_token::expires_at.eq(kept::moment(new.expires_at.min(new.session_ends_at))),
        ))
        .execute(c))?;
    Ok(())
}

/// Begins a session with its first token; sessions of the account that have expired are forgotten.
pub(crate) fn begin(conn: &mut Conn<'_>, new: &NewRefreshToken) -> Result<Pass, StoreError> {
    let expired = refresh_token::user_id
        .eq(new.user.to_string())
        .and(refresh_token::expires_at.lt(kept::moment(new.issued_at)));
    on!(conn, c => diesel::delete(refresh_token::table.filter(expired)).execute(c))?;
    let pass = session::begin(
        conn,
        (new.family, new.user),
        new.issued_at,
        (new.expires_at, new.session_ends_at),
    )?;
    insert(conn, new)?;
    Ok(pass)
}

/// A token as it is read: family, user, expires, used, revoked, account disabled.
type Row = (String, String, i64, Option<i64>, Option<i64>, Option<i64>);

fn find(conn: &mut Conn<'_>, hash: &Sha256) -> Result<Option<Row>, StoreError> {
    use diesel::JoinOnDsl;
    Ok(on!(conn, c => refresh_token::table
        .inner_join(user_account::table.on(user_account::id.eq(refresh_token::user_id)))
        .filter(refresh_token::token_hash.eq(hash.to_string()))
        .select((
            refresh_token::family,
            refresh_token::user_id,
            refresh_token::expires_at,
            refresh_token::used_at,
            refresh_token::revoked_at,
            user_account::disabled_at,
        ))
        .first(c)
        .optional())?)
}

/// Ends the session of a token that came twice. It is journalled once, by the system: nobody is known to have done it.
fn end_stolen(conn: &mut Conn<'_>, family: &str, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
    if !session::end(conn, family, at)? {
        return Ok(());
    }
    let detail = json!({ "session": family });
    account::journal_account(
        conn,
        user,
        Action::TokenReused,
        (&detail, &[]),
        (Actor::System, at),
    )
}

impl Store {
    /// Begins a session with its first token and looks at nothing: the product begins one only where a password or an identity
    /// is looked at in the same transaction.
    ///
    /// # Errors
    /// When there is no such account, or the database fails.
    #[cfg(feature = "testing")]
    pub fn save_refresh_token(&self, new: &NewRefreshToken) -> Result<Pass, StoreError> {
        self.write("keep a session", |conn| begin(conn, new))
    }

    /// Uses up a token and keeps its successor `next`, of which the family and the user are taken from the token.
    ///
    /// # Errors
    /// When the database fails.
    pub fn rotate_refresh_token(
        &self,
        used: &Sha256,
        next: &Sha256,
        next_expires_at: DateTime<Utc>,
        at: DateTime<Utc>,
    ) -> Result<RefreshOutcome, StoreError> {
        self.write_at("renew a session", at, |conn, at| {
            let Some((family, owner, expires_at, used_at, revoked_at, disabled_at)) = find(conn, used)?
            else {
                return Ok(RefreshOutcome::Unknown);
            };
            let damaged = |column: Unreadable| column.of("refresh_token", used);
            let user_id: UserId = kept::parsed("user_id", &owner).map_err(damaged)?;
            if used_at.is_some() || revoked_at.is_some() {
                end_stolen(conn, &family, user_id, at)?;
                return Ok(RefreshOutcome::Reused { user: user_id });
            }
            if expires_at <= kept::moment(at) || disabled_at.is_some() {
                return Ok(RefreshOutcome::Expired);
            }
            let ends_at = session::end_of(conn, &family)?.filter(|ends_at| *ends_at > at);
            let Some(session_ends_at) = ends_at else {
                return Ok(RefreshOutcome::Expired);
            };
            let next_expires_at = next_expires_at.min(session_ends_at);
            on!(conn, c => diesel::update(refresh_token::table.find(used.to_string()))
                .set(refresh_token::used_at.eq(kept::moment(at)))
                .execute(c))?;
            let family_id = kept::parsed("family", &family).map_err(damaged)?;
            insert(
                conn,
                &NewRefreshToken {
                    hash: *next,
                    family: family_id,
                    user: user_id,
                    issued_at: at,
                    expires_at: next_expires_at,
                    session_ends_at,
                },
            )?;
            let pass = session::prolong(conn, (family_id, user_id), next_expires_at)?;
            Ok(RefreshOutcome::Rotated {
                pass,
                expires_at: next_expires_at,
            })
        })
    }

    /// Ends the session that a token belongs to, for signing out. An unknown token ends nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn revoke_refresh_token(&self, hash: &Sha256, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write("end a session", |conn| match find(conn, hash)? {
            Some((family, ..)) => session::end(conn, &family, at).map(drop),
            None => Ok(()),
        })
    }

    /// Ends all sessions of an account, which the product does with what ends them.
    ///
    /// # Errors
    /// When the database fails.
    #[cfg(feature = "testing")]
    pub fn revoke_refresh_tokens(&self, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.write("end all sessions", |conn| session::end_all(conn, user, at))
    }
}
