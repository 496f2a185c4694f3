//! Figures: the cells of every sheet but the voucher list.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::AuditOrigin;
use crate::{cell::CellRef, money::Money, quarter::Quarter};

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
