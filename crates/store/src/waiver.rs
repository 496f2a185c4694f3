//! Waivers: asked for, decided by a second person, withdrawn. Each is a row of its own, written once.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, dsl::max};
use nachweis_domain::{
    finding::Code,
    key::{RoundCode, SubprojectNo},
    quarter::Quarter,
    record::{Action, UserId, WaiverId},
    waiver::{Waiver, WaiverDecision, WaiverRefusal, WaiverState, WaiverWithdrawal},
};
use serde_json::json;

use crate::{
    actor::Actor,
    attest::{
        Group,
        tables::{self, Rows},
    },
    connection::{Conn, on},
    error::{Conflict, StoreError, Thing},
    journal::{self, Event},
    kept,
    schema::{waiver, waiver_decision, waiver_withdrawal},
    store::Store,
    subproject,
};

pub(crate) mod counted;
pub(crate) mod marks;
mod rows;

pub(crate) use rows::{Which, load};

/// A waiver about to be asked for.
#[derive(Clone, Debug)]
pub struct NewWaiver {
    /// The id it gets.
    pub id: WaiverId,
    /// The subproject.
    pub subproject: SubprojectNo,
    /// The code of the findings to be waived.
    pub code: Code,
    /// The first quarter.
    pub first: Quarter,
    /// The last quarter, not before the first.
    pub last: Quarter,
    /// Why.
    pub reason: String,
    /// Until when it is asked for.
    pub until: DateTime<Utc>,
    /// Who asks.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// Requests of the subproject that may wait for a decision at the same time, this one included.
    pub open_at_most: usize,
}

/// A word on a waiver: who says it, when and why.
#[derive(Clone, Debug)]
pub struct WaiverWord {
    /// The waiver.
    pub id: WaiverId,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

impl Store {
    /// Notes that a waiver is asked for; it counts once a second person grants it. Numbers count up within the round.
    ///
    /// # Errors
    /// [`Conflict::WaiversOpen`] while too many requests of the subproject wait for a decision;
    /// [`StoreError::Unknown`] when there is no such subproject; or when the database fails.
    pub fn ask_waiver(&self, new: &NewWaiver) -> Result<Waiver, StoreError> {
        self.write_at("ask for a waiver", new.at, |conn, at| ask(conn, new, at))
    }

    /// Decides on a waiver as the second person: granted until a moment, or refused where none is given.
    ///
    /// # Errors
    /// [`Conflict::FourEyes`] for the person who asked for it; [`Conflict::Waiver`] with what else
    /// [`Waiver::decidable`] says; [`StoreError::Unknown`] when there is none of this id; or when the database fails.
    pub fn decide_waiver(
        &self,
        word: &WaiverWord,
        until: Option<DateTime<Utc>>,
    ) -> Result<Waiver, StoreError> {
        self.write_at("decide on a waiver", word.at, |conn, at| {
            decide(conn, word, until.map(kept::rounded), at)
        })
    }

    /// Withdraws a waiver that is asked for or in force.
    ///
    /// # Errors
    /// [`Conflict::Waiver`] when there is nothing to withdraw; [`StoreError::Unknown`] when there is none of this id; or
    /// when the database fails.
    pub fn withdraw_waiver(&self, word: &WaiverWord) -> Result<Waiver, StoreError> {
        self.write_at("withdraw a waiver", word.at, |conn, at| withdraw(conn, word, at))
    }

    /// A waiver.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is none of this id; or when the database fails or a row is damaged.
    pub fn waiver(&self, id: WaiverId) -> Result<Waiver, StoreError> {
        self.read("read a waiver", |conn| require(conn, id))
    }

    /// All waivers of a subproject, in the order of their numbers.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn waivers_of(&self, no: &SubprojectNo) -> Result<Vec<Waiver>, StoreError> {
        self.read("read the waivers of a subproject", |conn| {
            load(conn, Which::Subproject(no.as_str()))
        })
    }

    /// All waivers of a round, in the order of their numbers.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn waivers_of_round(&self, round: &RoundCode) -> Result<Vec<Waiver>, StoreError> {
        self.read("read the waivers of a round", |conn| {
            load(conn, Which::Round(round.as_str()))
        })
    }
}

fn require(conn: &mut Conn<'_>, id: WaiverId) -> Result<Waiver, StoreError> {
    let found = load(conn, Which::Id(&id.to_string()))?.pop();
    found.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Waiver,
        key: id.to_string(),
    })
}

