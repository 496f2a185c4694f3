//! Findings of a verdict as rows and back, with the lead's comments, which are rows of their own.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::{
    ExpressionMethods, QueryDsl, RunQueryDsl,
    sql_types::{BigInt, Integer, Nullable, Text},
};
use nachweis_domain::{
    cell::CellRef,
    finding::{Detail, Finding, OlderDetail, Severity},
    record::{RatedFinding, UploadId, UserId, WarningComment},
};

use crate::{
    attest::{Group, tables},
    connection::{Conn, on},
    error::{StoreError, Thing},
    kept::{self, Unreadable},
    rows::{borrowed_row, insert_borrowed},
    schema::{finding, finding_comment},
    store::Store,
    upload,
};

/// Severities that a kept finding can have.
const SEVERITIES: [Severity; 3] = [Severity::Notice, Severity::Warning, Severity::Blocking];

/// A severity as it is kept.
pub(crate) fn read_severity(text: &str) -> Result<Severity, Unreadable> {
    kept::variant("severity", &SEVERITIES, Severity::as_str, text)
}

struct NewFindingRow<'a> {
    upload_seq: i64,
    position: i32,
    code: &'static str,
    severity: &'static str,
    sheet: Option<&'a str>,
    sheet_row: Option<i32>,
    sheet_col: Option<i32>,
    related: String,
    detail: String,
}

borrowed_row!(
    NewFindingRow, "finding",
    upload_seq: BigInt,
    position: Integer,
    code: Text,
    severity: Text,
    sheet: Nullable<Text>,
    sheet_row: Nullable<Integer>,
    sheet_col: Nullable<Integer>,
    related: Text,
    detail: Text,
);

impl<'a> NewFindingRow<'a> {
    fn of(upload_seq: i64, position: usize, rated: &'a RatedFinding) -> Result<Self, StoreError> {
        let at = rated.finding.at.as_ref();
        Ok(Self {
            upload_seq,
            position: kept::fit(position)?,
            code: rated.finding.code().as_str(),
            severity: rated.severity.as_str(),
            sheet: at.map(CellRef::sheet),
            sheet_row: at.map(|at| kept::fit(at.row())).transpose()?,
            sheet_col: at.map(|at| at.col().into()),
            related: kept::to_json(&rated.finding.related)?,
            detail: kept::to_json(&rated.finding.detail)?,
        })
    }
}

/// How many findings have a severity.
pub(crate) fn count(findings: &[RatedFinding], severity: Severity) -> Result<i32, StoreError> {
    let of_severity = findings.iter().filter(|rated| rated.severity == severity).count();
    kept::fit(of_severity)
}

/// Writes the findings of an upload in their order, and gives what vouches for them.
pub(crate) fn insert(
    conn: &mut Conn<'_>,
    (id, upload_seq): (UploadId, i64),
    findings: &[RatedFinding],
) -> Result<Group, StoreError> {
    let rows: Vec<NewFindingRow<'_>> = findings
        .iter()
        .enumerate()
        .map(|(position, rated)| NewFindingRow::of(upload_seq, position, rated))
        .collect::<Result<_, _>>()?;
    insert_borrowed(conn, &rows)?;
    Ok(Group::of_rows(&tables::FINDING, &[&id], &rows))
}

/// Writes the lead's comments on warnings.
pub(crate) fn insert_comments(
    conn: &mut Conn<'_>,
    upload_seq: i64,
    comments: &[WarningComment],
    by: UserId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for comment in comments {
        let position: i32 = kept::fit(comment.finding)?;
        let known: i64 = on!(conn, c => finding::table
            .filter(finding::upload_seq.eq(upload_seq))
            .filter(finding::position.eq(position))
            .count()
            .get_result(c))?;
        if known == 0 {
            return Err(StoreError::Unknown {
                thing: Thing::Finding,
                key: comment.finding.to_string(),
            });
        }
        on!(conn, c => diesel::insert_into(finding_comment::table)
            .values((
                finding_comment::upload_seq.eq(upload_seq),
                finding_comment::finding.eq(position),
                finding_comment::comment.eq(&comment.comment),
                finding_comment::commented_by.eq(by.to_string()),
                finding_comment::commented_at.eq(kept::moment(at)),
            ))
            .execute(c))?;
    }
    Ok(())
}

