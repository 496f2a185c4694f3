//! Uploads to be judged anew, each with what it was checked against when it came: for the question what another rule
//! would have found.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use nachweis_domain::{context::ReportingContext, key::RoundCode, ledger::JournalMark, life, record::Upload};

use crate::{
    as_of::AsOf,
    connection::{Conn, on},
    error::StoreError,
    journal, kept,
    schema::upload,
    store::Store,
    upload::{StepMoments, UploadRow},
};

/// Which revisions are judged anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Revisions {
    /// One for each subproject and quarter: the accepted one, or else the one that stands for decision, or else the newest.
    #[default]
    Standing,
    /// All.
    All,
}

/// An upload with what it was checked against when it came.
#[derive(Clone, Debug)]
pub struct JudgedUpload {
    /// The upload with its state at the moment that was asked for.
    pub upload: Upload,
    /// Subproject, plan and history as the record knew them just before the upload; `None` where it no longer says.
    pub context: Option<ReportingContext>,
}

/// The moment of the record at which uploads were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JudgedAt {
    /// That of the last event of the round.
    pub at: DateTime<Utc>,
    /// The journal's entry of that event.
    pub mark: Option<JournalMark>,
}

impl Store {
    /// Gives the uploads of a round that came up to a moment, as they stood then, quarter by quarter in the order of quarter,
    /// subproject and revision.
    ///
    /// # Errors
    /// What `each` returns; [`StoreError::Unknown`] when there is no such round; or when the database fails or a row is
    /// damaged.
    pub fn for_each_judged_quarter<E: From<StoreError>>(
        &self,
        round: &RoundCode,
        (as_of, revisions): (&AsOf, Revisions),
        each: &mut dyn FnMut(Vec<JudgedUpload>) -> Result<(), E>,
    ) -> Result<JudgedAt, E> {
        let mut failed = None;
        let read = self.snapshot("read uploads to be judged anew", |conn| {
            let at = as_of.at();
            for quarter in quarters(conn, round, at)? {
                let uploads = uploads(conn, (round, quarter), at)?;
                let uploads = match revisions {
                    Revisions::All => uploads,
                    Revisions::Standing => standing(&uploads),
                };
                let judged = uploads.into_iter().map(|upload| self.judged(conn, upload));
                let judged: Vec<JudgedUpload> = judged.collect::<Result<_, _>>()?;
                if let Err(error) = each(judged) {
                    failed = Some(error);
                    break;
                }
            }
            let mark = journal::mark_of(conn, as_of.status.position)?;
            Ok(JudgedAt {
                at: as_of.status.at,
                mark,
            })
        });
        match failed {
            Some(error) => Err(error),
            None => Ok(read?),
        }
    }

    fn judged(&self, conn: &mut Conn<'_>, upload: Upload) -> Result<JudgedUpload, StoreError> {
        // Moments grow with entries of the journal: what is older than the upload was recorded before it.
        let before = kept::moment(upload.uploaded_at) - 1;
        let context = self.context_at(conn, &upload.subproject, upload.quarter, before)?;
        Ok(JudgedUpload { upload, context })
    }
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
fn standing(uploads: &[Upload]) -> Vec<Upload> {
    let subprojects = uploads.chunk_by(|one, other| one.subproject == other.subproject);
    let standing = subprojects.filter_map(|of_quarter| {
        life::counting(of_quarter, |upload| upload.state).or_else(|| of_quarter.last())
    });
    standing.cloned().collect()
}
