//! Control totals: what the figures, vouchers, plans and payments sum up to.

use diesel::{
    QueryableByName, RunQueryDsl, sql_query,
    sql_types::{BigInt, Text},
};

use super::manifest::BackupTotal;
use crate::{
    connection::{Conn, on},
    error::StoreError,
};

/// One row for each subproject, quarter and kind of figure, over all revisions; quarter 0 is the whole grant.
const TOTALS: &str = "SELECT u.subproject AS subproject, CAST(u.quarter AS BIGINT) AS quarter, \
    f.kind || '/' || f.part AS kind, CAST(SUM(f.value) AS BIGINT) AS amount \
    FROM figure f INNER JOIN upload u ON u.seq = f.upload_seq WHERE f.value IS NOT NULL \
    GROUP BY u.subproject, u.quarter, f.kind, f.part \
    UNION ALL SELECT u.subproject, CAST(u.quarter AS BIGINT), 'voucher', CAST(SUM(v.amount_cents) AS BIGINT) \
    FROM voucher v INNER JOIN upload u ON u.seq = v.upload_seq WHERE v.amount_cents IS NOT NULL \
    GROUP BY u.subproject, u.quarter \
    UNION ALL SELECT p.subproject, CAST(0 AS BIGINT), 'plan/' || p.kind, CAST(SUM(p.amount) AS BIGINT) \
    FROM plan_row p GROUP BY p.subproject, p.kind \
    UNION ALL SELECT d.subproject, CAST(0 AS BIGINT), 'payment', CAST(SUM(d.amount_cents) AS BIGINT) \
    FROM disbursement d GROUP BY d.subproject";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    subproject: String,
    #[diesel(sql_type = BigInt)]
    quarter: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

/// The control totals of a record, sorted.
pub(super) fn of(conn: &mut Conn<'_>) -> Result<Vec<BackupTotal>, StoreError> {
    let rows: Vec<Row> = on!(conn, c => sql_query(TOTALS).load(c))?;
    let mut totals: Vec<BackupTotal> = rows
        .into_iter()
        .map(|row| BackupTotal {
            subproject: row.subproject,
            quarter: row.quarter,
            kind: row.kind,
            amount: row.amount,
        })
        .collect();
    totals.sort();
    Ok(totals)
}
