//! What is issued is read: both template versions, empty and filled, as issued and as leads rearrange it.

mod damaged;
mod packages;
mod programs;
mod rearranged;
mod round_trip;

use nachweis_domain::{
    context::ReportingContext,
    figures::QuarterlyFigures,
    finding::{Code, Finding},
    language::Language,
    record::IssueId,
    round::FundingRound,
};

use super::read_here;
use crate::{IssueStamp, Reading, SealKey, issue, issue_filled, sample};

/// Both rounds of the programme, with their template versions.
const ROUNDS: [&str; 2] = ["2023-2025", "2026-2028"];

fn key() -> SealKey {
    SealKey::from_bytes([1; 32])
}

fn stamp() -> IssueStamp {
    IssueStamp {
        id: IssueId("0191f2a0-7c1e-7000-8000-000000000001".parse().expect("an id")),
        issued_at: sample::moment(),
    }
}

fn issued(round: &FundingRound, context: &ReportingContext) -> Vec<u8> {
    issue(round, context, &stamp(), Language::De, &key()).expect("a workbook")
}

fn filled(round: &FundingRound, context: &ReportingContext, figures: &QuarterlyFigures) -> Vec<u8> {
    issue_filled(round, context, &stamp(), Language::De, &key(), figures).expect("a workbook")
}

fn read(round: &FundingRound, bytes: &[u8]) -> Reading {
    read_here(std::slice::from_ref(round), bytes).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

fn codes(findings: &[Finding]) -> Vec<Code> {
    let mut codes: Vec<Code> = findings.iter().map(Finding::code).collect();
    codes.sort();
    codes.dedup();
    codes
}
