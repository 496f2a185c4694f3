//! What the rows sum to as they pass: the half of the control totals that knows nothing of the ledger's figures.

use std::collections::BTreeMap;

use nachweis_domain::{
    audit::{AuditFigure, AuditPlanRow, AuditValue, AuditVoucher, FigureKind, FigurePart, PlanRowKind},
    ledger::Ledger,
    money::Money,
    record::UploadState,
};

/// How many rows each stream gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuditRows {
    /// Kept uploads.
    pub uploads: u64,
    /// Figures.
    pub figures: u64,
    /// Vouchers.
    pub vouchers: u64,
    /// Rows of plan versions.
    pub plan_rows: u64,
    /// Findings.
    pub findings: u64,
    /// Journal entries.
    pub journal: u64,
}

/// Sums of the rows whose revision counts in reports.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub(super) rows: AuditRows,
    /// Rows of a revision that the stream of uploads did not list.
    pub(super) unlisted: u64,
    /// Reported expenditure by plan item.
    pub(super) reported: BTreeMap<String, Money>,
    /// Accepted expenditure by plan item.
    pub(super) accepted: BTreeMap<String, Money>,
    /// Vouchers by plan item.
    pub(super) vouchers: BTreeMap<String, Money>,
    /// Money by source and part.
    pub(super) funds: BTreeMap<(String, FigurePart), Money>,
    /// Counts of indicators by code and part.
    pub(super) indicators: BTreeMap<(String, FigurePart), i64>,
    /// Counts of counters.
    pub(super) counters: BTreeMap<String, i64>,
    /// Planned amounts by plan item, of the plan versions that the ledger holds to be in effect.
    pub(super) planned: BTreeMap<String, Money>,
    /// Planned amounts by source, likewise.
    pub(super) sources: BTreeMap<String, Money>,
    /// Targets by indicator, likewise.
    pub(super) targets: BTreeMap<String, i64>,
}

impl Sums {
    pub(super) fn add_figure(&mut self, figure: &AuditFigure, is_listed: bool) {
        self.rows.figures += 1;
        self.unlisted += u64::from(!is_listed);
        if !figure.origin.counts {
            return;
        }
        let key = || figure.key.to_string();
        match (figure.kind, figure.part, &figure.value) {
            (FigureKind::Expenditure, FigurePart::Amount, AuditValue::Money(amount)) => {
                *self.reported.entry(key()).or_default() += *amount;
                if figure.origin.state == UploadState::Accepted {
                    *self.accepted.entry(key()).or_default() += *amount;
                }
            }
            (FigureKind::Fund, part, AuditValue::Money(amount)) => {
                *self.funds.entry((key(), part)).or_default() += *amount;
            }
            (FigureKind::Indicator, part, AuditValue::Count(count)) => {
                *self.indicators.entry((key(), part)).or_default() += *count;
            }
            (FigureKind::Counter, FigurePart::Count, AuditValue::Count(count)) => {
                *self.counters.entry(key()).or_default() += *count;
            }
            _ => {}
        }
    }

    pub(super) fn add_voucher(&mut self, voucher: &AuditVoucher, is_listed: bool) {
        self.rows.vouchers += 1;
        self.unlisted += u64::from(!is_listed);
        if let (true, Some(item), Some(amount)) = (voucher.origin.counts, &voucher.item, voucher.amount) {
            match self.vouchers.get_mut(item.as_str()) {
                Some(sum) => *sum += amount,
                None => {
                    self.vouchers.insert(item.to_string(), amount);
                }
            }
        }
    }

    pub(super) fn add_finding(&mut self, is_listed: bool) {
        self.rows.findings += 1;
        self.unlisted += u64::from(!is_listed);
    }

    pub(super) fn add_plan_row(&mut self, row: &AuditPlanRow, ledger: &Ledger) {
        self.rows.plan_rows += 1;
        let in_effect = ledger
            .index_of(&row.subproject)
            .and_then(|index| ledger.subprojects.get(index))
            .and_then(|state| state.plan.as_ref())
            .is_some_and(|plan| plan.number == row.version);
        if !in_effect {
            return;
        }
        let key = row.key.to_string();
        match (row.kind, &row.value) {
            (PlanRowKind::Item, AuditValue::Money(amount)) => {
                *self.planned.entry(key).or_default() += *amount;
            }
            (PlanRowKind::Source, AuditValue::Money(amount)) => {
                *self.sources.entry(key).or_default() += *amount;
            }
            (PlanRowKind::Target, AuditValue::Count(count)) => {
                *self.targets.entry(key).or_default() += *count;
            }
            _ => {}
        }
    }
}
