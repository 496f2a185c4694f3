//! What is issued is read: both template versions, empty and filled, as issued and as leads rearrange it.

mod computed;
mod damaged;
mod hidden;
mod packages;
mod persons;
mod programs;
mod rearranged;
mod renamed;
mod round_trip;
mod stray;

use std::sync::LazyLock;

use nachweis_domain::{
    context::ReportingContext,
    figures::QuarterlyFigures,
    finding::{Code, Finding},
    language::Language,
    record::IssueId,
    round::FundingRound,
};

use super::read_here;
use crate::{IssueStamp, Reading, SealKey, issue, issue_filled, sample, testing::Copy};

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

/// A filled workbook of round 2023–2025.
static FILLED: LazyLock<(FundingRound, Copy)> = LazyLock::new(|| {
    let round = sample::round("2023-2025");
    let context = sample::context(&round);
    let figures = sample::figures(&context, &round, 11, 12);
    let copy = Copy::of(&filled(&round, &context, &figures));
    (round, copy)
});

/// What is read of it after a change.
fn after(change: impl FnOnce(&mut Copy)) -> Reading {
    let (round, copy) = &*FILLED;
    let mut copy = copy.clone();
    change(&mut copy);
    read(round, &copy.write())
}

/// Code and cell of each finding.
fn found(reading: &Reading) -> Vec<(Code, String)> {
    let cell = |finding: &Finding| finding.at.as_ref().map_or_else(String::new, ToString::to_string);
    reading
        .findings
        .iter()
        .map(|finding| (finding.code(), cell(finding)))
        .collect()
}

fn expect(change: impl FnOnce(&mut Copy), expected: &[(Code, &str)]) {
    let reading = after(change);
    let expected: Vec<(Code, String)> = expected
        .iter()
        .map(|(code, at)| (*code, (*at).to_owned()))
        .collect();
    assert_eq!(found(&reading), expected);
}

/// The values without their cells; vouchers without their rows.
fn values(figures: &QuarterlyFigures) -> String {
    let mut figures = figures.clone();
    figures.vouchers.columns.clear();
    figures.vouchers.rows.sort_by(|a, b| a.number.cmp(&b.number));
    for voucher in &mut figures.vouchers.rows {
        voucher.row = 0;
    }
    let mut json = serde_json::to_value(&figures).expect("json");
    drop_cells(&mut json);
    json.to_string()
}

fn drop_cells(json: &mut serde_json::Value) {
    match json {
        serde_json::Value::Object(map) => {
            map.remove("at");
            map.values_mut().for_each(drop_cells);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(drop_cells),
        _ => {}
    }
}
