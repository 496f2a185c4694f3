//! Accounts: people who may sign in, and what was granted to them. No passwords, only their hashes.

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use nachweis_domain::{
    access::Grant,
    language::Language,
    record::{Action, UserId},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    actor::Actor,
    attest::{Group, tables},
    connection::{Conn, on},
    coordination,
    error::{Conflict, StoreError, Thing},
    grant,
    journal::{self, Event},
    kept::{self, Unreadable},
    schema::user_account,
    session,
    store::Store,
};

/// The account that stands for the command line. It has no password and no grants, and is in no list of users.
pub const OPERATOR: UserId = UserId(Uuid::nil());

/// The hash of a password. Printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// A hash in the PHC string format.
    pub fn new(hash: impl Into<String>) -> Self {
        Self(hash.into())
    }

    /// The hash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

/// An account to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// The id it gets.
    pub id: UserId,
    /// The sign-in name; capitals do not count.
    pub name: String,
    /// The name for people.
    pub display_name: String,
    /// The hash of the password; without one nobody can sign in with a password.
    pub password_hash: Option<PasswordHash>,
    /// The language of messages.
    pub language: Language,
    /// What is granted from the start.
    pub grants: Vec<Grant>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The id.
    pub id: UserId,
    /// The sign-in name as it was given.
    pub name: String,
    /// The name for people.
    pub display_name: String,
    /// The language of messages.
    pub language: Language,
    /// The hash of the password.
    pub password_hash: Option<PasswordHash>,
    /// What was granted, sorted.
    pub grants: Vec<Grant>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it was disabled; a disabled account cannot sign in.
    pub disabled_at: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = user_account)]
struct UserRow {
    id: String,
    login: String,
    display_name: String,
    language: String,
    password_hash: Option<String>,
    created_at: i64,
    disabled_at: Option<i64>,
}

impl UserRow {
    fn read(self, grants: Vec<Grant>) -> Result<User, StoreError> {
        let id = self.id.clone();
        self.user(grants).map_err(|column| column.of("user_account", id))
    }

    fn user(self, grants: Vec<Grant>) -> Result<User, Unreadable> {
        Ok(User {
            id: kept::parsed("id", &self.id)?,
            name: self.login,
            display_name: self.display_name,
            language: kept::variant("language", &Language::ALL, Language::code, &self.language)?,
            password_hash: self.password_hash.map(PasswordHash),
            grants,
            created_at: kept::read_moment("created_at", self.created_at)?,
            disabled_at: self
                .disabled_at
                .map(|at| kept::read_moment("disabled_at", at))
                .transpose()?,
        })
    }
}

/// The form of a sign-in name in which capitals and surrounding blanks do not count.
fn login_key(name: &str) -> String {
    name.trim().to_lowercase()
}

fn find(conn: &mut Conn<'_>, key: &str) -> Result<Option<User>, StoreError> {
    let row: Option<UserRow> = on!(conn, c => user_account::table
        .filter(user_account::login_key.eq(key))
        .select(UserRow::as_select())
        .first(c)
        .optional())?;
    with_grants(conn, row)
}

fn with_grants(conn: &mut Conn<'_>, row: Option<UserRow>) -> Result<Option<User>, StoreError> {
    let Some(row) = row else {
        return Ok(None);
    };
    let grants = grant::of_user(conn, &row.id)?;
    row.read(grants).map(Some)
}

/// An account that must exist.
pub(crate) fn require(conn: &mut Conn<'_>, id: UserId) -> Result<User, StoreError> {
    by_id(conn, id)?.ok_or_else(|| StoreError::Unknown {
        thing: Thing::User,
        key: id.to_string(),
    })
}

fn by_id(conn: &mut Conn<'_>, id: UserId) -> Result<Option<User>, StoreError> {
    let row: Option<UserRow> = on!(conn, c => user_account::table
        .find(id.to_string())
        .select(UserRow::as_select())
        .first(c)
        .optional())?;
    with_grants(conn, row)
}

pub(crate) fn journal_account(
    conn: &mut Conn<'_>,
    id: UserId,
    action: Action,
    (detail, rows): (&serde_json::Value, &[Group]),
    (by, at): (Actor, DateTime<Utc>),
) -> Result<(), StoreError> {
    journal::append(
        conn,
        &Event {
            at,
            by,
            action,
            object: &id.to_string(),
            detail,
            figures_of: None,
            rows,
        },
    )
}

