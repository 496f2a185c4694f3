//! Erasing originals: proposed by one person, confirmed by another; then the bytes go, and rows say which.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, RunQueryDsl, dsl::max};
use nachweis_domain::{
    berlin,
    key::{RoundCode, SubprojectNo},
    record::{Action, ErasureId, UserId},
    retention::{Erasure, ErasureRefusal, RetentionState},
};
use serde_json::json;

use crate::{
    actor::Actor,
    attest::{Group, tables},
    connection::{Conn, Session, on},
    error::{Conflict, StoreError, Thing},
    inspection,
    journal::{self, Event},
    kept, original, retention,
    schema::{erased_original, erasure, erasure_confirmation, upload},
    store::Store,
};

mod rows;

use rows::Which;
pub(crate) use rows::of_subproject;

/// An erasure about to be proposed.
#[derive(Clone, Debug)]
pub struct NewErasure {
    /// The id it gets.
    pub id: ErasureId,
    /// Whose originals.
    pub subproject: SubprojectNo,
    /// Who proposes it.
    pub by: UserId,
    /// When. Its day in Europe/Berlin decides whether the originals must still be kept, whatever the journal's last moment.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Proposes to erase the originals of a subproject. Nothing is erased until another person confirms.
    ///
    /// # Errors
    /// [`Conflict::Erasure`] when they must still be kept, are held or gone, or the erasure is proposed already;
    /// [`StoreError::Unknown`] when there is no such subproject; or when the database fails.
    pub fn propose_erasure(&self, new: &NewErasure) -> Result<Erasure, StoreError> {
        let today = berlin::day(new.at);
        self.write_at("propose an erasure", new.at, |conn, at| {
            propose(conn, new, (today, at))
        })
    }

    /// Confirms an erasure as the second person: its originals are emptied and their hashes noted as erased. Whether they
    /// may be is looked at again.
    ///
    /// # Errors
    /// [`Conflict::FourEyes`] for who proposed it; [`Conflict::Erasure`]; [`StoreError::Unknown`] when there is none of this
    /// id; or when the database fails.
    pub fn confirm_erasure(
        &self,
        id: ErasureId,
        by: UserId,
        at: DateTime<Utc>,
    ) -> Result<Erasure, StoreError> {
        let asked = at;
        self.write_at("erase originals", at, |conn, at| {
            confirm(conn, id, by, (berlin::day(asked), at))
        })
    }

    /// Overwrites what was erased in the files of an embedded database. What a long reader still needs is overwritten by the
    /// next checkpoint.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn overwrite_erased(&self) -> Result<(), StoreError> {
        self.with_session("overwrite what was erased", Session::overwrite_erased)
    }

    /// An erasure.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is none of this id; or when the database fails or a row is damaged.
    pub fn erasure(&self, id: ErasureId) -> Result<Erasure, StoreError> {
        self.snapshot("read an erasure", |conn| require(conn, id))
    }

    /// The erasures of a round, the oldest first.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn erasures(&self, code: &RoundCode) -> Result<Vec<Erasure>, StoreError> {
        self.snapshot("read the erasures", |conn| {
            rows::load(conn, Which::Round(code.as_str()), kept::ALWAYS)
        })
    }
}

fn require(conn: &mut Conn<'_>, id: ErasureId) -> Result<Erasure, StoreError> {
    let found = rows::load(conn, Which::Id(&id.to_string()), kept::ALWAYS)?.pop();
    found.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Erasure,
        key: id.to_string(),
    })
}

