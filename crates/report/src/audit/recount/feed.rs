//! What a count is fed with: rows of the workbook, or sums of the database.

use nachweis_domain::{
    audit::{AuditFigure, AuditPayment, AuditPlanRow, AuditSums, AuditValue, AuditVoucher, AuditWaiver},
    ledger::Ledger,
    record::UploadState,
};

use super::{Counted, Figure, Recount};

impl<'a> Recount<'a> {
    /// What the database counted by itself.
    pub(in crate::audit) fn of_sums(ledger: &'a Ledger, sums: &AuditSums) -> Counted {
        let mut count = Self::new(ledger);
        for sum in &sums.figures {
            count.figure(&Figure {
                subproject: &sum.subproject,
                quarter: sum.quarter,
                accepted: sum.accepted,
                kind: sum.kind,
                key: &sum.key,
                part: sum.part,
                value: sum.sum,
            });
        }
        for sum in &sums.vouchers {
            count.voucher(None, sum.item.as_ref(), sum.sum);
        }
        for sum in &sums.plans {
            count.plan(
                (&sum.subproject, sum.version),
                sum.kind,
                (&sum.key, sum.year),
                sum.sum,
            );
        }
        for sum in &sums.payments {
            count.payment(&sum.subproject, sum.paid_on, &sum.source, sum.sum);
        }
        count.rows = sums.rows;
        count.finish()
    }

    /// Adds a row of figures. A row is listed when its revision is.
    pub(in crate::audit) fn add_figure(&mut self, row: &AuditFigure, is_listed: bool) {
        self.rows.figures += 1;
        self.unlisted += u64::from(!is_listed);
        let Some(value) = number(&row.value) else { return };
        if row.origin.counts {
            self.figure(&Figure {
                subproject: &row.origin.subproject,
                quarter: row.origin.quarter,
                accepted: row.origin.state == UploadState::Accepted,
                kind: row.kind,
                key: &row.key,
                part: row.part,
                value,
            });
        }
    }

    /// Adds a row of the voucher lists.
    pub(in crate::audit) fn add_voucher(&mut self, row: &AuditVoucher, is_listed: bool) {
        self.rows.vouchers += 1;
        self.unlisted += u64::from(!is_listed);
        if let (true, Some(amount)) = (row.origin.counts, row.amount) {
            let of = self.known(&row.origin.subproject);
            self.voucher(of, row.item.as_ref(), amount);
        }
    }

    /// Adds a finding.
    pub(in crate::audit) fn add_finding(&mut self, is_listed: bool) {
        self.rows.findings += 1;
        self.unlisted += u64::from(!is_listed);
    }

    /// Adds a waiver.
    pub(in crate::audit) fn add_waiver(&mut self, row: &AuditWaiver) {
        self.rows.waivers += 1;
        self.unlisted += u64::from(self.ledger.index_of(&row.waiver.subproject).is_none());
    }

    /// Adds a row of a plan version.
    pub(in crate::audit) fn add_plan_row(&mut self, row: &AuditPlanRow) {
        self.rows.plan_rows += 1;
        let Some(value) = number(&row.value) else { return };
        self.plan(
            (&row.subproject, row.version),
            row.kind,
            (&row.key, row.year),
            value,
        );
    }

    /// Adds a payment.
    pub(in crate::audit) fn add_payment(&mut self, row: &AuditPayment) {
        self.rows.payments += 1;
        self.payment(&row.subproject, row.paid_on, &row.source, row.amount);
    }
}

/// The number of a value that can be summed: cents or a count.
const fn number(value: &AuditValue) -> Option<i64> {
    match value {
        AuditValue::Money(amount) => Some(amount.cents()),
        AuditValue::Count(count) => Some(*count),
        AuditValue::Quarter(_) | AuditValue::Text(_) => None,
    }
}
