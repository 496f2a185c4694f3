//! Whether a workbook is the one expected: ours, of this subproject, this quarter, this version, as issued.

use nachweis_domain::{
    context::ReportingContext,
    finding::{Detail, Finding},
    round::FundingRound,
};
use nachweis_ingest::{Reading, SealKey, check_identity};

use crate::judge::Comparable;

/// Compares what the workbook says of itself with our own record. What the reader has already said is not said again.
pub(crate) fn check(
    reading: &Reading,
    round: &FundingRound,
    expected: &ReportingContext,
    key: &SealKey,
) -> (Vec<Finding>, Comparable) {
    let Some(envelope) = &reading.envelope else {
        return (unless_said(reading, Detail::NotOurTemplate), Comparable::No);
    };
    let (no, quarter) = (&expected.subproject.no, expected.quarter);
    let mut findings = check_identity(reading, no, quarter, round, Some(expected.plan.number));
    let stranger = |finding: &Finding| finding.code().is_of_a_stranger();
    if findings.iter().any(stranger) {
        findings.retain(stranger);
        return (findings, Comparable::No);
    }
    if !envelope.is_sealed_by(key) {
        let expected = String::new();
        findings.extend(unless_said(reading, Detail::PrefilledChanged { expected }));
    }
    (findings, Comparable::Yes)
}

fn unless_said(reading: &Reading, detail: Detail) -> Vec<Finding> {
    let said = reading
        .findings
        .iter()
        .any(|finding| finding.code() == detail.code());
    if said {
        Vec::new()
    } else {
        vec![Finding::whole(detail)]
    }
}
