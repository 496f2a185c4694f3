//! A subproject of a row.

use std::ops::Range;

use nachweis_domain::{burn::BurnFigures, key::SubprojectNo, ledger::SubprojectIndex};

use super::Scope;

/// A subproject of a row, with what of it stands there.
pub(super) struct Member<'a> {
    pub(super) index: SubprojectIndex,
    pub(super) no: &'a SubprojectNo,
    /// What falls to the row, up to its end.
    pub(super) now: BurnFigures,
    /// The whole subproject, where only a part of it falls to the row.
    pub(super) whole: Option<BurnFigures>,
}

impl<'a> Member<'a> {
    /// These subprojects with their figures.
    pub(super) fn all(
        scope: &Scope<'a>,
        indices: Range<SubprojectIndex>,
        figures: impl Fn(SubprojectIndex) -> BurnFigures,
    ) -> Vec<Self> {
        let states = indices.filter_map(|index| Some((index, scope.ledger.subprojects.get(index)?)));
        states
            .map(|(index, state)| Self {
                index,
                no: &state.subproject.no,
                now: figures(index),
                whole: None,
            })
            .collect()
    }
}
