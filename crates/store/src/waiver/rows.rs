//! Waivers read back from their rows.

use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    waiver::{Waiver, WaiverDecision, WaiverWithdrawal},
};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    schema::{waiver, waiver_decision, waiver_withdrawal},
};

/// Which waivers are read.
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
#[diesel(table_name = waiver)]
struct Row {
    id: String,
    round: String,
    number: i32,
    subproject: String,
    code: String,
    first_quarter: i32,
    last_quarter: i32,
    reason: String,
    asked_by: String,
    asked_at: i64,
    asked_until: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = waiver_decision)]
struct DecisionRow {
    until: Option<i64>,
    reason: String,
    decided_by: String,
    decided_at: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = waiver_withdrawal)]
struct WithdrawalRow {
    reason: String,
    withdrawn_by: String,
    withdrawn_at: i64,
}

type Joined = (Row, Option<DecisionRow>, Option<WithdrawalRow>);

/// Waivers as they stand, in the order of their numbers.
pub(crate) fn load(conn: &mut Conn<'_>, which: Which<'_>) -> Result<Vec<Waiver>, StoreError> {
    let rows: Vec<Joined> = on!(conn, c => {
        let all = waiver::table
            .left_join(waiver_decision::table.on(waiver_decision::waiver.eq(waiver::id)))
            .left_join(waiver_withdrawal::table.on(waiver_withdrawal::waiver.eq(waiver::id)))
            .order((waiver::round, waiver::number))
            .select((
                Row::as_select(),
                Option::<DecisionRow>::as_select(),
                Option::<WithdrawalRow>::as_select(),
            ));
        match which {
            Which::Id(id) => all.filter(waiver::id.eq(id)).load(c),
            Which::Subproject(no) => all.filter(waiver::subproject.eq(no)).load(c),
            Which::Round(round) => all.filter(waiver::round.eq(round)).load(c),
        }
    })?;
    rows.into_iter().map(read).collect()
}

fn read((row, decision, withdrawal): Joined) -> Result<Waiver, StoreError> {
    let id = row.id.clone();
    let decision = decision.map(DecisionRow::read).transpose();
    let decision = decision.map_err(|column| column.of("waiver_decision", &id))?;
    let withdrawal = withdrawal.map(WithdrawalRow::read).transpose();
    let withdrawal = withdrawal.map_err(|column| column.of("waiver_withdrawal", &id))?;
    let waiver = row.read().map_err(|column| column.of("waiver", id))?;
    Ok(Waiver {
        decision,
        withdrawal,
        ..waiver
    })
}

impl Row {
    fn read(self) -> Result<Waiver, Unreadable> {
        Ok(Waiver {
            id: kept::parsed("id", &self.id)?,
            number: kept::number("number", self.number)?,
            round: RoundCode::new(self.round),
            subproject: SubprojectNo::new(self.subproject),
            code: kept::parsed("code", &self.code)?,
            first: kept::read_quarter("first_quarter", self.first_quarter)?,
            last: kept::read_quarter("last_quarter", self.last_quarter)?,
            reason: self.reason,
            asked_by: kept::parsed("asked_by", &self.asked_by)?,
            asked_at: kept::read_moment("asked_at", self.asked_at)?,
            asked_until: kept::read_moment("asked_until", self.asked_until)?,
            decision: None,
            withdrawal: None,
        })
    }
}

impl DecisionRow {
    fn read(self) -> Result<WaiverDecision, Unreadable> {
        let until = self.until.map(|until| kept::read_moment("until", until));
        Ok(WaiverDecision {
            until: until.transpose()?,
            reason: self.reason,
            by: kept::parsed("decided_by", &self.decided_by)?,
            at: kept::read_moment("decided_at", self.decided_at)?,
        })
    }
}

impl WithdrawalRow {
    fn read(self) -> Result<WaiverWithdrawal, Unreadable> {
        Ok(WaiverWithdrawal {
            reason: self.reason,
            by: kept::parsed("withdrawn_by", &self.withdrawn_by)?,
            at: kept::read_moment("withdrawn_at", self.withdrawn_at)?,
        })
    }
}
