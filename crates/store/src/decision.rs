//! Decisions on uploads: submit, endorse, accept, return. Each is journalled in its transaction.
//!
//! Which step leads where is [`nachweis_domain::life`]; here it is asked under lock, with what the record knows then.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    life::Step,
    record::{Action, Upload, UploadId, UploadState, UserId, WarningComment},
};
use serde_json::json;

use crate::{
    actor::Actor,
    attest::{
        Group,
        tables::{self, Rows},
    },
    connection::{Conn, on},
    error::{Conflict, StoreError},
    finding,
    journal::{self, Event},
    kept,
    schema::upload,
    situation,
    store::Store,
    upload::{UploadRow, require},
    waiver::marks,
};

/// A decision on an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The upload.
    pub id: UploadId,
    /// What is decided.
    pub what: Verdict,
    /// Who decides.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What is decided on an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The lead hands it in, with comments on warnings.
    Submit(Vec<WarningComment>),
    /// The coordinator of the network endorses it.
    Endorse,
    /// The manager accepts it.
    Accept,
    /// The coordinator or manager returns it for this reason.
    Return(String),
}

impl Store {
    /// Hands in an upload that is checked, or blocked by findings each of which is waived. The waivers are kept with it.
    ///
    /// # Errors
    /// [`StoreError::State`] unless it can be; [`Conflict::Concurrent`] when the waiver of a warning without comment has just
    /// ended; [`Conflict::OpenRevision`] while another revision of the quarter
    /// is submitted; [`Conflict::NewerRevision`] when a newer one was accepted; [`StoreError::Unknown`] when there is
    /// no such upload or finding; or when the database fails.
    pub fn submit(
        &self,
        id: UploadId,
        by: UserId,
        at: DateTime<Utc>,
        comments: &[WarningComment],
    ) -> Result<Upload, StoreError> {
        self.write("submit an upload", |conn| submit(conn, id, by, at, comments))
    }

    /// Endorses a submission of a network.
    ///
    /// # Errors
    /// [`StoreError::State`] unless it is submitted; [`Conflict::EndorsementNotNeeded`] where nobody endorses;
    /// [`Conflict::FourEyes`] when the same person uploaded or submitted it; [`StoreError::Unknown`] when there is no
    /// such upload; or when the database fails.
    pub fn endorse(&self, id: UploadId, by: UserId, at: DateTime<Utc>) -> Result<Upload, StoreError> {
        self.write("endorse a submission", |conn| endorse(conn, id, by, at))
    }

    /// Accepts a submission; the revision accepted before it is superseded.
    ///
    /// # Errors
    /// [`StoreError::State`] unless it stands for decision; [`Conflict::NotEndorsed`] where the coordinator is first;
    /// [`Conflict::FourEyes`] when the same person uploaded, submitted or endorsed it; [`StoreError::Unknown`] when there
    /// is no such upload; or when the database fails.
    pub fn accept(&self, id: UploadId, by: UserId, at: DateTime<Utc>) -> Result<Upload, StoreError> {
        self.write("accept a submission", |conn| accept(conn, id, by, at))
    }

    /// Returns a submission to its lead. The reason is kept with the upload, not in the journal.
    ///
    /// # Errors
    /// As [`Store::accept`].
    pub fn return_to_lead(
        &self,
        id: UploadId,
        by: UserId,
        at: DateTime<Utc>,
        reason: &str,
    ) -> Result<Upload, StoreError> {
        self.write("return a submission", |conn| {
            return_to_lead(conn, id, by, at, reason)
        })
    }

    /// Many decisions in one transaction, in their order: all or none.
    ///
    /// # Errors
    /// As the single decisions, for the first that cannot be taken.
    pub fn decide_many(&self, decisions: &[Decision]) -> Result<Vec<Upload>, StoreError> {
        self.write("decide on uploads", |conn| {
            decisions
                .iter()
                .map(|decision| match &decision.what {
                    Verdict::Submit(comments) => {
                        submit(conn, decision.id, decision.by, decision.at, comments)
                    }
                    Verdict::Endorse => endorse(conn, decision.id, decision.by, decision.at),
                    Verdict::Accept => accept(conn, decision.id, decision.by, decision.at),
                    Verdict::Return(reason) => {
                        return_to_lead(conn, decision.id, decision.by, decision.at, reason)
                    }
                })
                .collect()
        })
    }
}

