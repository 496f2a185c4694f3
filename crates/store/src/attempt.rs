//! Tries that are bounded in a span of time, counted over all instances. Whose a try is stands there as a keyed hash:
//! neither names, which may be passwords in the wrong field, nor addresses are kept.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, RunQueryDsl};
use nachweis_domain::{record::Sha256, throttle::Throttle};
use uuid::Uuid;

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept,
    schema::attempt,
    store::Store,
};

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttemptKind {
    /// A sign-in to an account.
    SignInAccount,
    /// A sign-in from a network address.
    SignInAddress,
    /// An upload of a person.
    Upload,
}

impl AttemptKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SignInAccount => "sign_in_account",
            Self::SignInAddress => "sign_in_address",
            Self::Upload => "upload",
        }
    }
}

/// A try that counts against a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What is tried.
    pub kind: AttemptKind,
    /// Whose it is, as a keyed hash.
    pub whose: Sha256,
    /// The bound.
    pub throttle: Throttle,
}

/// Tries beyond the bound that are looked at: each doubles the wait, which soon is as long as the window.
const BEYOND: usize = 16;

impl Attempt {
    /// How long to wait before this may be tried.
    fn wait(&self, conn: &mut Conn<'_>, now: DateTime<Utc>) -> Result<Option<TimeDelta>, StoreError> {
        let counted = attempt::kind
            .eq(self.kind.as_str())
            .and(attempt::whose.eq(self.whose.to_string()))
            .and(attempt::at.gt(kept::moment(now - self.throttle.window)));
        let most = self.throttle.most.saturating_add(BEYOND);
        let mut micros: Vec<i64> = on!(conn, c => attempt::table
            .filter(counted)
            .order(attempt::at.desc())
            .limit(kept::fit(most)?)
            .select(attempt::at)
            .load(c))?;
        micros.reverse();
        let tries: Vec<DateTime<Utc>> = micros
            .into_iter()
            .map(|at| kept::read_moment("at", at))
            .collect::<Result<_, _>>()
            .map_err(|column| column.of("attempt", self.whose))?;
        Ok(self.throttle.wait(&tries, now))
    }

    fn insert(&self, conn: &mut Conn<'_>, id: Uuid, at: DateTime<Utc>) -> Result<(), StoreError> {
        on!(conn, c => diesel::insert_into(attempt::table)
            .values((
                attempt::id.eq(id.to_string()),
                attempt::kind.eq(self.kind.as_str()),
                attempt::whose.eq(self.whose.to_string()),
                attempt::at.eq(kept::moment(at)),
            ))
            .execute(c))?;
        Ok(())
    }
}

impl Store {
    /// Counts a try against all its bounds before it is made, so that tries at the same time at several instances count
    /// one after the other; or says how long to wait and counts nothing. Tries older than `forget_before` are forgotten.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn attempt(
        &self,
        id: Uuid,
        attempts: &[Attempt],
        at: DateTime<Utc>,
        forget_before: DateTime<Utc>,
    ) -> Result<Option<TimeDelta>, StoreError> {
        self.write("count a try", |conn| {
            let mut longest = None;
            for attempt in attempts {
                longest = longest.max(attempt.wait(conn, at)?);
            }
            if longest.is_some() {
                return Ok(longest);
            }
            let old = attempt::at.lt(kept::moment(forget_before));
            on!(conn, c => diesel::delete(attempt::table.filter(old)).execute(c))?;
            for attempt in attempts {
                attempt.insert(conn, id, at)?;
            }
            Ok(None)
        })
    }

    /// Takes a try back that turned out well.
    ///
    /// # Errors
    /// When the database fails.
    pub fn take_attempt_back(&self, id: Uuid) -> Result<(), StoreError> {
        self.write("take a try back", |conn| {
            let of_id = attempt::id.eq(id.to_string());
            on!(conn, c => diesel::delete(attempt::table.filter(of_id)).execute(c))?;
            Ok(())
        })
    }

    /// Takes a try back that turned out well, and with it all tries of the same kind of `whose`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn attempt_succeeded(&self, id: Uuid, kind: AttemptKind, whose: Sha256) -> Result<(), StoreError> {
        self.write("take a try back", |conn| {
            let of_id = attempt::id.eq(id.to_string());
            let of_same = attempt::kind
                .eq(kind.as_str())
                .and(attempt::whose.eq(whose.to_string()));
            on!(conn, c => diesel::delete(attempt::table.filter(of_id)).execute(c))?;
            on!(conn, c => diesel::delete(attempt::table.filter(of_same)).execute(c))?;
            Ok(())
        })
    }
}
