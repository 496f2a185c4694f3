//! Reopenings read back from their rows.

use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    record::{ReopeningRecord, ReopeningWithdrawal},
};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    schema::{reopening, reopening_withdrawal},
};

/// Which reopenings are read.
#[derive(Clone, Copy)]
pub(crate) enum Which<'a> {
    /// The one of an id.
    Id(&'a str),
    /// Those of a subproject.
    Subproject(&'a str),
    /// Those of a round.
    Round(&'a str),
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = reopening)]
struct Row {
    id: String,
    round: String,
    quarter: i32,
    subproject: String,
    reason: String,
    requested_by: String,
    requested_at: i64,
    expires_at: i64,
    confirmed_by: Option<String>,
    confirmed_at: Option<i64>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = reopening_withdrawal)]
struct WithdrawalRow {
    reason: String,
    withdrawn_by: String,
    withdrawn_at: i64,
}

type Joined = (Row, Option<WithdrawalRow>);

/// Reopenings as they stand, the oldest request first.
pub(crate) fn load(conn: &mut Conn<'_>, which: Which<'_>) -> Result<Vec<ReopeningRecord>, StoreError> {
    let rows: Vec<Joined> = on!(conn, c => {
        let all = reopening::table
            .left_join(reopening_withdrawal::table.on(reopening_withdrawal::reopening.eq(reopening::id)))
            .order((reopening::requested_at, reopening::id))
            .select((Row::as_select(), Option::<WithdrawalRow>::as_select()));
        match which {
            Which::Id(id) => all.filter(reopening::id.eq(id)).load(c),
            Which::Subproject(no) => all.filter(reopening::subproject.eq(no)).load(c),
            Which::Round(round) => all.filter(reopening::round.eq(round)).load(c),
        }
    })?;
    rows.into_iter().map(read).collect()
}

fn read((row, withdrawal): Joined) -> Result<ReopeningRecord, StoreError> {
    let id = row.id.clone();
    let withdrawal = withdrawal.map(WithdrawalRow::read).transpose();
    let withdrawal = withdrawal.map_err(|column| column.of("reopening_withdrawal", &id))?;
    let record = row.read().map_err(|column| column.of("reopening", id))?;
    Ok(ReopeningRecord { withdrawal, ..record })
}

impl Row {
    fn read(self) -> Result<ReopeningRecord, Unreadable> {
        let confirmed = match (self.confirmed_by, self.confirmed_at) {
            (Some(by), Some(at)) => Some((
                kept::parsed("confirmed_by", &by)?,
                kept::read_moment("confirmed_at", at)?,
            )),
            _ => None,
        };
        Ok(ReopeningRecord {
            id: kept::parsed("id", &self.id)?,
            round: RoundCode::new(self.round),
            quarter: kept::read_quarter("quarter", self.quarter)?,
            subproject: SubprojectNo::new(self.subproject),
            reason: self.reason,
            requested_by: kept::parsed("requested_by", &self.requested_by)?,
            requested_at: kept::read_moment("requested_at", self.requested_at)?,
            expires_at: kept::read_moment("expires_at", self.expires_at)?,
            confirmed,
            withdrawal: None,
        })
    }
}

impl WithdrawalRow {
    fn read(self) -> Result<ReopeningWithdrawal, Unreadable> {
        Ok(ReopeningWithdrawal {
            reason: self.reason,
            by: kept::parsed("withdrawn_by", &self.withdrawn_by)?,
            at: kept::read_moment("withdrawn_at", self.withdrawn_at)?,
        })
    }
}
