//! Retention: what is kept of each subproject and until when, and holds, which are only ever added to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    berlin,
    key::{RoundCode, SubprojectNo},
    record::{Action, HoldId, UserId},
    retention::{Hold, Kept, LastEvents, keep_until},
    subproject::Subproject,
};
use serde_json::json;

use crate::{
    actor::Actor,
    attest::{
        Group,
        tables::{self, Rows},
    },
    connection::{Conn, on},
    disbursement,
    error::{Conflict, StoreError, Thing},
    journal::{self, Event},
    kept::{self, Unreadable},
    round,
    schema::{erased_original, retention_hold, retention_hold_lift, upload},
    selection::Selection,
    store::Store,
    subproject,
};

mod holds;

pub(crate) use holds::{Which as Holds, load as holds};

/// A hold about to be placed.
#[derive(Clone, Debug)]
pub struct NewHold {
    /// The id it gets.
    pub id: HoldId,
    /// Whose originals it holds.
    pub subproject: SubprojectNo,
    /// Why.
    pub reason: String,
    /// Who places it.
    pub by: UserId,
    /// When.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Places a hold on the originals of a subproject.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such subproject; or when the database fails.
    pub fn place_hold(&self, new: &NewHold) -> Result<Hold, StoreError> {
        self.write_at("place a hold", new.at, |conn, at| {
            subproject::round_of(conn, &new.subproject)?;
            on!(conn, c => diesel::insert_into(retention_hold::table)
                .values((
                    retention_hold::id.eq(new.id.to_string()),
                    retention_hold::subproject.eq(new.subproject.as_str()),
                    retention_hold::reason.eq(&new.reason),
                    retention_hold::placed_by.eq(new.by.to_string()),
                    retention_hold::placed_at.eq(kept::moment(at)),
                ))
                .execute(c))?;
            let written = (Action::HoldPlaced, &tables::RETENTION_HOLD);
            journal_hold(conn, (new.id, &new.subproject), written, (new.by, at))?;
            require(conn, new.id)
        })
    }

    /// Lifts a hold, by a further record.
    ///
    /// # Errors
    /// [`Conflict::HoldLifted`] when it is lifted already; [`StoreError::Unknown`] when there is none of this id; or when
    /// the database fails.
    pub fn lift_hold(
        &self,
        id: HoldId,
        reason: &str,
        by: UserId,
        at: DateTime<Utc>,
    ) -> Result<Hold, StoreError> {
        self.write_at("lift a hold", at, |conn, at| {
            let hold = require(conn, id)?;
            if hold.lifted.is_some() {
                return Err(StoreError::Conflict(Conflict::HoldLifted));
            }
            on!(conn, c => diesel::insert_into(retention_hold_lift::table)
                .values((
                    retention_hold_lift::hold.eq(id.to_string()),
                    retention_hold_lift::reason.eq(reason),
                    retention_hold_lift::lifted_by.eq(by.to_string()),
                    retention_hold_lift::lifted_at.eq(kept::moment(at)),
                ))
                .execute(c))?;
            let written = (Action::HoldLifted, &tables::RETENTION_HOLD_LIFT);
            journal_hold(conn, (id, &hold.subproject), written, (by, at))?;
            require(conn, id)
        })
    }

    /// A hold.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is none of this id; or when the database fails or the row is damaged.
    pub fn hold(&self, id: HoldId) -> Result<Hold, StoreError> {
        self.snapshot("read a hold", |conn| require(conn, id))
    }

    /// All holds, lifted ones included, the oldest first.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn holds(&self) -> Result<Vec<Hold>, StoreError> {
        self.snapshot("read the holds", |conn| holds(conn, Holds::All, kept::ALWAYS))
    }

    /// What is kept of the subprojects of a round, and until when, in the order of their numbers.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such round; or when the database fails or a row is damaged.
    pub fn kept(&self, code: &RoundCode) -> Result<Vec<Kept>, StoreError> {
        self.snapshot("read what is kept", |conn| {
            of_selection(conn, code, Selection::Round(code))
        })
    }
}

/// What is kept of a subproject.
///
/// # Errors
/// [`StoreError::Unknown`] when there is no such subproject; or when the database fails or a row is damaged.
pub(crate) fn of_subproject(conn: &mut Conn<'_>, no: &SubprojectNo) -> Result<Kept, StoreError> {
    let round = RoundCode::new(subproject::round_of(conn, no)?);
    let found = of_selection(conn, &round, Selection::Subproject(no))?.pop();
    found.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Subproject,
        key: no.to_string(),
    })
}

