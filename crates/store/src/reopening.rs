//! Reopenings of closed quarters: asked for by one person, confirmed by another, for one subproject and a time.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    life::Reopening,
    quarter::Quarter,
    record::{
        Action, ReopeningId, ReopeningRecord, ReopeningState, ReopeningWithdrawal, UploadState, UserId,
    },
};
use serde_json::json;

use crate::{
    actor::Actor,
    attest::{
        Group,
        tables::{self, Rows},
    },
    closing,
    connection::{Conn, on},
    error::{Conflict, StoreError, Thing},
    journal::{self, Event},
    kept,
    schema::{reopening, reopening_withdrawal, upload},
    store::Store,
    subproject,
};

mod rows;

pub(crate) use rows::{Which, load};

/// A reopening about to be asked for.
#[derive(Clone, Debug)]
pub struct NewReopening {
    /// The id it gets.
    pub id: ReopeningId,
    /// The subproject.
    pub subproject: SubprojectNo,
    /// The quarter.
    pub quarter: Quarter,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// Requests of the subproject that may wait for a second person at the same time, this one included.
    pub open_at_most: usize,
}

/// A word with which a reopening is withdrawn: who says it, when and why.
#[derive(Clone, Debug)]
pub struct ReopeningWord {
    /// The reopening.
    pub id: ReopeningId,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// The confirmed reopenings of a subproject's quarter, each until it ended or was withdrawn.
pub(crate) fn confirmed(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    quarter: Quarter,
) -> Result<Vec<Reopening>, StoreError> {
    let records = load(conn, Which::Subproject(no.as_str()))?.into_iter();
    Ok(records
        .filter(|record| record.quarter == quarter)
        .filter_map(|record| {
            let (_, from) = record.confirmed?;
            let until = record.ends_at();
            Some(Reopening { from, until })
        })
        .collect())
}

fn require(conn: &mut Conn<'_>, id: ReopeningId) -> Result<ReopeningRecord, StoreError> {
    let found = load(conn, Which::Id(&id.to_string()))?.pop();
    found.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Reopening,
        key: id.to_string(),
    })
}

impl Store {
    /// Notes a request to reopen a closed quarter for a subproject; it counts once a second person confirms it.
    ///
    /// # Errors
    /// [`Conflict::QuarterOpen`] when the quarter is not closed; [`Conflict::ReopeningsOpen`] while too many requests of the
    /// subproject wait for a second person; [`StoreError::Unknown`] when there is no such subproject; or when the database
    /// fails.
    pub fn request_reopening(&self, new: &NewReopening) -> Result<ReopeningRecord, StoreError> {
        self.write_at("ask for a reopening", new.at, |conn, at| request(conn, new, at))
    }

    /// Confirms a reopening as the second person.
    ///
    /// # Errors
    /// [`Conflict::FourEyes`] for who asked for it and for who accepted the revision of the quarter that counts (who approves
    /// does not reopen, robustness.md §6; the table refuses it too); [`Conflict::ReopeningSettled`] when it is confirmed or
    /// withdrawn, or its time has passed; [`StoreError::Unknown`] when there is none of this id; or when the database fails.
    pub fn confirm_reopening(
        &self,
        id: ReopeningId,
        by: UserId,
        at: DateTime<Utc>,
    ) -> Result<ReopeningRecord, StoreError> {
        self.write_at("confirm a reopening", at, |conn, at| confirm(conn, id, by, at))
    }

    /// Whose word does not confirm a reopening: who asked for it, and who accepted the revision of the quarter that counts.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn hands_in_reopening(&self, record: &ReopeningRecord) -> Result<Vec<UserId>, StoreError> {
        self.read("read whose hands a reopening passed through", |conn| {
            hands(conn, record)
        })
    }

    /// Withdraws a reopening: takes back the request, or ends early what was confirmed.
    ///
    /// # Errors
    /// [`Conflict::ReopeningSettled`] when it is withdrawn already or its time has passed; [`StoreError::Unknown`] when there
    /// is none of this id; or when the database fails.
    pub fn withdraw_reopening(&self, word: &ReopeningWord) -> Result<ReopeningRecord, StoreError> {
        self.write_at("withdraw a reopening", word.at, |conn, at| {
            withdraw(conn, word, at)
        })
    }

    /// A reopening.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is none of this id; or when the database fails or the row is damaged.
    pub fn reopening(&self, id: ReopeningId) -> Result<ReopeningRecord, StoreError> {
        self.read("read a reopening", |conn| require(conn, id))
    }

    /// All reopenings of a round, the oldest request first.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn reopenings(&self, round: &RoundCode) -> Result<Vec<ReopeningRecord>, StoreError> {
        self.read("read the reopenings of a round", |conn| {
            load(conn, Which::Round(round.as_str()))
        })
    }
}

