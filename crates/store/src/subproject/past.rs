//! Networks and subprojects as they were known at a past moment.

use std::collections::BTreeMap;

use diesel::{ExpressionMethods, JoinOnDsl, OptionalExtension, QueryDsl, RunQueryDsl, SelectableHelper};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    subproject::{RegionalNetwork, Subproject},
};

use super::{NetworkRow, SubprojectRow, get};
use crate::{
    connection::{Conn, on},
    error::StoreError,
    kept,
    schema::{network_version, subproject, subproject_version},
};

/// The networks of a round as they were known at a moment, in the order of their codes.
pub(crate) fn networks_at(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    at: i64,
) -> Result<Vec<RegionalNetwork>, StoreError> {
    let rows: Vec<(String, String, Option<String>)> = on!(conn, c => network_version::table
        .filter(network_version::round.eq(round.as_str()))
        .filter(network_version::recorded_at.le(at))
        .order((network_version::network, network_version::number))
        .select((network_version::network, network_version::name, network_version::land))
        .load(c))?;
    // The last of each is the newest.
    let mut newest = BTreeMap::new();
    for (code, name, land) in rows {
        let round = round.to_string();
        newest.insert(
            code.clone(),
            NetworkRow {
                round,
                code,
                name,
                land,
            },
        );
    }
    let mut networks: Vec<RegionalNetwork> = newest
        .into_values()
        .map(NetworkRow::read)
        .collect::<Result<_, _>>()?;
    networks.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(networks)
}

/// The subprojects of a round as they were known at a moment, in the order of their numbers.
///
/// The newest state counts where it was recorded by then; only where it was not are earlier ones read.
pub(crate) fn of_round_at(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    at: i64,
) -> Result<Vec<Subproject>, StoreError> {
    let rows: Vec<(SubprojectRow, i64)> = on!(conn, c => subproject::table
        .filter(subproject::round.eq(round.as_str()))
        .select((SubprojectRow::as_select(), subproject::recorded_at))
        .load(c))?;
    let mut subprojects = Vec::with_capacity(rows.len());
    let mut changed_later = false;
    for (row, recorded_at) in rows {
        if recorded_at <= at {
            subprojects.push(row.read()?);
        } else {
            changed_later = true;
        }
    }
    if changed_later {
        subprojects.extend(earlier_states(conn, round, at)?);
    }
    subprojects.sort_by(|a, b| a.no.cmp(&b.no));
    Ok(subprojects)
}

/// The states at a moment of those subprojects that were changed after it. What was new after it has none.
fn earlier_states(conn: &mut Conn<'_>, round: &RoundCode, at: i64) -> Result<Vec<Subproject>, StoreError> {
    let rows: Vec<(String, String)> = on!(conn, c => subproject_version::table
        .inner_join(subproject::table.on(subproject::no.eq(subproject_version::subproject)))
        .filter(subproject::round.eq(round.as_str()))
        .filter(subproject::recorded_at.gt(at))
        .filter(subproject_version::recorded_at.le(at))
        .order((subproject_version::subproject, subproject_version::number))
        .select((subproject_version::subproject, subproject_version::document))
        .load(c))?;
    // The last of each is the newest.
    let newest: BTreeMap<String, String> = rows.into_iter().collect();
    newest
        .into_iter()
        .map(|(no, document)| {
            kept::json("document", &document).map_err(|column| column.of("subproject_version", no))
        })
        .collect()
}

/// A subproject as it was known at a moment; `None` where it was recorded later or nothing is kept of then.
pub(crate) fn get_at(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    at: i64,
) -> Result<Option<Subproject>, StoreError> {
    let changed: Option<i64> = on!(conn, c => subproject::table
        .find(no.as_str())
        .select(subproject::recorded_at)
        .first(c)
        .optional())?;
    if changed.is_none_or(|changed| changed <= at) {
        return get(conn, no);
    }
    let then: Option<String> = on!(conn, c => subproject_version::table
        .filter(subproject_version::subproject.eq(no.as_str()))
        .filter(subproject_version::recorded_at.le(at))
        .order(subproject_version::number.desc())
        .select(subproject_version::document)
        .first(c)
        .optional())?;
    match then {
        Some(document) => kept::json("document", &document)
            .map(Some)
            .map_err(|column| column.of("subproject_version", no)),
        None => Ok(None),
    }
}