/// What is kept of the selected subprojects of a round, in the order of their numbers.
fn of_selection(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    selection: Selection<'_>,
) -> Result<Vec<Kept>, StoreError> {
    let years = round::require(conn, round.as_str())?.retention_years;
    let mut uploads = uploads(conn, selection)?;
    let (subprojects, payments, which) = match selection {
        Selection::Round(code) => (
            subproject::of_round(conn, code)?,
            disbursement::of_round(conn, code, kept::ALWAYS)?,
            Holds::All,
        ),
        Selection::Subproject(no) => (
            subproject::get(conn, no)?.into_iter().collect(),
            BTreeMap::from([(
                no.to_string(),
                disbursement::of_subproject(conn, no, kept::ALWAYS)?,
            )]),
            Holds::Subproject(no.as_str()),
        ),
    };
    let mut holding: BTreeMap<SubprojectNo, usize> = BTreeMap::new();
    for hold in holds(conn, which, kept::ALWAYS)? {
        let holds = holding.entry(hold.subproject).or_default();
        *holds += usize::from(hold.lifted.is_none());
    }
    let kept = subprojects.into_iter().map(|subproject| {
        let no = subproject.no.as_str();
        let paid = payments.get(no).into_iter().flatten();
        let payment = paid.map(|paid| paid.paid_on).max();
        let uploaded = uploads.remove(no).unwrap_or_default();
        let holds = holding.get(&subproject.no).copied().unwrap_or_default();
        kept_of(subproject, payment, &uploaded, (holds, years))
    });
    Ok(kept.collect())
}

/// What was uploaded for a subproject: the hashes of the originals that are there with their sizes, those of the erased
/// ones, and the day of the last step on a report.
#[derive(Default)]
struct Uploaded {
    originals: BTreeSet<(String, u64)>,
    erased: BTreeSet<String>,
    report: Option<NaiveDate>,
}

fn kept_of(
    subproject: Subproject,
    payment: Option<NaiveDate>,
    uploaded: &Uploaded,
    (holds, years): (usize, u32),
) -> Kept {
    let events = LastEvents {
        grant_end: subproject.grant_period.last,
        payment,
        report: uploaded.report,
    };
    let sizes = uploaded.originals.iter().map(|(_, size)| *size);
    Kept {
        subproject: subproject.no,
        keep_until: keep_until(&events, years),
        events,
        holds,
        originals: uploaded.originals.len(),
        size_bytes: sizes.fold(0, u64::saturating_add),
        erased: uploaded.erased.len(),
    }
}

/// An upload as it is read: subproject, hash, size; uploaded, submitted, endorsed, decided at; the erasure of its original.
type UploadRow = (
    String,
    String,
    i64,
    (i64, Option<i64>, Option<i64>, Option<i64>),
    Option<String>,
);

fn uploads(conn: &mut Conn<'_>, selection: Selection<'_>) -> Result<BTreeMap<String, Uploaded>, StoreError> {
    let rows: Vec<UploadRow> = on!(conn, c => {
        let all = upload::table
            .left_join(erased_original::table.on(erased_original::sha256.eq(upload::sha256)))
            .select((
                upload::subproject,
                upload::sha256,
                upload::size_bytes,
                (
                    upload::uploaded_at,
                    upload::submitted_at,
                    upload::endorsed_at,
                    upload::decided_at,
                ),
                erased_original::erasure.nullable(),
            ));
        match selection {
            Selection::Round(code) => all.filter(upload::round.eq(code.as_str())).load(c),
            Selection::Subproject(no) => all.filter(upload::subproject.eq(no.as_str())).load(c),
        }
    })?;
    let mut uploads: BTreeMap<String, Uploaded> = BTreeMap::new();
    for (no, sha256, size_bytes, (uploaded, submitted, endorsed, decided), erasure) in rows {
        let damaged = |column: Unreadable| column.of("upload", &sha256);
        let size = kept::number("size_bytes", size_bytes).map_err(damaged)?;
        let steps = [submitted, endorsed, decided].into_iter().flatten();
        let last = steps.fold(uploaded, i64::max);
        let last = kept::read_moment("decided_at", last).map_err(damaged)?;
        let uploaded = uploads.entry(no).or_default();
        uploaded.report = uploaded.report.max(Some(berlin::day(last)));
        match erasure {
            Some(_) => uploaded.erased.insert(sha256),
            None => uploaded.originals.insert((sha256, size)),
        };
    }
    Ok(uploads)
}

fn require(conn: &mut Conn<'_>, id: HoldId) -> Result<Hold, StoreError> {
    let found = holds(conn, Holds::Id(&id.to_string()), kept::ALWAYS)?.pop();
    found.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Hold,
        key: id.to_string(),
    })
}

/// Reasons are kept with the hold, not in the journal.
fn journal_hold(
    conn: &mut Conn<'_>,
    (id, no): (HoldId, &SubprojectNo),
    (action, written): (Action, &'static Rows),
    (by, at): (UserId, DateTime<Utc>),
) -> Result<(), StoreError> {
    journal::append(
        conn,
        &Event {
            at,
            by: Actor::User(by),
            action,
            object: &id.to_string(),
            detail: &json!({ "subproject": no }),
            figures_of: None,
            rows: &[Group::new(written, &[&id])],
        },
    )
}
