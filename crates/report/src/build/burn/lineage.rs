//! Where the numbers of the report come from.
//!
//! `ROW/NO` names what of a row falls to one subproject; that stands in no table, but every row opens to it.

mod expected;
mod formulas;
mod known;
mod member;
mod names;
mod terms;

use std::ops::Range;

use nachweis_domain::{
    burn::BurnFigures,
    key::{ItemKey, SubprojectNo},
    ledger::SubprojectIndex,
    money::Money,
    quarter::Quarter,
};

use super::{Groups, Scope, by_item, subprojects};
use crate::{GroupBy, lineage::Made};
use member::Member;
use terms::Sum;

pub(in crate::build) use known::Known;
pub(in crate::build) use names::name;

/// How a number of the report is made; `None` where it has no such row or column.
pub(in crate::build) fn derive(
    known: &Known,
    scope: &Scope<'_>,
    by: GroupBy,
    row: &str,
    column: &str,
) -> Option<Made> {
    Row::find(scope, known, by, row)?.derive(column)
}

/// The quarters whose amounts stand in a row: after the first, up to the second.
#[derive(Clone, Copy, Debug, Default)]
struct Window {
    after: Option<Quarter>,
    until: Option<Quarter>,
}

impl Window {
    fn holds(self, quarter: Quarter) -> bool {
        self.after.is_none_or(|after| after < quarter) && self.until.is_none_or(|until| quarter <= until)
    }
}

/// A row of the report, or what of it falls to one subproject.
struct Row<'a> {
    scope: &'a Scope<'a>,
    known: &'a Known,
    groups: &'a Groups,
    /// The key of the row, without that of a subproject behind it.
    key: String,
    /// Whether the row stands for one subproject.
    is_one: bool,
    /// Whether it is what of a row falls to one subproject.
    is_part: bool,
    item: Option<ItemKey>,
    window: Window,
    members: Vec<Member<'a>>,
}

impl<'a> Row<'a> {
    fn find(scope: &'a Scope<'a>, known: &'a Known, by: GroupBy, key: &str) -> Option<Self> {
        // No group is named like this.
        if !key.starts_with("total/")
            && let Some(row) = Self::of(scope, known, by, key, None)
        {
            return Some(row);
        }
        let (row, no) = key.rsplit_once('/')?;
        let index = scope.ledger.index_of(&SubprojectNo::new(no))?;
        Self::of(scope, known, by, row, Some(index))
    }

    fn of(
        scope: &'a Scope<'a>,
        known: &'a Known,
        by: GroupBy,
        key: &str,
        only: Option<SubprojectIndex>,
    ) -> Option<Self> {
        let groups = known.groups(scope, by);
        let mut row = Self {
            scope,
            known,
            groups,
            key: key.to_owned(),
            is_one: only.is_some() || (by == GroupBy::Subproject && key != "total"),
            is_part: only.is_some(),
            item: None,
            window: Window::default(),
            members: Vec::new(),
        };
        let whose = only.map_or(0..scope.ledger.subprojects.len(), |index| index..index + 1);
        row.members = match by {
            _ if key == "total" => row.of_group(whose, None),
            GroupBy::PlanItem => row.of_item(whose, key)?,
            GroupBy::Quarter => row.of_quarter(whose, key.parse().ok()?)?,
            _ => row.of_group(whose, Some(groups.position(key)?)),
        };
        if only.is_some() {
            row.members.first()?;
        }
        Some(row)
    }

    fn of_item(&mut self, whose: Range<SubprojectIndex>, key: &str) -> Option<Vec<Member<'a>>> {
        let spending = by_item::collect(self.scope);
        let items = by_item::items(self.scope, &spending);
        let (item, _) = items.into_iter().find(|(item, _)| item.as_str() == key)?;
        self.item = Some(item.clone());
        Some(Member::all(self.scope, whose, |index| {
            by_item::figures(self.scope, index, item, &spending)
        }))
    }

    fn of_quarter(&mut self, whose: Range<SubprojectIndex>, quarter: Quarter) -> Option<Vec<Member<'a>>> {
        let (first, last) = self.known.span(self.scope)?;
        if quarter < first || last < quarter {
            return None;
        }
        self.window = Window {
            after: (first < quarter).then(|| quarter.previous()),
            until: Some(quarter),
        };
        Some(Member::all(self.scope, whose, |index| {
            self.known.at(self.scope, index, quarter)
        }))
    }

    /// The subprojects of a group with what falls to it, or all of them as a whole.
    fn of_group(&self, whose: Range<SubprojectIndex>, group: Option<usize>) -> Vec<Member<'a>> {
        let mut members = Member::all(self.scope, whose, |index| self.known.whole(self.scope, index));
        let Some(group) = group else {
            return members;
        };
        members.retain_mut(|member| {
            let parts = subprojects::divide(self.groups, member.index, &member.now);
            let part = parts.into_iter().find(|(of, _)| *of == group);
            if let Some((_, part)) = part {
                if self.groups.only(member.index).is_none() {
                    member.whole = Some(member.now);
                }
                member.now = part;
            }
            part.is_some()
        });
        members
    }

    /// The row as everything stood at its end; only quarters know another.
    const fn at_its_end(mut self) -> Self {
        self.window.after = None;
        self
    }

    /// The row of the quarter before, where there is one, of a row that stands for a quarter.
    fn row_before(&self) -> Option<(String, Quarter)> {
        let quarter = self.window.after?;
        Some((self.with_subproject(quarter.to_string()), quarter))
    }

    /// An amount as it stood at the end of the quarter before.
    fn before(&self, sum: Sum) -> Option<Money> {
        let (field, quarter) = sum.field().zip(self.window.after)?;
        let members = self.members.iter();
        Some(
            members
                .map(|member| field(&self.known.at(self.scope, member.index, quarter)))
                .sum(),
        )
    }

    const fn is_quarter(&self) -> bool {
        self.window.until.is_some()
    }

    /// The key under which the row opens.
    fn place(&self) -> String {
        self.with_subproject(self.key.clone())
    }

    /// The key of a row, with the subproject that this row is a part of.
    fn with_subproject(&self, key: String) -> String {
        match self.members.first() {
            Some(member) if self.is_part => format!("{key}/{}", member.no),
            _ => key,
        }
    }

    /// All members together.
    fn figures(&self) -> BurnFigures {
        self.members.iter().map(|member| member.now).sum()
    }

    fn sum(&self, field: fn(&BurnFigures) -> Money) -> Money {
        self.members.iter().map(|member| field(&member.now)).sum()
    }
}
