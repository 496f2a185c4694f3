//! Where the numbers of the report come from.
//!
//! `ROW/NO` names what of a row falls to one subproject; that stands in no table, but every row opens to it.

mod formulas;
mod member;
mod names;
mod terms;

use nachweis_domain::{
    burn::BurnFigures,
    key::{ItemKey, SubprojectNo},
    money::Money,
    plan::Schedule,
    quarter::Quarter,
};

use super::{
    Groups, Scope, by_item, by_quarter,
    subprojects::{self, Spending},
};
use crate::{GroupBy, lineage::Made};
use member::Member;

pub(in crate::build) use names::name;

/// How a number of the report is made; `None` where it has no such row or column.
pub(in crate::build) fn derive(scope: &Scope<'_>, by: GroupBy, row: &str, column: &str) -> Option<Made> {
    let groups = Groups::of(scope.ledger, by);
    Row::find(scope, &groups, row)?.derive(column)
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
    fn find(scope: &'a Scope<'a>, groups: &'a Groups, key: &str) -> Option<Self> {
        if let Some(row) = Self::of(scope, groups, key, None) {
            return Some(row);
        }
        let (row, no) = key.rsplit_once('/')?;
        Self::of(scope, groups, row, Some(&SubprojectNo::new(no)))
    }

    fn of(scope: &'a Scope<'a>, groups: &'a Groups, key: &str, only: Option<&SubprojectNo>) -> Option<Self> {
        let mut row = Self {
            scope,
            groups,
            key: key.to_owned(),
            is_one: only.is_some() || (groups.by() == GroupBy::Subproject && key != "total"),
            is_part: only.is_some(),
            item: None,
            window: Window::default(),
            members: Vec::new(),
        };
        row.members = match groups.by() {
            _ if key == "total" => members(scope, None),
            GroupBy::PlanItem => row.of_item(key)?,
            GroupBy::Quarter => row.of_quarter(key.parse().ok()?)?,
            _ => members(scope, Some((groups, groups.position(key)?))),
        };
        if let Some(no) = only {
            row.members.retain(|member| member.no == no);
            row.members.first()?;
        }
        Some(row)
    }

    fn of_item(&mut self, key: &str) -> Option<Vec<Member<'a>>> {
        let spending = by_item::collect(self.scope);
        let items = by_item::items(self.scope, &spending);
        let (item, _) = items.into_iter().find(|(item, _)| item.as_str() == key)?;
        self.item = Some(item.clone());
        Some(Member::all(self.scope, |index| {
            by_item::figures(self.scope, index, item, &spending)
        }))
    }

    fn of_quarter(&mut self, quarter: Quarter) -> Option<Vec<Member<'a>>> {
        let scope = self.scope;
        let indices = 0..scope.ledger.subprojects.len();
        let schedules: Vec<Option<Schedule>> = indices.map(|index| scope.schedule(index)).collect();
        let (first, last) = by_quarter::span(scope, &schedules)?;
        if quarter < first || last < quarter {
            return None;
        }
        self.window = Window {
            after: (first < quarter).then(|| quarter.previous()),
            until: Some(quarter),
        };
        let spending = subprojects::spending(scope);
        let at = |index: usize, quarter: Quarter| {
            let schedule = schedules.get(index).and_then(Option::as_ref);
            let nothing = Spending::default();
            let spending = spending.get(index).unwrap_or(&nothing);
            let state = scope.ledger.subprojects.get(index);
            state.map_or_else(BurnFigures::default, |state| {
                by_quarter::at(scope, state, schedule, spending, quarter)
            })
        };
        let mut members = Member::all(scope, |index| at(index, quarter));
        if let Some(after) = self.window.after {
            for member in &mut members {
                member.before = at(member.index, after);
            }
        }
        Some(members)
    }

    /// The row as everything stood at its end; only quarters know another.
    fn at_its_end(mut self) -> Self {
        self.window.after = None;
        for member in &mut self.members {
            member.before = BurnFigures::default();
        }
        self
    }

    const fn is_quarter(&self) -> bool {
        self.window.until.is_some()
    }

    /// The key under which the row opens.
    fn place(&self) -> String {
        match self.members.first() {
            Some(member) if self.is_part => {
                format!("{}/{}", self.key, member.no)
            }
            _ => self.key.clone(),
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

/// The subprojects of a group with what falls to it, or all of them as a whole.
fn members<'a>(scope: &Scope<'a>, group: Option<(&Groups, usize)>) -> Vec<Member<'a>> {
    let figures = subprojects::figures(scope);
    let whole = |index: usize| figures.get(index).copied().unwrap_or_default();
    let Some((groups, group)) = group else {
        return Member::all(scope, whole);
    };
    let mut members = Member::all(scope, whole);
    members.retain_mut(|member| {
        let parts = subprojects::divide(groups, member.index, &member.now);
        let part = parts.into_iter().find(|(of, _)| *of == group);
        if let Some((_, part)) = part {
            if groups.only(member.index).is_none() {
                member.whole = Some(member.now);
            }
            member.now = part;
        }
        part.is_some()
    });
    members
}