fn propose(
    conn: &mut Conn<'_>,
    new: &NewErasure,
    (today, at): (NaiveDate, DateTime<Utc>),
) -> Result<Erasure, StoreError> {
    let kept = retention::of_subproject(conn, &new.subproject)?;
    let keep_until = kept.erasable(today).map_err(refused)?;
    let others = of_subproject(conn, &new.subproject, kept::ALWAYS)?;
    if others.iter().any(|other| other.waits(&kept)) {
        return Err(refused(ErasureRefusal::Proposed));
    }
    let erasable = erasable(conn, &new.subproject, today)?;
    let sizes = erasable.originals.values();
    let size_bytes = sizes.fold(0_i64, |sum, size| sum.saturating_add(*size));
    on!(conn, c => diesel::insert_into(erasure::table)
        .values((
            erasure::id.eq(new.id.to_string()),
            erasure::subproject.eq(new.subproject.as_str()),
            erasure::keep_until.eq(kept::day(keep_until)?),
            erasure::originals.eq(kept::fit::<_, i32>(erasable.originals.len())?),
            erasure::size_bytes.eq(size_bytes),
            erasure::proposed_by.eq(new.by.to_string()),
            erasure::proposed_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    let detail = detail(&new.subproject, keep_until, &erasable);
    journal::append(
        conn,
        &Event {
            at,
            by: Actor::User(new.by),
            action: Action::ErasureProposed,
            object: &new.id.to_string(),
            detail: &detail,
            figures_of: None,
            rows: &[Group::new(&tables::ERASURE, &[&new.id])],
        },
    )?;
    require(conn, new.id)
}

fn confirm(
    conn: &mut Conn<'_>,
    id: ErasureId,
    by: UserId,
    (today, at): (NaiveDate, DateTime<Utc>),
) -> Result<Erasure, StoreError> {
    let proposed = require(conn, id)?;
    let kept = retention::of_subproject(conn, &proposed.subproject)?;
    proposed.confirmable(by, &kept, today).map_err(refused)?;
    let erasable = erasable(conn, &proposed.subproject, today)?;
    if !inspection::may_erase(conn)? {
        return Err(refused(ErasureRefusal::NotHere));
    }
    on!(conn, c => diesel::insert_into(erasure_confirmation::table)
        .values((
            erasure_confirmation::erasure.eq(id.to_string()),
            erasure_confirmation::proposed_by.eq(proposed.proposed.by.id.to_string()),
            erasure_confirmation::proposed_at.eq(kept::moment(proposed.proposed.at)),
            erasure_confirmation::confirmed_by.eq(by.to_string()),
            erasure_confirmation::confirmed_at.eq(kept::moment(at)),
        ))
        .execute(c))?;
    for sha256 in erasable.originals.keys() {
        on!(conn, c => diesel::insert_into(erased_original::table)
            .values((erased_original::sha256.eq(sha256), erased_original::erasure.eq(id.to_string())))
            .execute(c))?;
        original::empty(conn, sha256)?;
    }
    let detail = detail(&proposed.subproject, proposed.keep_until, &erasable);
    journal::append(
        conn,
        &Event {
            at,
            by: Actor::User(by),
            action: Action::OriginalsErased,
            object: &id.to_string(),
            detail: &detail,
            figures_of: None,
            rows: &[
                Group::new(&tables::ERASURE_CONFIRMATION, &[&id]),
                Group::new(&tables::ERASED_ORIGINAL, &[&id]),
            ],
        },
    )?;
    require(conn, id)
}

/// What the journal says: whose originals, until when they were kept, and each of them; the subprojects for which some of them
/// were sent in as well, because their dossiers change too.
fn detail(no: &SubprojectNo, keep_until: NaiveDate, erasable: &Erasable) -> serde_json::Value {
    let mut detail = json!({
        "subproject": no,
        "keep_until": keep_until,
        "originals": erasable.originals.keys().collect::<Vec<_>>(),
    });
    if let (false, Some(detail)) = (erasable.others.is_empty(), detail.as_object_mut()) {
        detail.insert("sent_in_for_as_well".to_owned(), json!(erasable.others));
    }
    detail
}

const fn refused(refusal: ErasureRefusal) -> StoreError {
    StoreError::Conflict(match refusal {
        ErasureRefusal::OwnProposal => Conflict::FourEyes,
        other => Conflict::Erasure(other),
    })
}

/// What may be erased with a subproject.
struct Erasable {
    /// The hashes, with the sizes.
    originals: BTreeMap<String, i64>,
    /// Subprojects erased before, for which some of the files were sent in as well.
    others: BTreeSet<String>,
}

/// An upload of a file: subproject, uploaded at.
type Sent = (String, i64);

/// The originals of a subproject that are there. Bytes that came for several subprojects belong to each of them: they are
/// left to the last one to be erased, and as long as another must keep them.
///
/// # Errors
/// [`ErasureRefusal::Nothing`] when there are none; or when the database fails.
fn erasable(conn: &mut Conn<'_>, no: &SubprojectNo, today: NaiveDate) -> Result<Erasable, StoreError> {
    let rows: Vec<(String, i64)> = on!(conn, c => upload::table
        .left_join(erased_original::table.on(erased_original::sha256.eq(upload::sha256)))
        .filter(upload::subproject.eq(no.as_str()))
        .filter(erased_original::erasure.nullable().is_null())
        .select((upload::sha256, upload::size_bytes))
        .load(c))?;
    let mut erasable = Erasable {
        originals: rows.into_iter().collect(),
        others: BTreeSet::new(),
    };
    // Asked once of each, however many files it shares.
    let mut given_up: BTreeMap<String, Option<i64>> = BTreeMap::new();
    for sha256 in erasable.originals.keys().cloned().collect::<Vec<_>>() {
        let sent: Vec<Sent> = on!(conn, c => upload::table
            .filter(upload::sha256.eq(&sha256))
            .filter(upload::subproject.ne(no.as_str()))
            .select((upload::subproject, upload::uploaded_at))
            .load(c))?;
        let mut free = true;
        for (other, uploaded_at) in &sent {
            let until = if let Some(until) = given_up.get(other) {
                *until
            } else {
                let until = given_up_until(conn, other, today)?;
                given_up.insert(other.clone(), until);
                until
            };
            free &= until.is_some_and(|until| until > *uploaded_at);
        }
        if free {
            erasable.others.extend(sent.into_iter().map(|(other, _)| other));
        } else {
            erasable.originals.remove(&sha256);
        }
    }
    if erasable.originals.is_empty() {
        return Err(refused(ErasureRefusal::Nothing));
    }
    Ok(erasable)
}

/// Up to when what was sent in for a subproject is given up: the moment at which its originals were last erased. `None` where
/// they never were, or where something wants them kept since.
fn given_up_until(conn: &mut Conn<'_>, no: &str, today: NaiveDate) -> Result<Option<i64>, StoreError> {
    let last: Option<i64> = on!(conn, c => erasure::table
        .inner_join(erasure_confirmation::table.on(erasure_confirmation::erasure.eq(erasure::id)))
        .filter(erasure::subproject.eq(no))
        .select(max(erasure_confirmation::confirmed_at))
        .first(c))?;
    let Some(last) = last else { return Ok(None) };
    let kept = retention::of_subproject(conn, &SubprojectNo::new(no))?;
    Ok((kept.state(today) == RetentionState::Due).then_some(last))
}
