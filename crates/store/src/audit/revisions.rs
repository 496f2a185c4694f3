//! Revisions with the steps that were taken on them.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, SelectableHelper};
use nachweis_domain::{
    audit::{AuditOrigin, AuditUpload},
    life,
    record::{Upload, UserId},
};

use super::people::People;
use crate::{
    connection::{Conn, on},
    error::StoreError,
    original,
    schema::upload,
    selection::Selection,
    upload::{Progress, ProgressRow, UploadRow},
};

/// An upload with its number in the database.
type Kept = (i64, Upload, Progress);

/// All revisions of the selection that were uploaded up to a moment, as they stood then, in the order of subproject, quarter,
/// revision.
pub(super) fn load(
    conn: &mut Conn<'_>,
    selection: Selection<'_>,
    people: &People,
    at: i64,
) -> Result<Vec<(i64, AuditUpload)>, StoreError> {
    let rows: Vec<(UploadRow, ProgressRow)> = on!(conn, c => {
        let all = upload::table
            .filter(upload::uploaded_at.le(at))
            .select((UploadRow::as_select(), ProgressRow::as_select()));
        match selection {
            Selection::Round(code) => all.filter(upload::round.eq(code.as_str())).load(c),
            Selection::Subproject(no) => all.filter(upload::subproject.eq(no.as_str())).load(c),
        }
    })?;
    let mut kept: Vec<Kept> = rows
        .into_iter()
        .map(|row| read(row, at))
        .collect::<Result<_, _>>()?;
    kept.sort_by(|(_, a, _), (_, b, _)| {
        (&a.subproject, a.quarter, a.revision).cmp(&(&b.subproject, b.quarter, b.revision))
    });
    let erased = original::erased(conn, selection, at)?;
    let mut revisions = Vec::with_capacity(kept.len());
    let quarters =
        kept.chunk_by(|(_, a, _), (_, b, _)| (&a.subproject, a.quarter) == (&b.subproject, b.quarter));
    for of_quarter in quarters {
        let counting = life::counting(of_quarter, |(_, upload, _)| upload.state).map(|(seq, ..)| *seq);
        for (seq, upload, progress) in of_quarter {
            let revision = AuditUpload {
                erased_at: erased.get(&upload.sha256).copied(),
                ..revision(upload, progress, counting == Some(*seq), people)?
            };
            revisions.push((*seq, revision));
        }
    }
    Ok(revisions)
}

fn read((row, progress): (UploadRow, ProgressRow), at: i64) -> Result<Kept, StoreError> {
    let (seq, mut upload) = row.read()?;
    upload.state = progress.moments().state_at(upload.state, upload.blocking, at);
    let progress = progress
        .back_at(at)
        .read()
        .map_err(|column| column.of("upload", upload.id))?;
    Ok((seq, upload, progress))
}

fn revision(
    upload: &Upload,
    progress: &Progress,
    counts: bool,
    people: &People,
) -> Result<AuditUpload, StoreError> {
    let step = |column, taken: Option<(UserId, DateTime<Utc>)>| {
        taken
            .map(|taken| people.step(taken, ("upload", column)))
            .transpose()
    };
    Ok(AuditUpload {
        origin: Arc::new(AuditOrigin {
            subproject: upload.subproject.clone(),
            quarter: upload.quarter,
            revision: upload.revision,
            state: upload.state,
            counts,
            upload: upload.id,
            sha256: upload.sha256,
            uploaded: people.step(
                (upload.uploaded_by, upload.uploaded_at),
                ("upload", "uploaded_by"),
            )?,
        }),
        upload: upload.clone(),
        submitted: step("submitted_by", progress.submitted)?,
        endorsed: step("endorsed_by", progress.endorsed)?,
        decided: step("decided_by", progress.decided)?,
        return_reason: progress.return_reason.clone(),
        superseded_at: progress.superseded_at,
        erased_at: None,
    })
}
