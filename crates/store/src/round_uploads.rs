//! The uploads of a round with all that decides on their next step: a handful of queries, whatever their number.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    ledger::{QuarterClosing, QuarterReopening, SubprojectIndex},
    life::{Blocking, Endorsement, OpenRevision, Others, Reopening, Situation, Standing},
    quarter::Quarter,
    record::{Upload, UploadState},
    subproject::Subproject,
};

use crate::{
    connection::{Conn, on},
    coordination,
    error::StoreError,
    journal,
    kept::{self, Unreadable},
    round,
    schema::upload,
    standing,
    store::Store,
    subproject,
    upload::{Progress, ProgressRow, UploadRow},
    waiver::counted::{self, WaivedFindings},
};

/// An upload with all that decides on its next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundUpload {
    /// The upload.
    pub upload: Upload,
    /// How far it came, and through whose hands.
    pub progress: Progress,
    /// What surrounds it.
    pub situation: Situation,
    /// Whether it is the newest revision of its quarter.
    pub is_newest: bool,
    /// Blocking findings that are waived: those under which it was handed in, or could be at the moment.
    pub waived_blocking: u32,
    /// Warnings that are waived, likewise.
    pub waived_warnings: u32,
}

/// The uploads of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundUploads {
    /// The subprojects of the round in the order of their numbers.
    pub subprojects: Vec<Subproject>,
    /// The uploads in the order of subproject, quarter and revision.
    pub uploads: Vec<RoundUpload>,
}

impl RoundUploads {
    /// A subproject of the round.
    pub fn subproject(&self, no: &SubprojectNo) -> Option<&Subproject> {
        let found = self
            .subprojects
            .binary_search_by(|subproject| subproject.no.cmp(no));
        self.subprojects.get(found.ok()?)
    }
}

impl Store {
    /// The uploads of a round, or of one of its quarters, with what decides on their next step at a moment.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such round; or when the database fails or a row is damaged.
    pub fn round_uploads(
        &self,
        round: &RoundCode,
        quarter: Option<Quarter>,
        at: DateTime<Utc>,
    ) -> Result<RoundUploads, StoreError> {
        self.snapshot("read the uploads of a round", |conn| {
            read(conn, (round, quarter), at)
        })
    }
}

/// An upload as it is read, before its surroundings are known.
struct Read {
    seq: i64,
    upload: Upload,
    progress: Progress,
}

fn read(
    conn: &mut Conn<'_>,
    (code, quarter): (&RoundCode, Option<Quarter>),
    at: DateTime<Utc>,
) -> Result<RoundUploads, StoreError> {
    // As a step taken now would find it, also where clocks of instances differ.
    let at = journal::moment(conn, at)?;
    let quarters = quarter.map_or((i32::MIN, i32::MAX), |one| (one.ordinal(), one.ordinal()));
    let subprojects = subproject::of_round(conn, code)?;
    let surroundings = Surroundings::read(conn, code, &subprojects)?;
    let waived = counted::of_round(conn, code, quarters, at)?;
    let rows = rows(conn, code, quarters)?;
    let same_quarter = |one: &Read, other: &Read| {
        (&one.upload.subproject, one.upload.quarter) == (&other.upload.subproject, other.upload.quarter)
    };
    let mut uploads = Vec::with_capacity(rows.len());
    for of_quarter in rows.chunk_by(same_quarter) {
        uploads.extend(surroundings.of_quarter(of_quarter, &waived, at)?);
    }
    Ok(RoundUploads { subprojects, uploads })
}

/// The uploads of some quarters of a round, in the order of subproject, quarter and revision.
fn rows(conn: &mut Conn<'_>, code: &RoundCode, (first, last): (i32, i32)) -> Result<Vec<Read>, StoreError> {
    let rows: Vec<(UploadRow, ProgressRow)> = on!(conn, c => upload::table
        .filter(upload::round.eq(code.as_str()))
        .filter(upload::quarter.between(first, last))
        .select((UploadRow::as_select(), ProgressRow::as_select()))
        .load(c))?;
    let read = |(row, progress): (UploadRow, ProgressRow)| {
        let (seq, upload) = row.read()?;
        let progress = progress.read().map_err(|column| column.of("upload", upload.id))?;
        Ok(Read {
            seq,
            upload,
            progress,
        })
    };
    let mut uploads: Vec<Read> = rows.into_iter().map(read).collect::<Result<_, StoreError>>()?;
    // Sorted here: databases sort texts each in their own way.
    uploads.sort_by(|Read { upload: one, .. }, Read { upload: other, .. }| {
        let key = |upload: &Upload| (upload.quarter, upload.revision);
        one.subproject
            .cmp(&other.subproject)
            .then_with(|| key(one).cmp(&key(other)))
    });
    Ok(uploads)
}

