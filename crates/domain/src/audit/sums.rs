//! What the database itself sums and counts: the side of the control totals that no row passes through.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{FigureKind, FigurePart, PlanRowKind};
use crate::{
    key::{ItemKey, SourceKey, SubprojectNo},
    money::Money,
    quarter::Quarter,
};

/// Sums and counts of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditSums {
    /// How many rows there are.
    pub rows: AuditRows,
    /// Sums of the figures that reports count, in the order of subproject and quarter.
    pub figures: Vec<FigureSum>,
    /// Sums of the vouchers that reports count.
    pub vouchers: Vec<VoucherSum>,
    /// Amounts of all plan versions.
    pub plans: Vec<PlanSum>,
    /// Sums of the money paid out.
    pub payments: Vec<PaymentSum>,
}

/// How many rows each stream of the audit has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRows {
    /// Kept uploads.
    pub uploads: u64,
    /// Figures.
    pub figures: u64,
    /// Vouchers.
    pub vouchers: u64,
    /// Payments.
    pub payments: u64,
    /// Rows of plan versions.
    pub plan_rows: u64,
    /// Findings.
    pub findings: u64,
    /// Waivers.
    pub waivers: u64,
    /// Journal entries.
    pub journal: u64,
}

/// The sum of a part of a figure in the revisions that reports count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureSum {
    /// Whose.
    pub subproject: SubprojectNo,
    /// The quarter of the workbook.
    pub quarter: Quarter,
    /// Whether the revision is accepted.
    pub accepted: bool,
    /// What it belongs to.
    pub kind: FigureKind,
    /// The plan item, source, indicator or counter.
    pub key: Arc<str>,
    /// Which cell of the row.
    pub part: FigurePart,
    /// Cents of amounts, otherwise a count.
    pub sum: i64,
}

/// The sum of the vouchers of a plan item in the revisions that reports count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoucherSum {
    /// The plan item, when the vouchers name one.
    pub item: Option<ItemKey>,
    /// The sum.
    pub sum: Money,
}

/// A planned amount of a plan version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSum {
    /// Whose.
    pub subproject: SubprojectNo,
    /// The number of the plan version within the subproject.
    pub version: u32,
    /// What is planned.
    pub kind: PlanRowKind,
    /// The plan item, source or indicator.
    pub key: Arc<str>,
    /// The calendar year, for plan items.
    pub year: Option<i32>,
    /// Cents of items and sources, counts of targets.
    pub sum: i64,
}

/// The sum that was paid out to a subproject from a source on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentSum {
    /// Whose.
    pub subproject: SubprojectNo,
    /// The day of the payments.
    pub paid_on: NaiveDate,
    /// The source the money came from.
    pub source: SourceKey,
    /// The sum.
    pub sum: Money,
}
