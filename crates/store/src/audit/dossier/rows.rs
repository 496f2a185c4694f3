//! What a dossier holds beside revisions, plans and payments: versions of master data, refusals, issues, closings and
//! reopenings, as they were known at a moment.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    dossier::{Closed, Issued, RecordedSubproject, Refused, Reopened},
    key::{RoundCode, SubprojectNo, TemplateVersion},
};

use super::super::people::People;
use crate::{
    closing,
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    reopening::{self, Which},
    schema::{issue, refused_upload, subproject_version},
};

/// Every version of the master data, the oldest first.
pub(super) fn versions(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    at: i64,
) -> Result<Vec<RecordedSubproject>, StoreError> {
    let rows: Vec<(i32, String, i64)> = on!(conn, c => subproject_version::table
        .filter(subproject_version::subproject.eq(no.as_str()))
        .filter(subproject_version::recorded_at.le(at))
        .order(subproject_version::number)
        .select((
            subproject_version::number,
            subproject_version::document,
            subproject_version::recorded_at,
        ))
        .load(c))?;
    rows.into_iter()
        .map(|(number, document, recorded_at)| {
            let read = || {
                Ok(RecordedSubproject {
                    number: kept::number("number", number)?,
                    recorded_at: kept::read_moment("recorded_at", recorded_at)?,
                    subproject: kept::json("document", &document)?,
                })
            };
            read().map_err(|column: Unreadable| column.of("subproject_version", format!("{no} {number}")))
        })
        .collect()
}

/// A refusal as it is read: number, quarter, hash, size, by, at, reason.
type RefusedRow = (i64, i32, String, i64, String, i64, String);

/// What was sent and not kept, the oldest first.
pub(super) fn refused(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    at: i64,
    people: &People,
) -> Result<Vec<Refused>, StoreError> {
    const TABLE: &str = "refused_upload";
    let rows: Vec<RefusedRow> = on!(conn, c => refused_upload::table
        .filter(refused_upload::subproject.eq(no.as_str()))
        .filter(refused_upload::sent_at.le(at))
        .order((refused_upload::sent_at, refused_upload::seq))
        .select((
            refused_upload::seq,
            refused_upload::quarter,
            refused_upload::sha256,
            refused_upload::size_bytes,
            refused_upload::sent_by,
            refused_upload::sent_at,
            refused_upload::reason,
        ))
        .load(c))?;
    rows.into_iter()
        .map(|(seq, quarter, sha256, size_bytes, by, sent_at, reason)| {
            let damaged = |column: Unreadable| column.of(TABLE, seq);
            let by = kept::parsed("sent_by", &by).map_err(damaged)?;
            let sent_at = kept::read_moment("sent_at", sent_at).map_err(damaged)?;
            Ok(Refused {
                quarter: kept::read_quarter("quarter", quarter).map_err(damaged)?,
                sha256: kept::parsed("sha256", &sha256).map_err(damaged)?,
                size_bytes: kept::number("size_bytes", size_bytes).map_err(damaged)?,
                sent: people.step((by, sent_at), (TABLE, "sent_by"))?,
                reason,
            })
        })
        .collect()
}

/// An issue as it is read: id, quarter, template version, plan version, by, at.
type IssueRow = (String, i32, String, i32, String, i64);

/// Workbooks that were issued, the oldest first.
pub(super) fn issues(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    at: i64,
    people: &People,
) -> Result<Vec<Issued>, StoreError> {
    const TABLE: &str = "issue";
    let rows: Vec<IssueRow> = on!(conn, c => issue::table
        .filter(issue::subproject.eq(no.as_str()))
        .filter(issue::issued_at.le(at))
        .order((issue::issued_at, issue::id))
        .select((
            issue::id,
            issue::quarter,
            issue::template_version,
            issue::plan_version,
            issue::issued_by,
            issue::issued_at,
        ))
        .load(c))?;
    rows.into_iter()
        .map(|(id, quarter, template_version, plan_version, by, issued_at)| {
            let damaged = |column: Unreadable| column.of(TABLE, &id);
            let by = kept::parsed("issued_by", &by).map_err(damaged)?;
            let issued_at = kept::read_moment("issued_at", issued_at).map_err(damaged)?;
            Ok(Issued {
                quarter: kept::read_quarter("quarter", quarter).map_err(damaged)?,
                template_version: TemplateVersion::new(template_version),
                plan_version: kept::number("plan_version", plan_version).map_err(damaged)?,
                fetched: people.step((by, issued_at), (TABLE, "issued_by"))?,
            })
        })
        .collect()
}

/// Closed quarters of the round with the hashes of what was frozen, in their order.
pub(super) fn closings(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    at: i64,
    people: &People,
) -> Result<Vec<Closed>, StoreError> {
    let closings = closing::closings(conn, round)?.into_iter();
    closings
        .filter(|closing| kept::moment(closing.closed_at) <= at)
        .map(|closing| {
            let reports = closing::frozen_names(conn, round, closing.quarter)?.into_iter();
            let closed = (closing.closed_by, closing.closed_at);
            Ok(Closed {
                quarter: closing.quarter,
                closed: people.step(closed, ("quarter_closing", "closed_by"))?,
                reports: reports.map(|report| (report.file(), report.sha256)).collect(),
            })
        })
        .collect()
}

/// Reopenings for the subproject, the oldest first. What was confirmed or withdrawn later is not known yet.
pub(super) fn reopenings(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    at: i64,
    people: &People,
) -> Result<Vec<Reopened>, StoreError> {
    let records = reopening::load(conn, Which::Subproject(no.as_str()))?.into_iter();
    records
        .filter(|record| kept::moment(record.requested_at) <= at)
        .map(|record| {
            let requested = (record.requested_by, record.requested_at);
            let confirmed = record.confirmed.filter(|(_, since)| kept::moment(*since) <= at);
            let withdrawal = record.withdrawal.filter(|said| kept::moment(said.at) <= at);
            Ok(Reopened {
                quarter: record.quarter,
                reason: record.reason,
                requested: people.step(requested, ("reopening", "requested_by"))?,
                confirmed: confirmed
                    .map(|taken| people.step(taken, ("reopening", "confirmed_by")))
                    .transpose()?,
                expires_at: record.expires_at,
                withdrawn: withdrawal
                    .map(|said| {
                        let taken =
                            people.step((said.by, said.at), ("reopening_withdrawal", "withdrawn_by"))?;
                        Ok::<_, StoreError>((taken, said.reason))
                    })
                    .transpose()?,
                id: record.id,
            })
        })
        .collect()
}
