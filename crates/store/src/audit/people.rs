//! The people whom the record names.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use diesel::{QueryDsl, RunQueryDsl};
use nachweis_domain::{
    audit::{AuditPerson, AuditStep},
    record::UserId,
};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    schema::user_account,
};

/// Every account by its id.
pub(crate) struct People(HashMap<UserId, Arc<AuditPerson>>);

impl People {
    pub(crate) fn load(conn: &mut Conn<'_>) -> Result<Self, StoreError> {
        let rows: Vec<(String, String, String)> = on!(conn, c => user_account::table
            .select((user_account::id, user_account::login, user_account::display_name))
            .load(c))?;
        let people = rows.into_iter().map(|(id, login, name)| {
            let id: UserId = kept::parsed("id", &id).map_err(|column| column.of("user_account", &id))?;
            Ok((id, Arc::new(AuditPerson { id, login, name })))
        });
        Ok(Self(people.collect::<Result<_, StoreError>>()?))
    }

    pub(super) fn find(&self, id: UserId) -> Option<Arc<AuditPerson>> {
        self.0.get(&id).map(Arc::clone)
    }

    /// The person whom a row names; references keep every account that is named.
    pub(crate) fn require(
        &self,
        id: UserId,
        table: &'static str,
        column: &'static str,
    ) -> Result<Arc<AuditPerson>, StoreError> {
        self.find(id).ok_or_else(|| Unreadable(column).of(table, id))
    }

    /// A step with its person, as a row of a table names both.
    pub(crate) fn step(
        &self,
        (by, at): (UserId, DateTime<Utc>),
        (table, column): (&'static str, &'static str),
    ) -> Result<AuditStep, StoreError> {
        let by = self.require(by, table, column)?;
        Ok(AuditStep { by, at })
    }

    /// A step as the texts and numbers of a row hold it; `id` names the row where it is damaged.
    pub(crate) fn read_step(
        &self,
        (by, at): (&str, i64),
        (table, column): (&'static str, &'static str),
        id: &str,
    ) -> Result<AuditStep, StoreError> {
        let damaged = |column: Unreadable| column.of(table, id);
        let by = kept::parsed(column, by).map_err(damaged)?;
        let at = kept::read_moment(column, at).map_err(damaged)?;
        self.step((by, at), (table, column))
    }

    /// The person who recorded something; `None` for the system itself.
    pub(super) fn recorder(
        &self,
        id: Option<&str>,
        table: &'static str,
    ) -> Result<Option<Arc<AuditPerson>>, StoreError> {
        const COLUMN: &str = "recorded_by";
        let Some(id) = id else { return Ok(None) };
        let user = kept::parsed(COLUMN, id).map_err(|column| column.of(table, id))?;
        self.require(user, table, COLUMN).map(Some)
    }
}
