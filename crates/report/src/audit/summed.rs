//! Which rows a control total adds up, said as a filter on a sheet that a reader can set, and added up once more from a
//! counted ledger.

mod filter;
mod sum;

use nachweis_domain::{
    audit::{FigurePart, PlanRowKind},
    key::{CounterKey, IndicatorCode, ItemKey, SourceKey},
    round::Counted,
};

use super::{
    figures, findings, journal, payments, plans, revisions, rows::SheetKind, runs::PlanPart, vouchers,
    waivers,
};

/// The rows that a control total adds up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Summed {
    /// All rows of the sheets of a kind, by its English name: they are counted.
    Rows(&'static str),
    /// Rows of no listed upload or subproject: they are counted.
    Unlisted,
    /// Single sums of figures or payments that the reports have alike: they are counted.
    Places(Box<Self>),
    /// Expenditure of an item, or of all with income deducted; all of it, or what is accepted.
    Expenditure {
        /// The item; `None` for all.
        item: Option<ItemKey>,
        /// Whether only accepted revisions count.
        accepted: bool,
    },
    /// Vouchers of an item; an empty key for those without.
    Vouchers(String),
    /// Money of a source, or of all.
    Funds {
        /// The parts that are added: called, received or spent.
        parts: &'static [FigurePart],
        /// The source; `None` for all.
        source: Option<SourceKey>,
    },
    /// Money paid out of a source, or of all.
    Payments(Option<SourceKey>),
    /// Rows of one kind of the plans in effect; of a source, or of all. Income is deducted.
    Plans(PlanRowKind, Option<SourceKey>),
    /// Persons, or entities, of an indicator, or of all.
    Indicator {
        /// The indicator; `None` for all.
        code: Option<IndicatorCode>,
        /// The parts that are added.
        parts: &'static [FigurePart],
    },
    /// A counter, or all.
    Counter(Option<CounterKey>),
}

/// Persons are counted by gender.
pub(super) const PERSONS: &[FigurePart] = &[FigurePart::Women, FigurePart::Men, FigurePart::NonBinary];
/// Entities are counted once.
pub(super) const ENTITIES: &[FigurePart] = &[FigurePart::Total];

/// All that a fund says.
pub(super) const FUNDS: &[FigurePart] = &[FigurePart::Called, FigurePart::Received, FigurePart::Spent];
/// All that an indicator says.
pub(super) const COUNTS: &[FigurePart] = &[
    FigurePart::Women,
    FigurePart::Men,
    FigurePart::NonBinary,
    FigurePart::Total,
];

/// The parts that are added of an indicator.
pub(super) const fn parts(counted: Counted) -> &'static [FigurePart] {
    match counted {
        Counted::Persons => PERSONS,
        Counted::Entities => ENTITIES,
    }
}

/// The kinds of sheets whose rows are counted.
const KINDS: [&SheetKind; 8] = [
    &revisions::KIND,
    &figures::KIND,
    &vouchers::KIND,
    &payments::KIND,
    &plans::KIND,
    &findings::KIND,
    &waivers::KIND,
    &journal::KIND,
];

impl Summed {
    /// The kind of sheet that the rows stand on; `None` when they may stand on any.
    pub(super) fn sheet(&self) -> Option<&'static SheetKind> {
        match self {
            Self::Rows(name) => KINDS.into_iter().find(|kind| kind.name.1 == *name),
            Self::Unlisted => None,
            Self::Places(of) => of.sheet(),
            Self::Vouchers(_) => Some(&vouchers::KIND),
            Self::Payments(_) => Some(&payments::KIND),
            Self::Plans(..) => Some(&plans::KIND),
            Self::Expenditure { .. } | Self::Funds { .. } | Self::Indicator { .. } | Self::Counter(_) => {
                Some(&figures::KIND)
            }
        }
    }

    /// The part of the plan in effect, of this version, that the rows are.
    pub(super) const fn plan_part(&self, version: Option<u32>) -> PlanPart {
        match (self, version) {
            (Self::Plans(kind, _), Some(version)) => Some((version, *kind)),
            _ => None,
        }
    }
}
