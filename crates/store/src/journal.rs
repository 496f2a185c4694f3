//! The journal: one row for each change of state, written in the transaction of the change. Only ever added to.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, dsl::max};
use nachweis_domain::{
    key::RoundCode,
    record::{Action, JournalEntry},
};

use crate::{
    actor::Actor,
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    schema::journal,
    store::Store,
};

/// An event about to be journalled.
pub(crate) struct Event<'a> {
    pub(crate) at: DateTime<Utc>,
    pub(crate) by: Actor,
    pub(crate) action: Action,
    pub(crate) object: &'a str,
    /// A JSON object without texts of cells and without personal data.
    pub(crate) detail: &'a serde_json::Value,
    /// The round whose ledger the event changes.
    pub(crate) figures_of: Option<&'a str>,
}

#[derive(Insertable)]
#[diesel(table_name = journal, treat_none_as_default_value = false)]
struct NewRow<'a> {
    position: i64,
    at: i64,
    actor: Option<String>,
    action: &'static str,
    object: &'a str,
    detail: String,
    figures_of: Option<String>,
}

/// Adds an event. The transaction must be one that writes, where positions cannot be taken twice.
pub(crate) fn append(conn: &mut Conn<'_>, event: &Event<'_>) -> Result<(), StoreError> {
    let last: Option<i64> = on!(conn, c => journal::table.select(max(journal::position)).first(c))?;
    let row = NewRow {
        position: last.unwrap_or(0) + 1,
        at: kept::moment(event.at),
        actor: event.by.user().map(|user| user.to_string()),
        action: event.action.as_str(),
        object: event.object,
        detail: event.detail.to_string(),
        figures_of: event.figures_of.map(ToOwned::to_owned),
    };
    on!(conn, c => diesel::insert_into(journal::table).values(&row).execute(c))?;
    Ok(())
}

#[derive(Queryable)]
struct Row {
    position: i64,
    at: i64,
    actor: Option<String>,
    action: String,
    object: String,
    detail: String,
}

impl Row {
    fn read(self) -> Result<JournalEntry, StoreError> {
        let position = self.position;
        self.entry().map_err(|column| column.of("journal", position))
    }

    fn entry(self) -> Result<JournalEntry, Unreadable> {
        Ok(JournalEntry {
            position: kept::number("position", self.position)?,
            at: kept::read_moment("at", self.at)?,
            actor: self
                .actor
                .map(|actor| kept::parsed("actor", &actor))
                .transpose()?,
            action: kept::variant("action", &Action::ALL, Action::as_str, &self.action)?,
            object: self.object,
            detail: self.detail,
        })
    }
}

/// Which changes of a round's ledger a mark looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Changes {
    /// Of figures and plans, as [`Action::changes_figures`] says.
    OfFigures,
    /// Any, uploads that were not submitted included.
    Any,
}

impl Changes {
    fn actions(self) -> Vec<&'static str> {
        let actions = Action::ALL.into_iter();
        actions
            .filter(|action| self == Self::Any || action.changes_figures())
            .map(Action::as_str)
            .collect()
    }
}

/// The last event that changed a round's ledger. Two equal marks of [`Changes::Any`] mean equal ledgers, two equal marks
/// of [`Changes::OfFigures`] equal figures and plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeMark {
    /// Its position in the journal.
    pub position: u64,
    /// When it happened.
    pub at: DateTime<Utc>,
}

/// Entries after a position, oldest first.
pub(crate) fn entries(conn: &mut Conn<'_>, after: u64, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
    let after: i64 = kept::fit(after)?;
    let rows: Vec<Row> = on!(conn, c => journal::table
        .filter(journal::position.gt(after))
        .order(journal::position)
        .limit(i64::from(limit))
        .select((journal::position, journal::at, journal::actor, journal::action, journal::object, journal::detail))
        .load(c))?;
    rows.into_iter().map(Row::read).collect()
}

/// The last change of a round's ledger.
pub(crate) fn change_mark(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    changes: Changes,
) -> Result<Option<ChangeMark>, StoreError> {
    let found: Option<(i64, i64)> = on!(conn, c => journal::table
        .filter(journal::figures_of.eq(round.as_str()))
        .filter(journal::action.eq_any(changes.actions()))
        .order(journal::position.desc())
        .select((journal::position, journal::at))
        .first(c)
        .optional())?;
    found
        .map(|(position, at)| {
            Ok(ChangeMark {
                position: kept::number("position", position)?,
                at: kept::read_moment("at", at)?,
            })
        })
        .transpose()
        .map_err(|column: Unreadable| column.of("journal", round))
}

impl Store {
    /// Entries of the journal after a position, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the database fails or an entry is damaged.
    pub fn journal(&self, after: u64, limit: u32) -> Result<Vec<JournalEntry>, StoreError> {
        self.read("read the journal", |conn| entries(conn, after, limit))
    }

    /// The position of the journal's last entry; 0 when it is empty.
    ///
    /// # Errors
    /// When the database fails.
    pub fn journal_head(&self) -> Result<u64, StoreError> {
        self.read("read the journal", |conn| {
            let last: Option<i64> = on!(conn, c => journal::table.select(max(journal::position)).first(c))?;
            kept::fit(last.unwrap_or(0))
        })
    }

    /// The last event that changed a round's ledger; reading, issuing and signing in never do.
    /// What is computed from a ledger, or from its figures and plans, stays right as long as this mark stays the same.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_change(&self, round: &RoundCode, changes: Changes) -> Result<Option<ChangeMark>, StoreError> {
        self.read("read the journal", |conn| change_mark(conn, round, changes))
    }

    /// Journals an event that changes nothing else: exported, signed in, sign-in failed.
    /// `detail` holds no texts of cells and no personal data.
    ///
    /// # Errors
    /// When the database fails.
    pub fn record_event(
        &self,
        by: Actor,
        action: Action,
        object: &str,
        detail: &serde_json::Value,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write("journal an event", |conn| {
            append(
                conn,
                &Event {
                    at,
                    by,
                    action,
                    object,
                    detail,
                    figures_of: None,
                },
            )
        })
    }
}
