//! A marked copy holds the lead's values, says what is wrong where, and can be handed in again.

use nachweis_domain::{
    finding::{Code, Finding, Severity},
    language::Language,
    record::{IssueId, RatedFinding, WaiverId},
    round::FundingRound,
    waiver::FindingWaiver,
};

use super::mark;
use crate::{IngestError, IssueStamp, Reading, SealKey, issue_filled, read_here, sample, testing::Copy};

fn key(seed: u8) -> SealKey {
    SealKey::from_bytes([seed; 32])
}

/// A filled workbook with planted errors, rearranged as leads do.
fn damaged(round: &FundingRound) -> Reading {
    let context = sample::context(round);
    let figures = sample::figures(&context, round, 3, 9);
    let stamp = IssueStamp {
        id: IssueId("0191f2a0-7c1e-7000-8000-000000000003".parse().expect("an id")),
        issued_at: sample::moment(),
    };
    let bytes = issue_filled(round, &context, &stamp, Language::De, &key(1), &figures).expect("a workbook");
    let mut copy = Copy::of(&bytes);
    let vouchers = copy.page("Belege");
    vouchers.put("F7", "=12,345".to_owned());
    vouchers.put("B8", "31.07.2024".to_owned());
    vouchers.put("H5", "Notiz".to_owned());
    vouchers.put("H6", "offen".to_owned());
    vouchers.rearrange(|row, col| (row + 3, col));
    copy.page("Deckblatt").put("C20", "nein".to_owned());
    read(round, &copy.write())
}

fn read(round: &FundingRound, bytes: &[u8]) -> Reading {
    read_here(std::slice::from_ref(round), bytes).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

fn rated(reading: &Reading) -> Vec<RatedFinding> {
    let rated = |finding: &Finding| RatedFinding {
        finding: finding.clone(),
        severity: finding.code().default_severity(),
        comment: None,
        waiver: None,
    };
    reading.findings.iter().map(rated).collect()
}

fn place(finding: &Finding) -> (Code, Option<String>) {
    (finding.code(), finding.at.as_ref().map(ToString::to_string))
}

#[test]
fn a_marked_copy_reads_like_the_workbook_it_comes_from() {
    let round = sample::round("2023-2025");
    let reading = damaged(&round);
    let marked = mark(&round, &reading, &rated(&reading), Language::De, &key(1)).expect("a copy");
    let again = read(&round, &marked);
    let found: Vec<_> = again.findings.iter().map(place).collect();
    let at = |at: &str| Some(at.to_owned());
    assert_eq!(
        found,
        [
            (Code::Val01, at("Belege!F7")),
            (Code::Val07, at("Belege!B8")),
            (Code::Tpl21, at("Deckblatt!C20")),
        ]
    );
    assert_eq!(again.raw, reading_raw(&reading));
    assert_eq!(again.figures.funds, reading.figures.funds);
    assert_eq!(
        again.figures.vouchers.rows.len(),
        reading.figures.vouchers.rows.len()
    );
    let envelope = again.envelope.expect("an envelope");
    assert_eq!(Some(envelope.clone()), reading.envelope);
    assert!(envelope.is_sealed_by(&key(1)));
}

/// What could not be read, at the cells of the copy.
fn reading_raw(reading: &Reading) -> Vec<(nachweis_domain::cell::CellRef, String)> {
    let up = |at: &nachweis_domain::cell::CellRef| {
        nachweis_domain::cell::CellRef::at(at.sheet(), at.row() - 3, at.col())
    };
    reading
        .raw
        .iter()
        .map(|(at, typed)| (up(at), typed.clone()))
        .collect()
}

#[test]
fn the_index_lists_every_finding_with_its_place_in_both_workbooks() {
    let round = sample::round("2023-2025");
    let reading = damaged(&round);
    for (language, sheet) in [(Language::De, "Hinweise"), (Language::En, "Findings")] {
        let marked = mark(&round, &reading, &rated(&reading), language, &key(1)).expect("a copy");
        let mut copy = Copy::of(&marked);
        assert_eq!(copy.pages[0].name, sheet);
        let texts = copy.page(sheet).texts();
        for finding in &reading.findings {
            assert!(texts.contains(&finding.text(language)), "{}", finding.code());
        }
        assert!(texts.contains(&"Belege!F7 (Belege!F10)".to_owned()), "{texts:?}");
    }
}

#[test]
fn a_text_that_looks_like_a_formula_stays_a_text() {
    let round = sample::round("2023-2025");
    let reading = damaged(&round);
    let marked = mark(&round, &reading, &rated(&reading), Language::De, &key(1)).expect("a copy");
    let mut copy = Copy::of(&marked);
    let cell = copy.page("Belege").cells.get(&(6, 5)).cloned().expect("the cell");
    assert!(cell.formula.is_none());
    assert_eq!(cell.value.to_string(), "=12,345");
}

#[test]
fn marking_never_seals_what_was_not_sealed() {
    let round = sample::round("2026-2028");
    let mut reading = damaged(&round);
    let copy = |reading: &Reading| {
        let marked = mark(&round, reading, &[], Language::De, &key(1)).expect("a copy");
        read(&round, &marked).envelope.expect("an envelope")
    };
    assert!(copy(&reading).is_sealed_by(&key(1)));
    let envelope = reading.envelope.as_mut().expect("an envelope");
    envelope.context.subproject.title = "Ein anderes Vorhaben".to_owned();
    envelope.checksum = nachweis_domain::record::Sha256([9; 32]);
    assert!(!copy(&reading).is_sealed_by(&key(1)));
}

#[test]
fn a_workbook_of_others_cannot_be_marked() {
    let round = sample::round("2023-2025");
    let refusal = mark(&round, &Reading::default(), &[], Language::De, &key(1));
    assert!(matches!(refusal, Err(IngestError::NoEnvelope)));
}

#[test]
fn a_waived_finding_is_listed_as_such_and_asks_for_nothing() {
    let round = sample::round("2023-2025");
    let reading = damaged(&round);
    let waiver = FindingWaiver {
        id: WaiverId("0191f2a0-7c1e-7000-8000-000000000009".parse().expect("an id")),
        number: 3,
        until: "2024-11-30T23:00:00Z".parse().expect("a moment"),
    };
    let mut findings = rated(&reading);
    let place = findings
        .iter()
        .position(|rated| rated.finding.code() == Code::Val07);
    let wrong = &mut findings[place.expect("a wrong date")];
    wrong.waiver = Some(waiver);
    let text = wrong.finding.text(Language::De);
    let marked = mark(&round, &reading, &findings, Language::De, &key(1)).expect("a copy");
    let mut copy = Copy::of(&marked);
    let texts = copy.page("Hinweise").texts();
    let sentence = waiver.sentence().de;
    assert!(sentence.contains("bis 30.11.2024 (Ausnahme Nr. 3"), "{sentence}");
    assert!(texts.contains(&format!("{text} {sentence}")), "{texts:?}");
    assert!(
        texts.iter().any(|text| text.contains("davon ausgenommen: 1")),
        "{texts:?}"
    );
    let errors = texts.iter().filter(|text| *text == "Fehler").count();
    let blocking = |rated: &&RatedFinding| rated.severity == Severity::Blocking;
    assert_eq!(
        errors + 1,
        findings.iter().filter(blocking).count(),
        "one is only told of"
    );
}
