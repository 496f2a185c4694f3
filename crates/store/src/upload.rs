//! Kept uploads: reading them back.

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, JoinOnDsl, NullableExpressionMethods, OptionalExtension, QueryDsl, Queryable,
    RunQueryDsl, Selectable, SelectableHelper,
};
use nachweis_domain::{
    key::{RoundCode, RuleVersion, SubprojectNo, TemplateVersion},
    quarter::Quarter,
    record::{Sha256, Upload, UploadId, UploadState, UserId},
};

use crate::{
    connection::{Conn, on},
    error::{StoreError, Thing},
    kept::{self, Unreadable},
    schema::{erased_original, upload},
    store::Store,
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = upload)]
pub(crate) struct UploadRow {
    pub(crate) seq: i64,
    pub(crate) id: String,
    round: String,
    subproject: String,
    quarter: i32,
    revision: i32,
    sha256: String,
    size_bytes: i64,
    file_name: String,
    uploaded_by: String,
    uploaded_at: i64,
    template_version: String,
    rule_version: String,
    plan_version: i32,
    state: String,
    endorsed_at: Option<i64>,
    blocking: i32,
    warnings: i32,
    notices: i32,
}

impl UploadRow {
    /// The upload, with the number by which other tables refer to it.
    pub(crate) fn read(self) -> Result<(i64, Upload), StoreError> {
        let (seq, id) = (self.seq, self.id.clone());
        let upload = self.upload().map_err(|column| column.of("upload", id))?;
        Ok((seq, upload))
    }

    fn upload(self) -> Result<Upload, Unreadable> {
        Ok(Upload {
            id: kept::parsed("id", &self.id)?,
            round: RoundCode::new(self.round),
            subproject: SubprojectNo::new(self.subproject),
            quarter: kept::read_quarter("quarter", self.quarter)?,
            revision: kept::number("revision", self.revision)?,
            sha256: kept::parsed("sha256", &self.sha256)?,
            size_bytes: kept::number("size_bytes", self.size_bytes)?,
            file_name: self.file_name,
            uploaded_by: kept::parsed("uploaded_by", &self.uploaded_by)?,
            uploaded_at: kept::read_moment("uploaded_at", self.uploaded_at)?,
            template_version: TemplateVersion::new(self.template_version),
            rule_version: RuleVersion::new(self.rule_version),
            plan_version: kept::number("plan_version", self.plan_version)?,
            state: read_state(&self.state, self.endorsed_at)?,
            blocking: kept::number("blocking", self.blocking)?,
            warnings: kept::number("warnings", self.warnings)?,
            notices: kept::number("notices", self.notices)?,
        })
    }
}

/// The state of an upload, read from its columns: what is endorsed stays `submitted` there until it is decided.
pub(crate) fn read_state(text: &str, endorsed_at: Option<i64>) -> Result<UploadState, Unreadable> {
    let state = kept::variant("state", &UploadState::ALL, UploadState::as_str, text)?;
    Ok(match state {
        UploadState::Submitted if endorsed_at.is_some() => UploadState::Endorsed,
        state => state,
    })
}

/// When the steps of an upload were taken. Each is taken at most once.
#[derive(Queryable, Selectable, Clone, Copy, Debug, Default)]
#[diesel(table_name = upload)]
#[expect(clippy::struct_field_names, reason = "the names of the columns")]
pub(crate) struct StepMoments {
    pub(crate) submitted_at: Option<i64>,
    pub(crate) endorsed_at: Option<i64>,
    pub(crate) decided_at: Option<i64>,
    pub(crate) superseded_at: Option<i64>,
}

