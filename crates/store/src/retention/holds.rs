//! Holds read back from their rows.

use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, RunQueryDsl};
use nachweis_domain::{key::SubprojectNo, retention::Hold};

use crate::{
    audit::People,
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    schema::{retention_hold, retention_hold_lift},
};

/// Which holds are read.
#[derive(Clone, Copy)]
pub(crate) enum Which<'a> {
    /// All of them.
    All,
    /// The one of an id.
    Id(&'a str),
    /// Those of a subproject.
    Subproject(&'a str),
}

/// A hold as it is read: id, subproject, reason, by, at; then reason, by, at of its lift.
type Row = ((String, String, String, String, i64), LiftRow);
type LiftRow = (Option<String>, Option<String>, Option<i64>);

/// The holds that were placed up to a moment, as they stood then, the oldest first.
pub(crate) fn load(conn: &mut Conn<'_>, which: Which<'_>, at: i64) -> Result<Vec<Hold>, StoreError> {
    let people = People::load(conn)?;
    let rows: Vec<Row> = on!(conn, c => {
        let all = retention_hold::table
            .left_join(retention_hold_lift::table.on(retention_hold_lift::hold.eq(retention_hold::id)))
            .filter(retention_hold::placed_at.le(at))
            .order((retention_hold::placed_at, retention_hold::id))
            .select((
                (
                    retention_hold::id,
                    retention_hold::subproject,
                    retention_hold::reason,
                    retention_hold::placed_by,
                    retention_hold::placed_at,
                ),
                (
                    retention_hold_lift::reason.nullable(),
                    retention_hold_lift::lifted_by.nullable(),
                    retention_hold_lift::lifted_at.nullable(),
                ),
            ));
        match which {
            Which::All => all.load(c),
            Which::Id(id) => all.filter(retention_hold::id.eq(id)).load(c),
            Which::Subproject(no) => all.filter(retention_hold::subproject.eq(no)).load(c),
        }
    })?;
    rows.into_iter().map(|row| read(&people, row, at)).collect()
}

fn read(people: &People, (hold, lift): Row, moment: i64) -> Result<Hold, StoreError> {
    let (id, no, reason, by, at) = hold;
    let damaged = |column: Unreadable| column.of("retention_hold", &id);
    let step =
        |column: &'static str, by: &str, at: i64| people.read_step((by, at), ("retention_hold", column), &id);
    let lifted = match lift {
        (Some(reason), Some(by), Some(at)) if at <= moment => Some((step("lifted_by", &by, at)?, reason)),
        _ => None,
    };
    Ok(Hold {
        id: kept::parsed("id", &id).map_err(damaged)?,
        subproject: SubprojectNo::new(no),
        reason,
        placed: step("placed_by", &by, at)?,
        lifted,
    })
}
