//! Comparing counts of several indicators, for each gender and for all, in the quarter and cumulatively.

use super::super::subject::Subject;
use crate::{
    cell::CellRef,
    finding::{Detail, Finding, Span, Who},
};

/// The quarter first: where it breaks a rule, the cumulative value only follows.
pub(super) const BOTH: &[Span] = &[Span::Quarter, Span::Cumulative];

/// Results are compared with outputs cumulatively only: who leaves entered earlier.
pub(super) const CUMULATIVE: &[Span] = &[Span::Cumulative];

const GENDERS: [Who; 3] = [Who::Women, Who::Men, Who::NonBinary];

/// Compares the counts of some indicators; the finding stands at the first one and names the others. `broken` sees the
/// counts in the order of the codes. All together is compared only when no gender breaks the rule.
pub(super) fn compare(
    subject: &Subject<'_>,
    codes: &[&str],
    spans: &[Span],
    broken: impl Fn(Who, Span, &[i64]) -> Option<Detail>,
) -> Vec<Finding> {
    let of = |who| first_broken(subject, codes, spans, who, &broken);
    let found: Vec<Finding> = GENDERS.into_iter().filter_map(of).collect();
    if found.is_empty() {
        of(Who::All).into_iter().collect()
    } else {
        found
    }
}

/// The first span in which the counts of one group break the rule. A span is left out where a count is missing, and the
/// quarter where a row corrects an earlier one: then only the cumulative values belong together.
fn first_broken(
    subject: &Subject<'_>,
    codes: &[&str],
    spans: &[Span],
    who: Who,
    broken: &impl Fn(Who, Span, &[i64]) -> Option<Detail>,
) -> Option<Finding> {
    let corrects = |code: &&str| subject.indicator(code).is_some_and(|row| row.corrects.is_some());
    let detail = spans.iter().find_map(|span| {
        if *span == Span::Quarter && codes.iter().any(corrects) {
            return None;
        }
        let counts: Option<Vec<i64>> = codes.iter().map(|code| subject.count(code, who, *span)).collect();
        broken(who, *span, &counts?)
    })?;
    let (at, related) = cells(subject, codes, who)?;
    Some(Finding::at(at, detail).with_related(related))
}

/// The cells of a group in the rows of some indicators: that of the first, and those of the others.
pub(super) fn cells(subject: &Subject<'_>, codes: &[&str], who: Who) -> Option<(CellRef, Vec<CellRef>)> {
    let mut cells = codes.iter().filter_map(|code| subject.count_cell(code, who));
    Some((cells.next()?, cells.collect()))
}
