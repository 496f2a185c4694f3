//! A subproject of a row.

use nachweis_domain::{burn::BurnFigures, key::SubprojectNo, ledger::SubprojectIndex};

use super::Scope;

/// A subproject of a row, with what of it stands there.
pub(super) struct Member<'a> {
    pub(super) index: SubprojectIndex,
    pub(super) no: &'a SubprojectNo,
    /// What falls to the row, up to its end.
    pub(super) now: BurnFigures,
    /// What of it had fallen to earlier rows.
    pub(super) before: BurnFigures,
    /// The whole subproject, where only a part of it falls to the row.
    pub(super) whole: Option<BurnFigures>,
}

impl<'a> Member<'a> {
    /// All subprojects with their figures.
    pub(super) fn all(scope: &Scope<'a>, figures: impl Fn(SubprojectIndex) -> BurnFigures) -> Vec<Self> {
        let states = scope.ledger.subprojects.iter().enumerate();
        states
            .map(|(index, state)| Self {
                index,
                no: &state.subproject.no,
                now: figures(index),
                before: BurnFigures::default(),
                whole: None,
            })
            .collect()
    }
}
