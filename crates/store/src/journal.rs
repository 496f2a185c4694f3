//! The journal: one row for each change of state, written in the transaction of the change. Only ever added to.

use std::{borrow::Cow, collections::BTreeMap};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
    dsl::{max, min},
};
use nachweis_domain::{
    key::RoundCode,
    ledger::JournalMark,
    proof::{Link, ORIGIN, chain, rows::FIELD as ROWS},
    record::{Action, JournalEntry, Sha256},
};
use serde_json::json;

use crate::{
    actor::Actor,
    as_of,
    attest::{self, FoundRows, Group},
    connection::{Conn, on},
    error::{Kind, StoreError},
    kept::{self, Unreadable},
    schema::journal,
    store::Store,
};

mod walk;

pub use walk::Linked;
pub(crate) use walk::walk;

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
    /// The rows that the event wrote and the entry vouches for.
    pub(crate) rows: &'a [Group],
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
    link: String,
}

/// The last entry of the journal, as far as the next one needs it.
struct Last {
    position: u64,
    at: DateTime<Utc>,
    link: Link,
}

fn last(conn: &mut Conn<'_>) -> Result<Last, StoreError> {
    let found: Option<(i64, i64, Option<String>)> = on!(conn, c => journal::table
        .order(journal::position.desc())
        .select((journal::position, journal::at, journal::link))
        .first(c)
        .optional())?;
    let Some((position, at, link)) = found else {
        return Ok(Last {
            position: 0,
            at: DateTime::UNIX_EPOCH,
            link: ORIGIN,
        });
    };
    let read = || -> Result<Last, Unreadable> {
        Ok(Last {
            position: kept::number("position", position)?,
            at: kept::read_moment("at", at)?,
            link: kept::parsed("link", &link.ok_or(Unreadable("link"))?)?,
        })
    };
    read().map_err(|column| column.of("journal", position))
}

/// The moment at which a transaction writes: the one given, or just after the last entry where that is not earlier.
pub(crate) fn moment(conn: &mut Conn<'_>, at: DateTime<Utc>) -> Result<DateTime<Utc>, StoreError> {
    Ok(kept::rounded(at).max(last(conn)?.at + TimeDelta::microseconds(1)))
}

/// Adds an event. The transaction must be one that writes, where positions cannot be taken twice.
pub(crate) fn append(conn: &mut Conn<'_>, event: &Event<'_>) -> Result<(), StoreError> {
    debug_assert!(
        event.rows.iter().all(|rows| rows.is_vouched_for_by(event.action)),
        "verification takes {:?} for no entry that vouches for {:?}",
        event.action,
        event.rows
    );
    let last = last(conn)?;
    let entry = JournalEntry {
        position: last.position + 1,
        // Entries of one transaction share its moment; none is earlier than the one before it.
        at: kept::rounded(event.at).max(last.at),
        actor: event.by.user(),
        action: event.action,
        object: event.object.to_owned(),
        detail: detail(conn, event, last.position)?,
        figures_of: event.figures_of.map(RoundCode::new),
    };
    let row = NewRow {
        position: kept::fit(entry.position)?,
        at: kept::moment(entry.at),
        actor: entry.actor.map(|user| user.to_string()),
        action: entry.action.as_str(),
        object: &entry.object,
        figures_of: event.figures_of.map(ToOwned::to_owned),
        link: chain::link(&last.link, &entry).to_string(),
        detail: entry.detail.clone(),
    };
    on!(conn, c => diesel::insert_into(journal::table).values(&row).execute(c))?;
    Ok(())
}

/// The detail of an entry, with the digests of the rows for which it vouches under `rows`.
fn detail(conn: &mut Conn<'_>, event: &Event<'_>, before: u64) -> Result<String, StoreError> {
    let mut groups = Cow::Borrowed(event.rows);
    if before == 0 {
        groups.to_mut().push(attest::shipped());
    }
    if groups.is_empty() {
        return Ok(event.detail.to_string());
    }
    let mut detail = event.detail.clone();
    let digests =
        serde_json::to_value(attest::digests(conn, &groups)?).map_err(|_unfit| kept::unfit(Kind::Text))?;
    if let Some(fields) = detail.as_object_mut() {
        fields.insert(ROWS.to_owned(), digests);
    }
    Ok(detail.to_string())
}

/// Entries linked at once when a database is brought to the version that links them.
const LINKED_AT_ONCE: u32 = 1_000;

/// Links entries that were written before the journal was a chain. Part of a migration; does nothing later.
pub(crate) fn link_what_came_before(conn: &mut Conn<'_>) -> Result<(), StoreError> {
    let first: Option<i64> = on!(conn, c => journal::table
        .filter(journal::link.is_null())
        .select(min(journal::position))
        .first(c))?;
    let Some(first) = first else { return Ok(()) };
    let mut after: u64 = kept::fit(first - 1)?;
    let mut before = link_at(conn, after)?;
    loop {
        let batch = entries(conn, after, LINKED_AT_ONCE)?;
        if batch.is_empty() {
            return Ok(());
        }
        for entry in batch {
            before = chain::link(&before, &entry);
            let position: i64 = kept::fit(entry.position)?;
            on!(conn, c => diesel::update(journal::table.find(position))
                .set(journal::link.eq(before.to_string()))
                .execute(c))?;
            after = entry.position;
        }
    }
}

