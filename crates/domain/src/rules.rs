//! The rules that figures must keep, and how typed text is read.
//!
//! [`check`] runs every rule of the areas `FIN` and `IND`; each is one file below `finance` or `indicators`, with what
//! it checks, why, an example and the remedy in its header. `FINDINGS.md` is made from these headers. [`value`] reads
//! what people type (area `VAL`), [`personal`] recognises data about single persons (`TPL-15`).
//!
//! Rules see located values, never sheets or files. They know no severity: the round decides it, and [`rate`] applies
//! the round's decision. Everything a rule compares with (rates, caps, thresholds, reference groups) is data of the
//! round; what is fixed here is fixed by the regulation that the rule's header names.
//!
//! A rule says nothing where a figure that it needs is missing: the reader has reported the cell already. It also says
//! nothing that only follows from another finding of the same rule (the total when a gender is wrong, the cumulative
//! value when the quarter is).

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::{
    cell::CellRef,
    context::ReportingContext,
    figures::QuarterlyFigures,
    finding::{Code, Detail, Finding},
    quarter::Quarter,
    record::RatedFinding,
    round::FundingRound,
};

#[cfg(test)]
mod catalogue;
mod finance;
mod indicators;
pub mod personal;
mod subject;
#[cfg(test)]
mod testing;
pub mod value;

use subject::Subject;

/// The most findings of one code that are listed; `TPL-22` tells how many more there are. A reader who has corrected two
/// hundred cells uploads again anyway, and a workbook of twenty thousand wrong dates stays a short answer.
pub const FINDINGS_PER_CODE: usize = crate::limits::FINDINGS_PER_CODE.size();

/// Checks the figures of a quarter against the rules that run in it. Findings come in the order of the workbook, at most
/// [`FINDINGS_PER_CODE`] of each code.
///
/// ```
/// use nachweis_domain::{context::ReportingContext, figures::QuarterlyFigures, finding::Finding, rules};
/// use nachweis_domain::round::FundingRound;
/// fn verdict(round: &FundingRound, context: &ReportingContext, figures: &QuarterlyFigures, read: Vec<Finding>) {
///     let quarter = context.quarter;
///     let checked = rules::check(round, context, figures);
///     for rated in rules::rate(round, quarter, rules::merge(read, checked)) {
///         assert_eq!(Some(rated.severity), round.severity(rated.finding.code(), quarter));
///     }
/// }
/// ```
pub fn check(round: &FundingRound, context: &ReportingContext, figures: &QuarterlyFigures) -> Vec<Finding> {
    let subject = Subject::new(round, context, figures);
    let found = finance::RULES
        .iter()
        .chain(indicators::RULES)
        .filter(|(code, _)| subject.runs(*code))
        .flat_map(|(_, check)| check(&subject))
        .collect();
    limited(found)
}

