//! The state of a round for reports: a handful of queries, whatever the size of the round.

use std::collections::{BTreeMap, HashMap};

use diesel::{BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl, SelectableHelper};
use nachweis_domain::{
    key::{RoundCode, SubprojectNo},
    ledger::{
        CounterEntry, ExpenditureEntry, FundEntry, IndicatorEntry, Ledger, QuarterState, SubprojectIndex,
        SubprojectState,
    },
    life,
    money::Money,
    quarter::Quarter,
    record::UploadState,
};

use crate::{
    as_of::{self, AsOf},
    connection::{Conn, on},
    coordination, disbursement,
    error::StoreError,
    journal,
    kept::{self, Unreadable},
    plan, round,
    schema::{upload, upload_summary},
    selection::Selection,
    standing,
    store::Store,
    subproject,
    totals::{Reader, Total},
    upload::{StepMoments, read_state},
    waiver::marks,
};

/// A revision as it is read: number in the database, subproject, quarter, revision, state, steps, uploaded, blocking,
/// warnings.
type RevisionRow = (i64, String, i32, i32, String, StepMoments, i64, i32, i32);

/// A revision in the order of the ledger.
struct Revision {
    seq: i64,
    state: QuarterState,
}

impl Store {
    /// The state of a round as of its last change.
    ///
    /// Subprojects stand with all their plan versions: which of them counts depends on the report.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when there is no such round; or when the database fails or a row is damaged.
    pub fn ledger(&self, code: &RoundCode) -> Result<Ledger, StoreError> {
        self.snapshot("read a ledger", |conn| {
            let as_of = as_of::now(conn, code)?;
            ledger(conn, code, &as_of)
        })
    }

    /// The state of a round as it was known at a moment: the same for good.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] when the round was not recorded by then; or when the database fails or a row is damaged.
    pub fn ledger_as_of(&self, code: &RoundCode, as_of: &AsOf) -> Result<Ledger, StoreError> {
        self.snapshot("read a ledger", |conn| ledger(conn, code, as_of))
    }
}

/// A revision that counts for its subproject and quarter.
pub(crate) struct Counted {
    /// The subproject.
    pub(crate) subproject: SubprojectNo,
    /// The quarter of the workbook.
    pub(crate) quarter: Quarter,
    /// The state of the revision.
    pub(crate) state: UploadState,
}

/// The revisions that counted at a moment, under their numbers in the database.
pub(crate) fn counting_revisions(
    conn: &mut Conn<'_>,
    code: &RoundCode,
    as_of: &AsOf,
) -> Result<HashMap<i64, Counted>, StoreError> {
    let subprojects = subproject::of_round_at(conn, code, as_of.at())?;
    let numbers = subprojects.iter().map(|subproject| subproject.no.as_str());
    let index: HashMap<&str, SubprojectIndex> = numbers.zip(0..).collect();
    let revisions = revisions(conn, code, &index, as_of.at())?;
    let counted = counting(&revisions).filter_map(|Revision { seq, state }| {
        let counted = Counted {
            subproject: subprojects.get(state.subproject)?.no.clone(),
            quarter: state.quarter,
            state: state.state,
        };
        Some((*seq, counted))
    });
    Ok(counted.collect())
}