/// Groups of rows in an entry that takes earlier rows into the journal.
const ATTESTED_AT_ONCE: usize = 500;

/// Takes rows into the journal that were written before its entries vouched for rows. Part of a migration; a database
/// without a journal has none.
pub(crate) fn attest_what_came_before(conn: &mut Conn<'_>) -> Result<(), StoreError> {
    let newest = last(conn)?;
    if newest.position == 0 {
        return Ok(());
    }
    let mut found = Vec::new();
    attest::for_each_group(conn, &mut |rows: FoundRows| {
        found.push((rows.name, rows.digest));
        Ok::<(), StoreError>(())
    })?;
    for groups in found.chunks(ATTESTED_AT_ONCE) {
        let digests: BTreeMap<&str, Sha256> = groups
            .iter()
            .map(|(name, digest)| (name.as_str(), *digest))
            .collect();
        append(
            conn,
            &Event {
                at: newest.at,
                by: Actor::System,
                action: Action::RowsAttested,
                object: "record",
                detail: &json!({ ROWS: digests }),
                figures_of: None,
                rows: &[],
            },
        )?;
    }
    Ok(())
}

/// The link of an entry that must be there; [`ORIGIN`] at position 0.
fn link_at(conn: &mut Conn<'_>, position: u64) -> Result<Link, StoreError> {
    if position == 0 {
        return Ok(ORIGIN);
    }
    let number: i64 = kept::fit(position)?;
    let link: Option<String> = on!(conn, c => journal::table.find(number).select(journal::link).first(c))?;
    link.ok_or(Unreadable("link"))
        .and_then(|link| kept::parsed("link", &link))
        .map_err(|column| column.of("journal", position))
}

/// An entry with its link, for exports to name; none where the entry is not there or has no link.
pub(crate) fn mark_of(conn: &mut Conn<'_>, position: u64) -> Result<Option<JournalMark>, StoreError> {
    let number: i64 = kept::fit(position)?;
    let link: Option<Option<String>> = on!(conn, c => journal::table
        .find(number)
        .select(journal::link)
        .first(c)
        .optional())?;
    link.flatten()
        .map(|link| {
            let link = kept::parsed("link", &link)?;
            Ok(JournalMark { position, link })
        })
        .transpose()
        .map_err(|column: Unreadable| column.of("journal", position))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = journal)]
struct Row {
    position: i64,
    at: i64,
    actor: Option<String>,
    action: String,
    object: String,
    detail: String,
    figures_of: Option<String>,
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
            figures_of: self.figures_of.map(RoundCode::new),
        })
    }
}

/// Which changes of a round's ledger a mark looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Changes {
    /// Of figures and plans, as [`Action::changes_figures`] says.
    OfFigures,
    /// Any: uploads that were not submitted, who coordinates networks, and which quarters are closed or open again included.
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
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::read).collect()
}

/// The last change of a round's ledger up to a moment.
pub(crate) fn mark_up_to(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    changes: Changes,
    until: i64,
) -> Result<Option<ChangeMark>, StoreError> {
    let found: Option<(i64, i64)> = on!(conn, c => journal::table
        .filter(journal::figures_of.eq(round.as_str()))
        .filter(journal::at.le(until))
        .filter(journal::action.eq_any(changes.actions()))
        .order((journal::at.desc(), journal::position.desc()))
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

    /// The position of the journal's last entry up to a moment; 0 where there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn journal_head_at(&self, at: DateTime<Utc>) -> Result<u64, StoreError> {
        self.read("read the journal", |conn| {
            let last: Option<i64> = on!(conn, c => journal::table
                .filter(journal::at.le(kept::moment(at)))
                .select(max(journal::position))
                .first(c))?;
            kept::fit(last.unwrap_or(0))
        })
    }

    /// The last event that changed a round's ledger; reading, issuing and signing in never do. With [`Changes::Any`] it
    /// may be one that changed who coordinates networks, or closed or reopened a quarter.
    /// What is computed from a ledger, or from its figures and plans, stays right as long as this mark stays the same.
    ///
    /// # Errors
    /// When the database fails.
    pub fn last_change(&self, round: &RoundCode, changes: Changes) -> Result<Option<ChangeMark>, StoreError> {
        self.read("read the journal", |conn| as_of::mark(conn, round, changes, None))
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
        self.write_at("journal an event", at, |conn, at| {
            append(
                conn,
                &Event {
                    at,
                    by,
                    action,
                    object,
                    detail,
                    figures_of: None,
                    rows: &[],
                },
            )
        })
    }
}
