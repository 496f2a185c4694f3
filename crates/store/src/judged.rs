//! Uploads to be judged anew, each with what it was checked against when it came: for the question what another rule
//! would have found.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl, SelectableHelper, dsl::max};
use nachweis_domain::{
    context::ReportingContext,
    key::RoundCode,
    ledger::JournalMark,
    life,
    record::{Sha256, Upload, UploadId},
};

use crate::{
    as_of::{self, AsOf},
    connection::{Conn, on},
    error::StoreError,
    journal::{self, ChangeMark},
    kept, original,
    schema::{erased_original, erasure_confirmation, upload},
    selection::Selection,
    store::Store,
    upload::{StepMoments, UploadRow},
};

/// Which revisions are judged anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Revisions {
    /// All.
    #[default]
    All,
    /// One for each subproject and quarter: the accepted one, or else the one that stands for decision, or else the newest.
    Standing,
}

impl Revisions {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::All, Self::Standing];

    /// The stable name at the command line and over HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Standing => "standing",
        }
    }
}

/// An upload with what it was checked against when it came.
#[derive(Clone, Debug)]
pub struct JudgedUpload {
    /// The upload with its state at the moment that was asked for.
    pub upload: Upload,
    /// Whether it stands for its subproject and quarter, as [`Revisions::Standing`] says.
    pub standing: bool,
    /// When its original was erased, if it was up to the moment that was asked for.
    pub erased_at: Option<DateTime<Utc>>,
    /// Subproject, plan and history as the record knew them just before the upload; `None` where it no longer says.
    pub context: Option<ReportingContext>,
}

/// The moment of the record at which uploads were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JudgedAt {
    /// That of the last event of the round, or of the last erasure of any of its originals where that is later.
    pub at: DateTime<Utc>,
    /// The journal's entry of that event.
    pub mark: Option<JournalMark>,
}

impl Store {
    /// Gives the uploads of a round that came up to a moment, as they stood then, quarter by quarter in the order of quarter,
    /// subproject and revision. Erasures count up to `until`, or up to now.
    ///
    /// # Errors
    /// What `each` returns; [`StoreError::Unknown`] when there is no such round; or when the database fails or a row is
    /// damaged.
    pub fn for_each_judged_quarter<E: From<StoreError>>(
        &self,
        round: &RoundCode,
        (as_of, until, revisions): (&AsOf, Option<DateTime<Utc>>, Revisions),
        each: &mut dyn FnMut(Vec<JudgedUpload>) -> Result<(), E>,
    ) -> Result<JudgedAt, E> {
        let mut failed = None;
        let read = self.snapshot("read uploads to be judged anew", |conn| {
            let shown = shown(conn, round, as_of, until)?;
            let at = kept::moment(shown.at);
            let erased = original::erased(conn, Selection::Round(round), at)?;
            for quarter in quarters(conn, round, at)? {
                let uploads = uploads(conn, (round, quarter), at)?;
                let standing = standing(&uploads);
                let asked = uploads
                    .into_iter()
                    .filter(|upload| revisions == Revisions::All || standing.contains(&upload.id));
                let judged = asked.map(|upload| {
                    let stands = standing.contains(&upload.id);
                    self.judged(conn, (upload, stands), &erased)
                });
                let judged: Vec<JudgedUpload> = judged.collect::<Result<_, _>>()?;
                if let Err(error) = each(judged) {
                    failed = Some(error);
                    break;
                }
            }
            let mark = journal::mark_of(conn, shown.position)?;
            Ok(JudgedAt { at: shown.at, mark })
        });
        match failed {
            Some(error) => Err(error),
            None => Ok(read?),
        }
    }

    fn judged(
        &self,
        conn: &mut Conn<'_>,
        (upload, standing): (Upload, bool),
        erased: &HashMap<Sha256, DateTime<Utc>>,
    ) -> Result<JudgedUpload, StoreError> {
        // Moments grow with entries of the journal: what is older than the upload was recorded before it.
        let before = kept::moment(upload.uploaded_at) - 1;
        let context = self.context_at(conn, &upload.subproject, upload.quarter, before)?;
        Ok(JudgedUpload {
            erased_at: erased.get(&upload.sha256).copied(),
            upload,
            standing,
            context,
        })
    }
}

/// The last event that shows: of the round, or an erasure of an original that came for it, which is beside the events of rounds.
fn shown(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    as_of: &AsOf,
    until: Option<DateTime<Utc>>,
) -> Result<ChangeMark, StoreError> {
    let until = until.map_or(kept::ALWAYS, kept::moment);
    let erased: Option<i64> = on!(conn, c => erased_original::table
        .inner_join(erasure_confirmation::table.on(erasure_confirmation::erasure.eq(erased_original::erasure)))
        .inner_join(upload::table.on(upload::sha256.eq(erased_original::sha256)))
        .filter(upload::round.eq(round.as_str()))
        .filter(erasure_confirmation::confirmed_at.le(until))
        .select(max(erasure_confirmation::confirmed_at))
        .first(c))?;
    let entry = match erased {
        Some(at) if at > as_of.at() => as_of::beside_figures(conn, at)?,
        _ => None,
    };
    Ok(entry.unwrap_or(as_of.status))
}

/// The quarters that had uploads at a moment, as they are kept.
fn quarters(conn: &mut Conn<'_>, round: &RoundCode, at: i64) -> Result<Vec<i32>, StoreError> {
    Ok(on!(conn, c => upload::table
        .filter(upload::round.eq(round.as_str()))
        .filter(upload::uploaded_at.le(at))
        .select(upload::quarter)
        .distinct()
        .order(upload::quarter)
        .load(c))?)
}

/// The uploads of a quarter that came up to a moment, as they stood then.
fn uploads(
    conn: &mut Conn<'_>,
    (round, quarter): (&RoundCode, i32),
    at: i64,
) -> Result<Vec<Upload>, StoreError> {
    let rows: Vec<(UploadRow, StepMoments)> = on!(conn, c => upload::table
        .filter(upload::round.eq(round.as_str()))
        .filter(upload::quarter.eq(quarter))
        .filter(upload::uploaded_at.le(at))
        .order(upload::revision)
        .select((UploadRow::as_select(), StepMoments::as_select()))
        .load(c))?;
    let mut uploads: Vec<Upload> = rows
        .into_iter()
        .map(|(row, steps)| {
            let (_, upload) = row.read()?;
            Ok(Upload {
                state: steps.state_at(upload.state, upload.blocking, at),
                ..upload
            })
        })
        .collect::<Result<_, StoreError>>()?;
    // Sorted here: databases sort texts each in their own way.
    uploads.sort_by(|one, other| {
        let key = |upload: &Upload| (upload.subproject.clone(), upload.revision);
        key(one).cmp(&key(other))
    });
    Ok(uploads)
}

/// The revision that stands for each subproject, of all of a quarter in the order of subproject and revision.
fn standing(uploads: &[Upload]) -> HashSet<UploadId> {
    let subprojects = uploads.chunk_by(|one, other| one.subproject == other.subproject);
    let standing = subprojects.filter_map(|of_quarter| {
        life::counting(of_quarter, |upload| upload.state).or_else(|| of_quarter.last())
    });
    standing.map(|upload| upload.id).collect()
}
