//! Sign-ins that were begun at an OpenID Connect issuer: each is completed once, at whichever instance. Only hashes stand
//! here; what belongs to a sign-in is derived from a secret that only its beginner has.

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl,
    dsl::{count_star, min},
};
use nachweis_domain::record::Sha256;

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept,
    schema::begun_sign_in,
    store::Store,
};

/// A sign-in that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunSignIn {
    /// The SHA-256 of what the issuer gives back (`state`).
    pub state: Sha256,
    /// The SHA-256 of the secret of who began.
    pub binding: Sha256,
    /// The issuer's address.
    pub issuer: String,
    /// Whose it is, as a keyed hash of a network address.
    pub whose: Sha256,
}

/// How many sign-ins may wait, and since when they count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Those that began before this moment are forgotten.
    pub since: DateTime<Utc>,
    /// At most of one network address.
    pub most_of_one: u64,
    /// At most of all; beyond that the oldest of the network address of which most wait makes room.
    pub most: u64,
}

/// Whether a sign-in has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// It waits for being completed.
    Kept,
    /// Too many of the same network address wait; the oldest has waited since this moment.
    TooManyOfOne {
        /// Since when.
        oldest: DateTime<Utc>,
    },
}

/// Makes room for one more where `most` wait: the oldest of the network address of which most wait goes. Whoever begins many
/// thereby drives out their own and never keeps others from signing in.
fn make_room(conn: &mut Conn<'_>, most: u64) -> Result<(), StoreError> {
    if waiting(conn, None)?.0 < most {
        return Ok(());
    }
    let crowd: Option<String> = on!(conn, c => begun_sign_in::table
        .group_by(begun_sign_in::whose)
        .order((count_star().desc(), min(begun_sign_in::began_at).asc()))
        .select(begun_sign_in::whose)
        .first(c)
        .optional())?;
    let oldest: Option<String> = on!(conn, c => begun_sign_in::table
        .filter(begun_sign_in::whose.eq(crowd.as_deref().unwrap_or_default()))
        .order((begun_sign_in::began_at, begun_sign_in::state_sha256))
        .select(begun_sign_in::state_sha256)
        .first(c)
        .optional())?;
    if let Some(oldest) = oldest {
        on!(conn, c => diesel::delete(begun_sign_in::table.find(oldest)).execute(c))?;
    }
    Ok(())
}

/// How many wait, and since when the oldest does: of one network address, or of all.
fn waiting(conn: &mut Conn<'_>, whose: Option<&Sha256>) -> Result<(u64, Option<i64>), StoreError> {
    let selected = (count_star(), min(begun_sign_in::began_at));
    let (count, oldest): (i64, Option<i64>) = match whose {
        Some(whose) => on!(conn, c => begun_sign_in::table
            .filter(begun_sign_in::whose.eq(whose.to_string()))
            .select(selected)
            .first(c))?,
        None => on!(conn, c => begun_sign_in::table.select(selected).first(c))?,
    };
    Ok((kept::fit(count)?, oldest))
}

impl Store {
    /// Keeps a sign-in that begins, unless too many of its network address wait. Forgets those that are too old, and one more
    /// where too many wait in all.
    ///
    /// # Errors
    /// When the database fails.
    pub fn begin_sign_in(
        &self,
        new: &BegunSignIn,
        room: &Room,
        at: DateTime<Utc>,
    ) -> Result<Waiting, StoreError> {
        self.write("begin a sign-in", |conn| {
            let old = begun_sign_in::began_at.lt(kept::moment(room.since));
            on!(conn, c => diesel::delete(begun_sign_in::table.filter(old)).execute(c))?;
            let (of_one, oldest) = waiting(conn, Some(&new.whose))?;
            if let Some(oldest) = oldest.filter(|_| of_one >= room.most_of_one) {
                let oldest = kept::read_moment("began_at", oldest);
                let oldest = oldest.map_err(|column| column.of("begun_sign_in", new.whose))?;
                return Ok(Waiting::TooManyOfOne { oldest });
            }
            make_room(conn, room.most)?;
            on!(conn, c => diesel::insert_into(begun_sign_in::table)
                .values((
                    begun_sign_in::state_sha256.eq(new.state.to_string()),
                    begun_sign_in::binding_sha256.eq(new.binding.to_string()),
                    begun_sign_in::issuer.eq(&new.issuer),
                    begun_sign_in::whose.eq(new.whose.to_string()),
                    begun_sign_in::began_at.eq(kept::moment(at)),
                ))
                .execute(c))?;
            Ok(Waiting::Kept)
        })
    }

    /// Takes a waiting sign-in away, whatever becomes of it, and says whether it began with this issuer and this secret,
    /// not before `since`. Nothing waits twice under one state.
    ///
    /// # Errors
    /// When the database fails.
    pub fn take_sign_in(
        &self,
        state: &Sha256,
        (issuer, binding): (&str, &Sha256),
        since: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.write("take a begun sign-in", |conn| {
            let found: Option<(String, String, i64)> = on!(conn, c => begun_sign_in::table
                .find(state.to_string())
                .select((
                    begun_sign_in::issuer,
                    begun_sign_in::binding_sha256,
                    begun_sign_in::began_at,
                ))
                .first(c)
                .optional())?;
            let Some((of, bound, began_at)) = found else {
                return Ok(false);
            };
            on!(conn, c => diesel::delete(begun_sign_in::table.find(state.to_string())).execute(c))?;
            Ok(of == issuer && bound == binding.to_string() && began_at >= kept::moment(since))
        })
    }
}
