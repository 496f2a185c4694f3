//! What a quarter is checked against, from the record: the plan in effect and what earlier quarters hold.

use std::collections::{BTreeMap, BTreeSet};

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, RunQueryDsl,
    SelectableHelper,
};
use nachweis_domain::{
    context::{FundTotals, GenderCounts, History, ReportingContext},
    key::SubprojectNo,
    money::Money,
    plan::in_effect_or_first,
    quarter::Quarter,
    record::UploadState,
};

use crate::{
    connection::{Conn, on},
    disbursement,
    error::StoreError,
    kept::{self, Unreadable},
    plan,
    schema::{upload, upload_summary, voucher},
    store::Store,
    subproject,
    totals::{Reader, Total},
    upload::{StepMoments, read_state},
};

/// A revision that may count: its number in the database, its quarter and state, its steps, its totals.
type Candidate = (i64, i32, String, StepMoments, String);

impl Store {
    /// What the figures of a subproject's quarter are checked against. `None` when the record does not know the
    /// subproject or has no plan for it.
    ///
    /// The plan is the one in effect on the last day of the quarter: the latest day of effect that is not after it, and
    /// of these the last recorded; before any takes effect, the first that will. Earlier quarters count with their
    /// accepted revision, or else the submitted one.
    ///
    /// # Errors
    /// When the database fails or a row is damaged.
    pub fn reporting_context(
        &self,
        no: &SubprojectNo,
        quarter: Quarter,
    ) -> Result<Option<ReportingContext>, StoreError> {
        self.snapshot("read what a quarter is checked against", |conn| {
            self.context_at(conn, no, quarter, kept::ALWAYS)
        })
    }

    /// What the figures of a quarter are checked against, as the record knew it at a moment. Workbook version and the name
    /// of the network are today's; no rule looks at them.
    pub(crate) fn context_at(
        &self,
        conn: &mut Conn<'_>,
        no: &SubprojectNo,
        quarter: Quarter,
        at: i64,
    ) -> Result<Option<ReportingContext>, StoreError> {
        let Some(subproject) = subproject::get_at(conn, no, at)? else {
            return Ok(None);
        };
        let mut versions = plan::versions(conn, no)?;
        versions.retain(|version| kept::moment(version.recorded_at) <= at);
        let Some(plan) = in_effect_or_first(&versions, quarter.last_day()).cloned() else {
            return Ok(None);
        };
        let network_name = match &subproject.network {
            Some(code) => subproject::network_name(conn, &subproject.round, code)?,
            None => None,
        };
        Ok(Some(ReportingContext {
            history: history(conn, no, quarter, at)?,
            network_name,
            quarter,
            template_version: self.template_version(conn, subproject.round.as_str())?,
            plan,
            subproject,
        }))
    }
}

fn history(conn: &mut Conn<'_>, no: &SubprojectNo, quarter: Quarter, at: i64) -> Result<History, StoreError> {
    let counting = counting(conn, no, quarter, at)?;
    let mut history = History {
        disbursements: disbursement::of_subproject(conn, no, at)?
            .into_iter()
            .filter(|paid| paid.paid_on <= quarter.last_day())
            .collect(),
        voucher_numbers: voucher_numbers(conn, &counting)?,
        reported_quarters: Some(counting.keys().copied().collect()),
        ..History::default()
    };
    let mut reader = Reader::new();
    for (earlier, (_, totals)) in &counting {
        let this_year = earlier.year() == quarter.year();
        reader
            .read(totals, |total| add(&mut history, total, this_year))
            .map_err(|column| column.of("upload_summary", format!("{no} {earlier}")))?;
    }
    Ok(history)
}

/// The revision that counted for each earlier quarter at a moment, with its totals.
fn counting(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    before: Quarter,
    at: i64,
) -> Result<BTreeMap<Quarter, (i64, String)>, StoreError> {
    let [accepted, submitted] = [UploadState::Accepted, UploadState::Submitted].map(UploadState::as_str);
    let candidates: Vec<Candidate> = on!(conn, c => upload::table
        .inner_join(upload_summary::table.on(upload_summary::upload_seq.eq(upload::seq)))
        .filter(upload::subproject.eq(no.as_str()))
        .filter(upload::quarter.lt(before.ordinal()))
        .filter(upload::state.eq(accepted).or(upload::state.eq(submitted))
            // What was decided later counted until then.
            .or(upload::decided_at.assume_not_null().gt(at))
            .or(upload::superseded_at.assume_not_null().gt(at)))
        .order(upload::seq)
        .select((
            upload::seq,
            upload::quarter,
            upload::state,
            StepMoments::as_select(),
            upload_summary::totals,
        ))
        .load(c))?;
    let mut counting = BTreeMap::new();
    for (seq, ordinal, state, steps, totals) in candidates {
        let read = || {
            let quarter = kept::read_quarter("quarter", ordinal)?;
            Ok::<_, Unreadable>((quarter, read_state(&state, steps.endorsed_at)?))
        };
        let (quarter, today) = read().map_err(|column| column.of("upload", seq))?;
        // Blocked or checked before it was handed in: neither counts.
        let state = steps.state_at(today, 0, at);
        let counts = state == UploadState::Accepted || state.is_open();
        if counts && (state == UploadState::Accepted || !counting.contains_key(&quarter)) {
            counting.insert(quarter, (seq, totals));
        }
    }
    Ok(counting)
}

fn voucher_numbers(
    conn: &mut Conn<'_>,
    counting: &BTreeMap<Quarter, (i64, String)>,
) -> Result<BTreeSet<String>, StoreError> {
    let mut numbers = BTreeSet::new();
    for (seq, _) in counting.values() {
        let of_upload: Vec<String> = on!(conn, c => voucher::table
            .filter(voucher::upload_seq.eq(seq))
            .filter(voucher::number.is_not_null())
            .select(voucher::number.assume_not_null())
            .load(c))?;
        numbers.extend(of_upload);
    }
    Ok(numbers)
}

fn add(history: &mut History, total: Total, this_year: bool) {
    match total {
        Total::Expenditure(item, amount) => {
            if this_year {
                *history.spent_this_year.entry(item.clone()).or_insert(Money::ZERO) += amount;
            }
            *history.spent.entry(item).or_insert(Money::ZERO) += amount;
        }
        Total::Fund(source, totals) => {
            let sum: &mut FundTotals = history.funds.entry(source).or_default();
            sum.called += totals.called;
            sum.received += totals.received;
            sum.spent += totals.spent;
        }
        Total::Indicator(code, counts) => {
            let sum: &mut GenderCounts = history.indicators.entry(code).or_default();
            sum.women += counts.women;
            sum.men += counts.men;
            sum.non_binary += counts.non_binary;
            sum.total += counts.total;
        }
        Total::Counter(counter, count) => *history.counters.entry(counter).or_default() += count,
    }
}
