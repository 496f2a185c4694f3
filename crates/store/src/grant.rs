//! Roles granted to accounts, each with its scope.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    access::{Grant, Role, Scope},
    key::{ActionFieldKey, NetworkCode, SubprojectNo},
    record::{Action, UserId},
};
use serde_json::json;

use crate::{
    account,
    actor::Actor,
    attest::{Group, tables},
    connection::{Conn, on},
    coordination,
    error::StoreError,
    kept::{self, Unreadable},
    schema::role_grant,
    session,
    store::Store,
};

/// A scope as its columns: kind and key.
fn scope_columns(scope: &Scope) -> (&'static str, &str) {
    match scope {
        Scope::Subproject(no) => ("subproject", no.as_str()),
        Scope::Network(code) => ("network", code.as_str()),
        Scope::Field(key) => ("field", key.as_str()),
        Scope::All => ("all", ""),
    }
}

pub(crate) fn read(role: &str, scope_kind: &str, scope_key: &str) -> Result<Grant, Unreadable> {
    Ok(Grant {
        role: kept::variant("role", &Role::ALL, Role::as_str, role)?,
        scope: match scope_kind {
            "subproject" => Scope::Subproject(SubprojectNo::new(scope_key)),
            "network" => Scope::Network(NetworkCode::new(scope_key)),
            "field" => Scope::Field(ActionFieldKey::new(scope_key)),
            "all" => Scope::All,
            _ => return Err(Unreadable("scope_kind")),
        },
    })
}

pub(crate) fn insert(
    conn: &mut Conn<'_>,
    id: UserId,
    grant: &Grant,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (kind, key) = scope_columns(&grant.scope);
    on!(conn, c => diesel::insert_into(role_grant::table)
        .values((
            role_grant::user_id.eq(id.to_string()),
            role_grant::role.eq(grant.role.as_str()),
            role_grant::scope_kind.eq(kind),
            role_grant::scope_key.eq(key),
            role_grant::granted_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    coordination::begin(conn, id, grant, at)
}

fn remove(conn: &mut Conn<'_>, id: UserId, grant: &Grant, at: DateTime<Utc>) -> Result<(), StoreError> {
    let (kind, key) = scope_columns(&grant.scope);
    on!(conn, c => diesel::delete(role_grant::table.find((
        id.to_string(),
        grant.role.as_str(),
        kind,
        key,
    )))
    .execute(c))?;
    coordination::end(conn, id, grant, at)
}

/// The row of a grant, for which the journal vouches.
pub(crate) fn row(id: UserId, grant: &Grant) -> Group {
    let (kind, key) = scope_columns(&grant.scope);
    Group::new(&tables::ROLE_GRANT, &[&id, &grant.role.as_str(), &kind, &key])
}

/// The grants of an account, sorted.
pub(crate) fn of_user(conn: &mut Conn<'_>, user: &str) -> Result<Vec<Grant>, StoreError> {
    let rows: Vec<(String, String, String)> = on!(conn, c => role_grant::table
        .filter(role_grant::user_id.eq(user))
        .select((role_grant::role, role_grant::scope_kind, role_grant::scope_key))
        .load(c))?;
    let mut grants: Vec<Grant> = rows
        .iter()
        .map(|(role, kind, key)| read(role, kind, key))
        .collect::<Result<_, _>>()
        .map_err(|column| column.of("role_grant", user))?;
    grants.sort();
    Ok(grants)
}

/// The grants of all accounts by their ids, sorted.
pub(crate) fn of_all(conn: &mut Conn<'_>) -> Result<BTreeMap<String, Vec<Grant>>, StoreError> {
    let rows: Vec<(String, String, String, String)> = on!(conn, c => role_grant::table
        .select((role_grant::user_id, role_grant::role, role_grant::scope_kind, role_grant::scope_key))
        .load(c))?;
    let mut grants: BTreeMap<String, Vec<Grant>> = BTreeMap::new();
    for (user, role, kind, key) in rows {
        let grant = read(&role, &kind, &key).map_err(|column| column.of("role_grant", &user))?;
        grants.entry(user).or_default().push(grant);
    }
    for of_user in grants.values_mut() {
        of_user.sort();
    }
    Ok(grants)
}

/// Ends the access tokens of before and journals what became of a grant.
fn changed(
    conn: &mut Conn<'_>,
    (id, grant): (UserId, &Grant),
    action: Action,
    by_at: (Actor, DateTime<Utc>),
) -> Result<(), StoreError> {
    session::next_epoch(conn, id)?;
    let rows = [row(id, grant), Group::new(&tables::COORDINATION, &[&id])];
    account::journal_account(conn, id, action, (&json!({ "grant": grant }), &rows), by_at)
}

impl Store {
    /// Grants a role, and ends the access tokens of before. What was already granted is not granted or journalled again.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such account; or when the database fails.
    pub fn grant(
        &self,
        id: UserId,
        grant: &Grant,
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let by = by.into();
        self.write_at("grant a role", at, |conn, at| {
            if account::require(conn, id)?.grants.contains(grant) {
                return Ok(());
            }
            insert(conn, id, grant, at)?;
            changed(conn, (id, grant), Action::RoleGranted, (by, at))
        })
    }

    /// Withdraws a role, and ends the access tokens of before. What is not granted is not withdrawn or journalled.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such account; or when the database fails.
    pub fn withdraw(
        &self,
        id: UserId,
        grant: &Grant,
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let by = by.into();
        self.write_at("withdraw a role", at, |conn, at| {
            if !account::require(conn, id)?.grants.contains(grant) {
                return Ok(());
            }
            remove(conn, id, grant, at)?;
            changed(conn, (id, grant), Action::RoleWithdrawn, (by, at))
        })
    }
}