/// The ledger of a moment within a snapshot. Today's is read the same way.
pub(crate) fn ledger(conn: &mut Conn<'_>, code: &RoundCode, as_of: &AsOf) -> Result<Ledger, StoreError> {
    let at = as_of.at();
    let round = round::require_at(conn, code.as_str(), at)?;
    let subprojects = subproject_states(conn, code, at)?;
    let index: HashMap<&str, SubprojectIndex> = subprojects
        .iter()
        .enumerate()
        .map(|(index, state)| (state.subproject.no.as_str(), index))
        .collect();
    let revisions = revisions(conn, code, &index, at)?;
    let networks = subproject::networks_at(conn, code, at)?;
    let reopenings = standing::reopenings_at(conn, code, &index, at)?;
    let mut ledger = Ledger {
        round,
        as_of: as_of.figures.at,
        status_at: as_of.status.at,
        mark: journal::mark_of(conn, as_of.status.position)?,
        coordinated: coordination::coordinated_of(conn, &networks, at)?,
        networks,
        expenditure: Vec::new(),
        funds: Vec::new(),
        indicators: Vec::new(),
        counters: Vec::new(),
        quarters: quarters(&revisions),
        subprojects,
        waivers: marks::known_at(conn, Selection::Round(code), as_of.status.at)?,
        closings: standing::closings_at(conn, code, at)?,
        reopenings,
    };
    add_totals(conn, (code, at), &revisions, &mut ledger)?;
    Ok(ledger)
}

/// Subprojects with their plans and payments, in the order of their numbers.
fn subproject_states(
    conn: &mut Conn<'_>,
    code: &RoundCode,
    at: i64,
) -> Result<Vec<SubprojectState>, StoreError> {
    let mut plans = plan::known_at(conn, Selection::Round(code), at)?;
    let mut paid = disbursement::of_round(conn, code, at)?;
    Ok(subproject::of_round_at(conn, code, at)?
        .into_iter()
        .map(|subproject| SubprojectState {
            plans: plans.remove(subproject.no.as_str()).unwrap_or_default(),
            disbursements: paid.remove(subproject.no.as_str()).unwrap_or_default(),
            subproject,
        })
        .collect())
}

/// All revisions of a round that were uploaded up to a moment, as they stood then, in the order of subproject, quarter,
/// revision.
fn revisions(
    conn: &mut Conn<'_>,
    code: &RoundCode,
    index: &HashMap<&str, SubprojectIndex>,
    at: i64,
) -> Result<Vec<Revision>, StoreError> {
    let rows: Vec<RevisionRow> = on!(conn, c => upload::table
        .filter(upload::round.eq(code.as_str()))
        .filter(upload::uploaded_at.le(at))
        .select((
            upload::seq,
            upload::subproject,
            upload::quarter,
            upload::revision,
            upload::state,
            StepMoments::as_select(),
            upload::uploaded_at,
            upload::blocking,
            upload::warnings,
        ))
        .load(c))?;
    let mut revisions: Vec<Revision> = rows
        .into_iter()
        .map(|row| {
            let seq = row.0;
            revision(row, index, at).map_err(|column| column.of("upload", seq))
        })
        .collect::<Result<_, _>>()?;
    revisions
        .sort_unstable_by_key(|Revision { state, .. }| (state.subproject, state.quarter, state.revision));
    Ok(revisions)
}

fn revision(
    row: RevisionRow,
    index: &HashMap<&str, SubprojectIndex>,
    at: i64,
) -> Result<Revision, Unreadable> {
    let (seq, no, quarter, revision, state, steps, uploaded_at, blocking, warnings) = row;
    let state = QuarterState {
        subproject: *index.get(no.as_str()).ok_or(Unreadable("subproject"))?,
        quarter: kept::read_quarter("quarter", quarter)?,
        state: steps.state_at(
            read_state(&state, steps.endorsed_at)?,
            kept::number("blocking", blocking)?,
            at,
        ),
        revision: kept::number("revision", revision)?,
        uploaded_at: kept::read_moment("uploaded_at", uploaded_at)?,
        submitted_at: steps
            .submitted_at
            .filter(|submitted| *submitted <= at)
            .map(|at| kept::read_moment("submitted_at", at))
            .transpose()?,
        blocking: kept::number("blocking", blocking)?,
        warnings: kept::number("warnings", warnings)?,
        is_reported: false,
        counting: None,
        is_accepted: false,
    };
    Ok(Revision { seq, state })
}

