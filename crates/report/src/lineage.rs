//! Where a number of a report comes from: the cells, plans and payments that it sums, or the formula and its operands.
//!
//! A number is named by table, row and column. What is added stands in [`Made::Sum`], term by term, and sums to the number
//! exactly; what is computed stands in [`Made::Formula`] with the exact operands, each of which opens in turn. Selection
//! and division are those of the report builders (`build/*/lineage.rs` stand beside them), and every answer is computed
//! again from its parts before it is given.

mod amount;
mod formula;
mod page;
mod spread;
mod term;

use nachweis_domain::language::Text;

use crate::{ReportRequest, View};

pub use amount::Amount;
pub use formula::{Formula, Operand};
pub use page::{Indexed, LineagePage, Needed, OpenTerm};
pub use term::{FigureKey, Share, Source, Term};

pub(crate) use formula::Rule;
pub(crate) use spread::spread;

/// Names a number of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The table; where nothing is said the first that has the row and the column.
    pub table: Option<String>,
    /// The key of the row ([`crate::Table::row_key`]): `NW`, `IQ23-NW-001/staff_employees`, `total`.
    pub row: String,
    /// The key of the column, with or without its unit: `reported`, `reported_cents`.
    pub column: String,
}

/// A number and how it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineage {
    /// The report with its parameters.
    pub request: ReportRequest,
    /// The view of corrections.
    pub view: View,
    /// The table.
    pub table: &'static str,
    /// The key of the row.
    pub row: String,
    /// The key of the column, without unit.
    pub column: String,
    /// The heading of the column, with its unit; for what stands in no column its name.
    pub name: Text,
    /// The number.
    pub value: Amount,
    /// How it is made.
    pub made: Made,
}

/// How a number is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// Added up: the parts of the terms sum to the number exactly.
    Sum(Vec<Term>),
    /// Computed from other numbers.
    Formula(Formula, Vec<Operand>),
}

/// Another number of the same table that a number is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opens<'a> {
    /// The key of its row.
    pub row: &'a str,
    /// The key of its column.
    pub column: &'static str,
    /// The number, as the one that is made of it takes it.
    pub value: &'a Amount,
}

impl Lineage {
    /// The numbers of the same table that it is made of.
    pub fn opens(&self) -> impl Iterator<Item = Opens<'_>> {
        let (terms, operands) = match &self.made {
            Made::Sum(terms) => (terms.as_slice(), &[][..]),
            Made::Formula(_, operands) => (&[][..], operands.as_slice()),
        };
        let of_terms = terms.iter().filter_map(Term::opens);
        of_terms.chain(operands.iter().filter_map(Operand::opens))
    }

    /// How many terms or operands it has.
    pub const fn parts(&self) -> usize {
        match &self.made {
            Made::Sum(terms) => terms.len(),
            Made::Formula(_, operands) => operands.len(),
        }
    }
}

impl Made {
    /// The number, made anew from its parts; `None` when they do not fit together, or say that there is nothing to say.
    pub fn recompute(&self, like: &Amount) -> Option<Amount> {
        match self {
            Self::Sum(terms) => {
                let mut parts = terms.iter().map(|term| &term.part);
                parts.try_fold(like.zero(), |sum, part| sum.plus(part))
            }
            Self::Formula(formula, operands) => formula.compute(operands),
        }
    }
}
