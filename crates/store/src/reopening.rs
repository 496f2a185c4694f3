//! Reopenings of closed quarters: asked for by one person, confirmed by another, for one subproject and a time.

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    life::Reopening,
    quarter::Quarter,
    record::{Action, ReopeningId, ReopeningRecord, UserId},
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
    kept::{self, Unreadable},
    schema::reopening,
    store::Store,
    subproject,
};

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
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = reopening)]
struct Row {
    id: String,
    round: String,
    quarter: i32,
    subproject: String,
    reason: String,
    requested_by: String,
    requested_at: i64,
    expires_at: i64,
    confirmed_by: Option<String>,
    confirmed_at: Option<i64>,
}

impl Row {
    fn read(self) -> Result<ReopeningRecord, StoreError> {
        let id = self.id.clone();
        self.record().map_err(|column| column.of("reopening", id))
    }

    fn record(self) -> Result<ReopeningRecord, Unreadable> {
        let confirmed = match (self.confirmed_by, self.confirmed_at) {
            (Some(by), Some(at)) => Some((
                kept::parsed("confirmed_by", &by)?,
                kept::read_moment("confirmed_at", at)?,
            )),
            _ => None,
        };
        Ok(ReopeningRecord {
            id: kept::parsed("id", &self.id)?,
            round: RoundCode::new(self.round),
            quarter: kept::read_quarter("quarter", self.quarter)?,
            subproject: SubprojectNo::new(self.subproject),
            reason: self.reason,
            requested_by: kept::parsed("requested_by", &self.requested_by)?,
            requested_at: kept::read_moment("requested_at", self.requested_at)?,
            expires_at: kept::read_moment("expires_at", self.expires_at)?,
            confirmed,
        })
    }
}

/// The confirmed reopenings of a subproject's quarter.
pub(crate) fn confirmed(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    quarter: Quarter,
) -> Result<Vec<Reopening>, StoreError> {
    let rows: Vec<Row> = on!(conn, c => reopening::table
        .filter(reopening::subproject.eq(no.as_str()))
        .filter(reopening::quarter.eq(quarter.ordinal()))
        .filter(reopening::confirmed_at.is_not_null())
        .select(Row::as_select())
        .load(c))?;
    let mut reopenings = Vec::with_capacity(rows.len());
    for row in rows {
        let record = row.read()?;
        reopenings.extend(record.confirmed.map(|(_, from)| Reopening {
            from,
            until: record.expires_at,
        }));
    }
    Ok(reopenings)
}

/// All reopenings of a subproject, the oldest request first.
pub(crate) fn of_subproject(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
) -> Result<Vec<ReopeningRecord>, StoreError> {
    let rows: Vec<Row> = on!(conn, c => reopening::table
        .filter(reopening::subproject.eq(no.as_str()))
        .order((reopening::requested_at, reopening::id))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::read).collect()
}

/// All reopenings of a round's quarter, the oldest request first.
pub(crate) fn of_quarter(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    quarter: Quarter,
) -> Result<Vec<ReopeningRecord>, StoreError> {
    let rows: Vec<Row> = on!(conn, c => reopening::table
        .filter(reopening::round.eq(round.as_str()))
        .filter(reopening::quarter.eq(quarter.ordinal()))
        .order((reopening::requested_at, reopening::id))
        .select(Row::as_select())
        .load(c))?;
    rows.into_iter().map(Row::read).collect()
}

fn require(conn: &mut Conn<'_>, id: ReopeningId) -> Result<ReopeningRecord, StoreError> {
    let row: Option<Row> = on!(conn, c => reopening::table
        .find(id.to_string())
        .select(Row::as_select())
        .first(c)
        .optional())?;
    row.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Reopening,
        key: id.to_string(),
    })?
    .read()
}

impl Store {
    /// Notes a request to reopen a closed quarter for a subproject; it counts once a second person confirms it.
    ///
    /// # Errors
    /// [`Conflict::QuarterOpen`] when the quarter is not closed; [`StoreError::Unknown`] when there is no such subproject;
    /// or when the database fails.
    pub fn request_reopening(&self, new: &NewReopening) -> Result<ReopeningRecord, StoreError> {
        self.write_at("ask for a reopening", new.at, |conn, at| request(conn, new, at))
    }

    /// Confirms a reopening as the second person.
    ///
    /// # Errors
    /// [`Conflict::FourEyes`] for the person who asked for it; [`Conflict::ReopeningSettled`] when it is confirmed or its
    /// time has passed; [`StoreError::Unknown`] when there is none of this id; or when the database fails.
    pub fn confirm_reopening(
        &self,
        id: ReopeningId,
        by: UserId,
        at: DateTime<Utc>,
    ) -> Result<ReopeningRecord, StoreError> {
        self.write_at("confirm a reopening", at, |conn, at| confirm(conn, id, by, at))
    }

    /// A reopening.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is none of this id; or when the database fails or the row is damaged.
    pub fn reopening(&self, id: ReopeningId) -> Result<ReopeningRecord, StoreError> {
        self.read("read a reopening", |conn| require(conn, id))
    }

    /// All reopenings of a round's quarter, the oldest request first.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn reopenings(
        &self,
        round: &RoundCode,
        quarter: Quarter,
    ) -> Result<Vec<ReopeningRecord>, StoreError> {
        self.read("read the reopenings of a quarter", |conn| {
            of_quarter(conn, round, quarter)
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
    if record.confirmed.is_some() || record.expires_at <= at {
        return Err(StoreError::Conflict(Conflict::ReopeningSettled));
    }
    if record.requested_by == by {
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

/// The reason is kept with the reopening, not in the journal.
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
