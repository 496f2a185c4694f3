//! What the database sums and counts by itself, so that the audit's control totals do not rest on our own adding alone.

use std::{collections::HashSet, sync::Arc};

use diesel::{
    BoolExpressionMethods, ExpressionMethods, JoinOnDsl, QueryDsl, RunQueryDsl,
    dsl::{count_star, exists, not, sql},
    sql_types::BigInt,
};
use nachweis_domain::{
    audit::{
        AuditRows, AuditSums, FigureKind, FigurePart, FigureSum, PaymentSum, PlanRowKind, PlanSum, VoucherSum,
    },
    key::{ItemKey, RoundCode, SourceKey, SubprojectNo},
    money::Money,
};

use crate::{
    connection::{Conn, on},
    error::StoreError,
    figure::KEY_CELL,
    kept::{self, Unreadable},
    schema::{
        disbursement, figure, finding, journal, plan_row, plan_version, subproject, upload, voucher, waiver,
    },
};

diesel::alias!(upload as accepted: Accepted);

/// Kinds of figures that have sums.
const SUMMED: [&str; 4] = [
    FigureKind::Expenditure.as_str(),
    FigureKind::Fund.as_str(),
    FigureKind::Indicator.as_str(),
    FigureKind::Counter.as_str(),
];

/// Parts of figures that are no values to sum: the key's own cell, the corrected quarter, its reason.
const NOT_SUMMED: [&str; 3] = [KEY_CELL, FigurePart::Corrects.as_str(), FigurePart::Note.as_str()];

/// Whether reports counted a revision at a moment: the accepted one, and where there was none yet the submitted one.
macro_rules! counts {
    ($at:expr) => {
        upload::submitted_at
            .le($at)
            .and(upload::return_reason.is_null().or(upload::decided_at.gt($at)))
            .and(upload::superseded_at.is_null().or(upload::superseded_at.gt($at)))
            .and(
                upload::decided_at.le($at).or(not(exists(
                    accepted
                        .filter(accepted.field(upload::subproject).eq(upload::subproject))
                        .filter(accepted.field(upload::quarter).eq(upload::quarter))
                        .filter(accepted.field(upload::decided_at).le($at))
                        .filter(accepted.field(upload::return_reason).is_null())
                        .filter(
                            accepted
                                .field(upload::superseded_at)
                                .is_null()
                                .or(accepted.field(upload::superseded_at).gt($at)),
                        ),
                ))),
            )
    };
}

/// All sums and counts of a round as it was known at a moment; journal entries count up to a position.
pub(super) fn load(
    conn: &mut Conn<'_>,
    round: &RoundCode,
    at: i64,
    last_entry: u64,
) -> Result<AuditSums, StoreError> {
    Ok(AuditSums {
        rows: rows(conn, round, at, last_entry)?,
        figures: figures(conn, round, at)?,
        vouchers: vouchers(conn, round, at)?,
        plans: plans(conn, round, at)?,
        payments: payments(conn, round, at)?,
    })
}

