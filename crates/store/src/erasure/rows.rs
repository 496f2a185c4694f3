//! Reading erasures.

use std::collections::BTreeMap;

use diesel::{ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, RunQueryDsl};
use nachweis_domain::{key::SubprojectNo, retention::Erasure};

use crate::{
    audit::People,
    connection::{Conn, on},
    error::StoreError,
    kept::{self, Unreadable},
    schema::{erased_original, erasure, erasure_confirmation, subproject},
};

/// Which erasures.
#[derive(Clone, Copy)]
pub(super) enum Which<'a> {
    Id(&'a str),
    Subproject(&'a str),
    Round(&'a str),
}

/// An erasure as it is read: id, subproject, last day, originals, bytes, proposed by, at; then confirmed by, at.
type Row = (
    String,
    String,
    i32,
    i32,
    i64,
    String,
    i64,
    Option<String>,
    Option<i64>,
);

/// Erasures that were proposed up to a moment, as they stood then, the oldest first.
pub(super) fn load(conn: &mut Conn<'_>, which: Which<'_>, at: i64) -> Result<Vec<Erasure>, StoreError> {
    let people = People::load(conn)?;
    let rows: Vec<Row> = on!(conn, c => {
        let all = erasure::table
            .inner_join(subproject::table.on(subproject::no.eq(erasure::subproject)))
            .left_join(erasure_confirmation::table.on(erasure_confirmation::erasure.eq(erasure::id)))
            .filter(erasure::proposed_at.le(at))
            .order((erasure::proposed_at, erasure::id))
            .select((
                erasure::id,
                erasure::subproject,
                erasure::keep_until,
                erasure::originals,
                erasure::size_bytes,
                erasure::proposed_by,
                erasure::proposed_at,
                erasure_confirmation::confirmed_by.nullable(),
                erasure_confirmation::confirmed_at.nullable(),
            ));
        match which {
            Which::Id(id) => all.filter(erasure::id.eq(id)).load(c),
            Which::Subproject(no) => all.filter(erasure::subproject.eq(no)).load(c),
            Which::Round(code) => all.filter(subproject::round.eq(code)).load(c),
        }
    })?;
    let erased = erased(conn, which)?;
    rows.into_iter()
        .map(|row| {
            let count = erased.get(&row.0).copied().unwrap_or_default();
            read(&people, row, count, at)
        })
        .collect()
}

/// The erasures of a subproject that were proposed up to a moment, as they stood then, the oldest first.
pub(crate) fn of_subproject(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    at: i64,
) -> Result<Vec<Erasure>, StoreError> {
    load(conn, Which::Subproject(no.as_str()), at)
}

/// How many originals each erasure emptied.
fn erased(conn: &mut Conn<'_>, which: Which<'_>) -> Result<BTreeMap<String, usize>, StoreError> {
    let rows: Vec<(String, i64)> = on!(conn, c => {
        let all = erased_original::table
            .inner_join(erasure::table.on(erasure::id.eq(erased_original::erasure)))
            .inner_join(subproject::table.on(subproject::no.eq(erasure::subproject)))
            .group_by(erased_original::erasure)
            .select((erased_original::erasure, diesel::dsl::count_star()));
        match which {
            Which::Id(id) => all.filter(erasure::id.eq(id)).load(c),
            Which::Subproject(no) => all.filter(erasure::subproject.eq(no)).load(c),
            Which::Round(code) => all.filter(subproject::round.eq(code)).load(c),
        }
    })?;
    rows.into_iter()
        .map(|(id, count)| {
            let count = kept::number("sha256", count).map_err(|column| column.of("erased_original", &id))?;
            Ok((id, count))
        })
        .collect()
}

fn read(people: &People, row: Row, count: usize, moment: i64) -> Result<Erasure, StoreError> {
    let (id, no, keep_until, originals, size_bytes, proposed_by, proposed_at, by, at) = row;
    let damaged = |column: Unreadable| column.of("erasure", &id);
    let step = |column: &'static str, by: &str, at: i64| people.read_step((by, at), ("erasure", column), &id);
    let confirmed = by.zip(at).filter(|(_, at)| *at <= moment);
    Ok(Erasure {
        id: kept::parsed("id", &id).map_err(damaged)?,
        subproject: SubprojectNo::new(no),
        keep_until: kept::read_day("keep_until", keep_until).map_err(damaged)?,
        originals: kept::number("originals", originals).map_err(damaged)?,
        size_bytes: kept::number("size_bytes", size_bytes).map_err(damaged)?,
        proposed: step("proposed_by", &proposed_by, proposed_at)?,
        confirmed: confirmed
            .map(|(by, at)| Ok::<_, StoreError>((step("confirmed_by", &by, at)?, count)))
            .transpose()?,
    })
}
