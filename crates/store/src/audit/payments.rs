//! Money paid out, as it was recorded.

use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    audit::AuditPayment,
    key::{SourceKey, SubprojectNo},
    money::Money,
};

use super::people::People;
use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    schema::{disbursement, subproject},
    selection::Selection,
};

/// A payment as it is read: number in the database, subproject, day, source, cents, recorded at and by.
type Row = (i64, String, i32, String, i64, i64, Option<String>);

/// All payments of the selection that were recorded up to a moment, in the order of subproject, day, source and recording.
pub(super) fn rows(
    conn: &mut Conn<'_>,
    (selection, at): (Selection<'_>, i64),
    people: &People,
) -> Result<Vec<AuditPayment>, StoreError> {
    let mut rows: Vec<Row> = on!(conn, c => {
        let all = disbursement::table
            .inner_join(subproject::table.on(subproject::no.eq(disbursement::subproject)))
            .filter(disbursement::recorded_at.le(at))
            .select((
                disbursement::seq,
                disbursement::subproject,
                disbursement::paid_on,
                disbursement::source,
                disbursement::amount_cents,
                disbursement::recorded_at,
                disbursement::recorded_by,
            ));
        match selection {
            Selection::Round(code) => all.filter(subproject::round.eq(code.as_str())).load(c),
            Selection::Subproject(no) => all.filter(subproject::no.eq(no.as_str())).load(c),
        }
    })?;
    rows.sort_by(|a, b| (&a.1, a.2, &a.3, a.0).cmp(&(&b.1, b.2, &b.3, b.0)));
    rows.into_iter().map(|row| read(row, people)).collect()
}

fn read(
    (seq, no, paid_on, source, cents, recorded_at, recorded_by): Row,
    people: &People,
) -> Result<AuditPayment, StoreError> {
    let damaged = |column: Unreadable| column.of("disbursement", seq);
    Ok(AuditPayment {
        subproject: SubprojectNo::new(no),
        paid_on: kept::read_day("paid_on", paid_on).map_err(damaged)?,
        source: SourceKey::new(source),
        amount: Money::from_cents(cents),
        recorded_at: kept::read_moment("recorded_at", recorded_at).map_err(damaged)?,
        recorded_by: people.recorder(recorded_by.as_deref(), "disbursement")?,
    })
}
