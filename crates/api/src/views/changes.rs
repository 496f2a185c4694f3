//! Change previews.

use chrono::NaiveDate;
use nachweis_domain::{figures::Voucher, money::Money};
use nachweis_service::{Change, ChangePreview, Changed, Comparison, Quantity, VoucherChange};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::text::TextView;

/// What an upload changes, before it is submitted.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Changes)]
pub(crate) struct ChangesView {
    /// The upload.
    upload: Uuid,
    /// Its quarter.
    quarter: String,
    /// Against the last accepted revision of the same quarter; missing when none was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<ComparisonView>,
    /// Against the revision that counts for the quarter before: the accepted one, else the one handed in; missing when there
    /// is neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_quarter: Option<ComparisonView>,
}

/// A comparison with one other upload.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Comparison)]
pub(crate) struct ComparisonView {
    /// The upload compared with.
    upload: Uuid,
    /// Its quarter.
    quarter: String,
    /// Its revision.
    revision: u32,
    /// What differs, in the order of the workbook. Equal values are left out.
    changes: Vec<ChangeView>,
    /// How many vouchers differ, compared by their numbers; missing against another quarter, whose vouchers are others.
    #[serde(skip_serializing_if = "Option::is_none")]
    vouchers_total: Option<u64>,
    /// The first 1,000 of them, in the order of their numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    vouchers: Option<Vec<VoucherChangeView>>,
}

/// A voucher that differs, is new or is gone.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = VoucherChange)]
pub(crate) struct VoucherChangeView {
    /// As it was; missing when it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<VoucherView>,
    /// As it is; missing when it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<VoucherView>,
}

/// A voucher. What is empty in the workbook is null.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Voucher)]
pub(crate) struct VoucherView {
    /// The row on the sheet, from 1.
    row: u32,
    /// The carrier's voucher number.
    number: Option<String>,
    /// The day of payment.
    paid_on: Option<NaiveDate>,
    /// Who was paid.
    payee: Option<String>,
    /// What for.
    purpose: Option<String>,
    /// The key of the plan item.
    item: Option<String>,
    /// Euro cents.
    amount_cents: Option<i64>,
    /// The quarter that it corrects.
    corrects: Option<String>,
}

/// A value that differs; money ends in `_cents`, everything else is a count.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change)]
pub(crate) struct ChangeView {
    /// What kind of value: `expenditure`, `called`, `received`, `spent`, `women`, `men`, `non_binary`, `total`,
    /// `counter`, `vouchers`, `voucher_sum`.
    what: &'static str,
    /// The key of the item, source, indicator or counter; empty for the voucher list.
    item: String,
    /// Its name.
    name: TextView,
    #[serde(flatten)]
    values: Values,
}

/// Earlier value, new value and their difference in one unit.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Values {
    /// Euro cents.
    Money {
        /// The earlier value; null when the cell was empty.
        before_cents: Option<i64>,
        /// The new value; null when the cell is empty.
        after_cents: Option<i64>,
        /// New less earlier value, empty taken as zero.
        difference_cents: i64,
    },
    /// Whole numbers.
    Count {
        /// The earlier value; null when the cell was empty.
        before: Option<i64>,
        /// The new value; null when the cell is empty.
        after: Option<i64>,
        /// New less earlier value, empty taken as zero.
        difference: i64,
    },
}

impl ChangesView {
    /// The preview for sending.
    pub(crate) fn of(preview: &ChangePreview) -> Self {
        Self {
            upload: preview.upload.0,
            quarter: preview.quarter.to_string(),
            accepted: preview.accepted.as_ref().map(ComparisonView::of),
            last_quarter: preview.last_quarter.as_ref().map(ComparisonView::of),
        }
    }
}

impl ComparisonView {
    fn of(comparison: &Comparison) -> Self {
        Self {
            upload: comparison.upload.0,
            quarter: comparison.quarter.to_string(),
            revision: comparison.revision,
            changes: comparison.changes.iter().map(ChangeView::of).collect(),
            vouchers_total: comparison.vouchers.as_ref().map(|vouchers| vouchers.total),
            vouchers: comparison
                .vouchers
                .as_ref()
                .map(|vouchers| vouchers.listed.iter().map(VoucherChangeView::of).collect()),
        }
    }
}

impl VoucherChangeView {
    fn of(change: &VoucherChange) -> Self {
        Self {
            before: change.before.as_ref().map(VoucherView::of),
            after: change.after.as_ref().map(VoucherView::of),
        }
    }
}

impl VoucherView {
    fn of(voucher: &Voucher) -> Self {
        Self {
            row: voucher.row.saturating_add(1),
            number: voucher.number.clone(),
            paid_on: voucher.paid_on,
            payee: voucher.payee.clone(),
            purpose: voucher.purpose.clone(),
            item: voucher.item.as_ref().map(ToString::to_string),
            amount_cents: voucher.amount.map(Money::cents),
            corrects: voucher.corrects.map(|quarter| quarter.to_string()),
        }
    }
}

impl ChangeView {
    fn of(change: &Change) -> Self {
        Self {
            what: name_of(change.what),
            item: change.item.clone(),
            name: TextView::of(&change.name),
            values: Values::of(change),
        }
    }
}

impl Values {
    fn of(change: &Change) -> Self {
        let (before, after) = (change.before.map(number), change.after.map(number));
        match change.difference {
            Quantity::AmountCents(difference) => Self::Money {
                before_cents: before,
                after_cents: after,
                difference_cents: difference.cents(),
            },
            Quantity::Count(difference) => Self::Count {
                before,
                after,
                difference,
            },
        }
    }
}

const fn number(quantity: Quantity) -> i64 {
    match quantity {
        Quantity::AmountCents(money) => money.cents(),
        Quantity::Count(count) => count,
    }
}

const fn name_of(what: Changed) -> &'static str {
    match what {
        Changed::Expenditure => "expenditure",
        Changed::Called => "called",
        Changed::Received => "received",
        Changed::Spent => "spent",
        Changed::Women => "women",
        Changed::Men => "men",
        Changed::NonBinary => "non_binary",
        Changed::Total => "total",
        Changed::Counter => "counter",
        Changed::Vouchers => "vouchers",
        Changed::VoucherSum => "voucher_sum",
    }
}