impl StepMoments {
    /// The state at a moment after the upload: today's without the steps that were taken later; before it was handed in that
    /// of its verdict, which had so many blocking findings.
    pub(crate) fn state_at(self, today: UploadState, blocking: u32, at: i64) -> UploadState {
        let later = |step: Option<i64>| step.is_some_and(|step| step > at);
        if later(self.submitted_at) {
            // What is blocked is submitted only under waivers.
            if blocking > 0 {
                UploadState::Blocked
            } else {
                UploadState::Checked
            }
        } else if later(self.decided_at) || later(self.endorsed_at) {
            match self.endorsed_at {
                Some(endorsed) if endorsed <= at => UploadState::Endorsed,
                _ => UploadState::Submitted,
            }
        } else if later(self.superseded_at) {
            UploadState::Accepted
        } else {
            today
        }
    }
}

/// An upload that must exist.
pub(crate) fn require(conn: &mut Conn<'_>, id: UploadId) -> Result<(i64, Upload), StoreError> {
    find(conn, id)?.ok_or_else(|| StoreError::Unknown {
        thing: Thing::Upload,
        key: id.to_string(),
    })
}

pub(crate) fn find(conn: &mut Conn<'_>, id: UploadId) -> Result<Option<(i64, Upload)>, StoreError> {
    let row: Option<UploadRow> = on!(conn, c => upload::table
        .filter(upload::id.eq(id.to_string()))
        .select(UploadRow::as_select())
        .first(c)
        .optional())?;
    row.map(UploadRow::read).transpose()
}

/// The upload of the same bytes for a subproject and quarter.
pub(crate) fn same_bytes(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    quarter: Quarter,
    sha256: &Sha256,
) -> Result<Option<Upload>, StoreError> {
    let row: Option<UploadRow> = on!(conn, c => upload::table
        .filter(upload::subproject.eq(no.as_str()))
        .filter(upload::quarter.eq(quarter.ordinal()))
        .filter(upload::sha256.eq(sha256.to_string()))
        .select(UploadRow::as_select())
        .first(c)
        .optional())?;
    Ok(row.map(UploadRow::read).transpose()?.map(|(_, upload)| upload))
}

/// How far an upload came, and who took each step. Each step happens at most once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Who handed it in, and when.
    pub submitted: Option<(UserId, DateTime<Utc>)>,
    /// Who endorsed it, and when.
    pub endorsed: Option<(UserId, DateTime<Utc>)>,
    /// Who accepted or returned it, and when.
    pub decided: Option<(UserId, DateTime<Utc>)>,
    /// Why it was returned.
    pub return_reason: Option<String>,
    /// When a newer revision took its place.
    pub superseded_at: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = upload)]
pub(crate) struct ProgressRow {
    submitted_by: Option<String>,
    submitted_at: Option<i64>,
    endorsed_by: Option<String>,
    endorsed_at: Option<i64>,
    decided_by: Option<String>,
    decided_at: Option<i64>,
    return_reason: Option<String>,
    superseded_at: Option<i64>,
}

impl ProgressRow {
    /// When the steps were taken.
    pub(crate) const fn moments(&self) -> StepMoments {
        StepMoments {
            submitted_at: self.submitted_at,
            endorsed_at: self.endorsed_at,
            decided_at: self.decided_at,
            superseded_at: self.superseded_at,
        }
    }

    /// The row as it was at a moment.
    pub(crate) fn back_at(self, at: i64) -> Self {
        let taken = |by: Option<String>, step: Option<i64>| match step {
            Some(step) if step <= at => (by, Some(step)),
            _ => (None, None),
        };
        let (submitted_by, submitted_at) = taken(self.submitted_by, self.submitted_at);
        let (endorsed_by, endorsed_at) = taken(self.endorsed_by, self.endorsed_at);
        let (decided_by, decided_at) = taken(self.decided_by, self.decided_at);
        Self {
            submitted_by,
            submitted_at,
            endorsed_by,
            endorsed_at,
            return_reason: self.return_reason.filter(|_| decided_at.is_some()),
            decided_by,
            decided_at,
            superseded_at: self.superseded_at.filter(|step| *step <= at),
        }
    }

