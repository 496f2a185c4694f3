//! Fresh workbooks that other programs have filled and saved are read with equal values (`fixtures/workbooks/make`).

use std::{fs, path::Path};

use nachweis_domain::finding::Code;

use super::{ROUNDS, codes, read};
use crate::{Reading, sample};

fn fixture(round: &str, program: &str) -> Reading {
    let round = sample::round(round);
    let name = format!("{}-{program}.xlsx", round.template_version);
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/workbooks")
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
fn what_sheetjs_saves_reads_as_typed_and_results_it_did_not_calculate_are_named() {
    for code in ROUNDS {
        let round = sample::round(code);
        let reading = fixture(code, "sheetjs");
        assert_eq!(codes(&reading.findings), [Code::Tpl11], "{code}");
        assert_eq!(
            reading.figures,
            sample::fixture(&sample::context(&round), &round),
            "{code}"
        );
    }
}
