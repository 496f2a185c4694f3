//! Keeping an upload: original, figures, vouchers, findings and journal in one transaction.
//!
//! The same bytes for the same subproject and quarter give the first receipt. Revisions count from 1 without gaps;
//! two uploads at the same time give two revisions, never a mixture.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, Insertable, QueryDsl, RunQueryDsl, dsl::max};
use nachweis_domain::{
    figures::QuarterlyFigures,
    finding::Severity,
    key::{RoundCode, RuleVersion, SubprojectNo, TemplateVersion},
    quarter::Quarter,
    record::{Action, RatedFinding, RefusedUpload, Upload, UploadId, UploadState, UserId},
};
use serde_json::json;

use crate::{
    actor::Actor,
    attest::{Group, content, tables},
    closing,
    connection::{Conn, on},
    error::StoreError,
    figure, finding,
    journal::{self, Event},
    kept,
    original::{self, Original},
    schema::{refused_upload, upload, upload_summary},
    store::Store,
    subproject, totals,
    upload::{bytes_kept, same_bytes},
    voucher,
};

/// A workbook that was read and checked, about to be kept.
#[derive(Clone, Debug)]
pub struct NewUpload {
    /// The id it gets.
    pub id: UploadId,
    /// Its subproject.
    pub subproject: SubprojectNo,
    /// Its quarter.
    pub quarter: Quarter,
    /// The bytes as they came.
    pub original: Original,
    /// The name of the file as sent, without any path.
    pub file_name: String,
    /// Who uploads it.
    pub uploaded_by: UserId,
    /// When.
    pub uploaded_at: DateTime<Utc>,
    /// The workbook's version.
    pub template_version: TemplateVersion,
    /// The version of the rules that gave the verdict.
    pub rule_version: RuleVersion,
    /// The plan version it was checked against.
    pub plan_version: u32,
    /// What was read.
    pub figures: QuarterlyFigures,
    /// The verdict; comments are ignored here and come with the submission.
    pub findings: Vec<RatedFinding>,
}

/// What keeping an upload gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordedUpload {
    /// A new revision.
    New(Upload),
    /// The first receipt of the same bytes for this subproject and quarter; nothing was written.
    Same(Upload),
}

impl RecordedUpload {
    /// The upload that stands for the bytes.
    pub const fn upload(&self) -> &Upload {
        match self {
            Self::New(upload) | Self::Same(upload) => upload,
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = upload)]
struct NewRow<'a> {
    id: String,
    round: &'a str,
    subproject: &'a str,
    quarter: i32,
    revision: i32,
    sha256: String,
    size_bytes: i64,
    file_name: &'a str,
    uploaded_by: String,
    uploaded_at: i64,
    template_version: &'a str,
    rule_version: &'a str,
    plan_version: i32,
    blocking: i32,
    warnings: i32,
    notices: i32,
    state: &'static str,
}

impl NewRow<'_> {
    /// What vouches for the row, all but its state.
    fn group(&self) -> Group {
        let mut texts = [content(&[
            &self.round,
            &self.subproject,
            &self.quarter,
            &self.revision,
            &self.sha256,
            &self.size_bytes,
            &self.file_name,
            &self.uploaded_by,
            &self.uploaded_at,
            &self.template_version,
            &self.rule_version,
            &self.plan_version,
            &self.blocking,
            &self.warnings,
            &self.notices,
        ])];
        Group::written(&tables::UPLOAD, &[&self.id], &mut texts)
    }
}

impl Store {
    /// Keeps an upload, or gives the first receipt of the same bytes.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such subproject; [`StoreError::Conflict`] when the quarter is closed for it;
    /// [`StoreError::Unfit`] when a value is beyond the
    /// limits; or when the database fails. Nothing is kept then.
    pub fn record_upload(&self, new: &NewUpload) -> Result<RecordedUpload, StoreError> {
        self.write("keep an upload", |conn| record(conn, new))
    }

