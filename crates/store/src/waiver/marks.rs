//! Which findings are waived: of an upload that was handed in those that were waived then, of any other those that are now.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use diesel::{ExpressionMethods, Insertable, JoinOnDsl, QueryDsl, RunQueryDsl};
use nachweis_domain::{
    finding::{Code, Severity},
    quarter::Quarter,
    record::{RatedFinding, Upload, UploadId, UploadState, WaiverId},
    waiver::{self, FindingWaiver, Waiver},
};

use super::{Which, load};
use crate::{
    connection::{Conn, on},
    error::{Conflict, StoreError},
    finding,
    kept::{self, Unreadable},
    rows::insert_rows,
    schema::{finding_waiver, upload},
    selection::Selection,
    store::Store,
    upload::require,
};

#[derive(Insertable)]
#[diesel(table_name = finding_waiver)]
struct NewRow {
    upload_seq: i64,
    finding: i32,
    waiver: String,
}

impl Store {
    /// The findings of an upload in the order of the verdict, with the lead's comments and the waivers under which it was
    /// handed in, or could be at this moment.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such upload; or when the database fails or a row is damaged.
    pub fn findings_at(&self, id: UploadId, at: DateTime<Utc>) -> Result<Vec<RatedFinding>, StoreError> {
        self.snapshot("read the findings of an upload", |conn| {
            let (seq, upload) = require(conn, id)?;
            findings(conn, seq, &upload, at)
        })
    }
}

/// The findings of an upload with their waivers at a moment.
pub(crate) fn findings(
    conn: &mut Conn<'_>,
    seq: i64,
    upload: &Upload,
    at: DateTime<Utc>,
) -> Result<Vec<RatedFinding>, StoreError> {
    let listed = finding::list(conn, seq)?;
    let waivers = if listed.is_empty() {
        Vec::new()
    } else {
        load(conn, Which::Subproject(upload.subproject.as_str()))?
    };
    let handed_in = if waivers.is_empty() {
        BTreeMap::new()
    } else {
        handed_in(conn, seq)?
    };
    let pending = is_pending(upload.state);
    let mark = |position: u32, mut rated: RatedFinding| {
        rated.waiver = if pending {
            let asked = (rated.finding.code(), rated.severity);
            counting(&waivers, upload.quarter, asked, at)
        } else {
            handed_in.get(&position).and_then(|id| named(&waivers, *id))
        };
        rated
    };
    Ok(listed
        .into_iter()
        .map(|(position, rated)| mark(position, rated))
        .collect())
}

/// Whether an upload was not handed in yet.
const fn is_pending(state: UploadState) -> bool {
    matches!(state, UploadState::Blocked | UploadState::Checked)
}

/// The waiver that counts at a moment for a finding of this code and severity; what needs nothing is not waived.
pub(super) fn counting<'a>(
    waivers: impl IntoIterator<Item = &'a Waiver>,
    quarter: Quarter,
    (code, severity): (Code, Severity),
    at: DateTime<Utc>,
) -> Option<FindingWaiver> {
    let needs = matches!(severity, Severity::Blocking | Severity::Warning);
    // A code that a later version no longer lets be waived is not waived any longer.
    (needs && code.unwaivable().is_none())
        .then(|| waiver::in_force(waivers, code, quarter, at))
        .flatten()
}

fn named(waivers: &[Waiver], id: WaiverId) -> Option<FindingWaiver> {
    waivers
        .iter()
        .find(|waiver| waiver.id == id)
        .and_then(Waiver::named)
}

/// The waivers under which an upload was handed in, by the position of the finding.
fn handed_in(conn: &mut Conn<'_>, seq: i64) -> Result<BTreeMap<u32, WaiverId>, StoreError> {
    let rows: Vec<(i32, String)> = on!(conn, c => finding_waiver::table
        .filter(finding_waiver::upload_seq.eq(seq))
        .select((finding_waiver::finding, finding_waiver::waiver))
        .load(c))?;
    let read = |(finding, waiver): (i32, String)| {
        Ok((
            kept::number("finding", finding)?,
            kept::parsed("waiver", &waiver)?,
        ))
    };
    rows.into_iter()
        .map(|row| read(row).map_err(|column: Unreadable| column.of("finding_waiver", seq)))
        .collect()
}