    pub(crate) fn read(self) -> Result<Progress, Unreadable> {
        let step = |column, by: Option<String>, at: Option<i64>| match (by, at) {
            (Some(by), Some(at)) => Ok(Some((kept::parsed(column, &by)?, kept::read_moment(column, at)?))),
            _ => Ok(None),
        };
        Ok(Progress {
            submitted: step("submitted_by", self.submitted_by, self.submitted_at)?,
            endorsed: step("endorsed_by", self.endorsed_by, self.endorsed_at)?,
            decided: step("decided_by", self.decided_by, self.decided_at)?,
            return_reason: self.return_reason,
            superseded_at: self
                .superseded_at
                .map(|at| kept::read_moment("superseded_at", at))
                .transpose()?,
        })
    }
}

impl Store {
    /// An upload.
    ///
    /// # Errors
    /// When the database fails or the row is damaged.
    pub fn upload(&self, id: UploadId) -> Result<Option<Upload>, StoreError> {
        self.read("read an upload", |conn| {
            Ok(find(conn, id)?.map(|(_, upload)| upload))
        })
    }

    /// All revisions of a subproject's quarter, the first revision first.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn uploads_of(&self, no: &SubprojectNo, quarter: Quarter) -> Result<Vec<Upload>, StoreError> {
        self.read("read the uploads of a quarter", |conn| {
            let rows: Vec<UploadRow> = on!(conn, c => upload::table
                .filter(upload::subproject.eq(no.as_str()))
                .filter(upload::quarter.eq(quarter.ordinal()))
                .order(upload::revision)
                .select(UploadRow::as_select())
                .load(c))?;
            rows.into_iter().map(|row| Ok(row.read()?.1)).collect()
        })
    }

    /// All uploads of a subproject, in the order of quarter and revision.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn uploads_of_subproject(&self, no: &SubprojectNo) -> Result<Vec<Upload>, StoreError> {
        self.read("read the uploads of a subproject", |conn| {
            let rows: Vec<UploadRow> = on!(conn, c => upload::table
                .filter(upload::subproject.eq(no.as_str()))
                .order((upload::quarter, upload::revision))
                .select(UploadRow::as_select())
                .load(c))?;
            rows.into_iter().map(|row| Ok(row.read()?.1)).collect()
        })
    }

    /// The upload that the same bytes gave for this subproject and quarter, so that they need not be read again.
    ///
    /// # Errors
    /// When the database fails or the row is damaged.
    pub fn upload_of_bytes(
        &self,
        no: &SubprojectNo,
        quarter: Quarter,
        sha256: &Sha256,
    ) -> Result<Option<Upload>, StoreError> {
        self.read("look for the same file", |conn| {
            same_bytes(conn, no, quarter, sha256)
        })
    }

    /// Bytes of all workbooks kept of a subproject, each upload counted, erased ones not.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn kept_bytes(&self, no: &SubprojectNo) -> Result<u64, StoreError> {
        self.read("add up what is kept", |conn| bytes_kept(conn, no))
    }

    /// Who submitted and decided on an upload, when and why.
    ///
    /// # Errors
    /// When the database fails or the row is damaged.
    pub fn progress_of(&self, id: UploadId) -> Result<Option<Progress>, StoreError> {
        self.read("read the progress of an upload", |conn| {
            let row: Option<ProgressRow> = on!(conn, c => upload::table
                .filter(upload::id.eq(id.to_string()))
                .select(ProgressRow::as_select())
                .first(c)
                .optional())?;
            row.map(|row| row.read().map_err(|column| column.of("upload", id)))
                .transpose()
        })
    }
}

/// Bytes of all workbooks kept of a subproject, each upload counted, erased ones not.
pub(crate) fn bytes_kept(conn: &mut Conn<'_>, no: &SubprojectNo) -> Result<u64, StoreError> {
    let sizes: Vec<i64> = on!(conn, c => upload::table
        .left_join(erased_original::table.on(erased_original::sha256.eq(upload::sha256)))
        .filter(upload::subproject.eq(no.as_str()))
        .filter(erased_original::erasure.nullable().is_null())
        .select(upload::size_bytes)
        .load(c))?;
    kept::number("size_bytes", sizes.iter().sum::<i64>()).map_err(|column| column.of("upload", no))
}
