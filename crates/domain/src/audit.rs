//! What an auditor takes away, row by row: each value with the revision, file and cell it came from.
//!
//! Plain rows. The store streams them in a fixed order, `report` writes them; neither knows the other.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    cell::CellRef,
    key::{ItemKey, SubprojectNo},
    money::Money,
    quarter::Quarter,
    record::{RatedFinding, Sha256, Upload, UploadId, UploadState},
};

/// The revision that a row of the audit belongs to. Shared by all rows of the revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditOrigin {
    /// Whose.
    pub subproject: SubprojectNo,
    /// The quarter of the workbook.
    pub quarter: Quarter,
    /// 1, 2, 3 … within subproject and quarter.
    pub revision: u32,
    /// The state of the revision.
    pub state: UploadState,
    /// Whether reports count this revision: the accepted one, and where there is none yet the submitted one.
    pub counts: bool,
    /// The id of the upload.
    pub upload: UploadId,
    /// The hash of the original.
    pub sha256: Sha256,
    /// The sign-in name of who uploaded it.
    pub uploaded_by: Arc<str>,
    /// When.
    pub uploaded_at: DateTime<Utc>,
}

/// A kept upload, whether its figures count or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditUpload {
    /// Which revision.
    pub origin: Arc<AuditOrigin>,
    /// All that is kept of it.
    pub upload: Upload,
}

/// A voucher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditVoucher {
    /// Which revision.
    pub origin: Arc<AuditOrigin>,
    /// The sheet.
    pub sheet: Arc<str>,
    /// The row counted from zero.
    pub row: u32,
    /// The column of the amount counted from zero, when the workbook had one.
    pub amount_col: Option<u16>,
    /// The carrier's voucher number.
    pub number: Option<String>,
    /// The day of payment.
    pub paid_on: Option<NaiveDate>,
    /// Who was paid. Personal.
    pub payee: Option<String>,
    /// What for.
    pub purpose: Option<String>,
    /// The plan item.
    pub item: Option<ItemKey>,
    /// The amount.
    pub amount: Option<Money>,
    /// The quarter that the line corrects.
    pub corrects: Option<Quarter>,
}

impl AuditVoucher {
    /// The cell of the amount; the first cell of the row when the workbook had no such column.
    pub fn cell(&self) -> CellRef {
        CellRef::at(Arc::clone(&self.sheet), self.row, self.amount_col.unwrap_or(0))
    }
}

/// The sheet that a figure belongs to, by its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// Expenditure of a plan item.
    Expenditure,
    /// Money of a source.
    Fund,
    /// An indicator.
    Indicator,
    /// One of the programme's own counters.
    Counter,
    /// A part of the narrative report.
    Narrative,
}

impl FigureKind {
    /// All kinds in the order of the workbook.
    pub const ALL: [Self; 5] = [
        Self::Expenditure,
        Self::Fund,
        Self::Indicator,
        Self::Counter,
        Self::Narrative,
    ];

    /// The stable name in files and columns.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Expenditure => "expenditure",
            Self::Fund => "fund",
            Self::Indicator => "indicator",
            Self::Counter => "counter",
            Self::Narrative => "narrative",
        }
    }
}

/// Which cell of a figure's row it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigurePart {
    /// The amount of a plan item.
    Amount,
    /// Money called.
    Called,
    /// Money received.
    Received,
    /// Money spent.
    Spent,
    /// Women.
    Women,
    /// Men.
    Men,
    /// Non-binary persons.
    NonBinary,
    /// All together, or entities.
    Total,
    /// The quarter that a fall corrects.
    Corrects,
    /// Why a value falls.
    Note,
    /// The count of a counter.
    Count,
    /// A text of the narrative report.
    Text,
}

impl FigurePart {
    /// All parts in the order of the workbook's columns.
    pub const ALL: [Self; 12] = [
        Self::Amount,
        Self::Called,
        Self::Received,
        Self::Spent,
        Self::Women,
        Self::Men,
        Self::NonBinary,
        Self::Total,
        Self::Corrects,
        Self::Note,
        Self::Count,
        Self::Text,
    ];

    /// The stable name in files and columns.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Called => "called",
            Self::Received => "received",
            Self::Spent => "spent",
            Self::Women => "women",
            Self::Men => "men",
            Self::NonBinary => "non_binary",
            Self::Total => "total",
            Self::Corrects => "corrects",
            Self::Note => "note",
            Self::Count => "count",
            Self::Text => "text",
        }
    }
}

/// The value of a figure's cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditValue {
    /// An amount.
    Money(Money),
    /// A count.
    Count(i64),
    /// A quarter.
    Quarter(Quarter),
    /// A text.
    Text(String),
}

/// A figure: one cell of any sheet but the voucher list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFigure {
    /// Which revision.
    pub origin: Arc<AuditOrigin>,
    /// The cell.
    pub at: CellRef,
    /// What it belongs to.
    pub kind: FigureKind,
    /// The plan item, source, indicator, counter or part of the narrative.
    pub key: Arc<str>,
    /// Which cell of the row.
    pub part: FigurePart,
    /// The value.
    pub value: AuditValue,
}

/// A finding with its severity at the time of the verdict and the lead's comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFinding {
    /// Which revision.
    pub origin: Arc<AuditOrigin>,
    /// The position in the revision's list, from zero.
    pub position: u32,
    /// The finding.
    pub finding: RatedFinding,
}

/// What a row of a plan version plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanRowKind {
    /// The amount of a plan item in a calendar year.
    Item,
    /// The amount of a source over the whole grant period.
    Source,
    /// The target of an indicator over the whole grant period.
    Target,
}

impl PlanRowKind {
    /// All kinds in the order of reports.
    pub const ALL: [Self; 3] = [Self::Item, Self::Source, Self::Target];

    /// The stable name in files and columns.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::Source => "source",
            Self::Target => "target",
        }
    }
}

/// A row of a plan version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPlanRow {
    /// Whose.
    pub subproject: SubprojectNo,
    /// The number of the plan version within the subproject.
    pub version: u32,
    /// The day from which it takes effect.
    pub effective_from: NaiveDate,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// What is planned.
    pub kind: PlanRowKind,
    /// The plan item, source or indicator.
    pub key: Arc<str>,
    /// The calendar year, for plan items.
    pub year: Option<i32>,
    /// [`AuditValue::Money`] for items and sources, [`AuditValue::Count`] for targets.
    pub value: AuditValue,
}
