//! Which quarters are closed and which are open again for whom, as it was known at a moment.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl, dsl::max};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    ledger::{QuarterClosing, QuarterReopening, SubprojectIndex},
    life::{Reopening, Standing},
    quarter::Quarter,
};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    reopening::{self as reopened, Which},
    schema::{quarter_closing, reopening, reopening_withdrawal},
    store::Store,
};

/// The quarters of a round that were closed up to a moment, in their order.
pub(crate) fn closings_at(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    at: i64,
) -> Result<Vec<QuarterClosing>, StoreError> {
    let rows: Vec<(i32, i64)> = on!(conn, c => quarter_closing::table
        .filter(quarter_closing::round.eq(round.as_str()))
        .filter(quarter_closing::closed_at.le(at))
        .order(quarter_closing::quarter)
        .select((quarter_closing::quarter, quarter_closing::closed_at))
        .load(c))?;
    rows.into_iter()
        .map(|(quarter, at)| {
            let read = || {
                Ok(QuarterClosing {
                    quarter: kept::read_quarter("quarter", quarter)?,
                    at: kept::read_moment("closed_at", at)?,
                })
            };
            read().map_err(|column: Unreadable| column.of("quarter_closing", quarter))
        })
        .collect()
}

/// The reopenings of a round that were confirmed up to a moment, in the order of subproject, quarter, confirmation.
pub(crate) fn reopenings_at(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    index: &HashMap<&str, SubprojectIndex>,
    at: i64,
) -> Result<Vec<QuarterReopening>, StoreError> {
    let records = reopened::load(conn, Which::Round(round.as_str()))?.into_iter();
    let mut reopenings = Vec::new();
    for record in records.filter(|record| kept::moment(record.requested_at) <= at) {
        let known = |moment: &DateTime<Utc>| kept::moment(*moment) <= at;
        let Some(from) = record.confirmed.map(|(_, from)| from).filter(known) else {
            continue;
        };
        let withdrawn = record
            .withdrawal
            .as_ref()
            .map(|withdrawal| withdrawal.at)
            .filter(known);
        let subproject = index
            .get(record.subproject.as_str())
            .ok_or_else(|| Unreadable("subproject").of("reopening", record.id))?;
        reopenings.push(QuarterReopening {
            subproject: *subproject,
            quarter: record.quarter,
            reopening: Reopening {
                from,
                until: withdrawn.map_or(record.expires_at, |end| end.min(record.expires_at)),
            },
        });
    }
    reopenings.sort_by_key(|one| (one.subproject, one.quarter, one.reopening.from));
    Ok(reopenings)
}

/// The last moment, up to one, at which a quarter of a round was closed, opened again for somebody, or a reopening withdrawn.
pub(crate) fn last_change(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    until: i64,
) -> Result<Option<i64>, StoreError> {
    let closed: Option<i64> = on!(conn, c => quarter_closing::table
        .filter(quarter_closing::round.eq(round.as_str()))
        .filter(quarter_closing::closed_at.le(until))
        .select(max(quarter_closing::closed_at))
        .first(c))?;
    let reopened: Option<i64> = on!(conn, c => reopening::table
        .filter(reopening::round.eq(round.as_str()))
        .filter(reopening::confirmed_at.le(until))
        .select(max(reopening::confirmed_at))
        .first(c))?;
    let withdrawn: Option<i64> = on!(conn, c => reopening_withdrawal::table
        .inner_join(reopening::table.on(reopening::id.eq(reopening_withdrawal::reopening)))
        .filter(reopening::round.eq(round.as_str()))
        .filter(reopening_withdrawal::withdrawn_at.le(until))
        .select(max(reopening_withdrawal::withdrawn_at))
        .first(c))?;
    Ok(closed.max(reopened).max(withdrawn))
}

/// A closed quarter as it stands for a subproject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosedFor {
    /// The quarter.
    pub quarter: Quarter,
    /// When it was closed.
    pub closed_at: DateTime<Utc>,
    /// Whether it takes uploads and steps of the subproject.
    pub standing: Standing,
}

impl Store {
    /// The closed quarters of a round in their order, as they stand for a subproject at a moment.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn closed_for(
        &self,
        round: &RoundCode,
        no: &SubprojectNo,
        at: DateTime<Utc>,
    ) -> Result<Vec<ClosedFor>, StoreError> {
        self.snapshot("read the closed quarters of a subproject", |conn| {
            let mut closed = Vec::new();
            for closing in closings_at(conn, round, kept::ALWAYS)? {
                let reopenings = reopened::confirmed(conn, no, closing.quarter)?;
                closed.push(ClosedFor {
                    quarter: closing.quarter,
                    closed_at: closing.at,
                    standing: Standing::at(at, Some(closing.at), &reopenings),
                });
            }
            Ok(closed)
        })
    }
}
