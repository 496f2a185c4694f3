//! What the rows of a list usually hold, and what a row that holds less may be.

use nachweis_domain::money::Money;

use super::look::{Facts, Look, Mark};
use crate::programme::{
    Reason,
    list::{
        header::Header,
        heading::Role,
        label::Sum,
        sums::{Judged, Kind},
    },
};

/// What most rows with an amount hold.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    usual: Vec<Mark>,
    carrier_col: Option<u16>,
    title_col: Option<u16>,
}

impl Profile {
    /// What rows hold is seen at those that are surely operations: those with a date where most have one, else those
    /// with a number; nine of ten of them, or two of three of all rows, make it usual.
    pub(super) fn of<'l, 'a: 'l>(header: &Header, looks: impl Iterator<Item = &'l Look<'a>>) -> Self {
        let named = |look: &'l Look<'a>| match look {
            Look::Amount(_, facts) if facts.label != Some(Sum::Surely) && facts.has_name() => Some(facts),
            _ => None,
        };
        let rows: Vec<&Facts<'a>> = looks.filter_map(named).collect();
        let count = |marks: &[Mark]| {
            let has_all = |facts: &&&Facts<'a>| marks.iter().all(|mark| facts.has(*mark));
            rows.iter().filter(has_all).count()
        };
        let core = [Mark::Date, Mark::Number]
            .into_iter()
            .find(|mark| !rows.is_empty() && count(&[*mark]) * 2 >= rows.len());
        let is_usual = |mark: &Mark| match core {
            Some(core) => count(&[core, *mark]) * 10 >= count(&[core]) * 9,
            None => count(&[*mark]) * 3 >= rows.len() * 2,
        };
        let usual = [Mark::Carrier, Mark::Title].into_iter().filter(is_usual);
        Self {
            usual: usual.chain(core).collect(),
            carrier_col: header.column(Role::Carrier),
            title_col: header.column(Role::Title),
        }
    }

    /// What a row can be among the others.
    pub(super) fn judge(&self, look: &Look<'_>) -> Judged {
        let Look::Amount(amount, facts) = look else {
            return Judged {
                kind: Kind::Between,
                amount: Money::ZERO,
                is_thin: false,
            };
        };
        let may_be_a_sum = facts.label == Some(Sum::Maybe) && !facts.has(Mark::Date);
        let kind = if facts.names_a_sum() {
            Kind::Sum
        } else if self.lacks(facts) || !self.is_named(facts) || may_be_a_sum {
            Kind::SumIfItAddsUp
        } else {
            Kind::Operation
        };
        Judged {
            kind,
            amount: amount.money,
            is_thin: !(facts.has(Mark::Date) || facts.has_both_names()),
        }
    }

    /// Why a row with an amount that sums no others is no operation either.
    pub(super) fn refuse(&self, facts: &Facts<'_>, amount: Money) -> Option<Reason> {
        if !self.is_named(facts) {
            Some(Reason::NoOperation)
        } else if self.lacks(facts) {
            Some(Reason::Incomplete)
        } else {
            amount.is_negative().then_some(Reason::NegativeAmount)
        }
    }

    /// Whether a row lacks what makes operations of the others: a name that they have, and a date or number beside it.
    fn lacks(&self, facts: &Facts<'_>) -> bool {
        let lacks = |mark: Mark| self.usual.contains(&mark) && !facts.has(mark);
        let from_above = |col: Option<u16>| col.is_some_and(|col| facts.merged.contains_key(&col));
        let unnamed = (lacks(Mark::Carrier) && !from_above(self.carrier_col))
            || (lacks(Mark::Title) && !from_above(self.title_col));
        let core = [Mark::Date, Mark::Number]
            .into_iter()
            .find(|mark| self.usual.contains(mark));
        unnamed && core.is_none_or(lacks)
    }

    fn is_named(&self, facts: &Facts<'_>) -> bool {
        let mut columns = [self.carrier_col, self.title_col].into_iter().flatten();
        facts.has_name() || columns.any(|col| facts.merged.contains_key(&col))
    }
}

impl Facts<'_> {
    fn has_name(&self) -> bool {
        self.has(Mark::Carrier) || self.has(Mark::Title)
    }

    fn has_both_names(&self) -> bool {
        self.has(Mark::Carrier) && self.has(Mark::Title)
    }

    fn names_a_sum(&self) -> bool {
        match self.label {
            Some(Sum::Surely) => !(self.has(Mark::Date) && self.has_both_names()),
            Some(Sum::Maybe) => !self.has(Mark::Date) && !self.has_both_names() && self.texts <= 2,
            None => false,
        }
    }
}
