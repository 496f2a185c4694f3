//! How many findings of each upload are waived, for many uploads of a round at once.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    finding::{Code, Severity},
    key::RoundCode,
    record::UploadState,
    waiver::{Waiver, WaiverState},
};

use super::{Which, load, marks};
use crate::{
    connection::{Conn, on},
    error::StoreError,
    finding::read_severity,
    kept::{self, Unreadable},
    schema::{finding, finding_waiver, upload},
};

/// How many findings of an upload are waived: those under which it was handed in, or could be at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WaivedFindings {
    /// Blocking ones.
    pub(crate) blocking: u32,
    /// Warnings.
    pub(crate) warnings: u32,
}

impl WaivedFindings {
    fn add(&mut self, severity: Severity) {
        let count = match severity {
            Severity::Blocking => &mut self.blocking,
            Severity::Warning => &mut self.warnings,
            Severity::Notice | Severity::Off => return,
        };
        *count = count.saturating_add(1);
    }
}

/// What is waived of the uploads of a round in a span of quarters, by their number in the database; where nothing is, none is
/// named.
pub(crate) fn of_round(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    quarters: (i32, i32),
    at: DateTime<Utc>,
) -> Result<HashMap<i64, WaivedFindings>, StoreError> {
    let mut waived = HashMap::new();
    let waivers = load(conn, Which::Round(round.as_str()))?;
    if waivers.is_empty() {
        return Ok(waived);
    }
    add_handed_in(conn, round, quarters, &mut waived)?;
    add_pending(conn, (round, quarters), &waivers, at, &mut waived)?;
    Ok(waived)
}

/// Of what was handed in: what was waived then.
fn add_handed_in(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    (first, last): (i32, i32),
    waived: &mut HashMap<i64, WaivedFindings>,
) -> Result<(), StoreError> {
    let rows: Vec<(i64, String)> = on!(conn, c => finding_waiver::table
        .inner_join(finding::table.on(finding::upload_seq
            .eq(finding_waiver::upload_seq)
            .and(finding::position.eq(finding_waiver::finding))))
        .inner_join(upload::table.on(upload::seq.eq(finding_waiver::upload_seq)))
        .filter(upload::round.eq(round.as_str()))
        .filter(upload::quarter.between(first, last))
        .select((finding_waiver::upload_seq, finding::severity))
        .load(c))?;
    for (seq, severity) in rows {
        let severity = read_severity(&severity).map_err(|column| column.of("finding", seq))?;
        waived.entry(seq).or_default().add(severity);
    }
    Ok(())
}

/// A finding of an upload that was not handed in: the upload's number, subproject and quarter, code, severity.
type PendingRow = (i64, String, i32, String, String);

/// Of what waits to be handed in: what is waived at the moment. Only findings that a waiver in force could be for are read.
fn add_pending(
    conn: &mut Conn<'_>,
    (round, (first, last)): (&RoundCode, (i32, i32)),
    waivers: &[Waiver],
    at: DateTime<Utc>,
    waived: &mut HashMap<i64, WaivedFindings>,
) -> Result<(), StoreError> {
    let mut in_force: HashMap<&str, Vec<&Waiver>> = HashMap::new();
    for waiver in waivers
        .iter()
        .filter(|waiver| waiver.state_at(at) == WaiverState::InForce)
    {
        in_force
            .entry(waiver.subproject.as_str())
            .or_default()
            .push(waiver);
    }
    if in_force.is_empty() {
        return Ok(());
    }
    let codes: BTreeSet<&str> = in_force
        .values()
        .flatten()
        .map(|waiver| waiver.code.as_str())
        .collect();
    let rows: Vec<PendingRow> = on!(conn, c => finding::table
        .inner_join(upload::table.on(upload::seq.eq(finding::upload_seq)))
        .filter(upload::round.eq(round.as_str()))
        .filter(upload::quarter.between(first, last))
        .filter(upload::state.eq_any([UploadState::Blocked.as_str(), UploadState::Checked.as_str()]))
        .filter(upload::subproject.eq_any(in_force.keys().copied()))
        .filter(finding::code.eq_any(codes.iter().copied()))
        .select((
            finding::upload_seq,
            upload::subproject,
            upload::quarter,
            finding::code,
            finding::severity,
        ))
        .load(c))?;
    for (seq, no, quarter, code, severity) in rows {
        let read = || {
            let code: Code = kept::parsed("code", &code)?;
            Ok((
                kept::read_quarter("quarter", quarter)?,
                (code, read_severity(&severity)?),
            ))
        };
        let (quarter, asked) = read().map_err(|column: Unreadable| column.of("finding", seq))?;
        let own = in_force.get(no.as_str()).into_iter().flatten().copied();
        if marks::counting(own, quarter, asked, at).is_some() {
            waived.entry(seq).or_default().add(asked.1);
        }
    }
    Ok(())
}
