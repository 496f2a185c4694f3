//! What a record would sum and count by itself.

use nachweis_domain::{
    audit::{AuditSums, AuditValue, FigureSum, PaymentSum, PlanSum, VoucherSum},
    money::Money,
    record::UploadState,
};
use nachweis_report::{ReportError, audit::AuditSource};

/// The sums of a record, from its own rows.
pub(crate) fn of(record: &mut dyn AuditSource) -> Result<AuditSums, ReportError> {
    let mut sums = AuditSums::default();
    let number = |value: &AuditValue| match value {
        AuditValue::Money(amount) => Some(amount.cents()),
        AuditValue::Count(count) => Some(*count),
        _ => None,
    };
    let mut rows = sums.rows;
    record.uploads(&mut |_| {
        rows.uploads += 1;
        Ok(())
    })?;
    record.figures(&mut |row| {
        rows.figures += 1;
        if let (true, Some(sum)) = (row.origin.counts, number(&row.value)) {
            sums.figures.push(FigureSum {
                subproject: row.origin.subproject.clone(),
                quarter: row.origin.quarter,
                accepted: row.origin.state == UploadState::Accepted,
                kind: row.kind,
                key: row.key.clone(),
                part: row.part,
                sum,
            });
        }
        Ok(())
    })?;
    record.vouchers(&mut |row| {
        rows.vouchers += 1;
        if row.origin.counts {
            let item = row.item.clone();
            let found = sums.vouchers.iter_mut().find(|sum| sum.item == item);
            let amount = row.amount.unwrap_or(Money::ZERO);
            match found {
                Some(sum) => sum.sum += amount,
                None => sums.vouchers.push(VoucherSum { item, sum: amount }),
            }
        }
        Ok(())
    })?;
    record.plan_rows(&mut |row| {
        rows.plan_rows += 1;
        sums.plans.push(PlanSum {
            subproject: row.subproject.clone(),
            version: row.version,
            kind: row.kind,
            key: row.key.clone(),
            year: row.year,
            sum: number(&row.value).unwrap(),
        });
        Ok(())
    })?;
    record.payments(&mut |row| {
        rows.payments += 1;
        sums.payments.push(PaymentSum {
            subproject: row.subproject.clone(),
            paid_on: row.paid_on,
            source: row.source.clone(),
            sum: row.amount,
        });
        Ok(())
    })?;
    record.findings(&mut |_| {
        rows.findings += 1;
        Ok(())
    })?;
    record.waivers(&mut |_| {
        rows.waivers += 1;
        Ok(())
    })?;
    record.journal(&mut |_| {
        rows.journal += 1;
        Ok(())
    })?;
    sums.rows = rows;
    Ok(sums)
}