    /// Keeps an upload as [`Store::record_upload`] does; `None`, and nothing is changed, when more than so many bytes would be
    /// kept of its subproject.
    ///
    /// # Errors
    /// As [`Store::record_upload`].
    pub fn record_upload_within(
        &self,
        new: &NewUpload,
        most_bytes: u64,
    ) -> Result<Option<RecordedUpload>, StoreError> {
        self.write("keep an upload", |conn| {
            let sha256 = new.original.sha256();
            if let Some(same) = same_bytes(conn, &new.subproject, new.quarter, &sha256)? {
                return Ok(Some(RecordedUpload::Same(same)));
            }
            let more: u64 = kept::fit(new.original.bytes().len())?;
            if bytes_kept(conn, &new.subproject)?.saturating_add(more) > most_bytes {
                return Ok(None);
            }
            record(conn, new).map(Some)
        })
    }

    /// Keeps many uploads in one transaction: all or none. The results are in the order of the uploads.
    ///
    /// # Errors
    /// As [`Store::record_upload`], for the first upload that cannot be kept.
    pub fn record_uploads(&self, new: &[NewUpload]) -> Result<Vec<RecordedUpload>, StoreError> {
        self.write("keep uploads", |conn| {
            new.iter().map(|new| record(conn, new)).collect()
        })
    }

    /// Notes a file that must not be kept: hash, size, sender, time and reason only.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such subproject; or when the database fails.
    pub fn record_refusal(&self, refused: &RefusedUpload) -> Result<(), StoreError> {
        self.write_at("note a refused upload", refused.sent_at, |conn, at| {
            subproject::round_of(conn, &refused.subproject)?;
            on!(conn, c => diesel::insert_into(refused_upload::table)
                .values((
                    refused_upload::subproject.eq(refused.subproject.as_str()),
                    refused_upload::quarter.eq(refused.quarter.ordinal()),
                    refused_upload::sha256.eq(refused.sha256.to_string()),
                    refused_upload::size_bytes.eq(kept::fit::<_, i64>(refused.size_bytes)?),
                    refused_upload::sent_by.eq(refused.sent_by.to_string()),
                    refused_upload::sent_at.eq(kept::moment(at)),
                    refused_upload::reason.eq(&refused.reason),
                ))
                .execute(c))?;
            let detail = json!({
                "quarter": refused.quarter,
                "sha256": refused.sha256,
                "size_bytes": refused.size_bytes,
                "reason": refused.reason,
            });
            journal::append(
                conn,
                &Event {
                    at,
                    by: Actor::User(refused.sent_by),
                    action: Action::UploadRefused,
                    object: refused.subproject.as_str(),
                    detail: &detail,
                    figures_of: None,
                    rows: &[Group::new(
                        &tables::REFUSED_UPLOAD,
                        &[&refused.subproject, &kept::moment(at)],
                    )],
                },
            )
        })
    }
}

/// Keeps one upload within a transaction that writes.
fn record(conn: &mut Conn<'_>, new: &NewUpload) -> Result<RecordedUpload, StoreError> {
    let sha256 = new.original.sha256();
    if let Some(same) = same_bytes(conn, &new.subproject, new.quarter, &sha256)? {
        return Ok(RecordedUpload::Same(same));
    }
    let round = subproject::round_of(conn, &new.subproject)?;
    let last: Option<i32> = on!(conn, c => upload::table
        .filter(upload::subproject.eq(new.subproject.as_str()))
        .filter(upload::quarter.eq(new.quarter.ordinal()))
        .select(max(upload::revision))
        .first(c))?;
    let at = journal::moment(conn, new.uploaded_at)?;
    let standing = closing::standing(conn, &round, new.quarter, &new.subproject, at)?;
    if let Some(refusal) = standing.refusal() {
        return Err(StoreError::of_refusal(refusal));
    }
    let row = new_row(new, &round, last.unwrap_or(0) + 1, at)?;
    original::insert(conn, &new.original)?;
    let seq: i64 = on!(conn, c => diesel::insert_into(upload::table)
        .values(&row)
        .returning(upload::seq)
        .get_result(c))?;
    let named = (new.id, seq);
    let written = [
        row.group(),
        Group::written(&tables::UPLOAD_STATE, &[&row.id], &mut [content(&[&row.state])]),
        figure::insert(conn, named, &new.figures)?,
        insert_summary(conn, named, &new.figures)?,
        voucher::insert(conn, named, &new.figures.vouchers)?,
        finding::insert(conn, named, &new.findings)?,
    ];
    let upload = kept_upload(new, &row, at)?;
    journal_upload(conn, &upload, &written)?;
    Ok(RecordedUpload::New(upload))
}