/// The latest revision of each quarter, with the moment at which the quarter was first submitted, and whether it is
/// reported.
fn quarters(revisions: &[Revision]) -> Vec<QuarterState> {
    revisions
        .chunk_by(|a, b| (a.state.subproject, a.state.quarter) == (b.state.subproject, b.state.quarter))
        .filter_map(|of_quarter| {
            let latest = of_quarter.last()?.state.clone();
            let counting = counting_of(of_quarter).map(|revision| &revision.state);
            Some(QuarterState {
                submitted_at: of_quarter
                    .iter()
                    .filter_map(|revision| revision.state.submitted_at)
                    .min(),
                is_reported: counting.is_some(),
                counting: counting.map(|state| state.revision),
                is_accepted: counting.is_some_and(|state| state.state == UploadState::Accepted),
                ..latest
            })
        })
        .collect()
}

/// The revision that counts for each quarter: the accepted one, and where there is none the one handed in.
fn counting(revisions: &[Revision]) -> impl Iterator<Item = &Revision> {
    revisions
        .chunk_by(|a, b| (a.state.subproject, a.state.quarter) == (b.state.subproject, b.state.quarter))
        .filter_map(counting_of)
}

fn counting_of(of_quarter: &[Revision]) -> Option<&Revision> {
    life::counting(of_quarter, |revision| revision.state.state)
}

/// Adds what the counting revisions report, in the order of subproject, quarter, key.
fn add_totals(
    conn: &mut Conn<'_>,
    (code, at): (&RoundCode, i64),
    revisions: &[Revision],
    ledger: &mut Ledger,
) -> Result<(), StoreError> {
    let rows: Vec<(i64, String)> = on!(conn, c => upload_summary::table
        .inner_join(upload::table.on(upload::seq.eq(upload_summary::upload_seq)))
        .filter(upload::round.eq(code.as_str()))
        .filter(upload::submitted_at.le(at))
        .filter(upload::return_reason.is_null().or(upload::decided_at.gt(at)))
        .filter(upload::superseded_at.is_null().or(upload::superseded_at.gt(at)))
        .select((upload_summary::upload_seq, upload_summary::totals))
        .load(c))?;
    let totals: BTreeMap<i64, String> = rows.into_iter().collect();
    let mut reader = Reader::new();
    let expected = totals.len();
    for Revision { seq, state } in counting(revisions) {
        let text = totals
            .get(seq)
            .ok_or_else(|| Unreadable("totals").of("upload_summary", seq))?;
        let accepted = state.state == UploadState::Accepted;
        reader
            .read(text, |total| {
                add(ledger, state.subproject, state.quarter, accepted, total);
            })
            .map_err(|column| column.of("upload_summary", seq))?;
        if ledger.expenditure.capacity() < expected {
            reserve(ledger, expected);
        }
    }
    Ok(())
}

/// Makes room for as many uploads like the first.
fn reserve(ledger: &mut Ledger, uploads: usize) {
    ledger.expenditure.reserve(ledger.expenditure.len() * uploads);
    ledger.funds.reserve(ledger.funds.len() * uploads);
    ledger.indicators.reserve(ledger.indicators.len() * uploads);
    ledger.counters.reserve(ledger.counters.len() * uploads);
}

fn add(ledger: &mut Ledger, subproject: SubprojectIndex, quarter: Quarter, accepted: bool, total: Total) {
    match total {
        Total::Expenditure(item, reported) => ledger.expenditure.push(ExpenditureEntry {
            subproject,
            quarter,
            item,
            reported,
            accepted: if accepted { reported } else { Money::ZERO },
        }),
        Total::Fund(source, totals) => ledger.funds.push(FundEntry {
            subproject,
            quarter,
            source,
            totals,
        }),
        Total::Indicator(code, counts) => ledger.indicators.push(IndicatorEntry {
            subproject,
            quarter,
            code,
            counts,
        }),
        Total::Counter(counter, count) => ledger.counters.push(CounterEntry {
            subproject,
            quarter,
            counter,
            count,
        }),
    }
}