fn request(
    conn: &mut Conn<'_>,
    new: &NewReopening,
    at: DateTime<Utc>,
) -> Result<ReopeningRecord, StoreError> {
    let round = subproject::round_of(conn, &new.subproject)?;
    if closing::closed_at(conn, &round, new.quarter)?.is_none() {
        return Err(StoreError::Conflict(Conflict::QuarterOpen));
    }
    let others = load(conn, Which::Subproject(new.subproject.as_str()))?;
    let open = others
        .iter()
        .filter(|other| other.state_at(at) == ReopeningState::Requested);
    if open.count() >= new.open_at_most {
        return Err(StoreError::Conflict(Conflict::ReopeningsOpen {
            count: new.open_at_most,
        }));
    }
    let record = ReopeningRecord {
        id: new.id,
        round: RoundCode::new(round),
        quarter: new.quarter,
        subproject: new.subproject.clone(),
        reason: new.reason.clone(),
        requested_by: new.by,
        requested_at: at,
        expires_at: kept::rounded(new.expires_at),
        confirmed: None,
        withdrawal: None,
    };
    on!(conn, c => diesel::insert_into(reopening::table)
        .values((
            reopening::id.eq(record.id.to_string()),
            reopening::round.eq(record.round.as_str()),
            reopening::quarter.eq(record.quarter.ordinal()),
            reopening::subproject.eq(record.subproject.as_str()),
            reopening::reason.eq(&record.reason),
            reopening::requested_by.eq(record.requested_by.to_string()),
            reopening::requested_at.eq(kept::moment(record.requested_at)),
            reopening::expires_at.eq(kept::moment(record.expires_at)),
        ))
        .execute(c))?;
    let written = (Action::ReopeningRequested, &tables::REOPENING);
    journal_reopening(conn, &record, written, new.by, at)?;
    Ok(record)
}

fn confirm(
    conn: &mut Conn<'_>,
    id: ReopeningId,
    by: UserId,
    at: DateTime<Utc>,
) -> Result<ReopeningRecord, StoreError> {
    let record = require(conn, id)?;
    if let Some(settled) = record.settled_at(at) {
        return Err(StoreError::Conflict(Conflict::ReopeningSettled(settled)));
    }
    if hands(conn, &record)?.contains(&by) {
        return Err(StoreError::Conflict(Conflict::FourEyes));
    }
    on!(conn, c => diesel::update(reopening::table.find(id.to_string()))
        .set((
            reopening::confirmed_by.eq(by.to_string()),
            reopening::confirmed_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    let record = ReopeningRecord {
        confirmed: Some((by, at)),
        ..record
    };
    let written = (Action::ReopeningConfirmed, &tables::REOPENING_CONFIRMED);
    journal_reopening(conn, &record, written, by, at)?;
    Ok(record)
}

fn hands(conn: &mut Conn<'_>, record: &ReopeningRecord) -> Result<Vec<UserId>, StoreError> {
    let accepted: Option<(String, Option<String>)> = on!(conn, c => upload::table
        .filter(upload::subproject.eq(record.subproject.as_str()))
        .filter(upload::quarter.eq(record.quarter.ordinal()))
        .filter(upload::state.eq(UploadState::Accepted.as_str()))
        .select((upload::id, upload::decided_by))
        .first(c)
        .optional())?;
    let mut hands = vec![record.requested_by];
    if let Some((id, Some(by))) = accepted {
        hands.push(kept::parsed("decided_by", &by).map_err(|column| column.of("upload", id))?);
    }
    Ok(hands)
}

fn withdraw(
    conn: &mut Conn<'_>,
    word: &ReopeningWord,
    at: DateTime<Utc>,
) -> Result<ReopeningRecord, StoreError> {
    let record = require(conn, word.id)?;
    if let Some(settled) = record.over_at(at) {
        return Err(StoreError::Conflict(Conflict::ReopeningSettled(settled)));
    }
    on!(conn, c => diesel::insert_into(reopening_withdrawal::table)
        .values((
            reopening_withdrawal::reopening.eq(record.id.to_string()),
            reopening_withdrawal::reason.eq(&word.reason),
            reopening_withdrawal::withdrawn_by.eq(word.by.to_string()),
            reopening_withdrawal::withdrawn_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    let record = ReopeningRecord {
        withdrawal: Some(ReopeningWithdrawal {
            reason: word.reason.clone(),
            by: word.by,
            at,
        }),
        ..record
    };
    let written = (Action::ReopeningWithdrawn, &tables::REOPENING_WITHDRAWAL);
    journal_reopening(conn, &record, written, word.by, at)?;
    Ok(record)
}

/// The reasons are kept with the reopening, not in the journal.
fn journal_reopening(
    conn: &mut Conn<'_>,
    record: &ReopeningRecord,
    (action, written): (Action, &'static Rows),
    by: UserId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let detail = json!({
        "subproject": record.subproject,
        "quarter": record.quarter,
        "expires_at": record.expires_at,
    });
    journal::append(
        conn,
        &Event {
            at,
            by: Actor::User(by),
            action,
            object: &record.id.to_string(),
            detail: &detail,
            figures_of: None,
            rows: &[Group::new(written, &[&record.id])],
        },
    )
}
