//! What stands behind the terms of a number: the cells of an upload, and who recorded plans and payments.

use chrono::{DateTime, NaiveDate, Utc};

use super::{FigureKind, FigurePart};
use crate::{
    cell::CellRef,
    key::{SourceKey, SubprojectNo},
    money::Money,
    quarter::Quarter,
    record::{Upload, UserId},
};

/// A revision: subproject, quarter, number.
pub type Revision = (SubprojectNo, Quarter, u32);

/// An upload with some of its cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedUpload {
    /// The upload.
    pub upload: Upload,
    /// Those of its cells that were asked for and hold a number, in the order of the workbook.
    pub cells: Vec<LocatedCell>,
    /// The amounts of those of its vouchers that were asked for, in the order of the workbook.
    pub corrections: Vec<LocatedCorrection>,
}

/// The amount of a voucher that corrects another quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedCorrection {
    /// The quarter that it corrects.
    pub corrects: Quarter,
    /// The cell of the amount, with the plan item.
    pub cell: LocatedCell,
}

/// A cell that holds a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedCell {
    /// What the figure is.
    pub kind: FigureKind,
    /// Its key: plan item, source, indicator, counter.
    pub key: String,
    /// Which column of its row.
    pub part: FigurePart,
    /// Sheet and cell.
    pub at: CellRef,
    /// The number: cents, or a count.
    pub value: i64,
}

/// Who recorded something, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; none for the system itself, or where the record of an earlier version does not say.
    pub by: Option<UserId>,
}

/// A plan version as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedPlan {
    /// Whose.
    pub subproject: SubprojectNo,
    /// The number within the subproject.
    pub version: u32,
    /// Who and when.
    pub recorded: Recorded,
}

/// A payment as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedPayment {
    /// To whom.
    pub subproject: SubprojectNo,
    /// The day.
    pub paid_on: NaiveDate,
    /// The source.
    pub source: SourceKey,
    /// The amount.
    pub amount: Money,
    /// Who and when.
    pub recorded: Recorded,
}

/// Everything that stands behind some terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// Uploads with their cells.
    pub uploads: Vec<LocatedUpload>,
    /// Plan versions.
    pub plans: Vec<RecordedPlan>,
    /// Payments, in the order of their recording.
    pub payments: Vec<RecordedPayment>,
}
