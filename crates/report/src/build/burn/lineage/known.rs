//! What every row is made from, collected once for all numbers of a report.

use std::cell::OnceCell;

use nachweis_domain::{
    burn::BurnFigures,
    ledger::{ExpenditureEntry, SubprojectIndex},
    plan::Schedule,
    quarter::Quarter,
};

use super::{
    super::{
        Groups, Scope, by_quarter,
        subprojects::{self, Spending},
    },
    GroupBy,
};

/// What was collected so far.
#[derive(Default)]
pub(in crate::build) struct Known {
    groups: OnceCell<Groups>,
    figures: OnceCell<Vec<BurnFigures>>,
    schedules: OnceCell<Vec<Option<Schedule>>>,
    spending: OnceCell<Vec<Spending>>,
    span: OnceCell<Option<(Quarter, Quarter)>>,
    /// For each subproject the places of its entries that count, in the order of the ledger.
    entries: OnceCell<Vec<Vec<usize>>>,
}

impl Known {
    /// The groups of the report.
    pub(super) fn groups(&self, scope: &Scope<'_>, by: GroupBy) -> &Groups {
        self.groups.get_or_init(|| Groups::of(scope.ledger, by))
    }

    /// The burn of a subproject as a whole.
    pub(super) fn whole(&self, scope: &Scope<'_>, index: SubprojectIndex) -> BurnFigures {
        let figures = self.figures.get_or_init(|| subprojects::figures(scope));
        figures.get(index).copied().unwrap_or_default()
    }

    /// The burn of a subproject as it stood at the end of a quarter.
    pub(super) fn at(&self, scope: &Scope<'_>, index: SubprojectIndex, quarter: Quarter) -> BurnFigures {
        let spending = self.spending.get_or_init(|| subprojects::spending(scope));
        let schedule = self.schedules(scope).get(index).and_then(Option::as_ref);
        let state = scope.ledger.subprojects.get(index);
        let both = state.zip(spending.get(index));
        both.map_or_else(BurnFigures::default, |(state, spending)| {
            by_quarter::at(scope, state, schedule, spending, quarter)
        })
    }

    /// The first and the last quarter with a row.
    pub(super) fn span(&self, scope: &Scope<'_>) -> Option<(Quarter, Quarter)> {
        *self
            .span
            .get_or_init(|| by_quarter::span(scope, self.schedules(scope)))
    }

    /// The entries of a subproject that count.
    pub(super) fn entries<'s>(
        &'s self,
        scope: &'s Scope<'_>,
        index: SubprojectIndex,
    ) -> impl Iterator<Item = &'s ExpenditureEntry> {
        let entries = self.entries.get_or_init(|| places(scope));
        let of_one = entries.get(index).map_or(&[][..], Vec::as_slice);
        of_one
            .iter()
            .filter_map(|place| scope.ledger.expenditure.get(*place))
    }

    fn schedules(&self, scope: &Scope<'_>) -> &[Option<Schedule>] {
        let indices = 0..scope.ledger.subprojects.len();
        self.schedules
            .get_or_init(|| indices.map(|index| scope.schedule(index)).collect())
    }
}

fn places(scope: &Scope<'_>) -> Vec<Vec<usize>> {
    let mut places = vec![Vec::new(); scope.ledger.subprojects.len()];
    for (place, entry) in scope.ledger.expenditure.iter().enumerate() {
        if let Some(of_one) = places.get_mut(entry.subproject)
            && scope.counts(entry.quarter)
        {
            of_one.push(place);
        }
    }
    places
}