/// Submissions that cannot be accepted, each with why.
pub type Unacceptable = Vec<(UploadId, StoreError)>;

impl Store {
    /// Accepts submissions in one transaction in their order, or says of each that stands in the way why; none is
    /// accepted then.
    ///
    /// # Errors
    /// When the database fails.
    pub fn accept_many(
        &self,
        ids: &[UploadId],
        by: UserId,
        at: DateTime<Utc>,
    ) -> Result<Result<Vec<Upload>, Unacceptable>, StoreError> {
        self.write("accept submissions", |conn| {
            let found = unacceptable(conn, ids, by, at)?;
            if !found.is_empty() {
                return Ok(Err(found));
            }
            let accepted = ids.iter().map(|id| accept(conn, *id, by, at));
            Ok(Ok(accepted.collect::<Result<_, _>>()?))
        })
    }

    /// The submissions that this person could not accept at this moment, each with why.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unacceptable(
        &self,
        ids: &[UploadId],
        by: UserId,
        at: DateTime<Utc>,
    ) -> Result<Unacceptable, StoreError> {
        self.read("look at submissions", |conn| unacceptable(conn, ids, by, at))
    }
}

fn unacceptable(
    conn: &mut Conn<'_>,
    ids: &[UploadId],
    by: UserId,
    at: DateTime<Utc>,
) -> Result<Unacceptable, StoreError> {
    let mut found = Unacceptable::new();
    for id in ids {
        match take(conn, *id, (Step::Accept, by), at) {
            Ok(_) => {}
            Err(StoreError::Conflict(Conflict::Concurrent)) => {
                return Err(StoreError::Conflict(Conflict::Concurrent));
            }
            Err(
                refusal @ (StoreError::State { .. } | StoreError::Conflict(_) | StoreError::Unknown { .. }),
            ) => {
                found.push((*id, refusal));
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(found)
}

/// An upload about to take a step that the life of a quarter allows.
struct Taken {
    seq: i64,
    upload: Upload,
    at: DateTime<Utc>,
}

/// Asks for a step under lock. The upload comes back in its new state; nothing is written yet.
fn take(
    conn: &mut Conn<'_>,
    id: UploadId,
    (step, by): (Step, UserId),
    at: DateTime<Utc>,
) -> Result<Taken, StoreError> {
    let at = journal::moment(conn, at)?;
    let (seq, upload) = require(conn, id)?;
    expect_four_eyes(conn, seq, &upload, step, by)?;
    let situation = situation::of(conn, (seq, &upload), at)?;
    let state = situation.after(step).map_err(StoreError::of_refusal)?;
    Ok(Taken {
        seq,
        upload: Upload { state, ..upload },
        at,
    })
}

fn submit(
    conn: &mut Conn<'_>,
    id: UploadId,
    by: UserId,
    at: DateTime<Utc>,
    comments: &[WarningComment],
) -> Result<Upload, StoreError> {
    let at = journal::moment(conn, at)?;
    let (seq, before) = require(conn, id)?;
    let Taken { upload, .. } = take(conn, id, (Step::Submit, by), at)?;
    let commented: Vec<u32> = comments.iter().map(|comment| comment.finding).collect();
    let waived = marks::record(conn, (seq, &before), &commented, at)?;
    let blocking: Option<i32> = match waived.blocking {
        0 => None,
        count => Some(kept::fit(count)?),
    };
    on!(conn, c => diesel::update(upload::table.find(seq))
        .set((
            upload::state.eq(UploadState::Submitted.as_str()),
            upload::submitted_by.eq(by.to_string()),
            upload::submitted_at.eq(kept::moment(at)),
            upload::waived.eq(blocking),
        ))
        .execute(c))?;
    finding::insert_comments(conn, seq, comments, by, at)?;
    let mut written = vec![&tables::UPLOAD_SUBMITTED, &tables::FINDING_COMMENT];
    written.extend(waived.any.then_some(&tables::FINDING_WAIVER));
    written.extend(blocking.map(|_| &tables::UPLOAD_WAIVED));
    journal_step(conn, &upload, (Action::Submitted, &written), Actor::User(by), at)?;
    Ok(upload)
}

fn endorse(conn: &mut Conn<'_>, id: UploadId, by: UserId, at: DateTime<Utc>) -> Result<Upload, StoreError> {
    let Taken { seq, upload, at } = take(conn, id, (Step::Endorse, by), at)?;
    on!(conn, c => diesel::update(upload::table.find(seq))
        .set((
            upload::endorsed_by.eq(by.to_string()),
            upload::endorsed_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    let written = [&tables::UPLOAD_ENDORSED];
    journal_step(conn, &upload, (Action::Endorsed, &written), Actor::User(by), at)?;
    Ok(upload)
}

fn accept(conn: &mut Conn<'_>, id: UploadId, by: UserId, at: DateTime<Utc>) -> Result<Upload, StoreError> {
    let Taken { seq, upload, at } = take(conn, id, (Step::Accept, by), at)?;
    supersede(conn, &upload, by, at)?;
    on!(conn, c => diesel::update(upload::table.find(seq))
        .set((
            upload::state.eq(UploadState::Accepted.as_str()),
            upload::decided_by.eq(by.to_string()),
            upload::decided_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    let written = [&tables::UPLOAD_DECIDED];
    journal_step(conn, &upload, (Action::Accepted, &written), Actor::User(by), at)?;
    Ok(upload)
}

fn return_to_lead(
    conn: &mut Conn<'_>,
    id: UploadId,
    by: UserId,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<Upload, StoreError> {
    let Taken { seq, upload, at } = take(conn, id, (Step::Return, by), at)?;
    on!(conn, c => diesel::update(upload::table.find(seq))
        .set((
            upload::state.eq(UploadState::Returned.as_str()),
            upload::decided_by.eq(by.to_string()),
            upload::decided_at.eq(kept::moment(at)),
            upload::return_reason.eq(reason),
        ))
        .execute(c))?;
    let written = [&tables::UPLOAD_DECIDED];
    journal_step(conn, &upload, (Action::Returned, &written), Actor::User(by), at)?;
    Ok(upload)
}

/// Nobody endorses what they handed in, nobody decides on what they handed in or endorsed. The table holds the same rule
/// as a constraint.
fn expect_four_eyes(
    conn: &mut Conn<'_>,
    seq: i64,
    upload: &Upload,
    step: Step,
    by: UserId,
) -> Result<(), StoreError> {
    let (submitted_by, endorsed_by): (Option<String>, Option<String>) = on!(conn, c => upload::table
        .find(seq)
        .select((upload::submitted_by, upload::endorsed_by))
        .first(c))?;
    let by = Some(by.to_string());
    let handed_in = by == Some(upload.uploaded_by.to_string()) || by == submitted_by;
    let own = match step {
        Step::Submit => false,
        Step::Endorse => handed_in,
        Step::Accept | Step::Return => handed_in || by == endorsed_by,
    };
    if own {
        return Err(StoreError::Conflict(Conflict::FourEyes));
    }
    Ok(())
}

/// Takes the accepted revision of the quarter out of the count.
fn supersede(conn: &mut Conn<'_>, newer: &Upload, by: UserId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let found: Option<UploadRow> = on!(conn, c => upload::table
        .filter(upload::subproject.eq(newer.subproject.as_str()))
        .filter(upload::quarter.eq(newer.quarter.ordinal()))
        .filter(upload::state.eq(UploadState::Accepted.as_str()))
        .select(<UploadRow as diesel::SelectableHelper<_>>::as_select())
        .first(c)
        .optional())?;
    let Some(row) = found else {
        return Ok(());
    };
    let (seq, older) = row.read()?;
    on!(conn, c => diesel::update(upload::table.find(seq))
        .set((
            upload::state.eq(UploadState::Superseded.as_str()),
            upload::superseded_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    let written = [&tables::UPLOAD_SUPERSEDED];
    journal_step(conn, &older, (Action::Superseded, &written), Actor::User(by), at)
}

fn journal_step(
    conn: &mut Conn<'_>,
    upload: &Upload,
    (action, written): (Action, &[&'static Rows]),
    by: Actor,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let written = written.iter().copied().chain([&tables::UPLOAD_STATE]);
    let written: Vec<Group> = written.map(|rows| Group::new(rows, &[&upload.id])).collect();
    let detail = json!({
        "subproject": upload.subproject,
        "quarter": upload.quarter,
        "revision": upload.revision,
    });
    journal::append(
        conn,
        &Event {
            at,
            by,
            action,
            object: &upload.id.to_string(),
            detail: &detail,
            figures_of: Some(upload.round.as_str()),
            rows: &written,
        },
    )
}