fn rows(conn: &mut Conn<'_>, round: &RoundCode, at: i64, last_entry: u64) -> Result<AuditRows, StoreError> {
    let round = round.as_str();
    let last_entry: i64 = kept::fit(last_entry)?;
    let uploads: i64 = on!(conn, c => upload::table
        .filter(upload::round.eq(round))
        .filter(upload::uploaded_at.le(at))
        .select(count_star())
        .first(c))?;
    let figures: i64 = on!(conn, c => figure::table
        .inner_join(upload::table.on(upload::seq.eq(figure::upload_seq)))
        .filter(upload::round.eq(round))
        .filter(upload::uploaded_at.le(at))
        .filter(figure::part.ne(KEY_CELL))
        .select(count_star())
        .first(c))?;
    let vouchers: i64 = on!(conn, c => voucher::table
        .inner_join(upload::table.on(upload::seq.eq(voucher::upload_seq)))
        .filter(upload::round.eq(round))
        .filter(upload::uploaded_at.le(at))
        .select(count_star())
        .first(c))?;
    let payments: i64 = on!(conn, c => disbursement::table
        .inner_join(subproject::table.on(subproject::no.eq(disbursement::subproject)))
        .filter(subproject::round.eq(round))
        .filter(disbursement::recorded_at.le(at))
        .select(count_star())
        .first(c))?;
    let plan_rows: i64 = on!(conn, c => plan_row::table
        .inner_join(subproject::table.on(subproject::no.eq(plan_row::subproject)))
        .inner_join(plan_version::table.on(
            plan_version::subproject.eq(plan_row::subproject).and(plan_version::number.eq(plan_row::number)),
        ))
        .filter(subproject::round.eq(round))
        .filter(plan_version::recorded_at.le(at))
        .select(count_star())
        .first(c))?;
    let findings: i64 = on!(conn, c => finding::table
        .inner_join(upload::table.on(upload::seq.eq(finding::upload_seq)))
        .filter(upload::round.eq(round))
        .filter(upload::uploaded_at.le(at))
        .select(count_star())
        .first(c))?;
    let waivers: i64 = on!(conn, c => waiver::table
        .filter(waiver::round.eq(round))
        .filter(waiver::asked_at.le(at))
        .select(count_star())
        .first(c))?;
    let journal: i64 = on!(conn, c => journal::table
        .filter(journal::position.le(last_entry))
        .select(count_star())
        .first(c))?;
    Ok(AuditRows {
        uploads: kept::fit(uploads)?,
        figures: kept::fit(figures)?,
        vouchers: kept::fit(vouchers)?,
        payments: kept::fit(payments)?,
        plan_rows: kept::fit(plan_rows)?,
        findings: kept::fit(findings)?,
        waivers: kept::fit(waivers)?,
        journal: kept::fit(journal)?,
    })
}

/// Subproject, quarter, decided at, kind, key, part, sum.
type FigureRow = (String, i32, Option<i64>, String, String, String, i64);

fn figures(conn: &mut Conn<'_>, round: &RoundCode, at: i64) -> Result<Vec<FigureSum>, StoreError> {
    let rows: Vec<FigureRow> = on!(conn, c => figure::table
        .inner_join(upload::table.on(upload::seq.eq(figure::upload_seq)))
        .filter(upload::round.eq(round.as_str()))
        .filter(counts!(at))
        .filter(figure::kind.eq_any(SUMMED))
        .filter(figure::part.ne_all(NOT_SUMMED))
        .group_by((
            upload::subproject,
            upload::quarter,
            upload::decided_at,
            figure::kind,
            figure::key,
            figure::part,
        ))
        .select((
            upload::subproject,
            upload::quarter,
            upload::decided_at,
            figure::kind,
            figure::key,
            figure::part,
            sql::<BigInt>("CAST(COALESCE(SUM(figure.value), 0) AS BIGINT)"),
        ))
        .load(c))?;
    let mut names = Names::default();
    let mut sums = Vec::with_capacity(rows.len());
    for row in rows {
        let (no, key) = (SubprojectNo::new(names.shared(&row.0)), names.shared(&row.4));
        let sum = figure_sum(no, key, row, at).map_err(|column| column.of("figure", round))?;
        sums.push(sum);
    }
    sums.sort_by(|a, b| (&a.subproject, a.quarter).cmp(&(&b.subproject, b.quarter)));
    Ok(sums)
}

fn figure_sum(
    subproject: SubprojectNo,
    key: Arc<str>,
    (_, quarter, decided_at, kind, _, part, sum): FigureRow,
    at: i64,
) -> Result<FigureSum, Unreadable> {
    Ok(FigureSum {
        subproject,
        quarter: kept::read_quarter("quarter", quarter)?,
        accepted: decided_at.is_some_and(|decided| decided <= at),
        kind: kept::variant("kind", &FigureKind::ALL, FigureKind::as_str, &kind)?,
        key,
        part: kept::variant("part", &FigurePart::ALL, FigurePart::as_str, &part)?,
        sum,
    })
}

