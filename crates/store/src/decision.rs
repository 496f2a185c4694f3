//! Decisions on uploads: submit, accept, return. Each is journalled in its transaction.
//!
//! `checked → submitted → accepted | returned`; a newer accepted revision supersedes the accepted one of its quarter.

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::record::{Action, Upload, UploadId, UploadState, UserId, WarningComment};
use serde_json::json;

use crate::{
    actor::Actor,
    connection::{Conn, on},
    error::{Conflict, StoreError},
    finding,
    journal::{self, Event},
    kept,
    schema::upload,
    store::Store,
    upload::{UploadRow, require},
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
    /// The manager accepts it.
    Accept,
    /// The manager returns it for this reason.
    Return(String),
}

impl Store {
    /// Hands in a checked upload.
    ///
    /// # Errors
    /// [`StoreError::State`] unless it is checked; [`Conflict::OpenRevision`] while another revision of the quarter
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

    /// Accepts a submission; the revision accepted before it is superseded.
    ///
    /// # Errors
    /// [`StoreError::State`] unless it is submitted; [`Conflict::FourEyes`] when the same person uploaded or
    /// submitted it; [`StoreError::Unknown`] when there is no such upload; or when the database fails.
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
                    Verdict::Accept => accept(conn, decision.id, decision.by, decision.at),
                    Verdict::Return(reason) => {
                        return_to_lead(conn, decision.id, decision.by, decision.at, reason)
                    }
                })
                .collect()
        })
    }
}

fn submit(
    conn: &mut Conn<'_>,
    id: UploadId,
    by: UserId,
    at: DateTime<Utc>,
    comments: &[WarningComment],
) -> Result<Upload, StoreError> {
    let (seq, upload) = require(conn, id)?;
    expect_state(&upload, UploadState::Checked)?;
    refuse_beside_others(conn, &upload)?;
    on!(conn, c => diesel::update(upload::table.find(seq))
        .set((
            upload::state.eq(UploadState::Submitted.as_str()),
            upload::submitted_by.eq(by.to_string()),
            upload::submitted_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    finding::insert_comments(conn, seq, comments, by, at)?;
    let upload = Upload {
        state: UploadState::Submitted,
        ..upload
    };
    journal_step(conn, &upload, Action::Submitted, Actor::User(by), at)?;
    Ok(upload)
}

fn accept(conn: &mut Conn<'_>, id: UploadId, by: UserId, at: DateTime<Utc>) -> Result<Upload, StoreError> {
    let (seq, upload) = require(conn, id)?;
    expect_state(&upload, UploadState::Submitted)?;
    expect_four_eyes(conn, seq, &upload, by)?;
    supersede(conn, &upload, by, at)?;
    on!(conn, c => diesel::update(upload::table.find(seq))
        .set((
            upload::state.eq(UploadState::Accepted.as_str()),
            upload::decided_by.eq(by.to_string()),
            upload::decided_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    let upload = Upload {
        state: UploadState::Accepted,
        ..upload
    };
    journal_step(conn, &upload, Action::Accepted, Actor::User(by), at)?;
    Ok(upload)
}

fn return_to_lead(
    conn: &mut Conn<'_>,
    id: UploadId,
    by: UserId,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<Upload, StoreError> {
    let (seq, upload) = require(conn, id)?;
    expect_state(&upload, UploadState::Submitted)?;
    expect_four_eyes(conn, seq, &upload, by)?;
    on!(conn, c => diesel::update(upload::table.find(seq))
        .set((
            upload::state.eq(UploadState::Returned.as_str()),
            upload::decided_by.eq(by.to_string()),
            upload::decided_at.eq(kept::moment(at)),
            upload::return_reason.eq(reason),
        ))
        .execute(c))?;
    let upload = Upload {
        state: UploadState::Returned,
        ..upload
    };
    journal_step(conn, &upload, Action::Returned, Actor::User(by), at)?;
    Ok(upload)
}

fn expect_state(upload: &Upload, wanted: UploadState) -> Result<(), StoreError> {
    if upload.state == wanted {
        Ok(())
    } else {
        Err(StoreError::State { found: upload.state })
    }
}

/// Only one open revision may be submitted, and none that is older than what was accepted.
fn refuse_beside_others(conn: &mut Conn<'_>, upload: &Upload) -> Result<(), StoreError> {
    let accepted = UploadState::Accepted.as_str();
    let submitted = UploadState::Submitted.as_str();
    let revision: i32 = kept::fit(upload.revision)?;
    let newer_accepted = upload::state.eq(accepted).and(upload::revision.gt(revision));
    let other: Option<(i32, String)> = on!(conn, c => upload::table
        .filter(upload::subproject.eq(upload.subproject.as_str()))
        .filter(upload::quarter.eq(upload.quarter.ordinal()))
        .filter(upload::state.eq(submitted).or(newer_accepted))
        .order(upload::revision.desc())
        .select((upload::revision, upload::state))
        .first(c)
        .optional())?;
    let Some((revision, state)) = other else {
        return Ok(());
    };
    let revision = kept::number("revision", revision).map_err(|column| column.of("upload", upload.id))?;
    Err(StoreError::Conflict(if state == submitted {
        Conflict::OpenRevision { revision }
    } else {
        Conflict::NewerRevision { revision }
    }))
}

/// Nobody decides on what they handed in. The table holds the same rule as a constraint.
fn expect_four_eyes(conn: &mut Conn<'_>, seq: i64, upload: &Upload, by: UserId) -> Result<(), StoreError> {
    let submitted_by: Option<String> = on!(conn, c => upload::table
        .find(seq)
        .select(upload::submitted_by)
        .first(c))?;
    if upload.uploaded_by == by || submitted_by.is_some_and(|submitted_by| submitted_by == by.to_string()) {
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
    journal_step(conn, &older, Action::Superseded, Actor::User(by), at)
}

fn journal_step(
    conn: &mut Conn<'_>,
    upload: &Upload,
    action: Action,
    by: Actor,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
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
        },
    )
}
