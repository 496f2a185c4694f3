//! A term of a sum: what was recorded, and how much of it is in the number.

use chrono::NaiveDate;
use nachweis_domain::{
    audit::FigurePart,
    key::{CounterKey, IndicatorCode, ItemKey, SourceKey, SubprojectNo},
    money::Money,
    period::Period,
    quarter::Quarter,
};

use super::{Amount, Opens};

/// A term of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whose.
    pub subproject: SubprojectNo,
    /// Where it stands.
    pub source: Source,
    /// What stands there: for cells their sum as typed.
    pub whole: Amount,
    /// What of it is in the number: with its sign, only what falls to the quarters and the group of the row.
    pub part: Amount,
    /// How the subproject is divided, where its amounts fall to several groups.
    pub share: Option<Share>,
}

/// What of a subproject falls to the row. Its terms share that in proportion to what each counts, to the cent in their order,
/// so that they sum to it exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The number for the whole subproject.
    pub whole: Amount,
    /// What of it falls to the row.
    pub part: Amount,
}

/// Where a term stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Cells of the workbook of a quarter, of the revision that counts.
    Cells {
        /// The quarter of the workbook.
        quarter: Quarter,
        /// The revision that counts.
        revision: Option<u32>,
        /// Which row of the workbook.
        key: FigureKey,
        /// Which column: its part. [`FigurePart::Total`] of an indicator is the sum of the genders where these are typed.
        part: FigurePart,
    },
    /// Vouchers of the workbook of a quarter that correct another one, in the view *as corrected*: what they move out of the
    /// quarter of their workbook, or into the one that they correct.
    Correction {
        /// The quarter of the workbook.
        quarter: Quarter,
        /// The revision that counts.
        revision: Option<u32>,
        /// The quarter that they correct.
        corrects: Quarter,
        /// The plan item.
        key: FigureKey,
    },
    /// A row of a plan version.
    Plan {
        /// The number of the version within the subproject.
        version: u32,
        /// Which row.
        key: FigureKey,
        /// The calendar year; none for what is planned over the whole grant.
        year: Option<i32>,
    },
    /// Money paid out.
    Payment {
        /// The day.
        paid_on: NaiveDate,
        /// The source it came from.
        source: SourceKey,
        /// The amount.
        amount: Money,
    },
    /// Another number of the same report, which opens in turn.
    Number {
        /// The key of its row.
        row: String,
        /// The key of its column.
        column: &'static str,
    },
    /// The report of a quarter, there or not: it is counted, or something about it is.
    Report {
        /// The quarter.
        quarter: Quarter,
        /// The revision it is about; none where nothing was uploaded.
        revision: Option<u32>,
    },
    /// The grant period of the subproject, by whose days awards are weighted.
    Grant(Period),
    /// The subproject itself is counted.
    Subproject,
}

/// The key of a figure or of a row of a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FigureKey {
    /// A plan item.
    Item(ItemKey),
    /// A source of finance.
    Source(SourceKey),
    /// An indicator.
    Indicator(IndicatorCode),
    /// A counter.
    Counter(CounterKey),
}

impl FigureKey {
    /// The key as text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Item(key) => key.as_str(),
            Self::Source(key) => key.as_str(),
            Self::Indicator(key) => key.as_str(),
            Self::Counter(key) => key.as_str(),
        }
    }
}

impl Term {
    /// The number of the same table that it stands for, if it does.
    pub fn opens(&self) -> Option<Opens<'_>> {
        match &self.source {
            Source::Number { row, column } => Some(Opens {
                row,
                column,
                value: &self.whole,
            }),
            _ => None,
        }
    }

    /// A term that counts as it stands.
    pub(crate) fn plain(subproject: &SubprojectNo, source: Source, whole: Amount) -> Self {
        Self::counted(subproject, source, whole.clone(), whole)
    }

    /// A term that counts with another amount than stands there: with its sign, or up to a quarter.
    pub(crate) fn counted(subproject: &SubprojectNo, source: Source, whole: Amount, part: Amount) -> Self {
        Self {
            subproject: subproject.clone(),
            source,
            whole,
            part,
            share: None,
        }
    }
}