fn ask(conn: &mut Conn<'_>, new: &NewWaiver, at: DateTime<Utc>) -> Result<Waiver, StoreError> {
    let round = subproject::round_of(conn, &new.subproject)?;
    let others = load(conn, Which::Subproject(new.subproject.as_str()))?;
    let open = others
        .iter()
        .filter(|other| other.state_at(at) == WaiverState::Asked);
    if open.count() >= new.open_at_most {
        return Err(StoreError::Conflict(Conflict::WaiversOpen {
            count: new.open_at_most,
        }));
    }
    let last: Option<i32> = on!(conn, c => waiver::table
        .filter(waiver::round.eq(&round))
        .select(max(waiver::number))
        .first(c))?;
    let number = last.unwrap_or(0) + 1;
    let waiver = Waiver {
        id: new.id,
        number: kept::fit(number)?,
        round: RoundCode::new(round),
        subproject: new.subproject.clone(),
        code: new.code,
        first: new.first,
        last: new.last,
        reason: new.reason.clone(),
        asked_by: new.by,
        asked_at: at,
        asked_until: kept::rounded(new.until),
        decision: None,
        withdrawal: None,
    };
    on!(conn, c => diesel::insert_into(waiver::table)
        .values((
            waiver::id.eq(waiver.id.to_string()),
            waiver::round.eq(waiver.round.as_str()),
            waiver::number.eq(number),
            waiver::subproject.eq(waiver.subproject.as_str()),
            waiver::code.eq(waiver.code.as_str()),
            waiver::first_quarter.eq(waiver.first.ordinal()),
            waiver::last_quarter.eq(waiver.last.ordinal()),
            waiver::reason.eq(&waiver.reason),
            waiver::asked_by.eq(waiver.asked_by.to_string()),
            waiver::asked_at.eq(kept::moment(waiver.asked_at)),
            waiver::asked_until.eq(kept::moment(waiver.asked_until)),
        ))
        .execute(c))?;
    journal_waiver(conn, &waiver, (Action::WaiverAsked, &tables::WAIVER), new.by, at)?;
    Ok(waiver)
}

fn decide(
    conn: &mut Conn<'_>,
    word: &WaiverWord,
    until: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Result<Waiver, StoreError> {
    let waiver = require(conn, word.id)?;
    waiver.decidable(word.by, at, until).map_err(refused)?;
    on!(conn, c => diesel::insert_into(waiver_decision::table)
        .values((
            waiver_decision::waiver.eq(waiver.id.to_string()),
            waiver_decision::asked_by.eq(waiver.asked_by.to_string()),
            waiver_decision::asked_at.eq(kept::moment(waiver.asked_at)),
            waiver_decision::asked_until.eq(kept::moment(waiver.asked_until)),
            waiver_decision::until.eq(until.map(kept::moment)),
            waiver_decision::reason.eq(&word.reason),
            waiver_decision::decided_by.eq(word.by.to_string()),
            waiver_decision::decided_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    let action = if until.is_some() {
        Action::WaiverGranted
    } else {
        Action::WaiverRefused
    };
    let waiver = Waiver {
        decision: Some(WaiverDecision {
            until,
            reason: word.reason.clone(),
            by: word.by,
            at,
        }),
        ..waiver
    };
    journal_waiver(conn, &waiver, (action, &tables::WAIVER_DECISION), word.by, at)?;
    Ok(waiver)
}

fn withdraw(conn: &mut Conn<'_>, word: &WaiverWord, at: DateTime<Utc>) -> Result<Waiver, StoreError> {
    let waiver = require(conn, word.id)?;
    waiver.withdrawable(at).map_err(refused)?;
    on!(conn, c => diesel::insert_into(waiver_withdrawal::table)
        .values((
            waiver_withdrawal::waiver.eq(waiver.id.to_string()),
            waiver_withdrawal::reason.eq(&word.reason),
            waiver_withdrawal::withdrawn_by.eq(word.by.to_string()),
            waiver_withdrawal::withdrawn_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    let waiver = Waiver {
        withdrawal: Some(WaiverWithdrawal {
            reason: word.reason.clone(),
            by: word.by,
            at,
        }),
        ..waiver
    };
    let written = (Action::WaiverWithdrawn, &tables::WAIVER_WITHDRAWAL);
    journal_waiver(conn, &waiver, written, word.by, at)?;
    Ok(waiver)
}

const fn refused(refusal: WaiverRefusal) -> StoreError {
    StoreError::Conflict(match refusal {
        WaiverRefusal::OwnRequest => Conflict::FourEyes,
        other => Conflict::Waiver(other),
    })
}

/// Reasons are kept with the waiver, not in the journal.
fn journal_waiver(
    conn: &mut Conn<'_>,
    waiver: &Waiver,
    (action, written): (Action, &'static Rows),
    by: UserId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let mut detail = json!({
        "number": waiver.number,
        "subproject": waiver.subproject,
        "code": waiver.code,
        "first": waiver.first,
        "last": waiver.last,
    });
    let until = match action {
        Action::WaiverAsked => Some(waiver.asked_until),
        Action::WaiverGranted => waiver.granted_until(),
        _ => None,
    };
    if let (Some(until), Some(detail)) = (until, detail.as_object_mut()) {
        detail.insert("until".to_owned(), json!(until));
    }
    journal::append(
        conn,
        &Event {
            at,
            by: Actor::User(by),
            action,
            object: &waiver.id.to_string(),
            detail: &detail,
            figures_of: Some(waiver.round.as_str()),
            rows: &[Group::new(written, &[&waiver.id])],
        },
    )
}