/// What surrounds the uploads of a round.
struct Surroundings {
    /// The subprojects by their numbers.
    index: HashMap<String, SubprojectIndex>,
    /// The subprojects whose reports a coordinator endorses.
    endorsed: HashSet<SubprojectIndex>,
    closings: Vec<QuarterClosing>,
    reopenings: HashMap<(SubprojectIndex, Quarter), Vec<Reopening>>,
}

impl Surroundings {
    fn read(conn: &mut Conn<'_>, code: &RoundCode, subprojects: &[Subproject]) -> Result<Self, StoreError> {
        let rule = round::endorsement(conn, code.as_str())?;
        let networks = subproject::networks(conn, code)?;
        let coordinated = coordination::coordinated_of(conn, &networks, kept::ALWAYS)?;
        let endorsed = (0..)
            .zip(subprojects)
            .filter(|(_, subproject)| {
                let network = rule.network_of(subproject);
                network.is_some_and(|network| coordinated.contains(network))
            })
            .map(|(index, _)| index)
            .collect();
        let numbers = subprojects.iter().map(|subproject| subproject.no.as_str());
        let by_number: HashMap<&str, SubprojectIndex> = numbers.zip(0..).collect();
        let mut reopenings: HashMap<_, Vec<Reopening>> = HashMap::new();
        for QuarterReopening {
            subproject,
            quarter,
            reopening,
        } in standing::reopenings_at(conn, code, &by_number, kept::ALWAYS)?
        {
            reopenings
                .entry((subproject, quarter))
                .or_default()
                .push(reopening);
        }
        Ok(Self {
            endorsed,
            closings: standing::closings_at(conn, code, kept::ALWAYS)?,
            reopenings,
            index: by_number
                .into_iter()
                .map(|(no, index)| (no.to_owned(), index))
                .collect(),
        })
    }

    /// All revisions of a subproject's quarter with their surroundings.
    fn of_quarter(
        &self,
        revisions: &[Read],
        waived: &HashMap<i64, WaivedFindings>,
        at: DateTime<Utc>,
    ) -> Result<Vec<RoundUpload>, StoreError> {
        let (Some(first), Some(newest)) = (revisions.first(), revisions.last()) else {
            return Ok(Vec::new());
        };
        let quarter = first.upload.quarter;
        let index = self.index.get(first.upload.subproject.as_str());
        let index = *index.ok_or_else(|| Unreadable("subproject").of("upload", first.upload.id))?;
        let standing = self.standing(index, quarter, at);
        let endorsement = if self.endorsed.contains(&index) {
            Endorsement::Needed
        } else {
            Endorsement::NotNeeded
        };
        let others = Beside::of(revisions);
        let one = |read: &Read| {
            let WaivedFindings { blocking, warnings } = waived.get(&read.seq).copied().unwrap_or_default();
            let upload = &read.upload;
            RoundUpload {
                situation: Situation {
                    state: upload.state,
                    blocking: blocking_of(upload, blocking),
                    standing,
                    endorsement,
                    others: others.than(upload.revision),
                },
                is_newest: upload.revision == newest.upload.revision,
                waived_blocking: blocking,
                waived_warnings: warnings,
                upload: upload.clone(),
                progress: read.progress.clone(),
            }
        };
        Ok(revisions.iter().map(one).collect())
    }

    fn standing(&self, index: SubprojectIndex, quarter: Quarter, at: DateTime<Utc>) -> Standing {
        let closing = self.closings.iter().find(|closing| closing.quarter == quarter);
        let reopenings = self.reopenings.get(&(index, quarter));
        Standing::at(
            at,
            closing.map(|closing| closing.at),
            reopenings.map_or(&[], Vec::as_slice),
        )
    }
}

/// Whether each blocking finding of an upload that waits to be handed in is waived.
fn blocking_of(upload: &Upload, waived: u32) -> Blocking {
    if upload.state == UploadState::Blocked && waived > 0 && waived == upload.blocking {
        Blocking::Waived
    } else {
        Blocking::Stands
    }
}

/// Of a quarter's revisions those that others may meet: the open one, and the accepted one.
struct Beside {
    open: Option<OpenRevision>,
    accepted: Option<u32>,
}

impl Beside {
    fn of(revisions: &[Read]) -> Self {
        let mut uploads = revisions.iter().rev().map(|read| &read.upload);
        let accepted = uploads
            .clone()
            .find(|upload| upload.state == UploadState::Accepted);
        Self {
            open: uploads
                .find(|upload| upload.state.is_open())
                .map(|upload| OpenRevision {
                    revision: upload.revision,
                    state: upload.state,
                }),
            accepted: accepted.map(|upload| upload.revision),
        }
    }

    /// What stands beside a revision.
    fn than(&self, own: u32) -> Others {
        Others {
            open: self.open.filter(|open| open.revision != own),
            newer_accepted: self.accepted.filter(|accepted| *accepted > own),
        }
    }
}
