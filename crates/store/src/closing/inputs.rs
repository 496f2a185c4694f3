//! What the reports of a closed quarter were made of, as one hash for the journal.

use std::{collections::BTreeMap, fmt::Write as _};

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use nachweis_domain::{key::RoundCode, quarter::Quarter};
use serde_json::json;

use crate::{
    as_of,
    connection::{Conn, on},
    error::StoreError,
    ledger::counting_revisions,
    original::hash,
    schema::upload,
};

/// How many revisions counted up to the end of a quarter, and the SHA-256 of their lines, each with its end: subproject,
/// quarter, id of the upload and SHA-256 of its original, with a space between them, in the order of subproject and quarter.
pub(super) fn of(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    quarter: Quarter,
) -> Result<serde_json::Value, StoreError> {
    let known = as_of::now(conn, round)?;
    let counting = counting_revisions(conn, round, &known)?;
    let rows: Vec<(i64, String, String)> = on!(conn, c => upload::table
        .filter(upload::round.eq(round.as_str()))
        .filter(upload::quarter.le(quarter.ordinal()))
        .select((upload::seq, upload::id, upload::sha256))
        .load(c))?;
    let inputs: BTreeMap<_, _> = rows
        .iter()
        .filter_map(|(seq, id, sha256)| {
            let counted = counting.get(seq)?;
            Some(((&counted.subproject, counted.quarter), (id, sha256)))
        })
        .collect();
    let mut lines = String::new();
    for ((no, quarter), (id, sha256)) in &inputs {
        // Writing to a text does not fail.
        let _ = writeln!(lines, "{no} {quarter} {id} {sha256}");
    }
    Ok(json!({ "uploads": inputs.len(), "sha256": hash(lines.as_bytes()) }))
}