fn new_row<'a>(
    new: &'a NewUpload,
    round: &'a str,
    revision: i32,
    at: DateTime<Utc>,
) -> Result<NewRow<'a>, StoreError> {
    let blocking = finding::count(&new.findings, Severity::Blocking)?;
    let state = if blocking > 0 {
        UploadState::Blocked
    } else {
        UploadState::Checked
    };
    Ok(NewRow {
        id: new.id.to_string(),
        round,
        subproject: new.subproject.as_str(),
        quarter: new.quarter.ordinal(),
        revision,
        sha256: new.original.sha256().to_string(),
        size_bytes: kept::fit(new.original.bytes().len())?,
        file_name: &new.file_name,
        uploaded_by: new.uploaded_by.to_string(),
        uploaded_at: kept::moment(at),
        template_version: new.template_version.as_str(),
        rule_version: new.rule_version.as_str(),
        plan_version: kept::fit(new.plan_version)?,
        blocking,
        warnings: finding::count(&new.findings, Severity::Warning)?,
        notices: finding::count(&new.findings, Severity::Notice)?,
        state: state.as_str(),
    })
}

/// The upload as reading it back would give it.
fn kept_upload(new: &NewUpload, row: &NewRow<'_>, at: DateTime<Utc>) -> Result<Upload, StoreError> {
    Ok(Upload {
        id: new.id,
        round: RoundCode::new(row.round),
        subproject: new.subproject.clone(),
        quarter: new.quarter,
        revision: kept::fit(row.revision)?,
        sha256: new.original.sha256(),
        size_bytes: kept::fit(row.size_bytes)?,
        file_name: new.file_name.clone(),
        uploaded_by: new.uploaded_by,
        uploaded_at: at,
        template_version: new.template_version.clone(),
        rule_version: new.rule_version.clone(),
        plan_version: new.plan_version,
        state: if row.blocking > 0 {
            UploadState::Blocked
        } else {
            UploadState::Checked
        },
        blocking: kept::fit(row.blocking)?,
        warnings: kept::fit(row.warnings)?,
        notices: kept::fit(row.notices)?,
    })
}

fn insert_summary(
    conn: &mut Conn<'_>,
    (id, upload_seq): (UploadId, i64),
    figures: &QuarterlyFigures,
) -> Result<Group, StoreError> {
    let sheet = &*figures.vouchers.sheet;
    let columns = kept::to_json(&figures.vouchers.columns)?;
    let totals = totals::encode(figures)?;
    on!(conn, c => diesel::insert_into(upload_summary::table)
        .values((
            upload_summary::upload_seq.eq(upload_seq),
            upload_summary::voucher_sheet.eq(sheet),
            upload_summary::voucher_columns.eq(&columns),
            upload_summary::totals.eq(&totals),
        ))
        .execute(c))?;
    let mut texts = [content(&[&sheet, &columns, &totals])];
    Ok(Group::written(&tables::UPLOAD_SUMMARY, &[&id], &mut texts))
}

fn journal_upload(conn: &mut Conn<'_>, upload: &Upload, written: &[Group]) -> Result<(), StoreError> {
    let detail = json!({
        "subproject": upload.subproject,
        "quarter": upload.quarter,
        "revision": upload.revision,
        "sha256": upload.sha256,
        "state": upload.state,
        "rule_version": upload.rule_version,
        "plan_version": upload.plan_version,
        "blocking": upload.blocking,
        "warnings": upload.warnings,
        "notices": upload.notices,
    });
    journal::append(
        conn,
        &Event {
            at: upload.uploaded_at,
            by: Actor::User(upload.uploaded_by),
            action: Action::UploadReceived,
            object: &upload.id.to_string(),
            detail: &detail,
            figures_of: Some(upload.round.as_str()),
            rows: written,
        },
    )
}
