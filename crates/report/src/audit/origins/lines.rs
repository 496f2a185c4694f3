//! The lines below a control total: what adds to it, and where the rows stand.

use nachweis_domain::ledger::Ledger;

use crate::audit::{
    book::Book,
    control::ControlTotal,
    parts::{Part, number},
    rows::SheetKind,
    runs::Run,
    summed::Summed,
};

/// A line below a control total.
pub(super) struct Line {
    pub(super) who: Who,
    pub(super) run: Option<Run>,
}

/// What a line says.
pub(super) enum Who {
    /// What a subproject adds, and where its first rows stand.
    Subproject(Part),
    /// Where more of its rows stand.
    Further(Part),
    /// So many rows of one sheet.
    Sheet(i64),
    /// What is of no subproject.
    Others(i64),
    /// There are no such rows.
    Nobody,
}

/// The lines of a control total; at least one.
pub(super) fn lines(book: &Book, ledger: &Ledger, control: &ControlTotal, parts: &[Part]) -> Vec<Line> {
    let mut lines = match control.summed.sheet() {
        Some(kind) if matches!(control.summed, Summed::Rows(_)) => sheets(book, kind),
        _ => of_subprojects(book, ledger, control, parts),
    };
    if lines.is_empty() {
        lines.push(Line {
            who: Who::Nobody,
            run: None,
        });
    }
    lines
}

/// A line for each sheet of a kind.
fn sheets(book: &Book, kind: &'static SheetKind) -> Vec<Line> {
    let mut left = book.rows_of(kind);
    let per_sheet = u64::from(book.rows_per_sheet.saturating_sub(1)).max(1);
    let mut lines = Vec::new();
    while left > 0 {
        let here = left.min(per_sheet);
        left -= here;
        let last = u32::try_from(here).unwrap_or(u32::MAX);
        lines.push(Line {
            who: Who::Sheet(last.into()),
            run: Some(Run {
                sheet: lines.len() + 1,
                first: 1,
                last,
            }),
        });
    }
    lines
}

/// A line for each run of rows of each subproject that adds something.
fn of_subprojects(book: &Book, ledger: &Ledger, control: &ControlTotal, parts: &[Part]) -> Vec<Line> {
    let mut lines = Vec::with_capacity(parts.len());
    let mut rest = number(&control.rows);
    for part in parts {
        rest -= part.counted;
        let runs = runs(book, ledger, control, part.subproject);
        let mut runs = runs.iter().copied();
        lines.push(Line {
            who: Who::Subproject(*part),
            run: runs.next(),
        });
        lines.extend(runs.map(|run| Line {
            who: Who::Further(*part),
            run: Some(run),
        }));
    }
    if rest != 0 {
        lines.push(Line {
            who: Who::Others(rest),
            run: None,
        });
    }
    lines
}

/// Where the rows of a subproject stand.
fn runs<'a>(book: &'a Book, ledger: &Ledger, control: &ControlTotal, subproject: usize) -> &'a [Run] {
    let (Some(kind), Some(state)) = (control.summed.sheet(), ledger.subprojects.get(subproject)) else {
        return &[];
    };
    let version = state.plan_on(ledger.day()).map(|plan| plan.number);
    let part = control.summed.plan_part(version);
    book.runs.of(kind, &state.subproject.no, part)
}
