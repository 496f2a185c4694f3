//! What differs between two revisions or two quarters, as typed rows.

use nachweis_domain::{language::Text, money::Money, quarter::Quarter, record::UploadId};
use serde::Serialize;

mod compare;

pub(crate) use compare::compare;

/// What an upload changes, before it is submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangePreview {
    /// The upload.
    pub upload: UploadId,
    /// Its quarter.
    pub quarter: Quarter,
    /// Against the last accepted revision of the same quarter; `None` when none was accepted.
    pub accepted: Option<Comparison>,
    /// Against the latest revision of the quarter before that was submitted or accepted; `None` when there is none.
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
