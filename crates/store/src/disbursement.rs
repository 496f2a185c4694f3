//! Money paid out to subprojects. Only ever added to.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    key::{RoundCode, SourceKey, SubprojectNo},
    money::Money,
    plan::Disbursement,
};

use crate::{
    actor::Actor,
    connection::{Conn, on},
    error::StoreError,
    kept,
    schema::{disbursement, subproject},
    store::Store,
};

/// Money paid out to the subprojects of a round as recorded up to a moment, in the order of day, source and amount.
pub(crate) fn of_round(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    at: i64,
) -> Result<BTreeMap<String, Vec<Disbursement>>, StoreError> {
    let rows: Vec<(String, i32, String, i64)> = on!(conn, c => disbursement::table
        .inner_join(subproject::table.on(subproject::no.eq(disbursement::subproject)))
        .filter(subproject::round.eq(round.as_str()))
        .filter(disbursement::recorded_at.le(at))
        .select((
            disbursement::subproject,
            disbursement::paid_on,
            disbursement::source,
            disbursement::amount_cents,
        ))
        .load(c))?;
    let mut by_subproject: BTreeMap<String, Vec<Disbursement>> = BTreeMap::new();
    for (no, paid_on, source, cents) in rows {
        let paid = read(&no, paid_on, &source, cents)?;
        by_subproject.entry(no).or_default().push(paid);
    }
    for paid in by_subproject.values_mut() {
        sort(paid);
    }
    Ok(by_subproject)
}

/// Money paid out to a subproject as recorded up to a moment, in the order of day, source and amount.
pub(crate) fn of_subproject(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    at: i64,
) -> Result<Vec<Disbursement>, StoreError> {
    let rows: Vec<(i32, String, i64)> = on!(conn, c => disbursement::table
        .filter(disbursement::subproject.eq(no.as_str()))
        .filter(disbursement::recorded_at.le(at))
        .select((disbursement::paid_on, disbursement::source, disbursement::amount_cents))
        .load(c))?;
    let mut paid: Vec<Disbursement> = rows
        .iter()
        .map(|(paid_on, source, cents)| read(no.as_str(), *paid_on, source, *cents))
        .collect::<Result<_, _>>()?;
    sort(&mut paid);
    Ok(paid)
}

fn sort(paid: &mut [Disbursement]) {
    paid.sort_by(|a, b| (a.paid_on, &a.source, a.amount).cmp(&(b.paid_on, &b.source, b.amount)));
}

fn read(no: &str, paid_on: i32, source: &str, cents: i64) -> Result<Disbursement, StoreError> {
    Ok(Disbursement {
        paid_on: kept::read_day("paid_on", paid_on).map_err(|column| column.of("disbursement", no))?,
        source: SourceKey::new(source),
        amount: Money::from_cents(cents),
    })
}

/// Adds money paid out.
pub(crate) fn insert(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    paid: &Disbursement,
    (by, at): (Actor, DateTime<Utc>),
) -> Result<(), StoreError> {
    on!(conn, c => diesel::insert_into(disbursement::table)
        .values((
            disbursement::subproject.eq(no.as_str()),
            disbursement::paid_on.eq(kept::day(paid.paid_on)?),
            disbursement::source.eq(paid.source.as_str()),
            disbursement::amount_cents.eq(kept::bounded(paid.amount.cents())?),
            disbursement::recorded_at.eq(kept::moment(at)),
            disbursement::recorded_by.eq(by.user().map(|user| user.to_string())),
        ))
        .execute(c))?;
    Ok(())
}

impl Store {
    /// Money paid out to a subproject, in the order of day, source and amount.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn disbursements(&self, no: &SubprojectNo) -> Result<Vec<Disbursement>, StoreError> {
        self.read("read the disbursements", |conn| {
            of_subproject(conn, no, kept::ALWAYS)
        })
    }
}