fn vouchers(conn: &mut Conn<'_>, round: &RoundCode, at: i64) -> Result<Vec<VoucherSum>, StoreError> {
    let rows: Vec<(Option<String>, i64)> = on!(conn, c => voucher::table
        .inner_join(upload::table.on(upload::seq.eq(voucher::upload_seq)))
        .filter(upload::round.eq(round.as_str()))
        .filter(counts!(at))
        .group_by(voucher::item)
        .select((
            voucher::item,
            sql::<BigInt>("CAST(COALESCE(SUM(voucher.amount_cents), 0) AS BIGINT)"),
        ))
        .load(c))?;
    Ok(rows
        .into_iter()
        .map(|(item, cents)| VoucherSum {
            item: item.map(ItemKey::new),
            sum: Money::from_cents(cents),
        })
        .collect())
}

/// Subproject, version, kind, key, year, amount.
type PlanRow = (String, i32, String, String, i32, i64);

fn plans(conn: &mut Conn<'_>, round: &RoundCode, at: i64) -> Result<Vec<PlanSum>, StoreError> {
    let rows: Vec<PlanRow> = on!(conn, c => plan_row::table
        .inner_join(subproject::table.on(subproject::no.eq(plan_row::subproject)))
        .inner_join(plan_version::table.on(
            plan_version::subproject.eq(plan_row::subproject).and(plan_version::number.eq(plan_row::number)),
        ))
        .filter(subproject::round.eq(round.as_str()))
        .filter(plan_version::recorded_at.le(at))
        .select((
            plan_row::subproject,
            plan_row::number,
            plan_row::kind,
            plan_row::key,
            plan_row::year,
            plan_row::amount,
        ))
        .load(c))?;
    let mut names = Names::default();
    rows.into_iter()
        .map(|(no, version, kind, key, year, sum)| {
            let damaged = |column: Unreadable| column.of("plan_row", &no);
            Ok(PlanSum {
                version: kept::number("number", version).map_err(damaged)?,
                kind: kept::variant("kind", &PlanRowKind::ALL, PlanRowKind::as_str, &kind)
                    .map_err(damaged)?,
                subproject: SubprojectNo::new(names.shared(&no)),
                key: names.shared(&key),
                // Year 0 stands for the whole grant.
                year: (year != 0).then_some(year),
                sum,
            })
        })
        .collect()
}

fn payments(conn: &mut Conn<'_>, round: &RoundCode, at: i64) -> Result<Vec<PaymentSum>, StoreError> {
    let rows: Vec<(String, i32, String, i64)> = on!(conn, c => disbursement::table
        .inner_join(subproject::table.on(subproject::no.eq(disbursement::subproject)))
        .filter(subproject::round.eq(round.as_str()))
        .filter(disbursement::recorded_at.le(at))
        .group_by((disbursement::subproject, disbursement::paid_on, disbursement::source))
        .select((
            disbursement::subproject,
            disbursement::paid_on,
            disbursement::source,
            sql::<BigInt>("CAST(SUM(disbursement.amount_cents) AS BIGINT)"),
        ))
        .load(c))?;
    rows.into_iter()
        .map(|(no, paid_on, source, cents)| {
            let paid_on = kept::read_day("paid_on", paid_on);
            Ok(PaymentSum {
                paid_on: paid_on.map_err(|column| column.of("disbursement", &no))?,
                subproject: SubprojectNo::new(no),
                source: SourceKey::new(source),
                sum: Money::from_cents(cents),
            })
        })
        .collect()
}

/// Names already met, so that equal ones share one allocation.
#[derive(Default)]
struct Names(HashSet<Arc<str>>);

impl Names {
    fn shared(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        let name: Arc<str> = Arc::from(name);
        self.0.insert(Arc::clone(&name));
        name
    }
}
