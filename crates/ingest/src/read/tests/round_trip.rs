//! Issue and read: equal figures, equal context, no findings.

use nachweis_domain::{cell::CellRef, finding::Code, language::Language};

use super::{ROUNDS, codes, filled, issued, key, read, stamp};
use crate::{Reading, SealKey, issue, sample};

#[test]
fn a_fresh_workbook_reads_as_issued_and_lacks_nothing_but_values() {
    for code in ROUNDS {
        let round = sample::round(code);
        let context = sample::context(&round);
        let reading = read(&round, &issued(&round, &context));
        assert_eq!(codes(&reading.findings), [Code::Val10, Code::Tpl21], "{code}");
        let envelope = reading.envelope.expect("an envelope");
        assert_eq!(envelope.context, context);
        assert_eq!(
            (envelope.issue_id, envelope.issued_at),
            (stamp().id, stamp().issued_at)
        );
        assert!(envelope.is_sealed_by(&key()));
        assert!(!envelope.is_sealed_by(&SealKey::from_bytes([2; 32])));
        assert!(reading.figures.vouchers.rows.is_empty());
        assert!(reading.figures.expenditure.is_empty());
    }
}

#[test]
fn a_filled_workbook_gives_the_figures_that_were_typed_with_their_cells() {
    for code in ROUNDS {
        let round = sample::round(code);
        let context = sample::context(&round);
        let figures = sample::figures(&context, &round, 42, 25);
        let reading = read(&round, &filled(&round, &context, &figures));
        assert_eq!(reading.findings, [], "{code}");
        assert_eq!(reading.figures, figures, "{code}");
    }
}

#[test]
fn the_same_issue_gives_the_same_bytes() {
    let round = sample::round("2023-2025");
    let context = sample::context(&round);
    assert!(issued(&round, &context) == issued(&round, &context));
    let english = issue(&round, &context, &stamp(), Language::En, &key()).expect("a workbook");
    assert!(english != issued(&round, &context));
}

#[test]
fn figures_that_are_typed_over_formulas_are_named_and_read_as_computed() {
    let round = sample::round("2026-2028");
    let context = sample::context(&round);
    let figures = sample::figures(&context, &round, 5, 3);
    let mut planted = figures.clone();
    planted.expenditure[2].amount.value += nachweis_domain::money::Money::from_cents(1);
    let total = planted.indicators[0].total.as_mut().expect("a total");
    total.value += 1;
    let mut reading = read(&round, &filled(&round, &context, &planted));
    assert_eq!(codes(&reading.findings), [Code::Tpl23]);
    let typed = std::mem::take(&mut reading.figures.typed_over);
    let typed: Vec<&CellRef> = typed.iter().map(|typed| &typed.at).collect();
    let expected = [
        &planted.expenditure[2].amount.at,
        &planted.indicators[0].total.as_ref().expect("a total").at,
    ];
    assert_eq!(typed, expected);
    assert_eq!(reading.figures, figures);
}

#[test]
fn whatever_is_typed_is_read_again() {
    let rounds = ROUNDS.map(sample::round);
    for seed in 0..12 {
        let round = &rounds[usize::from(seed % 2 == 1)];
        let context = sample::context(round);
        let figures = sample::figures(&context, round, seed, usize::try_from(seed).expect("small"));
        let reading = read(round, &filled(round, &context, &figures));
        assert_eq!(
            (reading.findings, reading.figures),
            (Vec::new(), figures),
            "seed {seed}"
        );
    }
}

#[test]
fn a_reading_survives_the_way_out_of_the_confined_reader() {
    let round = sample::round("2026-2028");
    let context = sample::context(&round);
    let mut reading = read(
        &round,
        &filled(&round, &context, &sample::figures(&context, &round, 8, 20)),
    );
    reading.findings = read(&round, &issued(&round, &context)).findings;
    let frame = postcard::to_stdvec(&reading).expect("a frame");
    assert_eq!(
        postcard::from_bytes::<Reading>(&frame).expect("a reading"),
        reading
    );
}