/// One rule: its code and its check.
type Rule = (Code, fn(&Subject<'_>) -> Vec<Finding>);

/// Joins what reading a workbook found with what [`check`] found, in the order of the workbook. What only follows from a
/// cell that could not be read is left out: that it is missing (`FIN-16`), and what a row with an unread corrected
/// quarter lacks (`FIN-04`, `FIN-14`), and what merging cells (`TPL-09`) has emptied. What one voucher lacks is one
/// finding. That a formula is typed over (`TPL-23`) is left out where a rule says of the same
/// cell what the number should be made of.
///
/// ```
/// use nachweis_domain::{cell::CellRef, finding::{Column, Detail, Finding}, rules};
/// let cell = CellRef::at("Belege", 6, 5);
/// let read = Finding::at(cell.clone(), Detail::AmountUnreadable { typed: "abc".into() });
/// let checked = Finding::at(cell, Detail::VoucherIncomplete { column: Column::Amount });
/// assert_eq!(rules::merge(vec![read.clone()], vec![checked]), [read]);
/// ```
pub fn merge(read: Vec<Finding>, checked: Vec<Finding>) -> Vec<Finding> {
    let merged = |finding: &&Finding| finding.code() == Code::Tpl09;
    let hidden_by_merging = read.iter().filter(merged).flat_map(|finding| &finding.related);
    let cells: HashSet<CellRef> = read
        .iter()
        .filter_map(|finding| finding.at.as_ref())
        .chain(hidden_by_merging)
        .cloned()
        .collect();
    let rows: HashSet<(String, u32)> = read
        .iter()
        .filter(|finding| matches!(finding.code(), Code::Val09 | Code::Val02))
        .filter_map(|finding| finding.at.as_ref().map(row_of))
        .collect();
    let follows = |finding: &Finding| match (&finding.at, finding.code()) {
        (Some(at), Code::Fin16) => cells.contains(at),
        (Some(at), Code::Fin04 | Code::Fin14) => rows.contains(&row_of(at)),
        _ => false,
    };
    let added: Vec<Finding> = checked.into_iter().filter(|finding| !follows(finding)).collect();
    let recomputed = |finding: &&Finding| recomputes(finding.code());
    let explained: HashSet<CellRef> = added
        .iter()
        .filter(recomputed)
        .filter_map(|finding| finding.at.clone())
        .collect();
    let is_explained = |finding: &Finding| {
        finding.code() == Code::Tpl23 && finding.at.as_ref().is_some_and(|at| explained.contains(at))
    };
    let read = read.into_iter().filter(|finding| !is_explained(finding));
    limited(read.chain(by_voucher(added)).collect())
}

/// Joins what a voucher lacks (`FIN-16`): one finding for each row, at the first empty field.
fn by_voucher(findings: Vec<Finding>) -> Vec<Finding> {
    let mut joined: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut rows: HashMap<(String, u32), usize> = HashMap::new();
    for finding in findings {
        let (Some(at), Detail::VoucherIncomplete { column }) = (&finding.at, &finding.detail) else {
            joined.push(finding);
            continue;
        };
        let known = rows.get(&row_of(at)).and_then(|index| joined.get_mut(*index));
        let Some(first) = known else {
            rows.insert(row_of(at), joined.len());
            joined.push(finding);
            continue;
        };
        match &mut first.detail {
            Detail::VoucherLacks { columns } => columns.push(*column),
            Detail::VoucherIncomplete { column: other } => {
                let columns = vec![*other, *column];
                first.detail = Detail::VoucherLacks { columns };
            }
            _ => {}
        }
        first.related.push(at.clone());
    }
    joined
}

fn row_of(cell: &CellRef) -> (String, u32) {
    (cell.sheet().to_owned(), cell.row())
}

/// Sorts findings and keeps the first [`FINDINGS_PER_CODE`] of each code; `TPL-22` tells how many were left out.
pub fn limited(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort();
    let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
    findings.retain(|finding| {
        let count = counts.entry(finding.code()).or_default();
        *count += 1;
        *count <= FINDINGS_PER_CODE || finding.code() == Code::Tpl22
    });
    let further: Vec<Finding> = counts
        .into_iter()
        .filter(|(code, count)| *count > FINDINGS_PER_CODE && *code != Code::Tpl22)
        .map(|(code, count)| {
            Finding::whole(Detail::FurtherFindings {
                code,
                count: u64::try_from(count - FINDINGS_PER_CODE).unwrap_or(u64::MAX),
            })
        })
        .collect();
    if !further.is_empty() {
        findings.extend(further);
        findings.sort();
    }
    findings
}

/// Leaves out the findings of rules that do not run in the quarter: switched off, in shadow or not in effect. What a
/// reader found is taken through this before it is [merged](merge), so that nothing else is left out for its sake.
pub fn running(round: &FundingRound, quarter: Quarter, mut findings: Vec<Finding>) -> Vec<Finding> {
    let runs = |code| round.severity(code, quarter).is_some();
    findings.retain(|finding| {
        let counted = match finding.detail {
            Detail::FurtherFindings { code, .. } => runs(code),
            _ => true,
        };
        counted && runs(finding.code())
    });
    findings
}

/// Whether what is kept of an upload does not say all that a code needs, so that only its original does: findings of the
/// reader, those that give way to them ([`merge`]), and those that look at numbers typed over formulas.
///
/// ```
/// use nachweis_domain::{finding::Code, rules};
/// assert!(rules::needs_original(Code::Val01) && rules::needs_original(Code::Fin02));
/// assert!(!rules::needs_original(Code::Fin08) && !rules::needs_original(Code::Ind01));
/// ```
pub fn needs_original(code: Code) -> bool {
    let checked = finance::RULES.iter().chain(indicators::RULES);
    let gives_way = matches!(code, Code::Fin04 | Code::Fin14 | Code::Fin16);
    gives_way || recomputes(code) || !checked.into_iter().any(|(of, _)| *of == code)
}

/// Whether a rule says of a formula's cell what the number should be made of.
const fn recomputes(code: Code) -> bool {
    matches!(code, Code::Fin02 | Code::Ind07 | Code::Ind08 | Code::Ind19)
}

/// Gives each finding its severity in the round for the report of a quarter and leaves out those of rules that do not run.
///
/// ```
/// use nachweis_domain::{finding::{Detail, Finding, Severity}, round::shipped, rules};
/// let rounds = shipped();
/// let quarter = "2024-Q3".parse()?;
/// let rated = rules::rate(&rounds[0], quarter, vec![Finding::whole(Detail::NotDeclared)]);
/// assert_eq!(rated[0].severity, Severity::Blocking);
/// # Ok::<(), nachweis_domain::quarter::QuarterError>(())
/// ```
pub fn rate(round: &FundingRound, quarter: Quarter, findings: Vec<Finding>) -> Vec<RatedFinding> {
    findings
        .into_iter()
        .filter_map(|finding| {
            let severity = round.severity(finding.code(), quarter)?;
            Some(RatedFinding {
                finding,
                severity,
                comment: None,
                waiver: None,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
