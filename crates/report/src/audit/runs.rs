//! Where the rows of each subproject stand: runs of rows that follow each other on a streamed sheet.

use std::collections::BTreeMap;

use nachweis_domain::{audit::PlanRowKind, key::SubprojectNo};
use rust_xlsxwriter::RowNum;

use super::rows::SheetKind;

/// Rows that follow each other on one sheet of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Which sheet of its kind, from 1.
    pub(super) sheet: usize,
    /// The first row, counted from zero.
    pub(super) first: RowNum,
    /// The last row.
    pub(super) last: RowNum,
}

/// A part of a plan version: its number and the kind of its rows.
pub(super) type PlanPart = Option<(u32, PlanRowKind)>;

/// Whose rows these are. The English name of a kind of sheet tells it apart from others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Owner {
    kind: &'static str,
    of: SubprojectNo,
    plan: PlanPart,
}

/// The runs of all sheets. Rows of a subproject follow each other as a rule, so that there are few.
#[derive(Debug, Default)]
pub(super) struct Runs {
    closed: BTreeMap<Owner, Vec<Run>>,
    open: Option<(Owner, Run)>,
}

impl Runs {
    /// Notes whose row was begun.
    pub(super) fn note(
        &mut self,
        kind: &'static SheetKind,
        (of, plan): (&SubprojectNo, PlanPart),
        (sheet, row): (usize, RowNum),
    ) {
        let kind = kind.name.1;
        if let Some((owner, run)) = &mut self.open
            && run.sheet == sheet
            && run.last + 1 == row
            && owner.kind == kind
            && owner.plan == plan
            && owner.of == *of
        {
            run.last = row;
            return;
        }
        self.close();
        let owner = Owner {
            kind,
            of: of.clone(),
            plan,
        };
        let run = Run {
            sheet,
            first: row,
            last: row,
        };
        self.open = Some((owner, run));
    }

    /// Closes the last run.
    pub(super) fn close(&mut self) {
        if let Some((owner, run)) = self.open.take() {
            self.closed.entry(owner).or_default().push(run);
        }
    }

    /// The runs of a subproject on the sheets of a kind, in their order.
    pub(super) fn of(&self, kind: &SheetKind, of: &SubprojectNo, plan: PlanPart) -> &[Run] {
        let owner = Owner {
            kind: kind.name.1,
            of: of.clone(),
            plan,
        };
        self.closed.get(&owner).map_or(&[], Vec::as_slice)
    }
}
