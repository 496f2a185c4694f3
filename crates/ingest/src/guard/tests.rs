//! The guard on issued workbooks, and on damaged copies of them.

use nachweis_domain::{language::Language, round::FundingRound};

use crate::{
    IssueStamp, SealKey,
    guard::{Purpose, guard},
    inspection::SheetState,
    issue, read_here, sample,
};

mod same_cells;

/// Damaged copies that are read: enough to meet each part, few enough to stay short.
const COPIES: u32 = 120;

fn issued(round: &FundingRound) -> Vec<u8> {
    let stamp = IssueStamp {
        id: nachweis_domain::record::IssueId(uuid::Uuid::nil()),
        issued_at: sample::moment(),
    };
    let key = SealKey::from_bytes([7; 32]);
    issue(round, &sample::context(round), &stamp, Language::De, &key).expect("a workbook")
}

#[test]
fn an_issued_workbook_passes_with_its_sheets() {
    let round = sample::round("2023-2025");
    let guarded = guard(&issued(&round), Purpose::Workbook).expect("our own workbook");
    let hidden: Vec<(&str, SheetState)> = guarded
        .inspection
        .sheets
        .iter()
        .filter(|sheet| sheet.state != SheetState::Visible)
        .map(|sheet| (sheet.name.as_str(), sheet.state))
        .collect();
    assert_eq!(hidden, [("_nachweis", SheetState::VeryHidden)]);
    assert_eq!(guarded.inspection.sheets.len(), 8);
    assert!(!guarded.inspection.date1904);
}

#[test]
fn damaged_copies_of_an_issued_workbook_are_refused_or_read() {
    let round = sample::round("2023-2025");
    let rounds = [round.clone()];
    let whole = issued(&round);
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(limit).expect("small")).expect("small")
    };
    for _ in 0..COPIES {
        let mut copy = whole.clone();
        for _ in 0..=next(3) {
            let at = next(copy.len());
            copy[at] ^= 1 << next(8);
        }
        if let Err(refusal) = read_here(&rounds, &copy) {
            assert_ne!(
                refusal.code(),
                "FILE-19",
                "the guard let pass what cannot be read"
            );
        }
    }
}