type FindingRow = (
    i32,
    String,
    Option<String>,
    Option<i32>,
    Option<i32>,
    String,
    String,
);

fn read(
    (position, severity, sheet, row, col, related, detail): FindingRow,
) -> Result<(u32, RatedFinding), Unreadable> {
    let at = match (sheet, row, col) {
        (Some(sheet), Some(row), Some(col)) => Some(CellRef::at(
            sheet,
            kept::number("sheet_row", row)?,
            kept::number("sheet_col", col)?,
        )),
        _ => None,
    };
    let finding = Finding {
        detail: read_detail(&detail, at.as_ref())?,
        at,
        related: kept::json("related", &related)?,
    };
    let rated = RatedFinding {
        finding,
        severity: read_severity(&severity)?,
        comment: None,
        waiver: None,
    };
    Ok((kept::number("position", position)?, rated))
}

/// A detail as this release or an earlier one kept it.
fn read_detail(json: &str, at: Option<&CellRef>) -> Result<Detail, Unreadable> {
    kept::json("detail", json).or_else(|unreadable| {
        let older = kept::json::<OlderDetail>("detail", json).map_err(|_neither| unreadable)?;
        Ok(older.into_detail(at))
    })
}

/// The findings of an upload with their positions, in the order of the verdict.
pub(crate) fn list(conn: &mut Conn<'_>, upload_seq: i64) -> Result<Vec<(u32, RatedFinding)>, StoreError> {
    let rows: Vec<FindingRow> = on!(conn, c => finding::table
        .filter(finding::upload_seq.eq(upload_seq))
        .order(finding::position)
        .select((
            finding::position,
            finding::severity,
            finding::sheet,
            finding::sheet_row,
            finding::sheet_col,
            finding::related,
            finding::detail,
        ))
        .load(c))?;
    let comments: Vec<(i32, String)> = on!(conn, c => finding_comment::table
        .filter(finding_comment::upload_seq.eq(upload_seq))
        .select((finding_comment::finding, finding_comment::comment))
        .load(c))?;
    let mut comments: BTreeMap<i32, String> = comments.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let comment = comments.remove(&row.0);
            let (position, rated) = read(row).map_err(|column| column.of("finding", upload_seq))?;
            Ok((position, RatedFinding { comment, ..rated }))
        })
        .collect()
}

/// Who commented on findings of an upload up to a moment, and when, by the position of the finding.
pub(crate) fn commented(
    conn: &mut Conn<'_>,
    upload_seq: i64,
    at: i64,
) -> Result<BTreeMap<u32, (UserId, DateTime<Utc>)>, StoreError> {
    let rows: Vec<(i32, String, i64)> = on!(conn, c => finding_comment::table
        .filter(finding_comment::upload_seq.eq(upload_seq))
        .filter(finding_comment::commented_at.le(at))
        .select((
            finding_comment::finding,
            finding_comment::commented_by,
            finding_comment::commented_at,
        ))
        .load(c))?;
    let read = |(finding, by, at): (i32, String, i64)| {
        let step = (
            kept::parsed("commented_by", &by)?,
            kept::read_moment("commented_at", at)?,
        );
        Ok((kept::number("finding", finding)?, step))
    };
    rows.into_iter()
        .map(|row| read(row).map_err(|column: Unreadable| column.of("finding_comment", upload_seq)))
        .collect()
}

impl Store {
    /// The findings of an upload in the order of the verdict, with the lead's comments.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such upload; or when the database fails or a row is damaged.
    pub fn findings_of(&self, id: UploadId) -> Result<Vec<RatedFinding>, StoreError> {
        self.snapshot("read the findings of an upload", |conn| {
            let (seq, _) = upload::require(conn, id)?;
            Ok(list(conn, seq)?.into_iter().map(|(_, rated)| rated).collect())
        })
    }
}
