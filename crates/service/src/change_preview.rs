//! What differs between two revisions or two quarters, as typed rows.

use nachweis_domain::{figures::Voucher, language::Text, money::Money, quarter::Quarter, record::UploadId};
use serde::Serialize;

mod compare;
mod vouchers;

pub(crate) use compare::compare;
pub(crate) use vouchers::compare as compare_vouchers;

/// What an upload changes, before it is submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangePreview {
    /// The upload.
    pub upload: UploadId,
    /// Its quarter.
    pub quarter: Quarter,
    /// Against the last accepted revision of the same quarter; `None` when none was accepted.
    pub accepted: Option<Comparison>,
    /// Against the revision that counts for the quarter before: the accepted one, and where there is none the one handed in;
    /// `None` when there is neither.
    pub last_quarter: Option<Comparison>,
}

/// A comparison with one other upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The upload compared with.
    pub upload: UploadId,
    /// Its quarter.
    pub quarter: Quarter,
    /// Its revision.
    pub revision: u32,
    /// What differs, in the order of the workbook. Equal values are left out.
    pub changes: Vec<Change>,
    /// The vouchers that differ; `None` against another quarter, whose vouchers are others.
    pub vouchers: Option<VoucherChanges>,
}

/// Vouchers that differ, in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VoucherChanges {
    /// How many there are.
    pub total: u64,
    /// The first of them, bounded by [`nachweis_domain::limits::VOUCHER_CHANGES`].
    pub listed: Vec<VoucherChange>,
}

/// A voucher that differs, is new or is gone. Payees are personal: shown to who may read the upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VoucherChange {
    /// As it was; `None` when it is new.
    pub before: Option<Voucher>,
    /// As it is; `None` when it is gone.
    pub after: Option<Voucher>,
}

/// A value that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of value.
    pub what: Changed,
    /// The key of the item, source, indicator or counter; empty for the voucher list as a whole.
    pub item: String,
    /// Its name for people.
    pub name: Text,
    /// The earlier value; `None` when the cell was empty.
    pub before: Option<Quantity>,
    /// The new value; `None` when the cell is empty.
    pub after: Option<Quantity>,
    /// New less earlier value, empty taken as zero.
    pub difference: Quantity,
}

/// What kind of value changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// Expenditure of a plan item.
    Expenditure,
    /// Money called from a source.
    Called,
    /// Money received from a source.
    Received,
    /// Money of a source spent.
    Spent,
    /// Women of an indicator.
    Women,
    /// Men of an indicator.
    Men,
    /// Non-binary persons of an indicator.
    NonBinary,
    /// All persons, or entities, of an indicator.
    Total,
    /// One of the programme's own counters.
    Counter,
    /// The number of vouchers.
    Vouchers,
    /// The sum of all vouchers.
    VoucherSum,
}

/// An amount or a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// Euro cents.
    AmountCents(Money),
    /// A whole number.
    Count(i64),
}
