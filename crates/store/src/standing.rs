//! Which quarters are closed and which are open again for whom, as it was known at a moment.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, dsl::max};
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
    reopening as reopened,
    schema::{quarter_closing, reopening},
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
    let rows: Vec<(String, i32, Option<i64>, i64)> = on!(conn, c => reopening::table
        .filter(reopening::round.eq(round.as_str()))
        .filter(reopening::confirmed_at.le(at))
        .select((
            reopening::subproject,
            reopening::quarter,
            reopening::confirmed_at,
            reopening::expires_at,
        ))
        .load(c))?;
    let mut reopenings: Vec<QuarterReopening> = rows
        .into_iter()
        .map(|(no, quarter, from, until)| {
            let read = || {
                Ok(QuarterReopening {
                    subproject: *index.get(no.as_str()).ok_or(Unreadable("subproject"))?,
                    quarter: kept::read_quarter("quarter", quarter)?,
                    reopening: Reopening {
                        from: kept::read_moment("confirmed_at", from.unwrap_or(at))?,
                        until: kept::read_moment("expires_at", until)?,
                    },
                })
            };
            read().map_err(|column: Unreadable| column.of("reopening", format!("{no} {quarter}")))
        })
        .collect::<Result<_, StoreError>>()?;
    reopenings.sort_by_key(|one| (one.subproject, one.quarter, one.reopening.from));
    Ok(reopenings)
}

/// The last moment, up to one, at which a quarter of a round was closed or opened again for somebody.
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
    Ok(closed.max(reopened))
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
