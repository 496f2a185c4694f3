//! The terms of expenditure: the cells as reported, and the vouchers that move to the quarter that they correct.

use std::collections::BTreeMap;

use nachweis_domain::{
    audit::FigurePart,
    correction::{Correction, moved},
    key::SubprojectNo,
    ledger::{ExpenditureEntry, Ledger, SubprojectIndex},
    money::Money,
    quarter::Quarter,
};

use super::scope::Scope;
use crate::lineage::{FigureKey, Source, Term};

/// Which amount of an entry is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spent {
    Reported,
    Accepted,
}

/// What moved, by the quarters that it left and that it came to; nothing in the view *as reported*.
#[derive(Debug, Default)]
pub(super) struct Moves<'a>(BTreeMap<(SubprojectIndex, Quarter), Vec<&'a Correction>>);

impl<'a> Moves<'a> {
    /// Those of corrections that move in a ledger.
    pub(super) fn of(ledger: &Ledger, corrections: &'a [Correction]) -> Self {
        let mut moves = Self::default();
        for (subproject, correction) in moved(ledger, corrections) {
            for quarter in [correction.quarter, correction.corrects] {
                moves.0.entry((subproject, quarter)).or_default().push(correction);
            }
        }
        moves
    }

    /// What moved out of an entry, below zero, and into it, in the order of corrections.
    fn touching(&self, entry: &ExpenditureEntry, spent: Spent) -> Vec<(&'a Correction, Money)> {
        let at = self.0.get(&(entry.subproject, entry.quarter));
        let of_item = at.into_iter().flatten().filter(|correction| {
            correction.item == entry.item && (spent == Spent::Reported || correction.is_accepted)
        });
        of_item
            .map(|correction| {
                let leaves = correction.quarter == entry.quarter;
                let amount = if leaves {
                    -correction.amount
                } else {
                    correction.amount
                };
                (*correction, amount)
            })
            .collect()
    }
}

impl Scope<'_> {
    /// The terms of an amount of an entry, as typed: income is not deducted.
    pub(super) fn spent(&self, no: &SubprojectNo, entry: &ExpenditureEntry, spent: Spent) -> Vec<Term> {
        let touching = self.moves.touching(entry, spent);
        let amount = match spent {
            Spent::Reported => entry.reported,
            Spent::Accepted => entry.accepted,
        };
        let typed = amount - touching.iter().map(|(_, amount)| *amount).sum::<Money>();
        let key = || FigureKey::Item(entry.item.clone());
        let mut terms = Vec::new();
        if !typed.is_zero() || (touching.is_empty() && spent == Spent::Reported) {
            let source = self.cells(entry.subproject, entry.quarter, key(), FigurePart::Amount);
            terms.push(Term::plain(no, source, typed.into()));
        }
        terms.extend(touching.into_iter().map(|(correction, amount)| {
            let state = self.state_of(entry.subproject, correction.quarter);
            let source = Source::Correction {
                quarter: correction.quarter,
                revision: state.and_then(|state| state.counting),
                corrects: correction.corrects,
                key: key(),
            };
            Term::counted(no, source, correction.amount.into(), amount.into())
        }));
        terms
    }
}
