//! What a quarter is checked against, from the record: the plan in effect and what earlier quarters hold.

use std::collections::{BTreeMap, BTreeSet};

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, NullableExpressionMethods, QueryDsl, RunQueryDsl,
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
    kept, plan,
    schema::{upload, upload_summary, voucher},
    store::Store,
    subproject,
    totals::{Reader, Total},
};

/// A revision that may count: its number in the database, its quarter and state, its totals.
type Candidate = (i64, i32, String, String);

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
            let Some(subproject) = subproject::get(conn, no)? else {
                return Ok(None);
            };
            let versions = plan::versions(conn, no)?;
            let Some(plan) = in_effect_or_first(&versions, quarter.last_day()).cloned() else {
                return Ok(None);
            };
            let network_name = match &subproject.network {
                Some(code) => subproject::network_name(conn, &subproject.round, code)?,
                None => None,
            };
            Ok(Some(ReportingContext {
                history: history(conn, no, quarter)?,
                network_name,
                quarter,
                template_version: self.template_version(conn, subproject.round.as_str())?,
                plan,
                subproject,
            }))
        })
    }
}

fn history(conn: &mut Conn<'_>, no: &SubprojectNo, quarter: Quarter) -> Result<History, StoreError> {
    let counting = counting(conn, no, quarter)?;
    let mut history = History {
        disbursements: disbursement::of_subproject(conn, no)?
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

/// The revision that counts for each earlier quarter, with its totals.
fn counting(
    conn: &mut Conn<'_>,
    no: &SubprojectNo,
    before: Quarter,
) -> Result<BTreeMap<Quarter, (i64, String)>, StoreError> {
    let [accepted, submitted] = [UploadState::Accepted, UploadState::Submitted].map(UploadState::as_str);
    let candidates: Vec<Candidate> = on!(conn, c => upload::table
        .inner_join(upload_summary::table.on(upload_summary::upload_seq.eq(upload::seq)))
        .filter(upload::subproject.eq(no.as_str()))
        .filter(upload::quarter.lt(before.ordinal()))
        .filter(upload::state.eq(accepted).or(upload::state.eq(submitted)))
        .select((upload::seq, upload::quarter, upload::state, upload_summary::totals))
        .load(c))?;
    let mut counting = BTreeMap::new();
    for (seq, ordinal, state, totals) in candidates {
        let quarter = kept::read_quarter("quarter", ordinal).map_err(|column| column.of("upload", seq))?;
        if state == accepted || !counting.contains_key(&quarter) {
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
