//! How far the money has gone: awarded, planned, reported, accepted, paid out, and what follows from them.
//!
//! The arithmetic is `nachweis_domain::burn`; here figures are selected, divided over groups and added.

mod by_item;
mod by_quarter;
mod columns;
mod line;
mod lineage;
mod notes;
mod subprojects;

use nachweis_domain::{burn::BurnFigures, language::Text};

use super::{
    control::Control,
    group::{Groups, total_values},
    head,
    scope::Scope,
};
use crate::{GroupBy, Report, ReportError, ReportName, Table};
use line::Line;
pub(super) use lineage::{Known, derive, name};

/// The report.
///
/// # Errors
/// When the rows do not sum to the ledger's control totals.
pub(super) fn report(scope: &Scope<'_>, group_by: GroupBy) -> Result<Report, ReportError> {
    let groups = Groups::of(scope.ledger, group_by);
    let of_subprojects = subprojects::figures(scope);
    let lines = match group_by {
        GroupBy::PlanItem => by_item::lines(scope),
        GroupBy::Quarter => by_quarter::lines(scope),
        _ => by_group(&groups, &of_subprojects),
    };
    let total: BurnFigures = of_subprojects.iter().copied().sum();
    let naming = groups.columns();
    let subprojects = columns::counts_subprojects(group_by).then_some(of_subprojects.len());
    let total = Line::of(total_values(naming.len()), subprojects, &total);
    check(scope, &lines, &total)?;
    let thresholds = &scope.ledger.round.thresholds;
    let table = Table {
        key: "burn",
        title: Text::new("Mittelabfluss", "Budget burn"),
        columns: columns::columns(naming, group_by),
        rows: lines
            .into_iter()
            .map(|line| line.into_values(thresholds))
            .collect(),
        totals: Some(total.into_values(thresholds)),
    };
    let mut report = head::report(
        scope,
        ReportName::Burn,
        notes::notes(scope, group_by),
        vec![table],
    );
    report.parameters.push(head::grouped(group_by));
    Ok(report)
}

/// A line for each group, with the parts of each subproject that fall to it.
fn by_group(groups: &Groups, of_subprojects: &[BurnFigures]) -> Vec<Line> {
    let mut sums = vec![(BurnFigures::default(), 0_usize); groups.len()];
    for (subproject, figures) in of_subprojects.iter().enumerate() {
        for (group, part) in subprojects::divide(groups, subproject, figures) {
            if let Some((sum, count)) = sums.get_mut(group) {
                *sum = *sum + part;
                *count += 1;
            }
        }
    }
    let counted = columns::counts_subprojects(groups.by());
    let lines = sums.into_iter().enumerate();
    lines
        .map(|(group, (figures, count))| Line::of(groups.values(group), counted.then_some(count), &figures))
        .collect()
}

/// Compares rows, totals row and ledger.
fn check(scope: &Scope<'_>, lines: &[Line], total: &Line) -> Result<(), ReportError> {
    let expected = subprojects::expected(scope);
    let mut of_rows = expected.clone();
    for line in lines {
        of_rows.count(line.sums.list());
    }
    of_rows.check()?;
    let mut of_total = expected;
    of_total.count(total.sums.list());
    of_total.check().map(|_| ())
}

/// The control totals of the report.
type BurnControl = Control<6>;
