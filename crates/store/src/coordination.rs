//! Who coordinates which networks, and who did at any past moment. A spell runs from the grant to its end; only the end
//! is ever added to it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    access::{Grant, Role, Scope},
    key::NetworkCode,
    record::UserId,
    subproject::RegionalNetwork,
};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept,
    schema::{coordination, user_account},
};

/// Stands for all networks.
const ALL: &str = "";

/// The network that a grant lets somebody coordinate, [`ALL`] for all of them; `None` where it lets nobody.
fn scope_key(grant: &Grant) -> Option<&str> {
    match (grant.role, &grant.scope) {
        (Role::Coordinator, Scope::Network(code)) => Some(code.as_str()),
        (Role::Coordinator, Scope::All) => Some(ALL),
        _ => None,
    }
}

/// Begins a spell where a grant makes somebody coordinator of networks. A disabled account coordinates nothing.
pub(crate) fn begin(
    conn: &mut Conn<'_>,
    user: UserId,
    grant: &Grant,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Some(key) = scope_key(grant) else {
        return Ok(());
    };
    let disabled_at: Option<i64> = on!(conn, c => user_account::table
        .find(user.to_string())
        .select(user_account::disabled_at)
        .first(c))?;
    if disabled_at.is_some() {
        return Ok(());
    }
    on!(conn, c => diesel::insert_into(coordination::table)
        .values((
            coordination::user_id.eq(user.to_string()),
            coordination::scope_key.eq(key),
            coordination::since.eq(kept::moment(at)),
        ))
        .execute(c))?;
    Ok(())
}

/// Ends the spell that a grant began.
pub(crate) fn end(
    conn: &mut Conn<'_>,
    user: UserId,
    grant: &Grant,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Some(key) = scope_key(grant) else {
        return Ok(());
    };
    on!(conn, c => diesel::update(coordination::table)
        .filter(coordination::user_id.eq(user.to_string()))
        .filter(coordination::scope_key.eq(key))
        .filter(coordination::until.is_null())
        .set(coordination::until.eq(kept::moment(at)))
        .execute(c))?;
    Ok(())
}

/// Ends all spells of an account.
pub(crate) fn end_all(conn: &mut Conn<'_>, user: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
    on!(conn, c => diesel::update(coordination::table)
        .filter(coordination::user_id.eq(user.to_string()))
        .filter(coordination::until.is_null())
        .set(coordination::until.eq(kept::moment(at)))
        .execute(c))?;
    Ok(())
}

/// The keys of what is coordinated at a moment.
fn keys(conn: &mut Conn<'_>, at: i64) -> Result<BTreeSet<String>, StoreError> {
    let keys: Vec<String> = on!(conn, c => coordination::table
        .filter(coordination::since.le(at))
        .filter(coordination::until.is_null().or(coordination::until.gt(at)))
        .select(coordination::scope_key)
        .load(c))?;
    Ok(keys.into_iter().collect())
}

/// Whether somebody coordinates a network now.
pub(crate) fn is_coordinated(conn: &mut Conn<'_>, network: &NetworkCode) -> Result<bool, StoreError> {
    let keys = keys(conn, kept::ALWAYS)?;
    Ok(keys.contains(ALL) || keys.contains(network.as_str()))
}

/// Those of some networks that somebody coordinated at a moment.
pub(crate) fn coordinated_of(
    conn: &mut Conn<'_>,
    networks: &[RegionalNetwork],
    at: i64,
) -> Result<BTreeSet<NetworkCode>, StoreError> {
    let keys = keys(conn, at)?;
    let codes = networks.iter().map(|network| network.code.clone());
    Ok(codes
        .filter(|code| keys.contains(ALL) || keys.contains(code.as_str()))
        .collect())
}

/// The last moment, up to one, at which somebody began or ended to coordinate.
pub(crate) fn last_change(conn: &mut Conn<'_>, until: i64) -> Result<Option<i64>, StoreError> {
    let spells: Vec<(i64, Option<i64>)> = on!(conn, c => coordination::table
        .select((coordination::since, coordination::until))
        .load(c))?;
    let moments = spells
        .into_iter()
        .flat_map(|(since, ended)| [Some(since), ended].into_iter().flatten());
    Ok(moments.filter(|at| *at <= until).max())
}