/// Notes the waivers under which an upload is handed in. Gives how many blocking findings are waived.
///
/// A warning without comment whose waiver has ended since somebody looked would be handed in with neither.
pub(crate) fn record(
    conn: &mut Conn<'_>,
    (seq, upload): (i64, &Upload),
    commented: &[u32],
    at: DateTime<Utc>,
) -> Result<Waived, StoreError> {
    let findings = findings(conn, seq, upload, at)?;
    if findings.is_empty() {
        return Ok(Waived {
            any: false,
            blocking: 0,
        });
    }
    let waivers = load(conn, Which::Subproject(upload.subproject.as_str()))?;
    let mut rows = Vec::new();
    for (position, rated) in (0_u32..).zip(&findings) {
        if let Some(waiver) = &rated.waiver {
            rows.push(NewRow {
                upload_seq: seq,
                finding: kept::fit(position)?,
                waiver: waiver.id.to_string(),
            });
        } else if rated.severity == Severity::Warning && !commented.contains(&position) {
            let code = rated.finding.code();
            let ended = waivers.iter().any(|waiver| {
                waiver.code == code && waiver.covers(upload.quarter) && waiver.granted_until().is_some()
            });
            if ended {
                return Err(StoreError::Conflict(Conflict::Concurrent));
            }
        }
    }
    insert_rows!(conn, finding_waiver::table, &rows);
    Ok(Waived {
        any: !rows.is_empty(),
        blocking: waiver::waived(&findings, Severity::Blocking),
    })
}

/// What was waived when an upload was handed in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waived {
    /// Whether any finding was.
    pub(crate) any: bool,
    /// How many blocking ones.
    pub(crate) blocking: u32,
}

/// The waivers of a selection as they were known at a moment, and what was handed in under them by then.
pub(crate) struct KnownMarks {
    waivers: Vec<Waiver>,
    handed_in: HashMap<i64, BTreeMap<u32, WaiverId>>,
    at: DateTime<Utc>,
}

impl KnownMarks {
    /// Reads them.
    pub(crate) fn load(
        conn: &mut Conn<'_>,
        selection: Selection<'_>,
        at: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let waivers = known_at(conn, selection, at)?;
        let rows: Vec<(i64, i32, String)> = if waivers.is_empty() {
            Vec::new()
        } else {
            on!(conn, c => {
                let all = finding_waiver::table
                    .inner_join(upload::table.on(upload::seq.eq(finding_waiver::upload_seq)))
                    .select((finding_waiver::upload_seq, finding_waiver::finding, finding_waiver::waiver));
                match selection {
                    Selection::Round(code) => all.filter(upload::round.eq(code.as_str())).load(c),
                    Selection::Subproject(no) => all.filter(upload::subproject.eq(no.as_str())).load(c),
                }
            })?
        };
        let mut handed_in: HashMap<i64, BTreeMap<u32, WaiverId>> = HashMap::new();
        for (seq, finding, waiver) in rows {
            let damaged = |column: Unreadable| column.of("finding_waiver", seq);
            let position = kept::number("finding", finding).map_err(damaged)?;
            let waiver = kept::parsed("waiver", &waiver).map_err(damaged)?;
            handed_in.entry(seq).or_default().insert(position, waiver);
        }
        Ok(Self {
            waivers,
            handed_in,
            at,
        })
    }

    /// The waivers in the order of their numbers.
    pub(crate) fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// The waiver of a finding of an upload, which has the state of the moment.
    pub(crate) fn of(
        &self,
        seq: i64,
        upload: &Upload,
        position: u32,
        rated: &RatedFinding,
    ) -> Option<FindingWaiver> {
        if self.waivers.is_empty() {
            return None;
        }
        if is_pending(upload.state) {
            let own = self
                .waivers
                .iter()
                .filter(|waiver| waiver.subproject == upload.subproject);
            let asked = (rated.finding.code(), rated.severity);
            return counting(own, upload.quarter, asked, self.at);
        }
        let id = self.handed_in.get(&seq)?.get(&position)?;
        named(&self.waivers, *id)
    }
}

/// The waivers of the selection as they were known at a moment, in the order of their numbers.
pub(crate) fn known_at(
    conn: &mut Conn<'_>,
    selection: Selection<'_>,
    at: DateTime<Utc>,
) -> Result<Vec<Waiver>, StoreError> {
    let which = match selection {
        Selection::Round(code) => Which::Round(code.as_str()),
        Selection::Subproject(no) => Which::Subproject(no.as_str()),
    };
    let all = load(conn, which)?;
    Ok(all
        .into_iter()
        .filter_map(|waiver| waiver.as_known_at(at))
        .collect())
}
