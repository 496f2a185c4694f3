//! Requests with an `Idempotency-Key`: each runs once, whichever instances it reaches, and its answer is kept for a while.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::record::{Sha256, UserId};
use uuid::Uuid;

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    schema::idempotent_request,
    store::Store,
};

/// A request with its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyedRequest {
    /// Who sends it; keys of others are others.
    pub user: UserId,
    /// The key.
    pub key: String,
    /// The SHA-256 of address, query and body. Only one method takes keys.
    pub request: Sha256,
    /// How often password, grants or state of the account had changed when it was sent.
    pub epoch: u64,
    /// This run of it; only the run that began may finish.
    pub run: Uuid,
}

/// An answer as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The status, 200 to 499.
    pub status: u16,
    /// Names and values of the headers that belong to the answer.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// How long keys are kept, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// Answers that began before this moment are forgotten.
    pub since: DateTime<Utc>,
    /// Runs that began before this moment and have no answer were broken off.
    pub running_since: DateTime<Utc>,
    /// Keys of one account at most.
    pub most: u64,
}

/// What to do with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Run it, then say how it ended.
    Run,
    /// It had run: the answer.
    Answered(KeptAnswer),
    /// It had run and changed something. What its answer told the account may no longer see: password, grants or state of the
    /// account have changed since.
    Outlived,
    /// It runs at this moment, perhaps at another instance.
    Running,
    /// The key belongs to another request.
    Different,
    /// The account has used too many keys.
    TooMany,
}

/// A kept request: hash, began, epoch, status, headers, body.
type Row = (
    String,
    i64,
    Option<i64>,
    Option<i32>,
    Option<String>,
    Option<Vec<u8>>,
);

fn find(conn: &mut Conn<'_>, request: &KeyedRequest) -> Result<Option<Row>, StoreError> {
    Ok(on!(conn, c => idempotent_request::table
        .find((request.user.to_string(), &request.key))
        .select((
            idempotent_request::request_sha256,
            idempotent_request::began_at,
            idempotent_request::epoch,
            idempotent_request::status,
            idempotent_request::headers,
            idempotent_request::body,
        ))
        .first(c)
        .optional())?)
}

/// The lowest status of an answer that refuses.
const FIRST_REFUSAL: i32 = 400;

/// What a kept row says about a request; `None` when it counts no longer.
fn judged(row: Row, request: &KeyedRequest, keeping: &Keeping) -> Result<Option<Begun>, Unreadable> {
    let (sha256, began_at, epoch, status, headers, body) = row;
    let began_at = kept::read_moment("began_at", began_at)?;
    if began_at < keeping.since {
        return Ok(None);
    }
    if sha256 != request.request.to_string() {
        return Ok(Some(Begun::Different));
    }
    let epoch: Option<u64> = epoch.map(|epoch| kept::number("epoch", epoch)).transpose()?;
    match (status, headers, body) {
        (Some(status), Some(headers), Some(body)) if epoch == Some(request.epoch) => {
            Ok(Some(Begun::Answered(KeptAnswer {
                status: kept::number("status", status)?,
                headers: kept::json("headers", &headers)?,
                body,
            })))
        }
        // A refusal changed nothing: with other rights the request is judged anew.
        (Some(status), ..) if status >= FIRST_REFUSAL => Ok(None),
        (Some(_), ..) => Ok(Some(Begun::Outlived)),
        _ if began_at < keeping.running_since => Ok(None),
        _ => Ok(Some(Begun::Running)),
    }
}

fn known(
    conn: &mut Conn<'_>,
    request: &KeyedRequest,
    keeping: &Keeping,
) -> Result<Option<Begun>, StoreError> {
    let Some(row) = find(conn, request)? else {
        return Ok(None);
    };
    judged(row, request, keeping).map_err(|column| column.of("idempotent_request", request.user))
}

impl Store {
    /// Begins a request, unless it has run, runs, or is another than the key belongs to. Forgets what is too old.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn begin_request(
        &self,
        request: &KeyedRequest,
        keeping: &Keeping,
        at: DateTime<Utc>,
    ) -> Result<Begun, StoreError> {
        // Repeats, which may be many, read only; who finds nothing asks again under lock.
        if let Some(begun) = self.read("read a repeated request", |conn| known(conn, request, keeping))? {
            return Ok(begun);
        }
        self.write("begin a request", |conn| {
            if let Some(begun) = known(conn, request, keeping)? {
                return Ok(begun);
            }
            let old = idempotent_request::began_at.lt(kept::moment(keeping.since));
            on!(conn, c => diesel::delete(idempotent_request::table.filter(old)).execute(c))?;
            forget(conn, request)?;
            let keys: i64 = on!(conn, c => idempotent_request::table
                .filter(idempotent_request::user_id.eq(request.user.to_string()))
                .count()
                .get_result(c))?;
            if kept::fit::<i64, u64>(keys)? >= keeping.most {
                return Ok(Begun::TooMany);
            }
            on!(conn, c => diesel::insert_into(idempotent_request::table)
                .values((
                    idempotent_request::user_id.eq(request.user.to_string()),
                    idempotent_request::request_key.eq(&request.key),
                    idempotent_request::request_sha256.eq(request.request.to_string()),
                    idempotent_request::began_at.eq(kept::moment(at)),
                    idempotent_request::run.eq(request.run.to_string()),
                    idempotent_request::epoch.eq(kept::fit::<u64, i64>(request.epoch)?),
                ))
                .execute(c))?;
            Ok(Begun::Run)
        })
    }

    /// Keeps the answer of a run; without one the key is free again. A run that was taken for broken off and began anew
    /// elsewhere keeps nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn finish_request(
        &self,
        request: &KeyedRequest,
        answer: Option<&KeptAnswer>,
    ) -> Result<(), StoreError> {
        let headers = answer.map(|answer| kept::to_json(&answer.headers)).transpose()?;
        let status = answer.map(|answer| i32::from(answer.status));
        self.write("finish a request", |conn| {
            let run = idempotent_request::run.eq(request.run.to_string());
            let row = idempotent_request::table
                .find((request.user.to_string(), &request.key))
                .filter(run);
            match answer {
                Some(answer) => on!(conn, c => diesel::update(row)
                    .set((
                        idempotent_request::status.eq(status),
                        idempotent_request::headers.eq(&headers),
                        idempotent_request::body.eq(&answer.body),
                    ))
                    .execute(c))?,
                None => on!(conn, c => diesel::delete(row).execute(c))?,
            };
            Ok(())
        })
    }
}

/// Forgets a run that was broken off.
fn forget(conn: &mut Conn<'_>, request: &KeyedRequest) -> Result<(), StoreError> {
    on!(conn, c => diesel::delete(
        idempotent_request::table.find((request.user.to_string(), &request.key)),
    )
    .execute(c))?;
    Ok(())
}