impl Store {
    /// Creates an account with its grants.
    ///
    /// # Errors
    /// [`Conflict::LoginTaken`] when the name is taken, whatever its capitals; or when the database fails.
    pub fn create_user(
        &self,
        new: &NewUser,
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let by = by.into();
        self.write_at("create an account", at, |conn, at| {
            let key = login_key(&new.name);
            if find(conn, &key)?.is_some() {
                return Err(StoreError::Conflict(Conflict::LoginTaken {
                    name: new.name.clone(),
                }));
            }
            on!(conn, c => diesel::insert_into(user_account::table)
                .values((
                    user_account::id.eq(new.id.to_string()),
                    user_account::login.eq(new.name.trim()),
                    user_account::login_key.eq(&key),
                    user_account::display_name.eq(&new.display_name),
                    user_account::language.eq(new.language.code()),
                    user_account::password_hash.eq(new.password_hash.as_ref().map(PasswordHash::as_str)),
                    user_account::created_at.eq(kept::moment(at)),
                ))
                .execute(c))?;
            let mut grants = new.grants.clone();
            grants.sort();
            grants.dedup();
            for grant in &grants {
                grant::insert(conn, new.id, grant, at)?;
            }
            let account =
                [&tables::ACCOUNT, &tables::ACCOUNT_PASSWORD].map(|rows| Group::new(rows, &[&new.id]));
            let granted = grants.iter().map(|grant| grant::row(new.id, grant));
            let coordination = Group::new(&tables::COORDINATION, &[&new.id]);
            let rows: Vec<Group> = account.into_iter().chain(granted).chain([coordination]).collect();
            journal_account(
                conn,
                new.id,
                Action::UserCreated,
                (&json!({ "grants": grants }), &rows),
                (by, at),
            )
        })
    }

    /// All accounts in the order of their sign-in names, capitals aside.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn users(&self) -> Result<Vec<User>, StoreError> {
        self.snapshot("read the accounts", |conn| {
            let rows: Vec<UserRow> = on!(conn, c => user_account::table
                .filter(user_account::id.ne(OPERATOR.to_string()))
                .select(UserRow::as_select())
                .load(c))?;
            let mut grants = grant::of_all(conn)?;
            let mut users: Vec<User> = rows
                .into_iter()
                .map(|row| {
                    let grants = grants.remove(&row.id).unwrap_or_default();
                    row.read(grants)
                })
                .collect::<Result<_, _>>()?;
            users.sort_by_cached_key(|user| (login_key(&user.name), user.id));
            Ok(users)
        })
    }

    /// The account of a sign-in name, whatever its capitals.
    ///
    /// # Errors
    /// When the database fails or the row is damaged.
    pub fn user_by_name(&self, name: &str) -> Result<Option<User>, StoreError> {
        self.read("read an account", |conn| find(conn, &login_key(name)))
    }

    /// The account of an id.
    ///
    /// # Errors
    /// When the database fails or the row is damaged.
    pub fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        self.read("read an account", |conn| by_id(conn, id))
    }

    /// Disables an account and ends its sessions. A disabled one stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such account; or when the database fails.
    pub fn disable_user(
        &self,
        id: UserId,
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let by = by.into();
        self.write_at("disable an account", at, |conn, at| {
            if require(conn, id)?.disabled_at.is_some() {
                return Ok(());
            }
            on!(conn, c => diesel::update(user_account::table.find(id.to_string()))
                .set(user_account::disabled_at.eq(kept::moment(at)))
                .execute(c))?;
            session::end_all(conn, id, at)?;
            coordination::end_all(conn, id, at)?;
            let disabled =
                [&tables::ACCOUNT_DISABLED, &tables::COORDINATION].map(|rows| Group::new(rows, &[&id]));
            journal_account(conn, id, Action::UserDisabled, (&json!({}), &disabled), (by, at))
        })
    }

    /// Replaces the password of an account and ends its sessions.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such account; or when the database fails.
    pub fn set_password(
        &self,
        id: UserId,
        hash: &PasswordHash,
        by: impl Into<Actor>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let by = by.into();
        self.write_at("set a password", at, |conn, at| {
            require(conn, id)?;
            on!(conn, c => diesel::update(user_account::table.find(id.to_string()))
                .set(user_account::password_hash.eq(hash.as_str()))
                .execute(c))?;
            session::end_all(conn, id, at)?;
            let password = [Group::new(&tables::ACCOUNT_PASSWORD, &[&id])];
            journal_account(conn, id, Action::PasswordSet, (&json!({}), &password), (by, at))
        })
    }
}
