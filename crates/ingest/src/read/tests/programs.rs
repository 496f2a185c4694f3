//! Fresh workbooks that other programs have filled and saved are read with equal values (`fixtures/workbooks/make`).

use std::{fs, path::Path};

use nachweis_domain::finding::Code;

use super::{ROUNDS, codes, read, values};
use crate::{Reading, sample};

fn fixture(round: &str, program: &str) -> Reading {
    let round = sample::round(round);
    let (folder, program) = match program.strip_suffix("-earlier") {
        Some(program) => ("earlier", program),
        None => ("", program),
    };
    let name = format!("{}-{program}.xlsx", round.template_version);
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/workbooks")
        .join(folder)
        .join(name);
    read(
        &round,
        &fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    )
}

#[test]
fn what_libreoffice_saves_reads_as_typed() {
    for code in ROUNDS {
        let round = sample::round(code);
        let reading = fixture(code, "libreoffice");
        assert_eq!(reading.findings, [], "{code}");
        assert_eq!(reading.recomputed, 0, "{code}");
        assert_eq!(
            reading.figures,
            sample::fixture(&sample::context(&round), &round),
            "{code}"
        );
    }
}

#[test]
fn what_openpyxl_saves_reads_as_typed_and_missing_results_are_computed() {
    for code in ROUNDS {
        let round = sample::round(code);
        let reading = fixture(code, "openpyxl");
        assert_eq!(reading.findings, [], "{code}");
        assert!(reading.recomputed > 0, "{code}");
        assert_eq!(
            reading.figures,
            sample::fixture(&sample::context(&round), &round),
            "{code}"
        );
    }
}

#[test]
fn what_sheetjs_saves_reads_as_typed_and_results_it_did_not_calculate_are_named_once() {
    for code in ROUNDS {
        let round = sample::round(code);
        let reading = fixture(code, "sheetjs");
        assert_eq!(codes(&reading.findings), [Code::Tpl11], "{code}");
        assert_eq!(reading.findings.len(), 1, "{code}");
        let parts = reading.findings[0].parts();
        assert!(parts.len() > 40, "{code}: {}", parts.len());
        assert_eq!(
            reading.figures,
            sample::fixture(&sample::context(&round), &round),
            "{code}"
        );
    }
}

#[test]
fn what_libreoffice_sorts_reads_as_typed_without_a_finding() {
    for code in ROUNDS {
        let reading = fixture(code, "libreoffice-sorted");
        assert_eq!(reading.findings, [], "{code}");
        assert_eq!(values(&reading.figures), typed(code), "{code}");
        let first = &reading.figures.expenditure[0].amount.at;
        assert_ne!(
            first,
            &fixture(code, "libreoffice").figures.expenditure[0].amount.at
        );
    }
}

#[test]
fn what_libreoffice_filters_reads_as_typed_and_the_filter_is_told_once() {
    for code in ROUNDS {
        let reading = fixture(code, "libreoffice-filtered");
        assert_eq!(codes(&reading.findings), [Code::Tpl25], "{code}");
        assert_eq!(reading.findings.len(), 1, "{code}");
        assert_eq!(values(&reading.figures), typed(code), "{code}");
    }
}

#[test]
fn workbooks_issued_with_formulas_by_position_stay_readable() {
    for code in ROUNDS {
        let reading = fixture(code, "libreoffice-earlier");
        assert_eq!(reading.findings, [], "{code}");
        assert_eq!(values(&reading.figures), typed(code), "{code}");
        // Sorting took the cells from under their formulas: the totals are wrong in the file, and right here.
        let sorted = fixture(code, "libreoffice-sorted-earlier");
        assert_eq!(codes(&sorted.findings), [Code::Tpl11], "{code}");
        assert_eq!(sorted.findings.len(), 1, "{code}");
        assert_eq!(values(&sorted.figures), typed(code), "{code}");
    }
}

/// The values that were typed into every fixture.
fn typed(code: &str) -> String {
    let round = sample::round(code);
    values(&sample::fixture(&sample::context(&round), &round))
}
