//! Issued workbooks: which template went out for which subproject and quarter, under which seal.

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    key::{SubprojectNo, TemplateVersion},
    quarter::Quarter,
    record::{Action, IssueId, UserId},
};
use serde_json::json;

use crate::{
    actor::Actor,
    attest::{Group, tables},
    connection::on,
    error::StoreError,
    journal::{self, Event},
    kept::{self, Unreadable},
    schema::issue,
    store::Store,
    subproject,
};

/// An issued workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueRecord {
    /// Its id, also inside the workbook.
    pub id: IssueId,
    /// The subproject it was issued for.
    pub subproject: SubprojectNo,
    /// The quarter it was issued for.
    pub quarter: Quarter,
    /// The workbook's version.
    pub template_version: TemplateVersion,
    /// The plan version that it was prefilled from.
    pub plan_version: u32,
    /// The SHA-256 of the workbook as it went out, its keyed checksum included, in hexadecimal.
    pub seal: String,
    /// Who fetched it.
    pub issued_by: UserId,
    /// When.
    pub issued_at: DateTime<Utc>,
}

impl Store {
    /// Notes an issued workbook.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such subproject; or when the database fails.
    pub fn record_issue(&self, record: &IssueRecord) -> Result<(), StoreError> {
        self.write_at("note an issued workbook", record.issued_at, |conn, at| {
            subproject::round_of(conn, &record.subproject)?;
            on!(conn, c => diesel::insert_into(issue::table)
                .values((
                    issue::id.eq(record.id.to_string()),
                    issue::subproject.eq(record.subproject.as_str()),
                    issue::quarter.eq(record.quarter.ordinal()),
                    issue::template_version.eq(record.template_version.as_str()),
                    issue::plan_version.eq(kept::fit::<_, i32>(record.plan_version)?),
                    issue::seal.eq(&record.seal),
                    issue::issued_by.eq(record.issued_by.to_string()),
                    issue::issued_at.eq(kept::moment(at)),
                ))
                .execute(c))?;
            let detail = json!({
                "subproject": record.subproject,
                "quarter": record.quarter,
                "template_version": record.template_version,
                "plan_version": record.plan_version,
            });
            journal::append(
                conn,
                &Event {
                    at,
                    by: Actor::User(record.issued_by),
                    action: Action::TemplateIssued,
                    object: &record.id.to_string(),
                    detail: &detail,
                    figures_of: None,
                    rows: &[Group::new(&tables::ISSUE, &[&record.id])],
                },
            )
        })
    }

    /// An issued workbook.
    ///
    /// # Errors
    /// When the database fails or the row is damaged.
    pub fn issue(&self, id: IssueId) -> Result<Option<IssueRecord>, StoreError> {
        type Row = (String, i32, String, i32, String, String, i64);
        let read = |(no, quarter, template, plan, seal, by, at): Row| {
            Ok(IssueRecord {
                id,
                subproject: SubprojectNo::new(no),
                quarter: kept::read_quarter("quarter", quarter)?,
                template_version: TemplateVersion::new(template),
                plan_version: kept::number("plan_version", plan)?,
                seal,
                issued_by: kept::parsed("issued_by", &by)?,
                issued_at: kept::read_moment("issued_at", at)?,
            })
        };
        self.read("read an issued workbook", |conn| {
            let row: Option<Row> = on!(conn, c => issue::table
                .find(id.to_string())
                .select((
                    issue::subproject,
                    issue::quarter,
                    issue::template_version,
                    issue::plan_version,
                    issue::seal,
                    issue::issued_by,
                    issue::issued_at,
                ))
                .first(c)
                .optional())?;
            row.map(read)
                .transpose()
                .map_err(|column: Unreadable| column.of("issue", id))
        })
    }
}
