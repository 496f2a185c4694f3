//! What the record knows around an upload when somebody wants to take a step with it.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    life::{Blocking, Endorsement, OpenRevision, Others, Situation},
    record::{Upload, UploadId, UploadState},
    waiver,
};

use crate::{
    closing,
    connection::{Conn, on},
    coordination,
    error::{StoreError, Thing},
    journal,
    kept::{self, Unreadable},
    round,
    schema::upload,
    store::Store,
    subproject,
    upload::{read_state, require},
    waiver::marks,
};

impl Store {
    /// The situation of an upload at a moment, to say why a step is not possible. The store decides again, under lock.
    ///
    /// # Errors
    /// [`StoreError::Unknown`]; or when the database fails or a row is damaged.
    pub fn situation(&self, id: UploadId, at: DateTime<Utc>) -> Result<Situation, StoreError> {
        self.snapshot("read what a step needs", |conn| {
            // As a step taken now would find it, also where clocks of instances differ.
            let at = journal::moment(conn, at)?;
            let (seq, upload) = require(conn, id)?;
            of(conn, (seq, &upload), at)
        })
    }
}

/// The situation of an upload at a moment, within a transaction.
pub(crate) fn of(
    conn: &mut Conn<'_>,
    (seq, upload): (i64, &Upload),
    at: DateTime<Utc>,
) -> Result<Situation, StoreError> {
    Ok(Situation {
        state: upload.state,
        blocking: blocking(conn, (seq, upload), at)?,
        standing: closing::standing(
            conn,
            upload.round.as_str(),
            upload.quarter,
            &upload.subproject,
            at,
        )?,
        endorsement: endorsement(conn, upload)?,
        others: others(conn, upload)?,
    })
}

/// Whether each blocking finding of an upload that waits to be handed in is waived.
fn blocking(
    conn: &mut Conn<'_>,
    (seq, upload): (i64, &Upload),
    at: DateTime<Utc>,
) -> Result<Blocking, StoreError> {
    if upload.state != UploadState::Blocked {
        return Ok(Blocking::Stands);
    }
    let findings = marks::findings(conn, seq, upload, at)?;
    Ok(waiver::blocking(&findings))
}

/// Whether the coordinator of a network endorses the reports of the upload's subproject.
fn endorsement(conn: &mut Conn<'_>, upload: &Upload) -> Result<Endorsement, StoreError> {
    let subproject = subproject::get(conn, &upload.subproject)?.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Subproject,
        key: upload.subproject.to_string(),
    })?;
    let rule = round::endorsement(conn, upload.round.as_str())?;
    let needed = match rule.network_of(&subproject) {
        Some(network) => coordination::is_coordinated(conn, network)?,
        None => false,
    };
    Ok(if needed {
        Endorsement::Needed
    } else {
        Endorsement::NotNeeded
    })
}

/// Revisions of the same quarter that stand beside an upload.
fn others(conn: &mut Conn<'_>, upload: &Upload) -> Result<Others, StoreError> {
    let revision: i32 = kept::fit(upload.revision)?;
    let rows: Vec<(i32, String, Option<i64>)> = on!(conn, c => upload::table
        .filter(upload::subproject.eq(upload.subproject.as_str()))
        .filter(upload::quarter.eq(upload.quarter.ordinal()))
        .filter(upload::revision.ne(revision))
        .filter(upload::state.eq_any([UploadState::Submitted.as_str(), UploadState::Accepted.as_str()]))
        .order(upload::revision.desc())
        .select((upload::revision, upload::state, upload::endorsed_at))
        .load(c))?;
    let mut others = Others::default();
    for (other, state, endorsed_at) in rows {
        let read = || Ok((kept::number("revision", other)?, read_state(&state, endorsed_at)?));
        let (number, state) = read().map_err(|column: Unreadable| column.of("upload", upload.id))?;
        if state.is_open() {
            others.open = Some(OpenRevision {
                revision: number,
                state,
            });
        } else if other > revision && others.newer_accepted.is_none() {
            others.newer_accepted = Some(number);
        }
    }
    Ok(others)
}
