//! A past moment of a round: up to which entries of the journal its record is read.
//!
//! Moments grow with positions (see [`Store::write_at`]), so the entries up to a moment are those up to a position, and
//! what rows say of when they were recorded, submitted or decided names the same entries.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::key::RoundCode;

use crate::{
    connection::{Conn, on},
    coordination,
    error::{StoreError, Thing},
    journal::{self, ChangeMark, Changes},
    kept::{self, Unreadable},
    schema::{funding_round, journal as entry},
    standing,
    store::Store,
};

/// What was known of a round at a moment. Equal values mean equal ledgers, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsOf {
    /// The last event that changed figures or plans.
    pub figures: ChangeMark,
    /// The last event that changed anything that reports show; not before [`AsOf::figures`].
    pub status: ChangeMark,
}

impl AsOf {
    /// The moment up to which rows count, as they are kept.
    pub(crate) const fn at(&self) -> i64 {
        kept::moment(self.status.at)
    }
}

impl Store {
    /// What was known of a round at a moment, or is known now where none is given. `None` when the round was not
    /// recorded by then. Parts of a microsecond do not count.
    ///
    /// # Errors
    /// When the database fails or an entry is damaged.
    pub fn as_of(&self, round: &RoundCode, until: Option<DateTime<Utc>>) -> Result<Option<AsOf>, StoreError> {
        self.read("find a moment of the record", |conn| resolve(conn, round, until))
    }

    /// Since when a round is recorded; `None` when it is not.
    ///
    /// # Errors
    /// When the database fails or the row is damaged.
    pub fn recorded_since(&self, round: &RoundCode) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read("read when a round was recorded", |conn| {
            let at: Option<i64> = on!(conn, c => funding_round::table
                .find(round.as_str())
                .select(funding_round::recorded_at)
                .first(c)
                .optional())?;
            at.map(|at| kept::read_moment("recorded_at", at))
                .transpose()
                .map_err(|column| column.of("funding_round", round))
        })
    }

    /// The moment of the journal's last entry; `None` when it is empty.
    ///
    /// # Errors
    /// When the database fails or the entry is damaged.
    pub fn last_moment(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read("read the journal", |conn| {
            let last: Option<(i64, i64)> = on!(conn, c => entry::table
                .order(entry::position.desc())
                .select((entry::position, entry::at))
                .first(c)
                .optional())?;
            last.map(|(position, at)| {
                kept::read_moment("at", at).map_err(|column| column.of("journal", position))
            })
            .transpose()
        })
    }
}

/// What is known of a round that must be recorded.
pub(crate) fn now(conn: &mut Conn<'_>, round: &RoundCode) -> Result<AsOf, StoreError> {
    resolve(conn, round, None)?.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Round,
        key: round.to_string(),
    })
}

/// What was known of a round at a moment.
pub(crate) fn resolve(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    until: Option<DateTime<Utc>>,
) -> Result<Option<AsOf>, StoreError> {
    // The wider mark first: what happens in between is behind both.
    let Some(status) = mark(conn, round, Changes::Any, until)? else {
        return Ok(None);
    };
    let figures = journal::mark_up_to(conn, round, Changes::OfFigures, kept::moment(status.at))?;
    Ok(figures.map(|figures| AsOf { figures, status }))
}

/// The last change of a round's ledger up to a moment.
pub(crate) fn mark(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    changes: Changes,
    until: Option<DateTime<Utc>>,
) -> Result<Option<ChangeMark>, StoreError> {
    let until = until.map_or(kept::ALWAYS, kept::moment);
    let Some(mark) = journal::mark_up_to(conn, round, changes, until)? else {
        return Ok(None);
    };
    if changes == Changes::OfFigures {
        return Ok(Some(mark));
    }
    // Whose turn it is follows from who coordinates, and from which quarters are closed.
    let coordinated = coordination::last_change(conn, until)?;
    let beside = coordinated.max(standing::last_change(conn, round, until)?);
    match beside {
        Some(at) if at > kept::moment(mark.at) => {
            let entry = beside_figures(conn, at)?;
            Ok(entry.or(Some(mark)))
        }
        _ => Ok(Some(mark)),
    }
}

/// The last entry that changes no round's figures, not later than a moment at which there is one.
pub(crate) fn beside_figures(conn: &mut Conn<'_>, at: i64) -> Result<Option<ChangeMark>, StoreError> {
    let found: Option<i64> = on!(conn, c => entry::table
        .filter(entry::figures_of.is_null())
        .filter(entry::at.le(at))
        .order((entry::at.desc(), entry::position.desc()))
        .select(entry::position)
        .first(c)
        .optional())?;
    found
        .map(|position| {
            let read = || -> Result<ChangeMark, Unreadable> {
                Ok(ChangeMark {
                    position: kept::number("position", position)?,
                    at: kept::read_moment("at", at)?,
                })
            };
            read().map_err(|column| column.of("journal", position))
        })
        .transpose()
}
